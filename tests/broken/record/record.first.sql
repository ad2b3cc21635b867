-- The opening is gone, and everything moves up; the hashes are computed anew.
-- rechain
DELETE FROM event WHERE number = 1;
UPDATE event SET number = number - 1;
