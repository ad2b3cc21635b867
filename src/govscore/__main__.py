"""`python -m govscore`: the same as the command `govscore`."""

from __future__ import annotations

from govscore.cli import main

if __name__ == "__main__":
    main()
