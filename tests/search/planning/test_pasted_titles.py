"""Check that a title is found in whatever was pasted with it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.planning.pasted_titles import (
    LONGEST_TITLE,
    SHORT_TITLE_BOOST,
    TITLE_BOOST,
    build_title_boosts,
    match_pasted_title,
)
from search.planning.plan import Exact, Flat
from search.request.search_request import SearchRequest
from tests.support.counts import Counts

PAPERS = [  # id, title, abstract, authors, venue, year
    ("tides", "Tides and the sleep of cockles", "Sleep.", "Jan Reed; Al Shore", "CV", 2019),
    ("cockle", "Feeding of cockles", "Tides and sleep.", "Jan Reed", "", 2018),
    ("dash", "-omics: the tide turns", "", "Bo Sand", "", 2010),
    ("next", "The tide turns for robots", "", "Cy Sand", "", 2010),
    ("comes", "-ome and away", "", "Di Sand", "", 2011),
    ("not", "To swim OR NOT to swim", "", "Ed Sand", "", 2012),
    ("swim", "Why to swim", "", "Flo Sand", "", 2013),
    ("star", "B*Shore 2: a dataset of shores", "", "Gil Sand", "", 2014),
    ("quote", '"Why is the sea salt?": answers', "", "Hal Sand", "", 2015),
    ("deep", "Deep sea", "Water.", "Ida Kelp; Jo Eel", "Sea Letters", 2016),
    ("deeper", "Fish of the deep sea", "Deep sea fish in deep sea water.", "Al Kelp", "", 2017),
    *(
        (f"noise{n}", f"Proceedings on letters {n}", "An open repository.", "No One", "", 1970)
        for n in range(12)
    ),
]  # fmt: skip

TIDES = (
    "Tides and the sleep of cockles",
    "[1907.10035] Tides and the sleep of cockles",
    "Tides and the sleep of cockles | OpenReview",
    "Tides and the sleep of cockles - ACL Anthology",
    "(PDF) Tides and the sleep of cockles | Semantic Scholar",
    "Letters Open Repository: Tides and the sleep of cockles",
    "Reed J, Shore A. Tides and the sleep of cockles. Letters on Shores 12(3):45-67, 2019.",
    "Reed J, Shore A. Tides and the sleep of cockles. Letters 12(3):45-67. doi:10.5555/shore.45",
    (
        "Reed, J., & Shore, A. (2019). Tides and the sleep of cockles. In Proceedings on letters "
        "(pp. 45–67). https://doi.org/10.5555/shore.45"
    ),
    "[3] J. Reed and A. Shore, “Tides and the sleep of cockles,” in Proc. CV, 2019, pp. 45-67.",
    'Jan Reed, Al Shore. 2019. "Tides and the sleep of cockles". CV \'19. ACM, New York, NY.',
    (
        "Reed, Jan, and Al Shore. “Tides and the Sleep of Cockles.” Letters 12, no. 3 (2019): 45. "
        "Accessed May 3, 2020. Retrieved from https://shores.example/45"
    ),
    "Jan Reed and Al Shore. Tides and the sleep of cockles. arXiv preprint arXiv:1907.10035, 2019",
    "reed shore tides and the sleep of cockles cv 2019 proceedings of the letters",
)

FIRST = [  # query, the first hit
    *((query, "tides") for query in TIDES),
    ("-omics: the tide turns", "dash"),
    ("–omics: the tide turns", "dash"),
    ("-ome and away", "comes"),
    ("To swim OR NOT to swim", "not"),
    ("TO SWIM OR NOT TO SWIM", "not"),
    ("B*Shore 2: a dataset of shores", "star"),
    ("B*Shore 2: a dataset of shores | Open Access Repository", "star"),
    ('"Why is the sea salt?": answers', "quote"),
    ("Kelp I, Eel J. Deep sea. Sea Letters. 2016;4(2):3-9.", "deep"),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the papers above, on each engine."""
    folder = tmp_path_factory.mktemp("pasted")
    names = ("id", "title", "abstract", "authors", "venue", "year")
    records = (dict(zip(names, paper, strict=True)) for paper in PAPERS)
    lines = ({**one, "authors": str(one["authors"]).split("; ")} for one in records)
    dump = folder / "papers.jsonl"
    dump.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    build(folder / "index", (str(dump),), BuildSettings(engine=request.param))
    return Searcher(folder / "index")


@pytest.mark.parametrize(("query", "expected"), FIRST)
def test_the_paper_of_the_title_comes_first(searcher: Searcher, query: str, expected: str) -> None:
    """Names, venues, pages and the decoration of a tab do not matter, nor do signs in the title."""
    assert searcher.search(SearchRequest(query)).hits[0].paper.id == expected


def test_an_exclusion_in_few_words_is_one(searcher: Searcher) -> None:
    """``-sea`` excludes, although the words without the dash are a title."""
    hits = searcher.search(SearchRequest("deep -sea")).hits
    assert "deep" not in [hit.paper.id for hit in hits]


COUNTS = Counts({"title_key": dict.fromkeys(("a b c", "a b c d e", "f g", "h", "sea"), 1)})

PARTS = [  # text, titles in it, boost
    ("x y. a b c d e. z", ["a b c d e"], TITLE_BOOST),
    ("x y: a b c | z", ["a b c"], TITLE_BOOST),
    ("x y, “f g,” z", ["f g"], SHORT_TITLE_BOOST),
    ("x (h) y", ["h"], SHORT_TITLE_BOOST),
    ("a b c d e", [], TITLE_BOOST),
    ("x a b c y z. w", ["a b c"], TITLE_BOOST),
    ("x f g y. w", [], TITLE_BOOST),
    ("a b c" + " x" * 20 + ". z", [], TITLE_BOOST),
]


@pytest.mark.parametrize(("text", "titles", "boost"), PARTS)
def test_titles_lie_between_punctuation(text: str, titles: list[str], boost: float) -> None:
    """The longest one counts; without punctuation, it must be a large share of the text."""
    expected = [Flat(Exact("title_key", title), boost) for title in titles]
    assert build_title_boosts(text, COUNTS) == expected


@pytest.mark.parametrize(("text", "found"), [
    ("-a b c", True), ("a b -c", False), ("a b c d -e", True), ("a b OR c", False),
    ("title:a b c", False), ("year:2019 a b c d e", False), ('"a b" c d e', True), ("", False),
])  # fmt: skip
def test_titles_with_operators(text: str, *, found: bool) -> None:
    """A query that names a field is no title, and few words with ``-`` inside are none."""
    match = match_pasted_title(parse(text).query, text, COUNTS)
    assert (match is not None) is found


@given(st.text(alphabet="ab. ,:|-\"'()\n", max_size=400))
def test_any_text_is_searched_for_titles(text: str) -> None:
    """No title is longer than `LONGEST_TITLE` tokens, and each is one of the index."""
    every = Counts({"title_key": {"a": 1, "b a": 1, "a a b": 1}})
    for boost in build_title_boosts(text, every):
        assert isinstance(boost, Flat)
        assert isinstance(boost.child, Exact)
        assert boost.child.value in every.table["title_key"]
    assert len(build_title_boosts("a. " * LONGEST_TITLE, every)) == 1


def test_a_page_finds_the_paper_whose_title_it_begins_with(searcher: Searcher) -> None:
    """Rarer words further down do not hide the paper of the title."""
    rest = " ".join(f"open repository proceedings letters robots salt swim {n}" for n in range(40))
    page = f"Fish of the deep sea\n{rest} sea answers, a dataset of shores and the tide"
    assert searcher.search(SearchRequest(page)).hits[0].paper.id == "deeper"
