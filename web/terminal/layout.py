"""Wrap lines for the terminal that shows them; what is piped into a program is not wrapped."""

import os
import shutil
import sys
import textwrap
from unicodedata import east_asian_width

import click

WIDTH = 100
"""Columns at most; longer lines are hard to read."""

NARROWEST = 20
"""Columns at least; chosen."""

UNWRAPPED = sys.maxsize
"""The width of what is not a terminal."""


def measure_width(*, error: bool = False) -> int:
    """Return the columns of lines: of the terminal, or as many as ``COLUMNS`` says.

    Args:
        error: Whether the lines go to standard error.
    """
    columns = os.environ.get("COLUMNS", "")
    if not (columns.isdecimal() and int(columns)):
        if not (sys.stderr if error else sys.stdout).isatty():
            return UNWRAPPED
        columns = str(shutil.get_terminal_size((WIDTH, 24)).columns)
    return max(NARROWEST, min(WIDTH, int(columns)))


def wrap_paragraphs(paragraphs: list[str], indent: str) -> list[str]:
    """Wrap plain paragraphs; every line is indented."""
    width = measure_width()
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    ]


def wrap_styled(text: str, indent: str) -> list[str]:
    """Wrap one line at its spaces, for columns after an indent; colour codes take no columns."""
    return _wrap_words(text, measure_width() - len(indent))


def wrap_message(message: str, *, error: bool = False) -> str:
    """Wrap a message of one line at its spaces.

    Args:
        message: One line.
        error: Whether it goes to standard error.
    """
    return "\n".join(_wrap_words(message, measure_width(error=error)))


def _wrap_words(text: str, room: int) -> list[str]:
    """Wrap one line at its spaces; a word that is longer than a line stays whole."""
    lines: list[str] = []
    left = 0
    for word in text.split(" "):
        columns = measure_columns(word)
        if not lines or columns + 1 > left:
            lines.append(word)
            left = room - columns
        else:
            lines[-1] += f" {word}"
            left -= columns + 1
    return lines


def measure_columns(text: str) -> int:
    """Return the columns that a styled text takes; Chinese characters take two each."""
    plain = click.unstyle(text)
    if plain.isascii():
        return len(plain)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in plain)
