"""Test that better spellings are suggested, and only where they are better."""

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
from search.request.search_request import MAX_QUERY, Prior, SearchRequest
from search.suggest.spelling import Suggestion
from tests.support.made_works import make_separate_documents, write_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMON = 60
"""Papers that contain the common words."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index in which a few words are common."""
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
    return write_index(tmp_path_factory.mktemp("spelling"), make_separate_documents(papers))


@pytest.fixture(scope="module")
def searcher(directory: Path) -> Searcher:
    """Return a searcher over it."""
    return Searcher(directory)


def suggest(searcher: Searcher, query: str) -> Suggestion | None:
    """Return the spelling suggested for a query."""
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
    """A misspelt word is replaced in place, the rest is kept, and the hits are counted."""
    found = suggest(searcher, typed)
    assert found is not None
    assert (found.query, found.total) == (better, total)


UNCHANGED = [
    "reinforcement learning",  # correct
    "polcy tensor",  # no paper contains both
    "LERNING",  # an acronym
    "ReinForcemnt",  # a name
    "lerning2",  # contains a digit
    "2002",  # a year
    "year:2002",
    "10.1145/reinforcemnt",  # identifiers
    "id:reinforcemnt",
    "doi:10.1/lerning",
    "lerning*",  # patterns
    "lerning~1",
    "venue:NeuriPS",  # other fields
    "topic:robotic",
    "-lerning",  # excluded
    "lrn",  # short
    "reinforcem",  # an incomplete last word
    "tensr",  # the better word is only in a hidden paper
    "",
    "*",
]


@pytest.mark.parametrize("typed", UNCHANGED)
def test_no_suggestion(searcher: Searcher, typed: str) -> None:
    """Correct words, identifiers, numbers, acronyms, patterns and values are left alone."""
    assert suggest(searcher, typed) is None


def test_a_query_with_hits_has_suggestions_too(searcher: Searcher) -> None:
    """A word in a single paper may still be misspelt; the paper is found nevertheless."""
    results = searcher.search(SearchRequest("atention"))
    assert [hit.paper.id for hit in results.hits] == ["odd"]
    assert results.suggestion is not None
    assert (results.suggestion.query, results.suggestion.total) == ("attention", COMMON)


def test_a_suggestion_is_never_applied(searcher: Searcher) -> None:
    """The query is answered as typed; a suggestion changes neither its hits nor its parsing."""
    results = searcher.search(SearchRequest("levene robots"))
    assert results.interpreted == "levene robots"
    assert [hit.paper.id for hit in results.hits] == ["odd"]


@pytest.mark.parametrize("prior", list(Prior))
@pytest.mark.parametrize("typed", ["atention robots", "reinforcemnt lerning", "robots levnie"])
def test_ranking_does_not_change_suggestions(searcher: Searcher, typed: str, prior: Prior) -> None:
    """A suggestion counts the papers with all words, however hits are ranked or ordered."""
    expected = suggest(searcher, typed)
    assert expected is not None
    request = SearchRequest(typed, prior=prior, sort="cited", expand=True)
    assert searcher.search(request).suggestion == expected


def test_parts_of_a_misspelt_word_do_not_make_it_correct(index_of: Callable[..., Path]) -> None:
    """A word is misspelt although its parts are words, and although a line was broken there."""
    papers = [{"id": f"a{n}", "title": "Machine translation"} for n in range(25)]
    papers += [{"id": f"b{n}", "title": "A former tran"} for n in range(3)]
    papers += [{"id": "c", "title": "Of tran lation"}, {"id": "d", "abstract": "tranlation"}]
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "machine tranlation") == Suggestion("machine translation", 25)
    assert suggest(searcher, "tranlation machine") == Suggestion("translation machine", 25)


def test_a_word_that_papers_have_in_two_words_is_correct(index_of: Callable[..., Path]) -> None:
    """Another spelling counts against a word that is not many times as frequent."""
    papers = [{"id": f"a{n}", "title": "Open set"} for n in range(2)]
    papers += [{"id": f"b{n}", "title": "Opened"} for n in range(30)]
    papers += [{"id": f"c{n}", "title": "Openest"} for n in range(30)]
    assert suggest(Searcher(index_of(*papers)), "openset x") is None


def test_a_rare_longer_word_does_not_complete_a_misspelt_one(index_of: Callable[..., Path]) -> None:
    """The last word may be incomplete, but hardly if it begins only a misspelt word."""
    papers = [{"id": f"a{n}", "title": "Control system"} for n in range(25)]
    papers.append({"id": "b", "title": "Control of sytems"})
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "control sytem") == Suggestion("control system", 25)
    assert suggest(searcher, "control syste") is None


