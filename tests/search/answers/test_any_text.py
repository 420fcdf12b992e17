"""Check that any text that can be typed or pasted is answered, or refused in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from index.errors import PapersearchError
from index.fields import BREAK
from index.names.variants import list_index_forms
from index.text.analyser import tokenise, tokenise_name
from search.answers.searcher import Searcher
from search.errors import QueryTooCostly
from search.request.search_request import MAX_PER_PAGE, MAX_QUERY, SearchRequest
from tests.support.cluster import list_engines
from tests.support.hit_lists import list_matches
from tests.support.made_works import make_separate_documents, write_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.answers.results import Results


class Record(NamedTuple):
    """A paper: its title, its abstract and its authors."""

    title: str
    abstract: str
    authors: list[str]


RECORDS = [
    Record(
        r"Drift of CO$_2$ over Cold-Water Reefs",
        "We measured the drift of 40 reefs (in mm), e.g. at night; see SE(3)-frames.",
        ["Ana O'Dell", "Łukasz van der Zet"],
    ),
    Record(
        "L'étude des récifs: l’eau, the Whos and the Whats",
        "The cold water of the reefs is cold, and the water of the night is not.",
        ["Émile d'Arc"],
    ),
    Record(
        "深海珊瑚的研究 and β-Corals in C++",
        "Of the 10,000 reefs of the sea: reefs, reefs and reefs. IL-1β is µm-sized.",
        ["王 小明", "Kim Min-jun"],
    ),
    Record(
        "การสำรวจแนวปะการัง NOT a Survey",
        "“A quoted word” and a b a b; x^2 of H₂O is x2, and water cold is not cold water.",
        ["Ana Zet", "Zet Ana"],
    ),
    Record("कोरल की खोज", "مُقَدِّمة في البحر و את הים", []),
]
"""Papers whose words recur, stand in two orders, and are written in several scripts."""

IDENTIFIERS = [
    "10.5555/reef.1",
    "doi:10.5555/reef.0",
    "https://doi.org/10.1002/(SICI)1097<1::AID-X>3.0.CO;2-A",
    "arXiv:1901.00001v2",
    "https://arxiv.org/pdf/1901.00002.pdf?x=1#page=2",
    "PMC1234567",
    "978-3-16-148410-0",
    "0000-0002-1825-0097",
]
WORDS = [
    word
    for record in RECORDS
    for word in " ".join((record.title, record.abstract, *record.authors)).split()
]
SIGNS = [
    *"()[]{}\"^~*?:+-<>=.,;!/&|#@$\\'“”«»（）", " AND ", " OR ", " NOT ", "title:", "author:^",
    "year:", "date:>=2020-", "id:", "has:", "status:", "venue:", "[1 TO 2]", "..", "~2", "^2",
    "f(x)", "[ti]", "TI=(", "TITLE-ABS-KEY(", " NEAR/3 ", "@article{a, title={", "%0 ", "^{-1}",
    "\x00", "\u00ad", "\u200b", "\u202f", "\n", "et al., 2017", "reef*", "r?ef", "reffs~", "İ", "²",
    "TY  - JOUR\n",
]  # fmt: skip
PROSE = st.lists(st.sampled_from([*WORDS, *IDENTIFIERS, "-", "AND", "e.g.,", "(x)", '"a b"', "A*"]),
    min_size=40, max_size=80).map(" ".join)  # fmt: skip
TEXTS = (
    st.text(max_size=60)
    | st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=12).map("".join)
    | st.lists(st.sampled_from([*SIGNS, *WORDS, *IDENTIFIERS]), max_size=12).map(" ".join)
    | PROSE
)
LONG = st.builds(
    lambda text, times: (text * times)[:MAX_QUERY],
    TEXTS | st.text(min_size=1, max_size=500),
    st.sampled_from([20, 500, MAX_QUERY]),
)

Searchers = dict[str, Searcher]


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Searchers:
    """Return a searcher over the papers above with each engine."""
    numbered = [
        {**record._asdict(), "id": f"p{n}", "year": 2016 + n, "ids": {"doi": f"10.5555/reef.{n}"}}
        for n, record in enumerate(RECORDS)
    ]
    folder = tmp_path_factory.mktemp("any")
    documents = make_separate_documents(numbered)
    return {name: Searcher(write_index(folder / name, documents, name)) for name in list_engines()}


def ask(searcher: Searcher, text: str) -> Results | str:
    """Answer a text, or return the message that refuses it."""
    try:
        return searcher.search(SearchRequest(text, per_page=MAX_PER_PAGE))
    except PapersearchError as error:
        return str(error)


def list_found(results: Results) -> list[str]:
    """Return the ids of the hits, in the order of the papers."""
    return sorted(hit.paper.id for hit in results.hits)


def check_answer(searchers: Searchers, text: str) -> None:
    """Check that all engines give the same answer, or refuse in the same words."""
    answers = [ask(searcher, text) for searcher in searchers.values()]
    if isinstance(refusal := answers[0], str):
        assert "\n" not in refusal
        assert refusal.endswith(".")
        assert answers == [refusal] * len(answers)
        return
    for found in answers:
        assert not isinstance(found, str)
        assert list_found(found) == list_found(refusal)
        assert str(found.parsed.query) == str(refusal.parsed.query)
        assert all(0 <= n.at[0] <= n.at[1] <= len(text) for n in found.parsed.notices)
        marked = [found.highlighter.mark_html(hit.paper.abstract) for hit in found.hits]
        assert all(mark.count("<mark>") == mark.count("</mark>") for mark in marked)


@given(text=TEXTS)
@example(text="\ud800 reef")
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_answered(searchers: Searchers, text: str) -> None:
    """A text is answered, or refused with a message; all engines agree."""
    check_answer(searchers, text)
    assert searchers.keys() == set(list_engines())


@given(text=LONG)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_any_long_text_is_answered(searchers: Searchers, text: str) -> None:
    """So is a text of up to the most characters."""
    check_answer(searchers, text)
    assert len(text) <= MAX_QUERY


def test_a_longer_text_is_refused(searchers: Searchers) -> None:
    """One character more is refused before anything is searched."""
    for searcher in searchers.values():
        with pytest.raises(QueryTooCostly, match="20,001 characters; the limit is 20,000"):
            ask_longer(searcher)
    assert searchers


def ask_longer(searcher: Searcher) -> None:
    """Search for a text that is too long by one character."""
    searcher.search(SearchRequest("a" * (MAX_QUERY + 1)))


@given(text=TEXTS)
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_understood_can_be_typed(searchers: Searchers, text: str) -> None:
    """The interpreted query, typed, is understood alike and finds the same papers."""
    searcher = searchers["tantivy"]
    found = ask(searcher, text)
    assume(not isinstance(found, str))
    assert not isinstance(found, str)
    again = ask(searcher, str(found.parsed.query))
    assert not isinstance(again, str), again
    assert again.parsed.query == found.parsed.query
    assert list_found(again) == list_found(found)


def holds(row: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return whether some tokens contain those of a phrase side by side."""
    width = len(phrase)
    return any(list(row[at : at + width]) == list(phrase) for at in range(len(row) - width + 1))


