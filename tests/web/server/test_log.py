"""Test that no request can forge or flood a log."""

from __future__ import annotations

import logging
import sys

import pytest

from web.server.log import (
    MOST_CHARACTERS,
    EscapedFormatter,
    LineFormatter,
    escape_line,
    set_up_log,
)


def _record(message: str) -> logging.LogRecord:
    """Return an entry with the exception that is being handled."""
    return logging.LogRecord("a", logging.ERROR, "b.py", 1, message, None, sys.exc_info())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/search é 中", "/search é 中"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[31m\x00\x7f\x9b", r"\x1b[31m\x00\x7f\x9b"),
        ("\u2028\u202e\ud800", r"\u2028\u202e\ud800"),
    ],
)
def test_lines_are_printable(text: str, line: str) -> None:
    """Control characters, ends of lines and changes of direction become escapes."""
    assert escape_line(text) == line


@pytest.mark.parametrize("one", ["a", "\n", "\U000e0001"])
def test_lines_are_bounded(one: str) -> None:
    """A line is cut, and says so."""
    line = escape_line(one * 10_000)
    assert len(line) == MOST_CHARACTERS
    assert line[-1] in {"a", "."}


def test_failures_of_the_server_are_one_line() -> None:
    """A failure is one line with its kind and its place; a failure of a page has its traceback."""
    try:
        int("x\ny")
    except ValueError:
        record = _record("failed on /a\nb")
        line = LineFormatter().format(record)
        lines = EscapedFormatter().format(record).splitlines()
    assert line.startswith(r"failed on /a\nb: ValueError: invalid literal")
    assert f"({__file__}:" in line
    assert "\n" not in line
    assert lines[:2] == [r"failed on /a\nb", "Traceback (most recent call last):"]


def test_both_logs_are_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors of both are written once to standard error, and warnings are not."""
    logs = [logging.getLogger("waitress"), logging.getLogger("tests.application")]
    before = [(log.handlers[:], log.level, log.propagate) for log in logs]
    set_up_log(logs[1])
    for log in logs:
        log.warning("Task queue depth is 1")
        log.error("a\nb")
    for log, (handlers, level, propagate) in zip(logs, before, strict=True):
        log.handlers[:], log.propagate = handlers, propagate
        log.setLevel(level)
    assert capsys.readouterr().err == "a\\nb\na\\nb\n"
