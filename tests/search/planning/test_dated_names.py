"""Check that authors or a venue and a year lead to their papers."""

import msgspec
import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.planning.dated_names import find_dated_name
from search.request.search_request import SearchRequest
from tests.support.counts import Counts

MENTIONS = (
    "We follow Moor et al., 2014, and Moor, 2014, and He et al., 2016. Long et al. (2015) was new "
    "in 2014, in 2015 and in 2016 at ECCV 2014."
)
PAPERS = [  # id, title, abstract, authors, venue, year, citations
    ("reeds", "Reeds in the wind", "", "Ida Moor; Jo Fen; Li Wold", "ECCV", 2014, 40),
    ("marsh", "Marshes in the wind", "", "Ida Moor; Jo Fen", "", 2013, 700),
    ("peat", "Peat", "", "Ann Heath; Ida Moor", "ECCV", 2014, 900),
    ("known", "Sedges at dusk", "", "Una Moor; Jo Fen", "", 2014, 4_000),
    ("given", "Rushes at dawn", "", "Moor Ley; Jo Fen", "", 2014, 90_000),
    ("heat", "Warm ponds", "", "Xi He; Al Ley", "ICML", 2016, 10),
    ("delta", "Deltas", "", "Otto van der Lek; Pia Broek", "", 2008, 10),
    ("twice", "Dunes", "", "Sol Pouget-Abadie; Jo Fen", "", 2015, 10),
    ("dunes", "Dunes and slacks", "", "Tom Long; Jo Fen; Al Ley", "ICML", 2015, 10),
    *(
        (f"cites{n}", f"On fens {n}", MENTIONS, "Zed Other", "", 2021, 1)
        for n in range(4)
    ),
    *((f"long{n}", f"A long walk {n}", "Deep, long.", "Zed Other", "", 2015, 1) for n in range(9)),
    ("deep", "Ponds", "", "Ray Deep; Jo Fen", "", 2015, 1),
]  # fmt: skip

