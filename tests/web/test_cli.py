"""Test the help, exit codes, colours, failures and start-up of the command line."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from index import __version__
from tests.support.paths import ROOT
from tests.support.terminal import read_terminal
from web.cli import COMMANDS, main
from web.terminal.links import LINK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]

COMMAND = [sys.executable, "-m", "web.cli"]
UNUSED_PACKAGES = (
    "flask numpy onnxruntime rapidfuzz whoosh tqdm ftfy pylatexenc waitress jinja2 werkzeug".split()
)


def _load_commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def _make_environment(index: Path, **others: str) -> dict[str, str]:
    return {**os.environ, "PAPERS_INDEX": str(index), "PYTHONUTF8": "1", **others}


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(papers: Papers, command: str, option: str) -> None:
    """Every command has a help page, which --help and -h print."""
    result = papers(*command.split(), option)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: papers")
    assert result.stderr == ""


WITHOUT_INDEX = {"reports"}
"""The commands that only need the database of accounts."""


@pytest.mark.parametrize(("name", "command"), list(_load_commands()), ids=COMMANDS)
def test_options_are_explained(name: str, command: click.Command) -> None:
    """Every command has a summary that ends in a full stop, and every option a help text."""
    assert command.name == name
    assert (command.help or "").split("\n")[0].endswith(".")
    options = [param for param in command.params if isinstance(param, click.Option)]
    unexplained = [param.opts[-1] for param in options if not (param.help or param.hidden)]
    assert unexplained == []
    has_index = "--index" in {name for param in options for name in param.opts}
    assert has_index is (name not in WITHOUT_INDEX)


def test_help_lists_every_command(papers: Papers) -> None:
    """The help lists the commands in order, none cut short, and tells how an index is chosen."""
    lines = papers("--help").stdout
    listed = [line.split()[0] for line in lines.split("Commands:")[1].splitlines() if line.strip()]
    assert listed == list(COMMANDS)
    assert "PAPERS_INDEX" in lines
    assert "...\n" not in lines.split("Commands:")[1]


def test_version(papers: Papers) -> None:
    """`papers --version` prints the version of the package."""
    assert papers("--version").stdout == f"papers, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "attention"], 0),
        (["search", "zzzqqq"], 1),
        (["search", "attention", "--page", "900"], 1),
        (["search", "x" * 20_001], 2),
        (["search", "--year", "abc"], 2),
        (["search", "--sort", "best"], 2),
        (["search", "--limit", "0"], 2),
        (["search", "--limit", "101"], 2),
        (["search", "--page", "0"], 2),
        (["search", "--nosuch"], 2),
        (["show", "vaswani-2017-attention"], 0),
        (["show", "nope"], 1),
        (["show"], 2),
        (["status"], 0),
        (["verify"], 0),
        (["build"], 2),
        (["build", "/no/such/dump"], 1),
        (["serve", "--port", "99999"], 2),
        (["nosuch"], 2),
        ([], 2),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_exit_codes(papers: Papers, arguments: list[str], code: int) -> None:
    """The exit code is 0 for success, 1 for no hits or a failure, 2 for wrong usage."""
    result = papers(*arguments)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "nope"], "papers: No paper has the id 'nope'. Search for its title instead.\n"),
        (
            ["search", "--year", "abc"],
            "papers: Invalid year 'abc'. Use a year or a range such as 2019..2022.\n",
        ),
        (
            ["build", "/no/such/dump"],
            "papers: No such file or folder: '/no/such/dump'. Check the path.\n",
        ),
    ],
)
def test_failures_are_one_line(papers: Papers, arguments: list[str], message: str) -> None:
    """A failure prints one line on standard error and nothing on standard output."""
    result = papers(*arguments)
    assert result.stderr == message
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["search", "status", "verify", "rollback", "serve", "show"])
def test_no_index_yet(papers: Papers, tmp_path: Path, command: str) -> None:
    """Without an index, every command names the command to run and creates no folder."""
    arguments = [command, "x"] if command == "show" else [command]
    result = papers(*arguments, index=tmp_path / "none")
    assert result.exit_code == 1
    assert result.stderr == (
        f"papers: No index in '{tmp_path / 'none'}'. Run `papers build DUMP`, "
        "or choose another with --index.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_option_takes_precedence(papers: Papers, sample_index: Path, tmp_path: Path) -> None:
    """--index takes precedence over the environment."""
    assert papers("status", index=tmp_path).exit_code == 1
    assert papers("status", "--index", str(sample_index), index=tmp_path).exit_code == 0


def test_default_index(tmp_path: Path) -> None:
    """Without option and environment the index is in the user's data folder."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    environment.pop("PAPERS_INDEX", None)
    done = subprocess.run(
        [*COMMAND, "status"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert "papersearch" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["search", "x"], ["search", "--json", "x"], ["show", "nope"], ["status"], ["--help"]],
    ids=" ".join,
)
def test_cold_start_imports_nothing_unused(sample_index: Path, arguments: list[str]) -> None:
    """A search on the command line imports no package that it does not use."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "web.cli", *arguments],
        cwd=ROOT, env=_make_environment(sample_index), capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    imported = {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in rows}
    assert "click" in imported
    assert imported & set(UNUSED_PACKAGES) == set()


def _run_on_terminal(index: Path, *arguments: str) -> str:
    """Run a command on a terminal and return what it wrote there."""
    master, slave = pty.openpty()
    environment = _make_environment(index, TERM="xterm", COLUMNS="100")
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, env=environment, stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        output = read_terminal(master)
    os.close(master)
    assert process.returncode == 0
    return output.decode()


def test_colours_on_a_terminal_only(sample_index: Path, papers: Papers) -> None:
    """On a terminal, titles are bold and matches coloured; other output has no colour codes."""
    arguments = ["search", "--limit", "2", "--facets", "attention"]
    coloured = _run_on_terminal(sample_index, *arguments)
    plain = papers(*arguments).stdout
    assert "\x1b[1m" in coloured
    assert "\x1b[33m\x1b[1mAttention\x1b[0m" in coloured
    assert "\x1b" not in plain
    bare = re.sub(LINK, "", click.unstyle(coloured))
    assert bare != click.unstyle(coloured)
    assert bare.split("ms)")[1].split() == plain.split("ms)")[1].split()


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["serch", "graph"], "Did you mean `papers search`, or `papers search serch graph`?"),
        (["attention", "is all"], "Did you mean `papers search attention 'is all'`?"),
        (["search", "-attention"], "after all options: papers search -- -attention"),
        (["search", "graph", "-attention"], "options: papers search -- graph -attention"),
        (["search", "--page", "2", "-attention"], "options: papers search -- -attention"),
        (["search", "--sorted"], "No such option '--sorted'"),
    ],
)
def test_mistyped_commands_name_the_right_one(
    papers: Papers, arguments: list[str], meant: str
) -> None:
    """An unknown command or option is answered with what to type instead."""
    result = papers(*arguments)
    assert result.exit_code == 2
    assert meant in result.stderr


def test_messages_are_wrapped(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages of failures and of wrong usage fit the terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    for arguments in (
        ["show", "nope"], ["search", "-attention"], ["nosuch"], ["search", "--sort", "best"]
    ):  # fmt: skip
        lines = papers(*arguments).stderr.rpartition("\n\n")[2].splitlines()
        assert len(lines) > 1
        assert max(map(len, lines)) <= 40


@pytest.mark.parametrize(
    ("words", "completed"),
    [("papers se", {"search", "serve"}), ("papers search --so", {"--sort", "--source"})],
)
def test_shells_complete(
    papers: Papers, monkeypatch: pytest.MonkeyPatch, words: str, completed: set[str]
) -> None:
    """Commands and options are completed in a shell."""
    monkeypatch.setenv("_PAPERS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert set(papers().stdout.split()) == {f"plain,{one}" for one in completed}


def test_no_colour_leaks_into_json(sample_index: Path) -> None:
    """JSON has no colour codes, not even on a terminal."""
    assert "\x1b" not in _run_on_terminal(sample_index, "search", "--json", "attention")


@pytest.mark.parametrize("arguments", [["--json", "--limit", "100"], ["--limit", "100"]])
def test_closed_pipe_is_silent(sample_index: Path, arguments: list[str]) -> None:
    """`papers search ... | head -1` prints nothing on standard error."""
    with subprocess.Popen(
        [*COMMAND, "search", *arguments, "-"],
        cwd=ROOT, env=_make_environment(sample_index),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"learning\n" * 20)
        process.stdin.close()
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) != 0


def test_arguments_that_are_not_utf8(sample_index: Path) -> None:
    """An argument that is not UTF-8 is read with replacement characters."""
    for arguments in (
        [b"search", b"--json", b"a\xff"],
        [b"show", b"\xff"],
        [b"search", b"--venue=\xff"],
    ):
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=ROOT, env=_make_environment(sample_index),
            capture_output=True, check=False,
        )  # fmt: skip
        assert b"Traceback" not in done.stderr
        assert done.returncode in {0, 1}
