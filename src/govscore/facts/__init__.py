"""Fact types: what a reviewer can be asked to establish, one module a type."""
