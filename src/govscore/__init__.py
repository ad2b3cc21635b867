"""govscore."""
