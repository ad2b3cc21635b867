"""The command `govscore` itself: its table of commands, and what every failure becomes.

Invariant: whatever happens, the process ends with one of `ExitCode`, a sentence on stderr, and never
a traceback on the screen.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from govscore import __version__
from govscore.cli import speech, streams
from govscore.cli.exit_codes import ExitCode
from govscore.cli.house import HouseGroup, option
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "demo": ("demo", N_("Open a copy of the example.")),
    "init": ("init", N_("Begin an assessment in a folder.")),
    "check": ("check", N_("Find every mistake in a scheme, units and findings.")),
    "schema": ("schema", N_("Print the scheme language for editors.")),
    "review": ("review", N_("Open the review desk.")),
    "status": ("status", N_("Say the state and the next step.")),
    "score": ("score", N_("Print the scores of all units.")),
    "rank": ("rank", N_("Print the ranking of each group.")),
    "explain": ("explain", N_("Say why a unit has its score.")),
    "whatif": ("whatif", N_("Say which changes would gain a unit most.")),
    "export": ("export", N_("Write the ranking workbook.")),
    "submit": ("submit", N_("Submit the result for approval.")),
    "approve": ("approve", N_("Approve the submitted result.")),
    "return": ("send_back", N_("Send the submitted result back, with a reason.")),
}
"""Each command with the module it lives in and its one line."""


class _Root(HouseGroup):
    """Runs one command line and ends the process."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        **extra: Any,
    ) -> NoReturn:
        """Runs these arguments (default: those of the process) and exits."""
        arguments = list(sys.argv[1:] if args is None else args)
        streams.prepare()
        with speech.speaking_for(arguments):
            code = self._run(arguments, prog_name, complete_var, extra)
        sys.exit(code)

    def _run(
        self, arguments: list[str], prog_name: str | None, complete_var: str | None, extra: dict[str, Any]
    ) -> int:
        try:
            code = super().main(arguments, prog_name, complete_var, standalone_mode=False, **extra)
            streams.finish()
        except (KeyboardInterrupt, click.Abort):
            streams.narrate(_("interrupted"))
            return ExitCode.INTERRUPTED
        except streams.ReaderGoneError:
            streams.give_up()
            return ExitCode.FINE
        except click.ClickException as error:
            error.show()
            return ExitCode.WRONG_INPUT
        except Exception as error:  # noqa: BLE001  the one place where every failure ends
            from govscore.cli.failures import tell_failure

            return tell_failure(error, arguments)
        return code if isinstance(code, int) else ExitCode.FINE


@click.command(
    cls=_Root,
    table=COMMANDS,
    invoke_without_command=True,
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("COMMAND [ARGUMENTS]"),
    help=N_(
        "Scores, ranks and explains the assessment of government units.\n\n"
        "Alone in a folder it says the state of the assessment there, and what to do next."
    ),
)
@option("--version", is_flag=True, help=N_("Print the version."))
@click.pass_context
def govscore(context: click.Context, *, version: bool) -> None:
    """The root command."""
    if version:
        streams.say(f"govscore {__version__}")
    elif context.invoked_subcommand is None:
        from pathlib import Path

        from govscore.cli.commands.status import tell

        tell(Path(), full=True)
