"""Check that the documentation is complete and true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click
import pytest

from index.settings import ENVIRONMENT
from search.language.fields import BY_NAME
from search.language.parser import parse
from search.planning.limits import MAX_CLAUSES
from search.request.facets import FACETS
from search.request.search_request import MAX_HITS, MAX_PER_PAGE, MAX_QUERY, MAX_SELECTED, SORTS
from tests.support.accounts import Site
from tests.support.page_kinds import PLACEHOLDER, list_addresses, list_documented
from tests.support.paths import ROOT, SAMPLE
from web.app import create_app
from web.cli import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

READMES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(
        path
        for name in ("index", "search", "web", "tests")
        for path in (ROOT / name).rglob("README.md")
    ),
]
README = (ROOT / "README.md").read_text("utf-8")
LANGUAGE = (ROOT / "search" / "language" / "README.md").read_text("utf-8")
ACCOUNTS = (ROOT / "web" / "accounts" / "README.md").read_text("utf-8")
EVERYTHING = "\n".join(path.read_text("utf-8") for path in READMES)
QUOTED = set(re.findall(r"`([^`\n]+)`", EVERYTHING))
WORDS = {word for text in QUOTED for word in re.split(r"[\s,()\"':=|]+", text)}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _options() -> list[tuple[str, str]]:
    context = click.Context(main)
    pairs = []
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        options = [one for one in command.params if isinstance(one, click.Option)]
        pairs += [(name, max(one.opts, key=len)) for one in options if not one.hidden]
    return pairs


def _find_commands(text: str) -> list[str]:
    """Return the lines of the ``sh`` blocks that call this project's command."""
    blocks = [code for language, code in FENCE.findall(text) if language == "sh"]
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if re.search(r"(^|\| )papers ", line.strip())]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_documented(command: str) -> None:
    """The README names every command."""
    assert f"papers {command}" in README


@pytest.mark.parametrize(("command", "option"), _options())
def test_options_are_documented(command: str, option: str) -> None:
    """A README names every option of every command, as it is typed."""
    assert option in WORDS, f"papers {command} {option}"


BENCHMARKS = (ROOT / "tests" / "bench" / "README.md").read_text("utf-8")
DOCUMENTED_OPTIONS = sorted(
    word for word in WORDS if re.match(r"--[a-z]", word) and word not in BENCHMARKS
)


@pytest.mark.parametrize("option", DOCUMENTED_OPTIONS)
def test_documented_options_exist(option: str) -> None:
    """No README names an option that does not exist."""
    assert option in {known for _, known in _options()} | {"--help", "--version"}


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_fields_are_documented(name: str) -> None:
    """A README names every field that can be typed, and its aliases."""
    assert name in WORDS


@pytest.mark.parametrize("name", [*FACETS, *SORTS])
def test_facets_and_sorts_are_documented(name: str) -> None:
    """The README names every facet and every sort."""
    assert re.search(rf"\b{name}\b", README)


OPERATORS = ["AND", "OR", "NOT", '"exact words"', "~3", "-a", "+a", "(a OR b)", "neur*", "wom?n",
             "levine~", "levine~2", "word^2", "year:2019..2022", "year:[2019 TO 2022]",
             "year:>=2020", "citations:>100", 'author:"Kumar, A"', 'author:^"Aviral Kumar"',
             "10.1145/"]  # fmt: skip


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators_are_documented(operator: str) -> None:
    """The table of the query language has every operator."""
    assert any(operator in quoted for quoted in re.findall(r"`([^`\n]+)`", LANGUAGE))


