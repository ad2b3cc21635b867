-- The second decision pretends not to know the first; the hashes are computed anew.
-- rechain
UPDATE event SET body = replace(body, '"replaces":2', '"replaces":1') WHERE number = 3;
