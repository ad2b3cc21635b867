-- A number with a fraction, which no event holds; the hashes are computed anew.
-- rechain
UPDATE event SET body = replace(body, '"replaces":2', '"replaces":2.0') WHERE number = 3;
