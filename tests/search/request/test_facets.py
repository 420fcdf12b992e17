"""Test that facet counts are exact, whatever is selected."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from index.engines.engine import ENGINES
from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.searcher import Searcher
from search.engines.engine import MOST_VALUES
from search.request.facets import (
    DEFAULT_FACETS,
    FACETS,
    HIDDEN_STATUSES,
    FacetValue,
    Selection,
    Selections,
    write_value,
)
from search.request.parameters import parse_selection
from search.request.search_request import SearchRequest, View
from tests.support.made_works import make_separate_documents, write_index
from web.api.results import describe_results

AWKWARD = [
    'Say "Cheese"', "Colon: One", "Back\\slash", "(Round) [Square]", "{Curly}", "-Minus", "Star*",
    "Étoile Ünïque", "深度 学习", "A AND B", "OR", "what?", "~tilde^2", "Tom's 'Quotes'", "+Plus",
    "/slashes/and//more", "50% & more", "<b>bold</b>", "a|b", "tab, comma; stop", "\\-both", "NOT",
]  # fmt: skip
WORDS = "deep graph sort tree index query model speech".split()
NAMES = ["Ada Stone", "Bob O'Stack", "Łukasz Źdźbło", "Wei Wang", "王伟", "Jean-Luc Roux", "E. Noe"]
VENUES = ["NeurIPS", "ICML", "ICLR", "Proceedings of Odd Things", *AWKWARD]
STATUSES = ["", "oral", "poster", "withdrawn", "reject", "retracted"]
COUNT = 300
TRIES = 200

Has = Callable[[Paper], bool]
VALUES: dict[str, Callable[[Paper], set[str]]] = {
    "venue": lambda paper: {show.venue for show in paper.appearances},
    "year": lambda paper: {str(show.year) for show in paper.appearances if show.year},
    "type": lambda paper: {show.type for show in paper.appearances},
    "status": lambda paper: {paper.status},
    "source": lambda paper: set(paper.sources),
    "author": lambda paper: {author.key for author in paper.authors},
    "topic": lambda paper: set(paper.topics),
    "institution": lambda paper: set(chain(*(author.affiliations for author in paper.authors))),
    "language": lambda paper: {paper.language},
}


@dataclass(frozen=True)
class Corpus:
    """An index and all its papers."""

    searcher: Searcher
    papers: list[Paper]

    def values(self, name: str) -> list[str]:
        """Return all values of a facet, sorted."""
        return sorted(set(chain(*(VALUES[name](paper) for paper in self.papers))) - {""})


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return an index of papers that share values, many of them full of special characters."""
    choice = random.Random(11)
    records = (_record(number, choice) for number in range(COUNT))
    searcher = Searcher(
        write_index(tmp_path_factory.mktemp("facets"), make_separate_documents(records))
    )
    pages = range(1, COUNT // 100 + 1)
    requests = (SearchRequest(page=page, per_page=100, hidden=True) for page in pages)
    papers = [hit.paper for request in requests for hit in searcher.search(request).hits]
    assert len(papers) == COUNT
    return Corpus(searcher, papers)


def _record(number: int, choice: random.Random) -> dict[str, object]:
    places = [choice.sample(AWKWARD, choice.randint(0, 2)) for _ in range(3)]
    authors = choice.sample(NAMES, choice.randint(0, 3))
    appearances = [
        {"venue": choice.choice(VENUES), "year": choice.choice([None, 1998, *range(2015, 2024)])}
        for _ in range(choice.choice([1, 1, 1, 2]))
    ]
    return {
        "id": f"p{number}",
        "title": " ".join(choice.choices(WORDS, k=choice.randint(1, 4))),
        "authors": [{"name": n, "affiliations": p} for n, p in zip(authors, places, strict=False)],
        "appearances": appearances,
        "topics": choice.sample(AWKWARD, choice.randint(0, 3)),
        "status": choice.choice(STATUSES),
        "language": choice.choice(["", "en", "de"]),
    }


def choose_query(choice: random.Random) -> tuple[str, Has]:
    """Return a random query and the condition that it states."""
    word, other = choice.sample(WORDS, 2)
    low = choice.randint(2014, 2022)
    stemmed, stemmed_other = stem_all([word, other])
    return choice.choice([
        ("*", lambda _: True),
        (f'"{word}"', lambda p: word in tokenise(p.title)),
        (f"title:{word}", lambda p: stemmed in stem_all(tokenise(p.title))),
        (f"title:({word} OR {other})", lambda p: {word, other} & {*tokenise(p.title)} != set()),
        (f"title:{word} -title:{other}", lambda p: stemmed in stem_all(tokenise(p.title))
         and stemmed_other not in stem_all(tokenise(p.title))),
        (f"year:{low}..", lambda p: any(int(year) >= low for year in VALUES["year"](p))),
        (f"author:wang OR title:{word}", lambda p: "wei wang" in VALUES["author"](p)
         or stemmed in stem_all(tokenise(p.title))),
    ])  # fmt: skip


def choose_selections(corpus: Corpus, choice: random.Random) -> Selections:
    """Return random values, exclusions, ranges and unknown values selected in some facets."""
    chosen = {}
    for name in choice.sample(sorted(FACETS), choice.choice([0, 1, 1, 2, 2, 3])):
        known = corpus.values(name)
        few = choice.sample(known, min(len(known), choice.randint(0, 4)))
        low, high = sorted(choice.sample(range(2013, 2024), 2))
        ends = choice.choice([(low, high), (low, None), (None, high), (None, None)])
        if name == "year":
            chosen[name] = Selection(tuple(few[:1]), tuple(few[1:2]), *ends)
        else:
            cut = choice.randint(0, len(few))
            absent = ("no such value",) if choice.random() < 0.2 else ()
            chosen[name] = Selection((*few[:cut], *absent), tuple(few[cut:]))
    return chosen


def allows(selection: Selection, values: set[str]) -> bool:
    """Return whether a paper with these values passes a selection."""
    if selection.values and not values & set(selection.values):
        return False
    if values & set(selection.excluded):
        return False
    if selection.low is None and selection.high is None:
        return True
    low, high = selection.low or 0, 9999 if selection.high is None else selection.high
    return any(low <= int(year) <= high for year in values)


def filter_papers(corpus: Corpus, has: Has, chosen: Selections, without: str = "") -> list[Paper]:
    """Return the papers that meet a query and all selections but one."""
    rest = {name: selection for name, selection in chosen.items() if name != without}
    return [
        paper
        for paper in corpus.papers
        if has(paper) and all(allows(rest[name], VALUES[name](paper)) for name in rest)
    ]


@pytest.mark.parametrize("seed", range(TRIES))
def test_counts_equal_a_full_scan(corpus: Corpus, seed: int) -> None:
    """The total and all facet counts are exact; each facet ignores its own selection."""
    choice = random.Random(seed)
    query, has = choose_query(choice)
    chosen = choose_selections(corpus, choice)
    hidden = choice.random() < 0.3
    request = SearchRequest(query, chosen, per_page=100, hidden=hidden, facets=tuple(FACETS))
    results = corpus.searcher.search(request)
    assert results.relaxed is None
    in_force = dict(chosen)
    if not hidden and not chosen.get("status"):
        in_force["status"] = Selection(excluded=HIDDEN_STATUSES)
    matching = filter_papers(corpus, has, in_force)
    assert results.total == len(matching)
    assert {hit.paper.id for hit in results.hits} <= {paper.id for paper in matching}
    for name in FACETS:
        papers = filter_papers(corpus, has, in_force, without=name)
        counted = Counter(value for paper in papers for value in VALUES[name](paper) if value)
        listed = {value.value: value.count for value in results.facets[name]}
        selection = chosen.get(name, Selection())
        empty = {v: 0 for v in (*selection.values, *selection.excluded) if v not in counted}
        assert listed == counted | empty, name
        assert len(listed) == len(results.facets[name]), name
    if in_force != chosen:
        hidden_ones = filter_papers(corpus, has, in_force, without="status")
        assert results.concealed == sum(paper.status in HIDDEN_STATUSES for paper in hidden_ones)


@pytest.mark.parametrize("name", ["venue", "topic", "institution"])
def test_values_with_special_characters_can_be_selected(corpus: Corpus, name: str) -> None:
    """A value with any characters, written as a parameter, selects or excludes its papers."""
    awkward = [value for value in corpus.values(name) if not value.isalnum()]
    assert len(awkward) >= 15
    for value in awkward:
        count = sum(value in VALUES[name](paper) for paper in corpus.papers)
        for excluded, total in ((False, count), (True, COUNT - count)):
            chosen = {name: parse_selection(FACETS[name], [write_value(value, excluded=excluded)])}
            results = corpus.searcher.search(SearchRequest("*", chosen, hidden=True))
            assert results.total == total, value


def test_values_are_ordered_by_count_and_name(corpus: Corpus) -> None:
    """Values are ordered by count, then by name; selected values without papers come last."""
    chosen = {"venue": Selection(values=("ICML", "Nowhere"), excluded=("ICLR",))}
    venues = corpus.searcher.search(SearchRequest("*", chosen)).facets["venue"]
    assert venues[-1] == FacetValue("Nowhere", 0, selected=True)
    counted = venues[:-1]
    assert list(counted) == sorted(counted, key=lambda value: (-value.count, value.value))
    assert {v.value for v in venues if v.selected} == {"ICML", "Nowhere"}
    assert {v.value for v in venues if v.excluded} == {"ICLR"}


def test_only_requested_facets_are_counted(corpus: Corpus) -> None:
    """A request names the facets to count; the default ones are fast."""
    for names in (DEFAULT_FACETS, ("author",), ()):
        results = corpus.searcher.search(SearchRequest("*", facets=names))
        assert tuple(results.facets) == names


def test_a_widened_query_is_counted_as_widened(corpus: Corpus) -> None:
    """The total and the counts of a widened query are those of the wider query."""
    request = SearchRequest("deep graph xylophones", facets=("source",), hidden=True)
    results = corpus.searcher.search(request)
    assert results.relaxed is not None
    assert results.facets["source"] == (FacetValue("jsonl", results.total),)


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("view", View)
def test_only_the_most_frequent_values_are_listed(tmp_path: Path, engine: str, view: View) -> None:
    """Of a facet with very many values the most frequent ones and the selected ones are listed."""
    papers = [
        {
            "id": f"p{n}",
            "title": f"Paper {n}",
            "topics": [f"t{n * 40 + m}" for m in range(60)],
            "status": "withdrawn" if n % 10 == 9 else "",
        }
        for n in range(50)
    ]
    documents = make_separate_documents(papers)
    searcher = Searcher(write_index(tmp_path, documents, engine))
    shown = [paper for paper, _ in documents if not paper.status]
    counts = Counter(topic for paper in shown for topic in paper.topics)
    every = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rare = every[-1][0]
    listed = [(rare, 1), ("t0", counts["t0"]), ("nothing", 0)]
    for chosen in (
        Selection(),
        Selection((rare, "t0", "nothing")),
        Selection(("t0",), (rare, "nothing")),
    ):
        found = searcher.search(
            SearchRequest("paper", {"topic": chosen}, facets=("topic", "source"), view=view)
        )
        pairs = [(one.value, one.count) for one in found.facets["topic"]]
        added = [pair for pair in listed if chosen and pair not in every[:MOST_VALUES]]
        assert pairs == sorted(every[:MOST_VALUES] + added, key=lambda pair: (-pair[1], pair[0]))
        assert {one.value for one in found.facets["topic"] if one.selected} == {*chosen.values}
        assert {one.value for one in found.facets["topic"] if one.excluded} == {*chosen.excluded}
        assert found.cut_facets == ("topic",)
        assert describe_results(found).facets_cut == ("topic",)
        assert found.concealed == sum(
            chosen.values == () or "t0" in paper.topics for paper, _ in documents if paper.status
        )


DASHED = [  # the parameter, the papers that it selects
    (["-seq"], {"dash"}),
    (["\\-seq"], {"dash"}),
    (["-reads"], {"dash", "both"}),
    (["-seq", "reads"], {"dash", "plain"}),
    (["--seq"], {"plain", "both"}),
    (["-chip"], {"dash", "plain"}),
    (["\\-chip"], {"both"}),
    (["-nothing"], {"dash", "plain", "both"}),
]


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize(("chosen", "expected"), DASHED)
def test_a_value_with_a_dash_can_be_selected(
    tmp_path: Path, engine: str, chosen: list[str], expected: set[str]
) -> None:
    """A dash excludes a value that exists; otherwise it belongs to a value that has it."""
    papers = (
        {"id": name, "title": name, "topics": topics}
        for name, topics in (("dash", ["-seq"]), ("plain", ["reads"]), ("both", ["chip", "-chip"]))
    )
    found = Searcher(write_index(tmp_path, make_separate_documents(papers), engine)).search(
        SearchRequest("*", {"topic": parse_selection(FACETS["topic"], chosen)}, facets=("topic",))
    )
    assert {hit.paper.id for hit in found.hits} == expected
    for value in found.facets["topic"]:
        assert parse_selection(FACETS["topic"], [value.parameter]) == Selection(
            () if value.excluded else (value.value,), (value.value,) if value.excluded else ()
        )
