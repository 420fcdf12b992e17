"""Test the dates of PubMed's records."""

from xml.etree.ElementTree import fromstring

import pytest

from index.formats.pubmed_dates import find_publication_date, find_updated

ISSUE = "<PubDate><Year>2018</Year><Month>Jun</Month></PubDate>"
ONLINE = "<ArticleDate><Year>2018</Year><Month>03</Month><Day>04</Day></ArticleDate>"
EARLIER = "<ArticleDate><Year>2017</Year><Month>12</Month><Day>04</Day></ArticleDate>"
SPAN = "<PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate>"
NONE = "<PubDate/>"

PUBLISHED = [
    ((ISSUE,), (2018, "2018-06")),
    ((ISSUE, ONLINE), (2018, "2018-03-04")),
    ((ISSUE, EARLIER), (2018, "2018-06")),
    ((NONE, EARLIER), (2017, "2017-12-04")),
    ((SPAN,), (1998, "1998-12")),
    ((NONE,), (None, "")),
    ((), (None, "")),
]


@pytest.mark.parametrize(("written", "expected"), PUBLISHED)
def test_published(written: tuple[str, ...], expected: tuple[int | None, str]) -> None:
    """The issue decides the year; of the dates in that year the first counts."""
    assert find_publication_date([None, *map(fromstring, written)]) == expected


def test_updated() -> None:
    """The day of the revision comes before that of the completion."""
    completed = "<DateCompleted><Year>2001</Year><Month>2</Month><Day>3</Day></DateCompleted>"
    revised = completed.replace("Completed", "Revised").replace("2001", "2004")
    both = f"<MedlineCitation>{completed}{revised}</MedlineCitation>"
    days = [*map(find_updated, map(fromstring, (both, "<MedlineCitation/>")))]
    assert days == ["2004-02-03", ""]
