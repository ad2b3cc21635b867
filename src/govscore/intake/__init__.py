"""Intake: schemes, units and findings from foreign files, every problem with its place."""
