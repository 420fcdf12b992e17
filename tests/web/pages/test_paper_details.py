"""Test what the page of a paper says beside its text."""

import pytest

from index.records import Appearance, Author, Paper, Source
from web.pages.paper_details import MOST_BUTTONS, arrange_links, date_citations, write_short_entry


@pytest.mark.parametrize(
    ("ids", "urls", "reading", "buttons"),
    [
        ({}, {}, "", []),
        ({}, {"pdf": "https://a.org/p"}, "https://a.org/p", []),
        ({}, {"page": "https://openreview.net/forum?id=x", "code": "https://c.org"}, "",
         ["OpenReview", "Code"]),
        ({"doi": "10.1/a"}, {}, "", ["Publisher page"]),
        ({"doi": "10.1/a"}, {"page": "https://a.org"}, "", ["Publisher page"]),
        ({}, {"pdf": "https://a.org/p", "pdf 2": "https://b.org/p", "page": "https://a.org"},
         "https://a.org/p", ["Publisher page", "PDF 2"]),
        ({"arxiv": "1706.03762"}, {"pdf": "https://a.org/p"}, "https://a.org/p", ["arXiv"]),
        ({"arxiv": "1706.03762"}, {"page": "https://arxiv.org/abs/1706.03762"}, "", ["arXiv"]),
    ],
)  # fmt: skip
def test_links(ids: dict[str, str], urls: dict[str, str], reading: str, buttons: list[str]) -> None:
    """The PDF comes first, and the DOI leads to the publisher if no other address does."""
    links = arrange_links(Paper("x", "X", ids=ids, urls=urls))
    assert (links.reading.address if links.reading else "") == reading
    assert [one.label for one in links.buttons] == buttons


def test_many_links_are_listed() -> None:
    """Of many links a few are buttons, and none is lost."""
    urls = {f"mirror {n}": f"https://a{n}.org" for n in range(1, 20)}
    links = arrange_links(Paper("x", "X", urls=urls))
    assert len(links.buttons) == MOST_BUTTONS
    assert len({one.address for one in (*links.buttons, *links.others)}) == 19


def _make_record(name: str, date: str) -> Paper:
    return Paper(name, "X", appearances=(Appearance(source=Source("d", date=date)),), citations=3)


def test_date_of_citations() -> None:
    """Citations are as old as the dump of the record that has them."""
    old, new = _make_record("old", "2020-01-01"), _make_record("new", "2026-11-01")
    work = Paper("new", "X", appearances=new.appearances, origins={"citations": "old"})
    assert date_citations(work, (new, old)) == "2020-01-01"
    assert date_citations(new) == "2026-11-01"
    assert date_citations(Paper("x", "X")) == ""


def test_entry_of_bibtex() -> None:
    """An entry is shown unless the paper has so many authors that it fills the page."""
    authors = tuple(Author(f"Ada Reed{n}") for n in range(900))
    assert write_short_entry(Paper("x", "X", authors=authors[:2])).startswith("@misc{reed")
    assert write_short_entry(Paper("x", "X", authors=authors)) == ""
