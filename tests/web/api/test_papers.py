"""Test the JSON of one paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import UNSET

from index.records import Appearance, Author, Paper, Source
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from web.api.papers import (
    AppearanceDocument,
    AuthorDocument,
    SourceDocument,
    describe_paper,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SOURCE = Source("dump.gz", "a/b.json", 3, 40, "2026-01-02", "CC0-1.0")
PAPER = Paper(
    id="x",
    title="T",
    authors=(Author("Ada Lovelace", "ada lovelace", {"orcid": "1"}, ("ETH",)), Author("B")),
    appearances=(Appearance("NeurIPS", "Neural", "conference", 2017, "conference paper", SOURCE,
                            volume="30", pages="5-9", publisher="MIT Press", editors=("Bo Li",)),
                 Appearance(year=2016, date="2016-08")),
    ids={"doi": "10.1/a", "record": "y"},
    citations=0,
)  # fmt: skip


def test_the_first_appearance_is_shown() -> None:
    """Venue, kind, year and type are those of the first appearance."""
    document = describe_paper(PAPER)
    shown = (document.venue, document.venue_kind, document.year, document.type)
    assert shown == ("NeurIPS", "conference", 2017, "conference paper")


def test_a_paper_without_appearances_has_empty_values() -> None:
    """Where nothing is known, texts are empty and numbers are null."""
    document = describe_paper(Paper(id="x", title="T"))
    assert (document.venue, document.year, document.doi) == ("", None, None)
    assert (document.appearances, document.records) == ((), ())


def test_identifiers_are_repeated_where_readers_look() -> None:
    """The DOI also has its own key, and a merged work lists its records, its own first."""
    document = describe_paper(PAPER)
    assert document.doi == "10.1/a"
    assert document.ids == {"doi": "10.1/a", "record": "y"}
    assert document.records == ("x", "y")
    assert document.citations == 0


def test_affiliations_are_absent_if_unknown() -> None:
    """An author has the key `affiliations` only if the dump names any."""
    assert describe_paper(PAPER).authors == (
        AuthorDocument("Ada Lovelace", "ada lovelace", {"orcid": "1"}, ("ETH",)),
        AuthorDocument("B", "", {}, UNSET),
    )


def test_every_appearance_names_its_source() -> None:
    """An appearance has the whole source it was read from, or null."""
    source = SourceDocument("dump.gz", "a/b.json", 3, 40, "2026-01-02", "CC0-1.0")
    assert describe_paper(PAPER).appearances == (
        AppearanceDocument(
            "NeurIPS",
            "Neural",
            "conference",
            2017,
            "conference paper",
            source,
            "",
            "30",
            "",
            "5-9",
            "MIT Press",
            ("Bo Li",),
        ),
        AppearanceDocument("", "", "", 2016, "", None, "2016-08", "", "", "", "", ()),
    )


def test_printed_hits_can_be_indexed_again(
    sample_searcher: Searcher, papers: Callable[..., Result], index_of: Callable[..., Path]
) -> None:
    """What `papers search --json` prints can be built into an index of the same papers."""
    printed = json.loads(papers("search", "--json", "--limit", "100", "--hidden").stdout)
    again = Searcher(index_of(*printed["hits"]))
    assert again.manifest.papers == 100
    hits = sample_searcher.search(SearchRequest(per_page=100, hidden=True)).hits
    assert [again.read_paper(hit.paper.id) for hit in hits] == [hit.paper for hit in hits]
