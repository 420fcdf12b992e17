"""Test `papers author`: what it prints, its JSON, its pages and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from index.people.curation import CURATION
from tests.support.author_index import open_authors
from web.api.authors import NameDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]

KUMAR = {"name": "Aviral Kumar", "ids": {"openreview": "~Aviral_Kumar2"}}
MANY = [f"Ann {chr(65 + at)}lee" for at in range(20)]
PAPERS: list[dict[str, object]] = [
    {"authors": [KUMAR, "Ann Lee"], "year": 2020, "citations": 3},
    {"authors": ["Ann Lee", KUMAR], "year": 2022, "citations": 1},
    {"authors": [*MANY, KUMAR, "Bo Roe"], "year": 2023},
    {"authors": ["Aviral Kumar"], "year": 2001},
    {"authors": [KUMAR], "year": 2024, "status": "withdrawn"},
    {"authors": ["Avirel Kumar"]},
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Build an index of two people of one name, and return its folder."""
    open_authors(tmp_path, PAPERS)
    return tmp_path / "index"


def test_a_name_is_not_a_person(papers: Papers, index: Path) -> None:
    """The people of a name come before its papers, the newest first; the author is named."""
    result = papers("author", "kumar,", "aviral", index=index)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "Aviral Kumar: a name, not a person",
        "5 papers, 2001-2024, as Aviral Kumar (5)",
        "sources know 1 OpenReview profile",
        "similar names: Avirel Kumar (1)",
        "",
    ]
    assert lines[5] == "  1. Aviral Kumar  3 papers, 2020-2023  [one source]"
    assert lines[6] == "     openreview:~Aviral_Kumar2"
    assert lines[7].startswith("     OpenReview profile ~Aviral_Kumar2")
    assert "     1 paper of no identity" in lines
    assert "1-4 of 4 papers, newest first; 1 hidden (--hidden lists them)" in lines
    shown = [line for line in lines if line.strip() in {"p0", "p1", "p2", "p3"}]
    assert [line.strip() for line in shown] == ["p2", "p1", "p0", "p3"]
    assert "Ann Flee, Ann Glee, 13 more, Aviral Kumar and 1 more\n" in result.stdout


def test_lines_fit_the_terminal(
    papers: Papers, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is longer than the terminal is wide."""
    monkeypatch.setenv("COLUMNS", "60")
    result = papers("author", "Aviral Kumar", "--why", index=index)
    assert max(map(len, result.stdout.splitlines())) <= 60


def test_one_person_and_why(papers: Papers, index: Path) -> None:
    """`--identity` lists the papers of one person, `--why` the evidence for each."""
    key = "openreview:~Aviral_Kumar2"
    result = papers("author", "Aviral Kumar", "--identity", key, "--why", index=index)
    assert result.stdout.startswith(
        "Aviral Kumar: one person of this name, as far as the evidence goes\none source: "
    )
    assert "1-3 of 3 papers, newest first; 1 hidden" in result.stdout
    assert result.stdout.count("     person 1, ") == 3
    assert "same OpenReview profile" in result.stdout
    again = papers("author", "Aviral Kumar", "--identity", "1", "--why", index=index)
    assert again.stdout == result.stdout
    every = papers("author", "Aviral Kumar", "--why", index=index).stdout
    assert "     nobody for sure: nothing but the name" in every
    possible = papers("author", "Aviral Kumar", "--identity", "possible", index=index)
    assert "1-1 of 1 paper, newest first" in possible.stdout


def test_the_word_of_the_maintainer(papers: Papers, index: Path) -> None:
    """A person of the maintainer's file is confirmed, with the reason for each paper."""
    text = '[[person]]\nname = "Aviral Kumar"\nid = "s2:1"\npapers = ["p3"]\n'
    (index / CURATION).write_text(text, "utf-8")
    result = papers("author", "Aviral Kumar", "--why", index=index)
    assert "  2. Aviral Kumar  1 paper, 2001  [curated here]\n     s2:1\n" in result.stdout
    assert "person 2, certain: the maintainer says that this person wrote" in result.stdout


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--hidden"], ["p4", "p2", "p1", "p0", "p3"]),
        (["--sort", "cited"], ["p0", "p1", "p2", "p3"]),
        (["--limit", "2", "--page", "2"], ["p0", "p3"]),
        (["--identity", "openreview:~Aviral_Kumar2"], ["p2", "p1", "p0"]),
    ],
)
def test_json_has_the_same_papers(
    papers: Papers, index: Path, options: list[str], ids: list[str]
) -> None:
    """The document is that of the page, and its papers are sorted and paged in the same way."""
    result = papers("author", "Aviral Kumar", "--json", *options, index=index)
    document = msgspec.json.decode(result.stdout, type=NameDocument)
    assert [one.id for one in document.hits] == ids
    printed = papers("author", "Aviral Kumar", *options, index=index).stdout.split()
    assert [word for word in printed if word in {"p0", "p1", "p2", "p3", "p4"}] == ids


def test_names_from_standard_input(papers: Papers, index: Path) -> None:
    """One document a line, in order; a name without papers does not stop the others."""
    result = papers("author", "-", "--json", index=index, stdin="Bo Roe\nNobody\nAnn Lee\n")
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one.get("name") for one in documents] == ["Bo Roe", None, "Ann Lee"]
    assert documents[1]["error"]["status"] == 404
    assert result.exit_code == 1
    printed = papers("author", "-", index=index, stdin="Bo Roe\nAnn Lee\n")
    assert printed.stdout.count(": a name, not a person\n") == 2
    assert printed.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["Nobody Here"], 1, "No paper names the author 'Nobody Here'."),
        (["Aviral Kumar", "--identity", "s2:9"], 1, "belong to 's2:9'"),
        (["Aviral Kumar", "--page", "9"], 1, "No such page: 9."),
        (["Aviral Kumar", "--sort", "x"], 2, "--sort"),
        ([], 2, "NAME"),
    ],
)
def test_failures(
    papers: Papers, index: Path, arguments: list[str], code: int, message: str
) -> None:
    """A failure is one sentence, and has its exit code."""
    result = papers("author", *arguments, index=index)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())
