"""Use cases: what the front doors ask for, each written once."""
