"""Tests of what a result can be asked."""