def _find_examples() -> list[str]:
    """Return the examples in both tables of the query language."""
    tables = [
        text[text.index("## The query language") :].split("\n\n")[1] for text in (README, LANGUAGE)
    ]
    cells = [row.split(" | ")[0] for table in tables for row in table.splitlines()[2:]]
    return [example for cell in cells for example in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("example", _find_examples())
def test_examples_are_understood(example: str) -> None:
    """Every example of the query language is parsed without a warning."""
    assert parse(example).notices == ()


@pytest.mark.parametrize("named", [ENVIRONMENT, "current", "manifest.json", "report.json"])
def test_names_are_documented(named: str) -> None:
    """A README names the environment variable and the files of an index."""
    assert named in EVERYTHING


def test_the_first_output_is_true(
    papers: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The README's first two commands print what it shows in 80 columns, but for the time taken."""
    monkeypatch.setenv("COLUMNS", "80")
    block = README[README.index("$ make demo") : README.index("```\n\n- **")]
    count = len(SAMPLE.read_text("utf-8").splitlines())
    assert block.splitlines()[1].startswith(f"{count} papers at http://")
    shown = block.partition("attention transformers\n")[2].removesuffix("...\n")
    printed = papers("search", "attention", "transformers").stdout
    first, *lines = shown.splitlines()
    assert printed.startswith(first.partition("  (")[0])
    assert len(lines) > 5
    assert "\n".join(lines) in printed


def test_exit_codes_are_documented() -> None:
    """The README lists the exit codes."""
    assert "Exit codes: 0 found, 1 nothing found or an error, 2 wrong usage" in " ".join(
        README.split()
    )


LIMITS = [
    (MAX_QUERY, "characters"),
    (MAX_CLAUSES, "clauses"),
    (MAX_SELECTED, "selected values"),
    (MAX_PER_PAGE, "hits a page"),
    (MAX_HITS, "hits"),
]


@pytest.mark.parametrize(("limit", "unit"), LIMITS, ids=str)
def test_limits_are_documented(limit: int, unit: str) -> None:
    """A README states every limit of a request, with its unit."""
    assert re.search(rf"(?<![\d,]){limit:,} {unit}\b", " ".join(EVERYTHING.split()))


def test_documented_addresses_exist(sample_index: Path, tmp_path: Path) -> None:
    """Every page in the table of pages answers, and every page is in it or in that of accounts."""
    client = create_app(sample_index).test_client()
    for address in list_addresses():
        assert client.get(address).status_code == 200, address
    every = Site(sample_index, tmp_path).app.url_map.iter_rules()
    rules = {re.sub(r"<[^>]+>", "*", str(rule)) for rule in every}
    documented = {*list_documented(), *re.findall(r"^\| `[A-Z]+ (/[^`]*)`", ACCOUNTS, re.MULTILINE)}
    paths = {PLACEHOLDER.sub("*", one).partition("?")[0] for one in documented}
    assert rules - {"/static/*", "/robots.txt", "/sitemap-*.xml"} <= paths


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_have_targets(path: Path) -> None:
    """Every relative link leads to an existing file."""
    targets = [target.partition("#")[0] for target in LINK.findall(path.read_text("utf-8"))]
    local = [unquote(target) for target in targets if target and "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_are_finished(path: Path) -> None:
    """A document starts with its title, has no placeholder, and names no machine."""
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert not re.search(r"\b(?:TODO|TBD|FIXME|XXX)\b|\b[A-Z]+_CHOICE\b", text)
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|Users)/", text)


def test_readmes_shell_lines_run(sample_index: Path, tmp_path: Path) -> None:
    """Every `papers` line of the shell blocks runs, in order, with exit code 0, in a new folder."""
    del sample_index  # the lines build their own
    shell = shutil.which("bash") or shutil.which("sh")
    assert shell is not None
    command = tmp_path / "bin" / "papers"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m web.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {
        "PATH": f"{command.parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        ENVIRONMENT: str(tmp_path / "ix"),
    }
    folder = tmp_path / "folder"  # the lines may write files
    folder.mkdir()
    (folder / "index").symlink_to(ROOT / "index")
    lines = [line for path in READMES for line in _find_commands(path.read_text("utf-8"))]
    lines = [line for line in lines if not re.search(r"papers serve|DUMP|YOUR", line)]
    assert len(lines) >= 10
    for line in lines:
        done = subprocess.run(
            [shell, "-c", line], cwd=folder, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout[-500:]}{done.stderr[-500:]}"
