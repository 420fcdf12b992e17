"""Test that long texts are reduced to their most telling words, and find their papers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.language.tree import Value, Word, list_leaves
from search.planning.asking_words import ASKING_WEIGHT
from search.planning.boosts import PASSAGE
from search.planning.plan import AnyOf, Term, Weighted
from search.planning.telling_words import (
    MOST_IDENTIFIERS,
    MOST_MATCHED,
    MOST_TIMES,
    MOST_WORDS,
    PASSAGE_MATCHED,
    choose_telling_words,
    match_any_word,
)
from search.request.search_request import MAX_QUERY, SearchRequest
from tests.support.made_works import make_separate_documents, write_index

if TYPE_CHECKING:
    from pathlib import Path

    from search.language.tree import Row
    from search.planning.plan import Node

SYLLABLES = ("ba", "cor", "dil", "fen", "gam", "hol", "jun", "kep", "lor", "mun", "nal", "per")
VOCABULARY = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in ("x", "ot", "ul")]


def write_abstract(number: int, words: int = 120) -> str:
    """Write an abstract: words that other papers have, and few that are its own."""
    random = Random(number)
    chosen = [*random.choices(VOCABULARY, k=words - 2), f"own{number}", f"only{number}"]
    random.shuffle(chosen)
    return " ".join(f"{word}." if at % 9 == 8 else word for at, word in enumerate(chosen))


PAPERS: list[dict[str, object]] = [
    {"id": f"p{n}", "title": f"Paper {n}", "abstract": write_abstract(n), "year": 2001}
    for n in range(60)
]
PAPERS.append(
    {
        "id": "han",
        "title": "河流",
        "abstract": "河流中的泥沙在弯道处沉积，粗颗粒首先沉降。" * 2,
        "year": 2001,
    }
)
PAPERS.append({"id": "doi", "title": "Named", "ids": {"doi": "10.5555/silt.7"}, "year": 2001})


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index of abstracts made by each engine."""
    folder: Path = tmp_path_factory.mktemp("abstracts")
    return Searcher(write_index(folder, make_separate_documents(PAPERS), request.param))


