"""Scripts for people who work on govscore; nothing here is installed."""
