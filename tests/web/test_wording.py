"""Test the words for identifiers, links, citations and sources."""

import pytest

from index.records import Paper, Source
from search.request.search_request import SORTS
from web.wording import (
    SORT_LABELS,
    format_count,
    format_extent,
    format_source,
    list_identifiers,
    list_links,
    name_citation_source,
    shorten_text,
)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"doi": "10.1/a", "doi 2": "10.1/b", "doi 3": "10.1/c"},
         ["DOI 10.1/a", "other DOI 10.1/b", "other DOI 10.1/c"]),
        ({"record": "a", "record 2": "b"}, ["also recorded as a", "also recorded as b"]),
        ({"acl": "P19-1", "own scheme": "1", "own scheme 2": "2"},
         ["ACL Anthology P19-1", "own scheme 1", "other own scheme 2"]),
    ],
)  # fmt: skip
def test_identifiers_have_labels(ids: dict[str, str], expected: list[str]) -> None:
    """A scheme has its usual name, and a second value is "other"; listed records are left out."""
    paper = Paper(id="x", title="X", ids=ids)
    assert [f"{one.label} {one.value}" for one in list_identifiers(paper)] == expected
    left = list_identifiers(paper, [Paper(id="a", title="X")])
    assert "also recorded as a" not in [f"{one.label} {one.value}" for one in left]


def test_addresses_are_quoted() -> None:
    """The address of an identifier is percent-encoded; a scheme without pages has none."""
    ids = {"doi": "10.1/(a)<b>?c#d", "acl": "P19-1001", "mag": "1"}
    urls = {"pdf": "https://a", "pdf 2": "https://b"}
    paper = Paper(id="x", title="X", ids=ids, urls=urls)
    assert [one.address for one in list_identifiers(paper)] == [
        "https://doi.org/10.1/%28a%29%3Cb%3E%3Fc%23d",
        "https://aclanthology.org/P19-1001",
        "",
    ]
    assert list(list_links(paper)) == [("PDF", "https://a"), ("PDF 2", "https://b")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source(), ""),
        (Source("a.gz"), "a.gz"),
        (Source("a.gz", record=1_000, offset=0), "a.gz, record 1,000, byte 0"),
        (Source("a.tar", "b/c", 2, 3_000, "2020-01-02", "CC0-1.0"),
         "a.tar, b/c, record 2, byte 3,000, 2020-01-02, CC0-1.0"),
    ],
)  # fmt: skip
def test_sources_name_what_is_known(source: Source, expected: str) -> None:
    """Dump, file, record, offset, date and licence are named, each where it is known."""
    assert format_source(source) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://openreview.net/forum?id=1", "OpenReview"),
        ("https://papers.nips.cc/paper/1", "Publisher page"),
        ("no address", "Publisher page"),
    ],
)
def test_pages_are_named_by_their_site(address: str, expected: str) -> None:
    """A link to a page names its site where that is not the publisher's."""
    paper = Paper(id="x", title="X", urls={"page": address, "slides": "https://a"})
    assert [label for label, _ in list_links(paper)] == [expected, "slides"]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 papers"), (1, "1 paper"), (1_234, "1,234 papers")]
)
def test_counts_agree_with_their_noun(count: int, expected: str) -> None:
    """Only 1 takes the singular, and thousands are separated."""
    assert format_count(count, "paper") == expected


CITED = Paper(id="x", title="X", citations=62, sources=("dblp", "s2"), origins={"citations": "y"})


@pytest.mark.parametrize(
    ("paper", "records", "expected"),
    [
        (Paper(id="x", title="X"), [], ""),
        (Paper(id="x", title="X", citations=0, sources=("s2",)), [], " (source: s2)"),
        (CITED, [], " (source: dblp, s2)"),
        (CITED, [Paper(id="x", title="X", sources=("dblp",)),
                 Paper(id="y", title="X", sources=("s2",))], " (source: s2)"),
    ],
)  # fmt: skip
def test_citations_name_their_source(paper: Paper, records: list[Paper], expected: str) -> None:
    """Citations name the source of the record that supplied them, if the records are known."""
    assert name_citation_source(paper, records) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("tidal  flats\nof  mud", "tidal flats of mud"),
        ("a wide river delta", "a wide river delta"),
        ("a wide river delta with silt", "a wide river delta…"),
        ("river-mouth-sedimentology", "river-mouth-sedime…"),
        ("河" * 30, f"{'河' * 18}…"),
    ],
)
def test_long_texts_are_shortened(text: str, shown: str) -> None:
    """A text is cut at a word if there is one near the end."""
    assert shorten_text(text, 18) == shown


def test_every_sort_has_a_label() -> None:
    """The sorts have labels, in the order in which they are offered."""
    assert list(SORT_LABELS) == list(SORTS)
    assert len(set(SORT_LABELS.values())) == len(SORTS)


def test_an_extent_says_how_many_indexes_can_be_used() -> None:
    """Papers are those of the indexes that can be used, which are counted if others cannot."""
    assert format_extent(1234, 2, 2) == "1,234 papers in 2 indexes"
    assert format_extent(1, 1, 3) == "1 paper in 1 of 3 indexes"