class Counts:
    """Counts of an index in which words are as frequent as a table says."""

    def __init__(self, **papers: int) -> None:
        self._papers = papers

    def count_documents(self, field: str, token: str) -> int:
        """Return the number of the table for texts, and none for other fields."""
        return self._papers.get(token, 0) if field == "text" else 0

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Return nothing."""
        del field, prefix, limit, within
        return []


@pytest.mark.parametrize("number", [0, 7, 31])
@pytest.mark.parametrize("length", [120, 900, MAX_QUERY])
def test_a_pasted_abstract_finds_its_paper(searcher: Searcher, number: int, length: int) -> None:
    """An abstract, or a page that begins with one, puts its paper first."""
    page = write_abstract(number)
    page += "".join(f" unknown{n}" for n in range(length // 12))
    results = searcher.search(SearchRequest(page[:MAX_QUERY]))
    assert results.hits[0].paper.id == f"p{number}"
    assert len(results.interpreted.split()) <= MOST_WORDS * MOST_TIMES


def test_a_pasted_text_without_spaces_finds_its_paper(searcher: Searcher) -> None:
    """A clause that is not in the paper does not keep it from being found."""
    text = (
        "我们知道粗颗粒首先沉降，河流中的泥沙在弯道处沉积。而且水深与流速有关，"
        "坡度也很重要，这里没有说明。河床形态不断变化。"
    )
    results = searcher.search(SearchRequest(text))
    assert [hit.paper.id for hit in results.hits] == ["han"]


def test_the_notice_says_how_many_words_are_searched(searcher: Searcher) -> None:
    """The notice counts different words without stop words."""
    text = " ".join(f"the word{n} of word{n}" for n in range(MOST_WORDS + 20))
    messages = [notice.message for notice in searcher.search(SearchRequest(text)).parsed.notices]
    assert messages == [f"Searched for the {MOST_WORDS} most telling of {MOST_WORDS + 20} words"]


def test_operators_in_a_pasted_text_exclude_nothing(searcher: Searcher) -> None:
    """A dash, NOT, quotes and brackets in prose neither exclude nor require anything."""
    page = f'Abstract: -{write_abstract(5)} NOT own5 "only5 of" (see -fig 3) [12] 20* *'
    assert searcher.search(SearchRequest(page)).hits[0].paper.id == "p5"


def test_rare_and_repeated_words_are_chosen() -> None:
    """Of equally frequent words, those that the text repeats or begins with are chosen."""
    rare = {f"rare{n}": 3 for n in range(MOST_WORDS - 2)}
    counts = Counts(**rare, common=900, silt=40, sand=40, first=40, late=40)
    text = " ".join(["first", *rare, "common", "silt", "silt", "sand", *["the"] * 150, "late"])
    query = choose_telling_words(parse(f"{text} unknown"), counts).query
    words = [leaf.text for leaf in list_leaves(query) if isinstance(leaf, Word)]
    assert words == ["first", *rare, "silt", "silt"]


def test_the_choice_is_stable() -> None:
    """The printed words, read again, are searched as they are."""
    counts = Counts(**{word: 1 + len(word) for word in VOCABULARY})
    chosen = choose_telling_words(parse(write_abstract(3)), counts)
    again = choose_telling_words(parse(str(chosen.query)), counts)
    assert again.query == chosen.query


def test_repetitions_and_identifiers_are_bounded() -> None:
    """However often a word or an identifier is repeated, it is searched a few times."""
    again = choose_telling_words(parse("silt " * 3_000), Counts()).query
    assert len(list_leaves(again)) == MOST_TIMES
    ids = " ".join(f"10.5555/{n}, 10.5555/{n} silt" for n in range(400))
    leaves = list_leaves(choose_telling_words(parse(ids), Counts()).query)
    assert sum(isinstance(leaf, Value) for leaf in leaves) == MOST_IDENTIFIERS


def test_only_stop_words_are_searched_if_there_are_no_others() -> None:
    """A long text of stop words is searched for them."""
    query = choose_telling_words(parse("of the " * 2_000), Counts()).query
    assert {str(leaf) for leaf in list_leaves(query)} == {"of", "the"}


def test_a_short_text_is_searched_whole() -> None:
    """A text with few different words is left as it is."""
    parsed = parse("silt and gravel in rivers " * 8)
    assert choose_telling_words(parsed, Counts()) is parsed


def test_a_question_matches_any_of_its_most_telling_words() -> None:
    """The common words of a long question rank papers but do not match them."""
    words = [f"w{n}x" for n in range(MOST_MATCHED + 3)]
    counts = Counts(**{word: n for n, word in enumerate(words)})
    match, others = match_any_word(tuple((word,) for word in words), counts, question=True)
    assert isinstance(match, AnyOf)
    assert match.children == tuple(Term("text", word) for word in words[1 : MOST_MATCHED + 1])
    assert others == tuple(Term("text", word) for word in words[MOST_MATCHED + 1 :])


def test_a_passage_matches_fewer_of_its_words() -> None:
    """A question of `PASSAGE` words is a passage, of which fewer words match papers."""
    words = [f"w{n}x" for n in range(PASSAGE)]
    counts = Counts(**{word: n + 1 for n, word in enumerate(words)})
    for size, most in ((PASSAGE, PASSAGE_MATCHED), (PASSAGE - 1, MOST_MATCHED)):
        rows = tuple((word,) for word in words[:size])
        match, others = match_any_word(rows, counts, question=True)
        assert isinstance(match, AnyOf)
        assert (len(match.children), len(others)) == (most, size - most)


def test_a_repeated_word_weighs_more() -> None:
    """A word weighs its frequency, in a passage too."""
    counts = Counts(silt=3, sand=3, papers=3, paper=3)
    short: tuple[Row, ...] = (("silt",), ("silt",), ("sand",))
    match, _ = match_any_word(short, counts, question=True)
    assert match == AnyOf((Weighted(Term("text", "silt"), 2), Term("text", "sand")))
    long, _ = match_any_word(
        (*short, *((f"unknown{n}",) for n in range(PASSAGE))), counts, question=True
    )
    assert long == AnyOf((Weighted(Term("text", "silt"), 2), Term("text", "sand")))


def test_words_of_asking_come_last() -> None:
    """A word with which people ask weighs less in a question; in a short query it does not."""
    counts = Counts(silt=30, paper=3)
    words: tuple[Row, ...] = (("papers",), ("silt",))
    match, _ = match_any_word(words, counts, question=True)
    asking = Weighted(Term("text", "paper"), ASKING_WEIGHT)
    assert match == AnyOf((Term("text", "silt"), asking))
    match, _ = match_any_word(words, counts, question=False)
    assert match == AnyOf((Term("text", "paper"), Term("text", "silt")))
