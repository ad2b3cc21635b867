"""Widgets: they draw lines that others made and post what was done to them."""