FIRST = [  # query, the first hits in order
    ("Moor et al., 2014", "known reeds"),
    ("(Moor et al., 2014)", "known reeds"),
    ("(Moor et al., 2014a)", "known reeds"),
    ("Moor et. al. [2014]", "known reeds"),
    ("(Moor,2014)", "known reeds"),
    ("Moor 2014", "known reeds"),
    ("moor 2014", "known reeds"),
    ("Moor (2014)", "known reeds"),
    ("2014 Moor", "known reeds"),
    ("moor14", "known reeds"),
    ("Moor '14", "known reeds"),
    ("Moor & Fen, 2014", "known reeds"),
    ("Moor and Fen (2014b)", "known reeds"),
    ("Moor und Fen 2014", "known reeds"),
    ("Moor et Fen 2014", "known reeds"),
    ("Moor, I., Fen, J., & Wold, L. (2014)", "reeds"),
    ("Ida Moor 2014", "reeds"),
    ("I. Moor, 2014", "known reeds"),
    ("Moor et al., ECCV 2014", "reeds peat"),
    ("Moor reeds 2014", "reeds"),
    ("Moor 2014 wind", "reeds"),
    ("moor2014reeds", "reeds"),
    ("He et al., 2016", "heat"),
    ("He 2016", "heat"),
    ("He and Ley 2016", "heat"),
    ("van der Lek & Broek 2008", "delta"),
    ("van der Lek et al. (2008)", "delta"),
    ("Pouget-Abadie et al. 2015", "twice"),
    ("Long et al., 2015", "dunes"),
    ("Long 2015", "dunes"),
    ("Deep et al. 2015", "deep"),
    ("ECCV 2014", "peat reeds"),
    ("ECCV'14", "peat reeds"),
    ("eccv-14 wind", "reeds"),
    ("ECCV 14 wind", "reeds"),
    ('venue:"ECCV 2014" wind', "reeds"),
    ("venue:eccv14 wind", "reeds"),
    ("Moor 2012", "marsh"),
    ("Moor et al.,2014", "known reeds"),
    ("Moor 2014 Fen", "known reeds"),
    ("(Wold, 2014; Heath et al., 2014)", "peat reeds"),
    ("Moor et al. \u201914", "known reeds"),
    ("Moor et al.'14", "known reeds"),
    ("Moor et al.'s (2014)", "known reeds"),
    ("(see also Moor et al., 2014, p. 12)", "known reeds"),
    ("cf. Moor (2014, fig. 3)", "known reeds"),
    ("e.g., Moor 2014, pp. 12-14", "known reeds"),
    ("Moor m.fl. 2014", "known reeds"),
    ("Moor u. a. (2014)", "known reeds"),
    ("Moor ym. 2014", "known reeds"),
    ("moor-etal-2014", "known reeds"),
    ("moor-etal-2014-reeds", "reeds"),
    ("moor-fen-2014-reeds", "reeds"),
    ('author:"Moor et al." year:2014 reeds', "reeds"),
    ('author:"Fen, et al" year:2015', "deep dunes twice"),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the papers above, on each engine."""
    folder = tmp_path_factory.mktemp("dated")
    names = ("id", "title", "abstract", "authors", "venue", "year", "citations")
    records = (dict(zip(names, paper, strict=True)) for paper in PAPERS)
    lines = ({**one, "authors": str(one["authors"]).split("; ")} for one in records)
    dump = folder / "papers.jsonl"
    dump.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    build(folder / "index", (str(dump),), BuildSettings(engine=request.param))
    return Searcher(folder / "index")


def list_ids(searcher: Searcher, query: str) -> list[str]:
    """Return the ids of the hits."""
    return [hit.paper.id for hit in searcher.search(SearchRequest(query, per_page=50)).hits]


@pytest.mark.parametrize(("query", "expected"), FIRST)
def test_papers_by_the_named_come_first(searcher: Searcher, query: str, expected: str) -> None:
    """First authors come before others and before mentions, family names before given names."""
    wanted = expected.split()
    assert list_ids(searcher, query)[: len(wanted)] == wanted


def test_papers_of_a_year_beside_follow(searcher: Searcher) -> None:
    """The year of a preprint differs from that of its publication."""
    assert "marsh" in list_ids(searcher, "Moor 2014")
    assert "marsh" not in list_ids(searcher, "Moor AND 2014")


def test_a_word_with_a_year_is_rarely_a_name(searcher: Searcher) -> None:
    """Papers about it come first, although an author has that name."""
    assert list_ids(searcher, "walk 2015")[0].startswith("long")


def test_the_score_is_explained(searcher: Searcher) -> None:
    """The reasons add up to the score."""
    hit = searcher.explain(SearchRequest("Moor et al., 2014")).hits[0]
    assert hit.reasons
    assert sum(one.weight for one in hit.reasons) == pytest.approx(hit.score, rel=1e-4)
    assert hit.reasons[0].kind == "name and year"
    assert [one.field for one in hit.reasons].count("citations") == 1


COUNTS = Counts({
    "author": {"moor": 30, "fen": 20, "deep": 1, "he": 50, "an": 30, "wold": 2},
    "text": {"deep": 5_000, "an": 5_000, "he": 20, "reed": 9},
    "venue_short": {"eccv": 90, "reed": 1},
})  # fmt: skip

ALONE = [  # query, whether it is nothing but names and a year; None if no name is beside a year
    ("Moor 2014", True),
    ("Moor, Fen & Wold 2014", True),
    ("ECCV 2014", True),
    ("Moor reeds 2014", None),
    ("reeds Moor 2014", False),
    ("2014 Moor reeds", False),
    ("deep 2014", None),
    ("Deep et al. 2014", True),
    ("An 2014", True),
    ("an 2014", None),
    ("reed 2014", None),
    ("Moor", None),
    ("2014", None),
    ("reeds", None),
]


@pytest.mark.parametrize(("query", "alone"), ALONE)
def test_what_a_name_beside_a_year_is(query: str, *, alone: bool | None) -> None:
    """It is a name of the index that is not mostly a word, or a venue of the index."""
    texts = query.replace("&", " ").replace(",", " ").replace(".", " ").split()
    found = find_dated_name([(text, tuple(tokenise(text))) for text in texts], COUNTS)
    assert (found and found.alone) is alone
