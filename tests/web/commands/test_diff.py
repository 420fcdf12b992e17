"""Test `papers diff`: its text, JSON and Atom output, and its exit codes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from index.build.operations import build
from index.store.history import list_generations
from tests.support.two_generations import SETTINGS, TURN, WALK, Record, write_dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]

ATOM = "{http://www.w3.org/2005/Atom}"
LONG = "word " * 50
TEN_WORDS = " ".join(["word"] * 10)
NEWS: list[Record] = [
    {"id": f"n/{n}", "title": f"New thing {n} <b>&amp;</b>", "authors": list("ABCDE"), "year": 2021}
    for n in (3, 1, 2)
]
BEFORE: list[Record] = [
    WALK | {"abstract": f"{LONG} ends here {LONG}"},
    TURN,
    TURN | {"id": "leave", "title": "About to leave", "status": "poster"},
    TURN | {"id": "appear", "title": "Soon to appear", "venue": "arXiv", "type": "preprint"},
]
NOW: list[Record] = [
    WALK | {"abstract": f"{LONG} stops here {LONG}", "citations": 9},
    BEFORE[2] | {"status": "withdrawn"},
    BEFORE[3] | {"venue": "ICML", "type": "conference paper", "year": 2020},
    *NEWS,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of three generations, the last two equal; the tests only read it."""
    folder = tmp_path_factory.mktemp("diff")
    for records in (BEFORE, NOW, NOW[::-1]):
        build(folder / "ix", (write_dump(folder / "dumps", records),), SETTINGS)
    return folder / "ix"


@pytest.fixture(scope="module")
def names(index: Path) -> list[str]:
    """Return the names of the index's generations, oldest first."""
    return list_generations(index)


def _read_feed(papers: Papers, index: Path, *arguments: str) -> ET.Element:
    result = papers("diff", *arguments, "--format", "atom", index=index)
    assert result.exit_code == 0, result.output
    return ET.fromstring(result.stdout)  # noqa: S314 - our own


def _read_text(element: ET.Element, tag: str) -> str:
    return element.findtext(f"{ATOM}{tag}") or ""


EXPECTED_TEXT = """\
{old} (4 papers) -> {new} (6 papers)

New: 3
  n/1  New thing 1 & (A, B, C and 2 more; 2021)
  n/2  New thing 2 & (A, B, C and 2 more; 2021)
  and 1 more; --limit 0 shows all

Changed: 1
  walk  Random walks on sparse graphs (Ann Lee; ICML 2020)
      abstract: …word word word word ends here {w} … -> …word word word word stops here {w}…
      citations: (none) -> 9

Withdrawn, rejected or retracted: 1
  leave  About to leave (Bo Li; 2019)
      status: poster -> withdrawn

Gone: 1
  turn  Left turns of long lorries (Bo Li; 2019)

Newly published: 1
  appear  Soon to appear (Bo Li; ICML 2020)
      venue: arXiv -> ICML
      year: 2019 -> 2020
      type: preprint -> conference paper
"""


