-- A database of another program.
PRAGMA application_id = 252006673;
