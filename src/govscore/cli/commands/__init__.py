"""One module a command; each holds one of the module's own name."""
