"""Answers: are appearances, identifiers and what they were read from put into words right?"""

import pytest

from index.records import Appearance, Paper, Source
from web.wording import identifiers, links, others, places, provenance


def _appeared(*shows: tuple[str, int | None, str]) -> Paper:
    return Paper(
        id="x", title="X", appearances=tuple(Appearance(v, "", "", y, t) for v, y, t in shows)
    )


@pytest.mark.parametrize(
    ("shows", "labels", "elsewhere"),
    [
        ([], [], ""),
        ([("ICML", 2020, "")], ["ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("ICML", 2020, "b")], ["ICML 2020", "ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("ICML", 2020, "a")], ["ICML 2020"], ""),
        ([("ICML", 2020, "a"), ("", None, "")], ["ICML 2020", ""], ""),
        ([("", 2020, ""), ("arXiv", None, "")], ["2020", "arXiv"], "arXiv"),
        ([("A", 1, ""), ("B", 2, "submission")], ["A 1", "submitted to B 2 (not accepted)"],
         "submitted to B 2 (not accepted)"),
        ([("A", 1, ""), ("", None, "submission")],
         ["A 1", "submitted to a venue (not accepted)"], "submitted to a venue (not accepted)"),
        ([(name, 1, "") for name in "ABCDEF"], [f"{name} 1" for name in "ABCDEF"],
         "B 1, C 1, D 1 and 2 more"),
    ],
)  # fmt: skip
def test_places_are_told_once(
    shows: list[tuple[str, int | None, str]], labels: list[str], elsewhere: str
) -> None:
    """Equal appearances are one; what else there is is told in few words."""
    paper = _appeared(*shows)
    assert [place.label for place in places(paper)] == labels
    assert others(paper) == elsewhere


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        ({"doi": "10.1/a", "doi 2": "10.1/b", "doi 3": "10.1/c"},
         ["DOI 10.1/a", "other DOI 10.1/b", "other DOI 10.1/c"]),
        ({"record": "a", "record 2": "b"}, ["also recorded as a", "also recorded as b"]),
        ({"acl": "P19-1", "own scheme": "1", "own scheme 2": "2"},
         ["ACL Anthology P19-1", "own scheme 1", "other own scheme 2"]),
    ],
)  # fmt: skip
def test_identifiers_are_in_words(ids: dict[str, str], told: list[str]) -> None:
    """Schemes are called as readers call them, and none by its number."""
    paper = Paper(id="x", title="X", ids=ids)
    assert [f"{one.label} {one.value}" for one in identifiers(paper)] == told
    left = identifiers(paper, [Paper(id="a", title="X")])
    assert "also recorded as a" not in [f"{one.label} {one.value}" for one in left]


def test_addresses_are_quoted() -> None:
    """The address of an identifier is quoted whatever it holds; a scheme without pages has none."""
    ids = {"doi": "10.1/(a)<b>?c#d", "acl": "P19-1001", "mag": "1"}
    paper = Paper(id="x", title="X", ids=ids,
                  urls={"pdf": "https://a", "pdf 2": "https://b"})  # fmt: skip
    assert [one.address for one in identifiers(paper)] == [
        "https://doi.org/10.1/%28a%29%3Cb%3E%3Fc%23d",
        "https://aclanthology.org/P19-1001",
        "",
    ]
    assert list(links(paper)) == [("pdf", "https://a"), ("other pdf", "https://b")]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (Source(), ""),
        (Source("a.gz"), "a.gz"),
        (Source("a.gz", record=1_000, offset=0), "a.gz, record 1,000, byte 0"),
        (Source("a.tar", "b/c", 2, 3_000, "2020-01-02", "CC0-1.0"),
         "a.tar, b/c, record 2, byte 3,000, 2020-01-02, CC0-1.0"),
    ],
)  # fmt: skip
def test_provenance_tells_what_is_known(source: Source, told: str) -> None:
    """Dump, file, number, place, date and licence are told, each where it is known."""
    assert provenance(source) == told
