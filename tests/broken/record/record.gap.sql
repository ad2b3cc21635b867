-- A decision that somebody does not like any more.
DELETE FROM event WHERE number = 3;
