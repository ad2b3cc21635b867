"""Benches: ratios measured in one run, each with the limit that it must keep."""
