"""Answers: which commands are there?

Commands are loaded when they are called, so that ``papers search`` does not wait for Flask.
"""

from importlib import import_module

import click

from index import __version__
from index.errors import PapersearchError
from web.failures import exit_code

COMMANDS = {
    "build": "web.commands.build",
    "add": "web.commands.build",
    "remove": "web.commands.build",
    "rebuild": "web.commands.rebuild",
    "status": "web.commands.index",
    "verify": "web.commands.index",
    "rollback": "web.commands.index",
    "diff": "web.commands.diff",
    "search": "web.commands.search",
    "show": "web.commands.search",
    "similar": "web.commands.similar",
    "why-not": "web.commands.why_not",
    "suggest": "web.commands.suggest",
    "serve": "web.commands.serve",
    "schema": "web.commands.schema",
}
"""Each command and the module that has it, in the order of the help."""

INTERRUPTED = "Interrupted; `papers status` says what is in use."
RESUMED = "The same command with --resume goes on from what was kept."
_WRITING = {
    "build": f"{INTERRUPTED} {RESUMED}",
    "rebuild": f"{INTERRUPTED} {RESUMED}",
    "add": INTERRUPTED,
    "remove": INTERRUPTED,
}
"""What is said when a command that writes an index is interrupted."""


class _Commands(click.Group):
    """A group that imports a command when it is asked for, and tells failures in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PapersearchError as error:
            click.echo(f"papers: {error}", err=True)
            ctx.exit(exit_code(error))
        except KeyboardInterrupt:
            if ctx.invoked_subcommand not in _WRITING:
                raise
            click.echo(f"\npapers: {_WRITING[ctx.invoked_subcommand]}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papers")
def main() -> None:
    """Search papers: build an index from dumps, ask it here or in a browser.

    Every command takes --index DIR; without it the environment's PAPERS_INDEX, or else
    the user's data folder, names the index.
    """


if __name__ == "__main__":
    main()
