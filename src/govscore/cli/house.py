"""What every command has: a language, a help page in it, and nothing loaded before its time.

Invariant: a help text is translated when it is shown; a module of `commands` is imported only when
its command is used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click
from click.exceptions import NoSuchCommand

from govscore.cli import speech
from govscore.cli.help import WideFormatter
from govscore.i18n import LANGUAGES, gettext
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class HouseContext(click.Context):
    """A context whose help pages align Chinese."""

    formatter_class = WideFormatter


def _use_language(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    try:
        speech.speak(value)
    except ValueError:
        known = ", ".join(LANGUAGES)
        raise click.BadParameter(_("choose one of {known}").format(known=known)) from None


class HouseArgument(click.Argument):
    """An argument whose placeholder is translated."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The placeholder in usage lines, help and errors."""
        return gettext(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """The placeholder and what it stands for."""
        return self.make_metavar(ctx), gettext(self.help or "")


class HouseOption(click.Option):
    """An option whose placeholder is translated."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The placeholder in help."""
        return gettext(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and what it does, with what click adds (`[required]`)."""
        msgid, self.help = self.help, gettext(self.help or "")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = msgid


def _show_help(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        click.echo(context.get_help())
        context.exit()


class HouseCommand(click.Command):
    """A command that knows `--lang` and says its help in that language."""

    context_class = HouseContext

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params.append(
            HouseOption(
                [speech.OPTION],
                envvar=speech.VARIABLE,
                metavar="|".join(LANGUAGES),
                is_eager=True,
                expose_value=False,
                callback=_use_language,
                help=N_("Language of everything said."),
            )
        )
        self._help = HouseOption(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help=N_("Show this page."),
        )

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """The option `--help`, whose own help is said in the language set then."""
        return self._help

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, translated."""
        return [gettext(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the help text, translated."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(gettext(self.help))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the arguments, translated."""
        self._write(self._records(ctx, arguments=True), _("Arguments"), formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, translated."""
        self._write(self._records(ctx, arguments=False), _("Options"), formatter)

    def _records(self, ctx: click.Context, *, arguments: bool) -> Iterator[tuple[str, str]]:
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Argument) == arguments:
                yield record

    def _write(
        self, records: Iterator[tuple[str, str]], heading: str, formatter: click.HelpFormatter
    ) -> None:
        rows = list(records)
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def command(**settings: Any) -> Callable[[Callable[..., None]], HouseCommand]:
    """Makes a function a command of the house; `help` is a msgid."""
    return click.command(cls=HouseCommand, options_metavar=N_("[OPTIONS]"), **settings)


Function = Callable[..., Any]


def argument(name: str, metavar: str, help: str, **settings: Any) -> Callable[[Function], Function]:
    """Adds an argument; `metavar` and `help` are msgids."""
    return click.argument(name, cls=HouseArgument, metavar=metavar, help=help, **settings)


def option(*names: str, help: str, **settings: Any) -> Callable[[Function], Function]:
    """Adds an option; `help` and `metavar` are msgids."""
    return click.option(*names, cls=HouseOption, help=help, **settings)


class HouseGroup(HouseCommand, click.Group):
    """The commands by name, each with the module it lives in and its one line."""

    def __init__(self, *arguments: Any, table: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.table: Final = dict(table)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of the work."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, imported now; None if there is none."""
        if cmd_name not in self.table:
            return None
        module = self.table[cmd_name][0]
        found: click.Command = getattr(import_module(f"govscore.cli.commands.{module}"), module)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; an unknown one is refused with the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self.table, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes one line for each command, without importing it."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, gettext(line)) for name, (_module, line) in self.table.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes commands, then options."""
        self.format_commands(ctx, formatter)
        HouseCommand.format_options(self, ctx, formatter)
