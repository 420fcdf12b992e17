"""Test that printed text cannot control a terminal, and that JSON and XML stay the same."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from unicodedata import category
from xml.etree.ElementTree import fromstring

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.paths import ROOT
from web.terminal.links import link_text
from web.terminal.printing import (
    escape_controls,
    print_error,
    print_text,
    write_file_text,
    write_json_text,
    write_xml_text,
)

TEXTS = st.text(st.characters() | st.sampled_from("\x1b\x9b\x07\r\n\0\x7f\u202e\u2066\ud800[]m;"))
CAPTURED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
STEERING = {"Cc", "Cs", "Zl", "Zp"}


def find_controls(text: str) -> list[str]:
    """Return the characters of a text that could control a terminal."""
    bidi = {*"\u061c\u200e\u200f", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
    return [c for c in text if category(c) in STEERING or c in bidi]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b.json", "a b.json"),
        ("Łukasz 我 علی‌رضا 👩‍🔬", "Łukasz 我 علی‌رضا 👩‍🔬"),
        ("x\ny\r\t\x1b]0;t\x07", "x\\ny\\r\\t\\x1b]0;t\\x07"),
        ("\x7f\x9b31m\0", "\\x7f\\x9b31m\\x00"),
        ("\u202egpj.\u2069\u2028", "\\u202egpj.\\u2069\\u2028"),
        ("\udcff\ud800", "\\udcff\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_names_become_printable(text: str, shown: str) -> None:
    """Control characters become escapes; letters and the joiners they need stay."""
    assert escape_controls(text) == shown


@given(TEXTS)
def test_no_name_controls_a_terminal(text: str) -> None:
    """A name of any characters is one line without control characters, and stays so."""
    shown = escape_controls(text)
    assert find_controls(shown) == []
    assert escape_controls(shown) == shown
    assert shown.encode().decode() == shown


@CAPTURED
@given(TEXTS)
def test_printed_text_has_no_controls_but_line_ends(
    capfd: pytest.CaptureFixture[str], text: str
) -> None:
    """Whatever is printed, only line ends reach the terminal."""
    print_text(text)
    print_error(text)
    found = capfd.readouterr()
    assert set(find_controls(found.out)) <= {"\n"}
    assert find_controls(found.err) == ["\n"]
    assert found.err.startswith("papers: ")


def test_styles_are_kept_and_no_other_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The colours of `web.terminal` stay; a sequence that clears or hides text is escaped."""
    printed: list[str] = []
    monkeypatch.setattr(click, "echo", lambda text, **_: printed.append(text))
    styled = click.style("a", bold=True) + click.style("b", dim=True) + click.style("c", fg="cyan")
    marks = click.style("yes", fg="green") + click.style("no", fg="red", bold=True)
    for text in (styled + marks, "\x1b[2J\x1b[8m\x1b[1;5H\x1b"):
        print_text(text)
    assert printed == [styled + marks, "\\x1b[2J\\x1b[8m\\x1b[1;5H\\x1b"]


@CAPTURED
@given(TEXTS)
def test_links_are_only_for_terminals(capfd: pytest.CaptureFixture[str], text: str) -> None:
    """Links are removed from what no terminal shows, and any other sequence is escaped."""
    print_text(f"{link_text('x', 'https://example.org/')}{text}", links=True)
    found = capfd.readouterr()
    assert found.out.startswith("x")
    assert set(find_controls(found.out)) <= {"\n"}


def test_links_need_a_terminal_that_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets the links that a command allows, unless it is a dumb one."""
    printed: list[str] = []
    monkeypatch.setattr(click, "echo", lambda text, **_: printed.append(text))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    linked = link_text("x", "https://example.org/")
    for term in ("xterm", "dumb"):
        monkeypatch.setenv("TERM", term)
        print_text(linked, links=True)
    print_text(linked)
    assert printed[:2] == [linked, "x"]
    assert "\x1b" not in printed[2]


@CAPTURED
@given(st.dictionaries(st.text(), st.text()))
def test_json_stays_the_same(capfdbinary: pytest.CaptureFixture[bytes], value: object) -> None:
    """Escaped JSON is the same document, without control characters."""
    write_json_text(json.dumps(value, ensure_ascii=False))
    out = capfdbinary.readouterr().out.decode()
    assert json.loads(out) == value
    assert find_controls(out) == []


@pytest.mark.parametrize(
    ("text", "is_json", "shown"),
    [
        ("AU  - x\x9b2J\u202e\r\nER\n", False, "AU  - x\\x9b2J\\u202e\r\nER\n"),
        ('["x\x9b2J"]\n', True, '["x\\u009b2J"]\n'),
    ],
)
def test_files_are_escaped_on_terminals_only(
    monkeypatch: pytest.MonkeyPatch, *, text: str, is_json: bool, shown: str
) -> None:
    """Ends of lines stay, and what a file or a pipe gets stays as it is."""
    printed: list[bytes] = []
    monkeypatch.setattr(click, "echo", lambda piece, **_: printed.append(piece))
    for terminal in (False, True):
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal)
        write_file_text(text, is_json=is_json)
    assert printed == [text.encode(), shown.encode()]


@CAPTURED
@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"])))
def test_xml_stays_the_same(capfdbinary: pytest.CaptureFixture[bytes], text: str) -> None:
    """Escaped XML is the same document, without control characters."""
    text = text.translate(dict.fromkeys((0xFFFE, 0xFFFF, *map(ord, "<&>"))))
    write_xml_text(f"<a>{text}</a>")
    out = capfdbinary.readouterr().out.decode()
    assert (fromstring(out).text or "") == text  # noqa: S314 - made here
    assert find_controls(out) == []


def test_a_crash_is_printable() -> None:
    """The traceback of a fault in the program does not carry control characters either."""
    code = (
        "import web.cli, click\n"
        "@web.cli.main.command('x')\n"
        "def x(): raise ValueError('a\\x1b[2J\\u202e')\n"
        "web.cli.COMMANDS['x'] = '__main__'\n"
        "web.cli.main(['x'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ValueError: a\\x1b[2J\\u202e\n" in done.stderr
    assert set(find_controls(done.stderr)) == {"\n"}


def test_everything_is_printed_in_one_place() -> None:
    """No other module of `web` prints, so none can forget to escape."""
    paths = [*(ROOT / "web").rglob("*.py")]
    printing = {
        path.name
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "click.echo", "click.secho", "sys.stdout.write"}
    }
    assert printing == {"printing.py"}
