"""Test that no command writes a control character, whatever names and records hold."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from click.testing import CliRunner

from tests.support.paths import ROOT
from tests.support.terminal import read_terminal
from web.cli import main
from web.terminal.links import LINK

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "a\x1b]0;t\x07b\x1b[2Jc\x9b31md\u202ee\u2066f\u2028g\x7fh\r\ni\tj"
"""Sets the title, clears the screen, turns the text around, begins lines."""

BIDI = {*"\u061c\u200e\u200f", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
PLAIN = "".join(c for c in EVIL if c.isprintable())
"""What is left of it in the id of a paper."""

STYLE = re.compile(rf"\x1b\[(?:[0-2]|3[1236])m|{LINK}")
RECORD = {
    "id": f"x {EVIL}", "title": f"On Terminals {EVIL}", "abstract": f"We read {EVIL}.",
    "authors": [{"name": f"Eve {EVIL}", "ids": {EVIL: EVIL}, "affiliations": [EVIL]}],
    "venue": EVIL, "venue_kind": EVIL, "year": 2001, "type": EVIL, "status": EVIL,
    "topics": [EVIL], "ids": {"doi": f"10.1/{EVIL}", f"s{EVIL}": EVIL}, "language": EVIL,
    "urls": {f"u{EVIL}": f"http://example.org/{EVIL}"}, "volume": EVIL, "pages": EVIL,
    "publisher": EVIL, "licence": EVIL,
}  # fmt: skip


def find_controls(text: str) -> list[str]:
    """Return the characters of a text that could control a terminal, new lines apart."""
    controls = [c for c in text if category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in BIDI]
    return [c for c in controls if c != "\n"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of an evil name, with an evil dump, a recipe, and an index."""
    folder = tmp_path_factory.mktemp("made") / EVIL
    folder.mkdir()
    lines = [RECORD, {"id": EVIL}, {"id": "plain", "title": "On Terminals and Screens"}]
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    with tarfile.open(folder / f"d{EVIL}.tar", "w") as archive:
        for name, data in ((f"{EVIL}.jsonl", content), (f"{EVIL}.txt", EVIL.encode())):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    (folder / "papers.toml").write_text(
        f'index = "ix"\n[build]\nmax-rejects = 100\n[[dump]]\npath = "d*"\n'
        f"licence = {json.dumps(EVIL)}\n"
    )
    (folder / "bad.toml").write_text(f"{json.dumps(EVIL)} = 1\n")
    command = ["rebuild", "--recipe", str(folder / "papers.toml")]
    assert CliRunner().invoke(main, command).exit_code == 0
    return folder


COMMANDS = [
    ["rebuild", "--recipe", "{}/papers.toml"],
    ["add", "--max-rejects", "100", "--licence", EVIL, "{}/d" + EVIL + ".tar"],
    ["build", "--max-rejects", "100", "--licence", EVIL, "{}/d" + EVIL + ".tar"],
    ["build", "--max-rejects", "0", "{}/d" + EVIL + ".tar"],
    ["build", "{}/none" + EVIL],
    ["build", "--map", EVIL, "x"],
    ["build", "--date", EVIL, "x"],
    ["build", f"--{EVIL}"],
    ["rebuild", "--recipe", "{}/bad.toml"],
    ["rebuild", "--recipe", EVIL],
    ["status"],
    ["verify"],
    ["diff"],
    ["diff", "--format", "atom"],
    ["diff", EVIL],
    ["search", "terminals"],
    ["search", "--facets", "--explain", "terminals"],
    ["search", EVIL, "--venue", EVIL, "--author", EVIL],
    ["search", "--year", EVIL],
    ["search", "--sort", EVIL],
    ["show", f"x {PLAIN}"],
    ["show", f"x {EVIL}"],
    ["show", "--records", "On Terminals and Screens"],
    ["show", EVIL],
    ["similar", "plain"],
    ["why-not", f"terminals {EVIL}", "plain", "--venue", EVIL],
    ["suggest", "termin"],
    ["remove", EVIL],
    ["remove", "--dry-run", "plain"],
    ["embed", "--model", EVIL],
    ["schema", EVIL],
    ["serve", "--host", EVIL],
    [EVIL],
    [f"--{EVIL}"],
]


def test_no_output_controls_a_terminal(folder: Path) -> None:
    """Text, JSON, Atom, errors and wrong usage have no control characters but new lines."""
    shown = set()
    for command in COMMANDS:
        words = [word.replace("{}", str(folder)) for word in command]
        takes_json = command[0] in {"build", "add", "status", "search", "show", "similar"}
        for given in (words, *([[*words, "--json"]] if takes_json else [])):
            done = CliRunner().invoke(main, given, env={"PAPERS_INDEX": str(folder / "ix")})
            assert find_controls(done.output) == [], given
            assert "Traceback" not in done.output
            assert done.exception is None or isinstance(done.exception, SystemExit), given
            assert not any(line.startswith("i\\tj") for line in done.output.split("\n"))
            shown.add((command[0], done.exit_code))
    successful = {name for name, code in shown if code == 0}
    assert {"rebuild", "add", "build", "status", "verify", "search", "show"} <= successful
    assert {code for _, code in shown} == {0, 1, 2}


def test_json_has_the_names_as_they_are(folder: Path) -> None:
    """What is escaped for the terminal is the same name to a program."""
    done = CliRunner().invoke(main, ["status", "--json"], env={"PAPERS_INDEX": str(folder / "ix")})
    (dump, *_) = json.loads(done.output)["dumps"]
    assert dump["name"] == f"d{EVIL}.tar"
    assert dump["licence"] == EVIL


@pytest.mark.parametrize("command", [["status"], ["show", f"x {PLAIN}"], ["search", "terminals"]])
def test_a_terminal_gets_only_our_styles(folder: Path, command: list[str]) -> None:
    """On a terminal there are colours too, and no other sequence."""
    master, slave = pty.openpty()
    environment = {**os.environ, "PAPERS_INDEX": str(folder / "ix"), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "web.cli", *command],
        cwd=ROOT, env=environment, stdin=slave, stdout=slave, stderr=slave,
    ):  # fmt: skip
        os.close(slave)
        output = read_terminal(master).decode()
    os.close(master)
    assert find_controls(STYLE.sub("", output.replace("\r\n", "\n"))) == []
    assert "Terminals" in output or "tar" in output
