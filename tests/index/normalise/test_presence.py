"""Test which fields of a paper count as present."""

import pytest

from index.normalise.presence import ALWAYS, NAMES, list_present_fields
from index.records import Appearance, Author, Paper

FULL = Paper(
    id="x",
    title="T",
    abstract="A.",
    authors=(Author("A B", "a b"), Author("C D", "c d", {"orcid": "0000"}, ("ETH",))),
    appearances=(Appearance("ICML", year=2019, type="conference paper", date="2019-06"),),
    topics=("rl",),
    ids={"doi": "10.1/a", "doi 2": "10.1/b", "record": "y", "bibtex": "k", "pmid": "1"},
    urls={"page": "https://a.org", "pdf": "https://a.org/a.pdf", "code": "https://a.org/c"},
    citations=0,
    status="oral",
    language="en",
)

ONE = [
    (Paper("x", "T"), []),
    (Paper("x", "T", appearances=(Appearance(),)), []),
    (Paper("x", "T", appearances=(Appearance(year=2019),)), ["year"]),
    (Paper("x", "T", appearances=(Appearance(), Appearance("ICML"))), ["venue"]),
    (Paper("x", "T", authors=(Author("A", "a", {"dblp": "1"}),)), ["author"]),
    (Paper("x", "T", urls={"page": "https://a.org"}), ["url"]),
    (Paper("x", "T", citations=0), ["citations"]),
    (Paper("x", "T", ids={"isbn": "9", "arxiv": "2006.04779", "own": "1"}), ["isbn", "arxiv"]),
]


def test_a_full_paper() -> None:
    """Every field that has a value is listed once, under a name that can be asked for."""
    found = list_present_fields(FULL)
    assert {*found} == {*NAMES[: NAMES.index("orcid") + 1], "doi", "pmid"}
    assert len(found) == len({*found})
    assert not any(" " in name for name in NAMES)
    assert not {*found} & {*ALWAYS}


@pytest.mark.parametrize(("paper", "expected"), ONE)
def test_one_field(paper: Paper, expected: list[str]) -> None:
    """An empty value is none; no citations is a number of citations."""
    assert list_present_fields(paper) == expected
