-- One fault less; the hashes are computed anew.
-- rechain
UPDATE event SET body = replace(body, '"value":"1"', '"value":"0"') WHERE number = 2;
