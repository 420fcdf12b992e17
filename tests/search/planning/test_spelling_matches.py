"""Check how other spellings of words are matched, and how much they count."""

from pathlib import Path

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.planning.plan import Term, Tokens, Weighted
from search.planning.spelling_matches import (
    SPLIT_WEIGHT,
    match_other_spelling,
    match_spelling,
    match_stems,
)
from search.request.search_request import SearchRequest
from tests.support.counts import Counts
from tests.support.made_works import make_separate_documents, write_index

COUNTS = Counts({"text": {"kite": 900, "line": 4_000, "kitelin": 2, "kitetail": 900, "tail": 9}})


def test_a_split_spelling_is_a_weighted_phrase() -> None:
    """A phrase of two would score like two words; a joined word is a word like any other."""
    assert match_spelling(("pre", "mixing")) == Weighted(
        Tokens("text", ("pre", "mix")), SPLIT_WEIGHT
    )
    assert match_spelling(("premixing",)) == Term("text", "premix")


def test_a_rare_joined_spelling_counts_less() -> None:
    """It has less weight the rarer it is than the rarest typed word, and never more than a word."""
    rare = match_other_spelling(("kiteline",), ["kite", "line"], COUNTS.count_documents)
    assert isinstance(rare, Weighted)
    assert rare.child == Term("text", "kitelin")
    assert 0.1 < rare.factor < 0.2
    common = match_other_spelling(("kitetail",), ["kite", "tail"], COUNTS.count_documents)
    assert common == Term("text", "kitetail")
    unknown = match_other_spelling(("kiteline",), ["moor"], COUNTS.count_documents)
    assert unknown == Term("text", "kitelin")


def test_a_split_spelling_counts_the_same_however_rare() -> None:
    """Its score is that of its words."""
    row = ("kite", "line")
    assert match_other_spelling(row, ["kiteline"], COUNTS.count_documents) == match_spelling(row)


def test_a_field_of_stems_has_the_phrase_and_its_words() -> None:
    """A field without positions is searched for the words, and the text for the phrase."""
    assert match_stems("title", ["lines"]) == Term("title", "line")
    found = match_stems("title", ["kite", "lines"])
    assert Term("title", "kite") in found.children  # type: ignore[union-attr]
    assert Tokens("text", ("kite", "line")) in found.children  # type: ignore[union-attr]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_joined_by_mistake_does_not_come_first(engine: str, tmp_path: Path) -> None:
    """The one abstract that lacks a space does not outrank the papers that everyone cites."""
    papers = [
        {"id": f"p{n}", "title": "A Kite Line", "citations": 900 if n < 9 else 0}
        for n in range(200)
    ]
    slip = {"id": "slip", "title": "The Kite Line", "abstract": "Kitelines.", "citations": 0}
    kept = make_separate_documents([*papers, slip])
    searcher = Searcher(write_index(tmp_path, kept, engine))
    hits = searcher.search(SearchRequest("kite line", facets=())).hits
    assert [hit.paper.id for hit in hits] == [*(f"p{n}" for n in range(9)), "slip"]
