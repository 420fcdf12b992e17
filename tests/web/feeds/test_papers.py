"""Check the Atom feed of papers against RFC 4287."""

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from web.feeds.atom import ATOM
from web.feeds.papers import NAMES, PaperFeed, write_paper_feed

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 8, 12, tzinfo=UTC)
FEED = PaperFeed("Made", "https://papers.example", "/search.atom?q=a", "/search?q=a", LATER)


@given(st.text(), st.text(min_size=1, max_size=40), st.lists(st.text(max_size=20), max_size=60))
def test_every_feed_is_complete(title: str, paper_id: str, names: list[str]) -> None:
    """Whatever papers hold, each entry has an id, a title, a date and an author."""
    paper = Paper(paper_id.encode("utf-8", "replace").decode(), title,
                  authors=tuple(Author(name) for name in names),
                  appearances=(Appearance("V", year=2020, date="2020-01-02"),))  # fmt: skip
    root = fromstring(write_paper_feed(FEED, [(paper, AT)]))  # noqa: S314 - our own text
    (entry,) = root.findall(f"{{{ATOM}}}entry")
    for tag in ("id", "title", "updated", "published", "summary", "author", "link"):
        assert entry.find(f"{{{ATOM}}}{tag}") is not None
    assert 1 <= len(entry.findall(f"{{{ATOM}}}author")) <= NAMES + 1
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-11-01T12:00:00Z"


def test_ids_depend_on_the_paper_alone() -> None:
    """The same paper has the same id in two feeds; an empty feed has the date of the index."""
    paper = Paper("arxiv:2006.04779", "Title")
    other = PaperFeed("Other", "https://papers.example", "/venue/V.atom", "/venue/V", LATER)
    roots = [fromstring(write_paper_feed(feed, [(paper, AT)])) for feed in (FEED, other)]  # noqa: S314 - our own text
    ids = {root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}id") for root in roots}
    assert ids == {"tag:papers.example,2026:paper/arxiv:2006.04779"}
    assert len({root.findtext(f"{{{ATOM}}}id") for root in roots}) == 2
    empty = fromstring(write_paper_feed(FEED, []))  # noqa: S314 - our own text
    assert empty.findtext(f"{{{ATOM}}}updated") == "2026-11-08T12:00:00Z"