def test_a_word_found_through_its_stem_is_respelt_beside_others(
    index_of: Callable[..., Path],
) -> None:
    """Such a word alone is left as typed; beside another it is written as most papers do."""
    papers = [{"id": f"a{n}", "title": "Reinforcement learning"} for n in range(25)]
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "reinforcment learning") is None
    better = Suggestion("reinforcement learning", 25)
    assert suggest(searcher, "reinforcment lerning") == better
    assert suggest(searcher, "lerning reinforcment ") == Suggestion("learning reinforcement ", 25)


def test_a_long_word_may_be_misspelt_in_more_papers(index_of: Callable[..., Path]) -> None:
    """A misspelling that a dozen papers share is one still, if hundreds of times as many do not."""
    papers = [{"id": f"a{n}", "title": "Adversarial"} for n in range(2_400)]
    papers += [{"id": f"b{n}", "title": "Adverserial"} for n in range(12)]
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "adverserial") == Suggestion("adversarial", 2_400)
    assert suggest(Searcher(index_of(*papers[100:])), "adverserial") is None


def test_swapped_letters_come_first(index_of: Callable[..., Path]) -> None:
    """Letters out of order are likelier than another letter, though fewer papers have the word."""
    papers = [{"id": f"a{n}", "title": "A naive base"} for n in range(30)]
    papers += [{"id": f"b{n}", "title": "Naive Bayes"} for n in range(3)]
    assert suggest(Searcher(index_of(*papers)), "naive bayse") == Suggestion("naive bayes", 3)


def test_the_other_words_choose_among_better_words(index_of: Callable[..., Path]) -> None:
    """Of two words that are one edit away, the one that fits the query is suggested."""
    papers = [{"id": f"a{n}", "title": "Though it rains"} for n in range(30)]
    papers += [{"id": f"b{n}", "title": "A chain of thought"} for n in range(3)]
    papers += [{"id": "c", "title": "A chain breaks, though"}]
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "thougt") == Suggestion("though", 31)
    assert suggest(searcher, "chain of thougt") == Suggestion("chain of thought", 3)


def test_a_common_word_is_correct(index_of: Callable[..., Path]) -> None:
    """A similar word is suggested only if it is many times as frequent."""
    papers = [{"id": f"a{n}", "title": "formal"} for n in range(20)]
    papers += [{"id": f"b{n}", "title": "format"} for n in range(2)]
    searcher = Searcher(index_of(*papers))
    assert suggest(searcher, "format") is None
    assert suggest(searcher, "formul x") is None
    assert suggest(searcher, "forman") is not None


def test_filters_apply_to_the_count(searcher: Searcher) -> None:
    """The count of a suggestion includes only papers that pass the filters."""
    request = SearchRequest("reinforcemnt", {"year": Selection(low=2021, high=2021)})
    suggestion = searcher.search(request).suggestion
    assert suggestion is not None
    assert suggestion.total == COMMON // 2
    nowhere = SearchRequest("reinforcemnt", {"year": Selection(low=1999, high=1999)})
    assert searcher.search(nowhere).suggestion is None


@pytest.mark.parametrize(("better", "total"), sorted({row[1:] for row in RESPELT}))
def test_a_suggestion_finds_as_many_papers_as_counted(
    searcher: Searcher, better: str, total: int
) -> None:
    """The suggested query finds the number of papers shown with it."""
    assert searcher.search(SearchRequest(better)).total == total


def test_a_suggestion_is_not_too_long(searcher: Searcher) -> None:
    """A rewriting longer than a query may be is not suggested."""
    filling = " " * (MAX_QUERY - len("reinforcemntlevine"))
    assert suggest(searcher, f"reinforcemnt{filling}levine") is None
    assert suggest(searcher, f"reinforcemnt{filling[1:]}levine") is not None


def test_many_unknown_words_are_another_language(searcher: Searcher) -> None:
    """A query with more than a few doubtful words has no suggestion."""
    assert suggest(searcher, "reinforcemnt lerning polcy atention") is None
    assert suggest(searcher, "reinforcemnt lerning polcy attention") is not None


def test_an_index_without_vocabulary_has_no_suggestions(index_of: Callable[..., Path]) -> None:
    """An index built by a version without a vocabulary still answers."""
    directory = index_of(*({"id": f"p{n}", "title": "reinforcement"} for n in range(3)))
    folder = find_current_folder(directory)
    kept = tuple(file for file in read_manifest(folder).files if file.name != WORDS)
    write_json(folder / MANIFEST, replace(read_manifest(folder), files=kept))
    (folder / WORDS).unlink()
    searcher = Searcher(directory)
    assert suggest(searcher, "reinforcemnt") is None
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
def test_any_text_can_be_checked(searcher: Searcher, typed: str) -> None:
    """No text raises an error, and a suggestion differs from the text and finds papers."""
    suggestion = suggest(searcher, typed)
    assert suggestion is None or (suggestion.query != typed and suggestion.total > 0)