def find_papers(phrase: str) -> list[str]:
    """Return the ids of the papers that contain a phrase, without any index."""
    row, name = tokenise(phrase), tokenise_name(phrase)
    return [
        f"p{n}"
        for n, record in enumerate(RECORDS)
        if any(holds(tokenise(text), row) for text in (record.title, record.abstract))
        or any(holds(form, name) for form in list_forms(record.authors))
    ]


def list_forms(authors: Sequence[str]) -> list[list[str]]:
    """List the tokens of the forms in which names are searched, such as ``A. Zet``."""
    forms = (list_index_forms(author).phrases.split(BREAK) for author in authors)
    return [form.split() for one in forms for form in one]


SOURCES = [text for r in RECORDS for text in (r.title, r.abstract, *r.authors)]
PIECES = st.builds(
    lambda words, start, width: " ".join(words[start % len(words) :][:width]),
    st.sampled_from([text.split() for text in SOURCES if text]),
    st.integers(0, 30),
    st.integers(1, 4),
)
PHRASES = PIECES | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@given(phrase=PHRASES)
@example(phrase="Émile d'Arc")
@example(phrase="Zet Ana Zet")
@example(phrase="cold water")
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_a_phrase_means_what_is_written(searchers: Searchers, phrase: str) -> None:
    """A phrase in quotes matches exactly the papers whose tokens contain it, with each engine."""
    bare = re.sub('["“”«»*]', " ", phrase)
    assume(tokenise(bare))
    expected = find_papers(bare)
    for searcher in searchers.values():
        assert sorted(list_matches(searcher, f'"{bare}"')) == expected
    assert searchers
