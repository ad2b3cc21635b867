-- The last decision never happened.
DELETE FROM event WHERE number = 4;
