"""Machines that fail at the worst moment."""
