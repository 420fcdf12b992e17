"""Build the README's command reference from click itself."""

from __future__ import annotations

import click

from web.cli import COMMANDS, main


def load_command(name: str) -> click.Command:
    """Load a command by its name."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def build_section(name: str) -> str:
    """Build the Markdown section of a command: usage, what it does, and a table of options."""
    command = load_command(name)
    # Commands keep the help option of their first context, so it has to be that of `papers`.
    parent = click.Context(main, **main.context_settings)
    context = click.Context(command, parent, info_name=f"papers {name}")
    usage = " ".join(command.collect_usage_pieces(context)).removeprefix("[OPTIONS]")
    help_text = " ".join((command.help or "").split())
    rows = [_build_row(option, context) for option in list_options(command)]
    head = [f"## papers {name}", "", f"`papers {name}{usage}`", "", help_text, ""]
    return "\n".join([*head, "| option | meaning | default |", "|---|---|---|", *rows])


def list_options(command: click.Command) -> list[click.Option]:
    """List the options of a command that its help shows."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    return [option for option in options if not option.hidden]


def _build_row(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}".replace("|", r"\|")
    meaning, _, default = (option.help or "").partition("  [default: ")
    if option.show_default:
        default = str(option.default)
    cells = f"`{max(option.opts, key=len)}{value}`", meaning, default.rstrip("]")
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def build_reference() -> str:
    """Build the sections of all commands, in the order of the help."""
    return "\n\n".join(map(build_section, COMMANDS)) + "\n"
