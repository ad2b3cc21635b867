"""Looking a scheme over: what is allowed, but most likely not meant (`docs/lint.md`)."""

from govscore.lint.registry import Found, look_over

__all__ = ["Found", "look_over"]
