"""Define ``papers``, the group of all commands.

A command is imported when it is called, so that ``papers search`` does not wait for Flask.
"""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from index import __version__
from index.errors import PapersearchError
from web.failures import exit_code
from web.terminal.layout import wrap_message
from web.terminal.printing import escape_controls, print_crashes, print_error, print_text
from web.wording import shorten_text

COMMANDS = {
    "build": "web.commands.build",
    "add": "web.commands.build",
    "remove": "web.commands.build",
    "rebuild": "web.commands.rebuild",
    "embed": "web.commands.embed",
    "status": "web.commands.index",
    "verify": "web.commands.index",
    "rollback": "web.commands.index",
    "pack": "web.commands.pack",
    "unpack": "web.commands.pack",
    "diff": "web.commands.diff",
    "search": "web.commands.search",
    "show": "web.commands.search",
    "replay": "web.commands.replay",
    "export": "web.commands.export",
    "author": "web.commands.author",
    "similar": "web.commands.similar",
    "graph": "web.commands.graph",
    "why-not": "web.commands.why_not",
    "bib": "web.commands.bib",
    "suggest": "web.commands.suggest",
    "claims": "web.commands.claims",
    "reports": "web.commands.reports",
    "serve": "web.commands.serve",
    "mcp": "web.commands.mcp",
    "schema": "web.commands.schema",
}
"""The module of each command, in the order of the help."""

LONGEST_REPEATED = 60
"""Characters of the arguments that a message repeats; chosen."""

INTERRUPTED = "Interrupted. `papers status` shows which generation is in use."
RESUMED = "Run the same command with --resume to continue from what was kept."
_WRITING = {
    "build": f"{INTERRUPTED} {RESUMED}",
    "rebuild": f"{INTERRUPTED} {RESUMED}",
    "add": INTERRUPTED,
    "remove": INTERRUPTED,
    "unpack": INTERRUPTED,
    "embed": "Interrupted. Run the same command again to continue from what was kept.",
}
"""The message when a command that writes an index is interrupted."""


_ERROR = "Error: "
"""What click writes before the message of a usage error."""


@contextmanager
def _escape_usage_errors() -> Iterator[None]:
    """Make the messages of click printable, since they repeat what was typed, and wrap them."""
    try:
        yield
    except click.ClickException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # whose message is the help; since 8.2
            # What click writes first, such as "Invalid value for '--sort': ", takes columns, too.
            line = wrap_message(_ERROR + escape_controls(error.format_message()), error=True)
            context = error.ctx if isinstance(error, click.UsageError) else None
            wrapped = click.UsageError(line.removeprefix(_ERROR), context)
            wrapped.exit_code = error.exit_code  # type: ignore[misc] # a class variable in click
            raise wrapped from error
        raise


def _describe_missing_command(args: list[str]) -> str:
    """Name the nearest command, and the one that searches for what was typed."""
    near = get_close_matches(args[0], COMMANDS, n=1)
    meant = f"`papers {near[0]}`, or " if near else ""
    return (
        f"No such command '{args[0]}'. Did you mean {meant}"
        f"`papers search {shorten_text(shlex.join(args), LONGEST_REPEATED)}`?"
    )


class _Commands(click.Group):
    """A group that imports commands on demand and reports a failure in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_describe_missing_command(args))
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        print_crashes()
        with _escape_usage_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        try:
            with _escape_usage_errors():
                return super().invoke(ctx)
        except PapersearchError as error:
            print_error(error)
            ctx.exit(exit_code(error))
        except KeyboardInterrupt:
            if ctx.invoked_subcommand not in _WRITING:
                raise
            print_text(f"\npapers: {_WRITING[ctx.invoked_subcommand]}", error=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papers")
def main() -> None:
    """Build a search index from dumps of papers, and search it here or in a browser.

    Every command takes --index DIR. Without it, the index is the folder that PAPERS_INDEX
    names, or else one in the user's data folder.
    """


if __name__ == "__main__":
    main()
