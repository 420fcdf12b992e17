"""Answers: is a better spelling offered where there is one, and never where it would be wrong?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.store.generations import find_current_folder
from index.store.manifest import MANIFEST, read_manifest, write_json
from index.store.vocabulary import WORDS
from search.answers.searcher import Searcher
from search.request.facets import Selection
from search.request.search_request import MAX_QUERY, SearchRequest
from tests.support.made_works import apart, write_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search.suggest.spelling import Suggestion

COMMON = 60
"""Papers with the common words; a rarer word is held against them."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index in which a few words are common."""
    papers: list[dict[str, object]] = [
        {
            "id": f"p{n}",
            "title": "Reinforcement learning for robots",
            "abstract": "Attention helps. Attention is a policy of networks.",
            "authors": ["Sergey Levine", "Aviral Kumar"],
            "venue": "NeurIPS",
            "year": 2020 if n % 2 else 2021,
            "topics": ["robotics"],
        }
        for n in range(COMMON)
    ]
    papers += [
        {"id": "odd", "title": "Atention in robots", "authors": ["Ann Levene"], "year": 2019},
        {"id": "bert", "title": "LEARNIN and Learnin2 with robots", "year": 2018},
        {"id": "gone", "title": "Tensor robots", "status": "withdrawn"},
    ]
    return write_index(tmp_path_factory.mktemp("spelling"), apart(papers))


@pytest.fixture(scope="module")
def searcher(directory: Path) -> Searcher:
    """Give a searcher over it."""
    return Searcher(directory)


def offered(searcher: Searcher, query: str) -> Suggestion | None:
    """Ask, and give what is offered."""
    return searcher.search(SearchRequest(query)).suggestion


RESPELT = [
    ("reinforcemnt", "reinforcement", COMMON),
    ("Reinforcemnt lerning", "Reinforcement learning", COMMON),
    ("reinforcemnt lerning year:2020", "reinforcement learning year:2020", COMMON // 2),
    ("robots levnie", "robots levine", COMMON),
    ("author:levnie", "author:levine", COMMON),
    ('author:"sergey levnie"', 'author:"sergey levine"', COMMON),
    ('"reinforcement lerning"', '"reinforcement learning"', COMMON),
    ("title:reinforcemnt", "title:reinforcement", COMMON),
    ("abstract:(atention OR polcy)", "abstract:(attention OR policy)", COMMON),
    ("reinforcemnt -levene", "reinforcement -levene", COMMON),
    ("+reinforcemnt^2  policy", "+reinforcement^2  policy", COMMON),
    ("nettworcs", "networks", COMMON),
    ("reinforcement-lerning", "reinforcement-learning", COMMON),
]


@pytest.mark.parametrize(("typed", "better", "total"), RESPELT)
def test_better_spellings(searcher: Searcher, typed: str, better: str, total: int) -> None:
    """A misspelt word is replaced where it stands, all else stays; the hits are counted."""
    found = offered(searcher, typed)
    assert found is not None
    assert (found.query, found.total) == (better, total)


LEFT = [
    "reinforcement learning",  # right
    "polcy tensor",  # no paper has both
    "LERNING",  # an acronym
    "ReinForcemnt",  # a name of its own
    "lerning2",  # has a digit
    "2002",  # a year
    "year:2002",
    "10.1145/reinforcemnt",  # identifiers
    "id:reinforcemnt",
    "doi:10.1/lerning",
    "lerning*",  # patterns
    "lerning~1",
    "venue:NeuriPS",  # other fields
    "topic:robotic",
    "-lerning",  # what is not wanted
    "lrn",  # short
    "reinforcem",  # the last word, unfinished
    "tensr",  # better only in a paper that is hidden
    "",
    "*",
]


@pytest.mark.parametrize("typed", LEFT)
def test_what_is_left_alone(searcher: Searcher, typed: str) -> None:
    """Right words, identifiers, numbers, acronyms, patterns and values are never respelt."""
    assert offered(searcher, typed) is None


def test_offered_even_where_there_are_hits(searcher: Searcher) -> None:
    """A word of one paper is held against a common one; the paper is found all the same."""
    results = searcher.search(SearchRequest("atention"))
    assert [hit.paper.id for hit in results.hits] == ["odd"]
    assert results.suggestion is not None
    assert (results.suggestion.query, results.suggestion.total) == ("attention", COMMON)


def test_never_applied(searcher: Searcher) -> None:
    """The query is answered as typed: what is offered changes neither hits nor reading."""
    results = searcher.search(SearchRequest("levene robots"))
    assert results.interpreted == "levene robots"
    assert [hit.paper.id for hit in results.hits] == ["odd"]


def test_a_word_that_is_common_itself_is_right(index_of: Callable[..., Path]) -> None:
    """Of two like words neither is offered for the other unless it is many times as frequent."""
    papers = [{"id": f"a{n}", "title": "formal"} for n in range(20)]
    papers += [{"id": f"b{n}", "title": "format"} for n in range(2)]
    searcher = Searcher(index_of(*papers))
    assert offered(searcher, "format") is None
    assert offered(searcher, "formul x") is None
    assert offered(searcher, "forman") is not None


def test_filters_count(searcher: Searcher) -> None:
    """The number is that of the papers which the filters leave."""
    request = SearchRequest("reinforcemnt", {"year": Selection(low=2021, high=2021)})
    suggestion = searcher.search(request).suggestion
    assert suggestion is not None
    assert suggestion.total == COMMON // 2
    nowhere = SearchRequest("reinforcemnt", {"year": Selection(low=1999, high=1999)})
    assert searcher.search(nowhere).suggestion is None


def test_the_number_is_what_the_better_query_finds(searcher: Searcher) -> None:
    """Whoever takes the offer finds as many papers as it said."""
    for typed, better, total in RESPELT:
        assert searcher.search(SearchRequest(better)).total == total, typed


def test_a_rewritten_query_stays_within_its_bound(searcher: Searcher) -> None:
    """A query that would become too long by a letter is not offered."""
    filling = " " * (MAX_QUERY - len("reinforcemntlevine"))
    assert offered(searcher, f"reinforcemnt{filling}levine") is None
    assert offered(searcher, f"reinforcemnt{filling[1:]}levine") is not None


def test_many_unknown_words_are_another_language(searcher: Searcher) -> None:
    """More than a few doubtful words are left alone: no query of them would be the right one."""
    assert offered(searcher, "reinforcemnt lerning polcy atention") is None
    assert offered(searcher, "reinforcemnt lerning polcy attention") is not None


def test_an_index_without_words_offers_nothing(index_of: Callable[..., Path]) -> None:
    """An index that was built before there were words answers as it did."""
    directory = index_of(*({"id": f"p{n}", "title": "reinforcement"} for n in range(3)))
    folder = find_current_folder(directory)
    kept = tuple(file for file in read_manifest(folder).files if file.name != WORDS)
    write_json(folder / MANIFEST, replace(read_manifest(folder), files=kept))
    (folder / WORDS).unlink()
    searcher = Searcher(directory)
    assert offered(searcher, "reinforcemnt") is None
    assert searcher.search(SearchRequest("reinforcement")).total == 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "(",
                ")",
                "^",
                "~",
                "-",
                ":",
                "author:",
                "lerning",
                "Levnie",
                "é",
                "ß",
                "AND",
                " ",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_nothing_typed_fails(searcher: Searcher, typed: str) -> None:
    """Whatever is typed, the search answers, and what it offers finds papers."""
    suggestion = offered(searcher, typed)
    if suggestion is not None:
        assert suggestion.query != typed
        assert suggestion.total > 0
