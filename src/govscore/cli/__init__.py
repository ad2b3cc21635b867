"""The command line: stdout is data, stderr is narration, exit codes are an enum.

Invariant: nothing is imported before it is needed: help and completion load no command, a command
loads only what it uses, and no command owns a rule; all of them ask `office`.
"""

from __future__ import annotations


def main() -> None:
    """Runs the command line of this process and ends it with an exit code."""
    import sys

    try:
        import gc
        import os

        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some costs a tenth
        gc.disable()  # a command is over before garbage matters; the desk switches it on again
        from govscore.cli.root import govscore

        try:
            govscore.main(prog_name="govscore")
        finally:
            gc.freeze()  # nor is it looked for at the end, among everything that was imported
    except KeyboardInterrupt:  # before or after the command itself, which tells of it in a sentence
        sys.exit(130)