def test_text(papers: Papers, index: Path, names: list[str]) -> None:
    """The text has a heading with a count per kind, a line per paper and a line per change."""
    result = papers("diff", names[0], "--limit", "2", index=index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == EXPECTED_TEXT.format(old=names[0], new=names[2], w=TEN_WORDS)
    same = papers("diff", names[0], names[2], "--format", "text", "--limit", "2", index=index)
    assert same.stdout == result.stdout


def test_nothing_differs(papers: Papers, index: Path, names: list[str]) -> None:
    """Equal generations give an empty list in every format, and exit code 1."""
    result = papers("diff", index=index)
    assert result.exit_code == 1
    assert result.stdout == (f"{names[1]} (6 papers) -> {names[2]} (6 papers)\nNo differences.\n")
    result = papers("diff", "--json", index=index)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["differences"] == []
    result = papers("diff", "--format", "atom", index=index)
    assert result.exit_code == 1
    assert not ET.fromstring(result.stdout).findall(f"{ATOM}entry")  # noqa: S314 - our own


@pytest.mark.parametrize("option", [("--json",), ("--format", "json"), ("--json", "--format=json")])
def test_json(option: tuple[str, ...], papers: Papers, index: Path, names: list[str]) -> None:
    """The JSON is one line: both generations, the counts by kind and the differences."""
    result = papers("diff", names[0], *option, index=index)
    assert result.stdout.count("\n") == 1
    document: dict[str, Any] = json.loads(result.stdout)
    assert list(document) == ["old", "new", "counts", "differences"]
    assert document["old"]["name"] == names[0]
    assert (document["old"]["papers"], document["new"]["papers"]) == (4, 6)
    datetime.fromisoformat(document["new"]["created"])
    counts = {"new": 3, "changed": 1, "withdrawn": 1, "gone": 1, "published": 1}
    assert document["counts"] == counts
    kinds = [one["kind"] for one in document["differences"]]
    assert kinds == ["new", "new", *counts]
    assert document["differences"][4] == {
        "kind": "withdrawn", "id": "leave", "title": "About to leave", "authors": ["Bo Li"],
        "venue": "", "year": 2019,
        "changed": [{"field": "status", "old": "poster", "new": "withdrawn"}],
    }  # fmt: skip


@pytest.mark.parametrize(("limit", "expected"), [("0", 7), ("1", 5), ("2", 6), ("20", 7)])
def test_limit(limit: str, expected: int, papers: Papers, index: Path, names: list[str]) -> None:
    """--limit applies to each kind, 0 means no limit, and the counts cover all differences."""
    result = papers("diff", names[0], "--json", "--limit", limit, index=index)
    document = json.loads(result.stdout)
    assert len(document["differences"]) == expected
    assert document["counts"]["new"] == 3


def test_atom(papers: Papers, index: Path, names: list[str]) -> None:
    """The feed and each entry have what Atom requires: id, date, author, title and content."""
    feed = _read_feed(papers, index, names[0])
    assert feed.tag == f"{ATOM}feed"
    assert _read_text(feed, "id") == "tag:papersearch,2026:changes"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Papersearch"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 7
    for element in (feed, *entries):
        assert datetime.fromisoformat(_read_text(element, "updated")).tzinfo is not None
        assert _read_text(element, "title")
    assert not feed.findall(f".//{ATOM}link")
    ids = [_read_text(entry, "id") for entry in entries]
    assert ids[0] == f"tag:papersearch,2026:{names[2]}/new/n%2F1"
    assert len(set(ids)) == len(ids)
    assert [_read_text(entry, "title") for entry in entries][3:] == [
        "Changed: Random walks on sparse graphs",
        "Withdrawn: About to leave",
        "Gone: Left turns of long lorries",
        "Published: Soon to appear",
    ]
    content = entries[4].find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "text"
    assert content.text == "leave\nBo Li\n2019\nstatus: poster -> withdrawn"
    names_of = [name.text for name in entries[0].findall(f"{ATOM}author/{ATOM}name")]
    assert names_of == list("ABCDE")


def test_atom_is_reproducible(papers: Papers, index: Path, names: list[str]) -> None:
    """Two runs over the same generations print the same feed."""
    first, second = (
        papers("diff", names[0], "--format", "atom", index=index).stdout for _ in range(2)
    )
    assert first == second


BASES = [
    ("https://papers.example.org", "tag:papers.example.org,2026:changes"),
    ("https://example.org/search/", "tag:example.org,2026:search/changes"),
    ("http://localhost:8000", "tag:localhost,2026:changes"),
    ("http://[::1]:8000/", "tag:1,2026:changes"),
]


@pytest.mark.parametrize(("base", "feed_id"), BASES)
def test_links(base: str, feed_id: str, papers: Papers, index: Path, names: list[str]) -> None:
    """With --base-url each paper of the new generation is linked, and ids name that host."""
    feed = _read_feed(papers, index, names[0], "--base-url", base)
    root = base.rstrip("/")
    links = [link.get("href") for link in feed.findall(f".//{ATOM}link")]
    pages = ["n/1", "n/2", "n/3", "walk", "leave", "appear"]
    assert links == [f"{root}/", *(f"{root}/paper/{page}" for page in pages)]
    assert _read_text(feed, "id") == feed_id


@pytest.mark.parametrize(
    "base", ["papers", "ftp://x.org", "https://", "https://x.org?q", "//x", ""]
)
def test_invalid_base_url(base: str, papers: Papers, index: Path) -> None:
    """A --base-url that is not a web address is a usage error."""
    result = papers("diff", "--base-url", base, index=index)
    assert result.exit_code == 2
    assert "is not an address such as https://papers.example.org." in result.stderr


@pytest.mark.parametrize("form", ["text", "atom"])
def test_json_excludes_other_formats(form: str, papers: Papers, index: Path) -> None:
    """--json together with another --format is a usage error."""
    result = papers("diff", "--json", "--format", form, index=index)
    assert result.exit_code == 2
    assert "cannot be combined with --format" in result.stderr


def test_unknown_generation(papers: Papers, index: Path, tmp_path: Path) -> None:
    """An unknown or ambiguous generation, or a missing index, is an error of one line."""
    for where, name, opening in (
        (index, "19", "The index"),
        (index, "20", "The index"),
        (tmp_path / "none", "20", "No index in"),
    ):
        result = papers("diff", name, index=where)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"papers: {opening} ")
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""


def test_control_characters_are_removed(papers: Papers, tmp_path: Path) -> None:
    """Control characters of a dump neither reach the terminal nor break the feed."""
    evil = TURN | {"id": "e\x1b[2J", "title": "A\x1b[31m title\x07 \u202eso", "venue": "V\x9b1m"}
    for records in ([WALK], [evil]):
        build(tmp_path / "ix", (write_dump(tmp_path / "d", records),), SETTINGS)
    for form in ("text", "atom"):
        result = papers("diff", "--format", form, index=tmp_path / "ix")
        assert result.exit_code == 0
        assert result.stdout.replace("\n", "").isprintable()
        assert "title" in result.stdout
