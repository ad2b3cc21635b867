-- A record that a later program has converted.
PRAGMA user_version = 2;
