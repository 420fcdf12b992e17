"""Print text so that nothing in it can control the terminal that shows it.

Names of files, members of archives, columns and options, and what error messages quote, may hold
escape sequences, new lines and marks that reverse the direction of a text. Every command prints
through this module, which writes such characters as escapes, so that none reaches a terminal or a
log as it is.
"""

import os
import re
import sys
from typing import TYPE_CHECKING

import click

from web.terminal.layout import wrap_message
from web.terminal.links import LINK

if TYPE_CHECKING:
    from types import TracebackType

_FORMATTING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb"
_INVISIBLE = "\ud800-\udfff\U000e0000-\U000e007f"
_UNPRINTABLE = re.compile(f"[\0-\x1f{_FORMATTING}{_INVISIBLE}]")
_UNPRINTABLE_IN_MARKUP = re.compile(f"[{_FORMATTING}{_INVISIBLE}]")
"""The same without what JSON and XML never hold as it is, and without the breaks between lines."""

_OURS = re.compile(rf"(\n|\x1b\[(?:[0-2]|3[1236])m)|{_UNPRINTABLE.pattern}")
"""An unprintable character, unless it ends a line or belongs to a style of `web.terminal`."""

_OURS_OR_LINKS = re.compile(rf"({LINK})|{_OURS.pattern}")
"""The same in texts with links."""

_FILE_CONTROLS = re.compile(rf"(?!\r?\n){_UNPRINTABLE.pattern}")
"""An unprintable character of a file, unless it is part of the end of a line."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ONE_BYTE = 0x100
_TWO_BYTES = 0x10000


def escape_controls(text: str) -> str:
    r"""Return a name as one printable line: ``x\ny\x1b[2J`` for a name with a new line and an ESC.

    Args:
        text: Any text. Letters of every script, and the joiners that some need, stay.
    """
    return text if text.isprintable() else _UNPRINTABLE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < _ONE_BYTE:
        return _SHORT.get(found[0], f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < _TWO_BYTES else f"\\U{code:08x}"


def print_text(
    text: str, *, error: bool = False, newline: bool = True, links: bool = False
) -> None:
    """Print lines with our own styles, in which all other control characters are escaped.

    Text from outside has to go through `escape_controls` first where it must not begin a line.

    Args:
        text: The lines.
        error: Whether to print to standard error.
        newline: Whether to end the last line.
        links: Whether the lines have links of `web.terminal.links`, which only terminals show.
    """
    if links:
        shown = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        printable = _OURS_OR_LINKS.sub(
            lambda found: (found[1] if shown else "") if found[1] else found[2] or _escape(found),
            text,
        )
    else:
        printable = _OURS.sub(lambda found: found[1] or _escape(found), text)
    click.echo(printable, nl=newline, err=error)


def print_error(message: object) -> None:
    """Print what went wrong on standard error, as one line unless a terminal is narrower."""
    line = wrap_message(f"papers: {escape_controls(str(message))}", error=True)
    print_text(line, error=True)


def write_json_text(text: str) -> None:
    """Write JSON; what could control a terminal is escaped in its strings, which stay the same."""
    _write(_UNPRINTABLE_IN_MARKUP.sub(_escape_json, text))


def write_xml_text(text: str) -> None:
    """Write XML; what could control a terminal is written as references to characters."""
    _write(_UNPRINTABLE_IN_MARKUP.sub(lambda found: f"&#x{ord(found[0]):x};", text))


def write_file_text(text: str, *, is_json: bool = False) -> None:
    """Write a piece of a file; what could control a terminal is escaped if one shows the file.

    Args:
        text: The piece, which stays as it is where standard output is a file or a pipe.
        is_json: Whether the piece is of JSON, whose own escapes are used.
    """
    if not sys.stdout.isatty():
        _write(text)
    elif is_json:
        write_json_text(text)
    else:
        _write(_FILE_CONTROLS.sub(_escape, text))


def _write(text: str) -> None:
    """Write UTF-8, whatever the encoding of the terminal is."""
    click.echo(text.encode(), nl=False)


def _escape_json(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def print_crashes() -> None:
    """Print the traceback of an error that nothing handles like any other text from now on."""
    sys.excepthook = _print_crash


def _print_crash(
    kind: type[BaseException], error: BaseException, trace: "TracebackType | None"
) -> None:
    from traceback import format_exception

    print_text("".join(format_exception(kind, error, trace)), error=True, newline=False)
