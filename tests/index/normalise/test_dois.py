"""Test what is cut off a DOI and what belongs to it."""

import pytest

from index.normalise.dois import decode, extract_doi, is_cut

DOIS = [
    ("10.1000/AbC", "10.1000/AbC"),
    ("10.1000/a&b?c#d", "10.1000/a&b?c#d"),
    ("https://doi.org/10.1000/a?b#c", "10.1000/a"),
    ("https://doi.org/10.1000/a/full", "10.1000/a/full"),
    ("https://x.org/10.1000/a/full", "10.1000/a"),
    ("https://x.org/10.1101/2020.1v3", "10.1101/2020.1"),
    ("https://x.org/10.6084/m9.figshare.1.v3", "10.6084/m9.figshare.1.v3"),
    ("(10.1000/a(b))", "10.1000/a(b)"),
    ("[10.1000/a]", "10.1000/a"),
    ("10.1000/a,10.1000/b", "10.1000/a,10.1000/b"),
    ("110.1000/a", ""),
    (
        "10.1000/1234-5678(2001)12{[}28:AATTAN]2.0.CO;2",
        "10.1000/1234-5678(2001)12[28:AATTAN]2.0.CO;2",
    ),
    ("10.1000/1234-5678(2001)12{[}28:A{]}2.0.CO;2", "10.1000/1234-5678(2001)12[28:A]2.0.CO;2"),
    ("10.1000/ab110.48550/arXiv.2006.04779", "10.1000/ab1"),
    ("10.1000/ab;10.1000/cd", "10.1000/ab"),
    ("10.1000/ab;https://doi.org/10.1000/cd", "10.1000/ab"),
    ("10.1000/review.10.1000/ab", "10.1000/review.10.1000/ab"),
    ("10.48550/arXiv.2006.10.48550", "10.48550/arXiv.2006.10.48550"),
]


@pytest.mark.parametrize(("text", "expected"), DOIS)
def test_extract(text: str, expected: str) -> None:
    """Queries and endings belong to addresses; in a bare DOI every sign may be its own."""
    assert extract_doi(text) == expected


SICI = "10.1000/(SICI)1234-5678(199901)3:2<11::AID-A1>3.0.CO;2-K"

WRITTEN = [
    SICI,
    SICI.replace("<", "$<$").replace(">", "$>$"),
    SICI.replace("<", "{$<$}").replace(">", "{$>$}"),
    SICI.replace("<", "\\textless").replace(">", "\\textgreater"),
    SICI.replace("<", "\\textless{}").replace(">", "\\textgreater{}"),
    SICI.replace("<", "{\\textless}").replace(">", "{\\textgreater}"),
    SICI.replace("<", "$\\langle$").replace(">", "$\\rangle$"),
    SICI.replace("<", "\\%3C").replace(">", "\\%3E"),
    SICI.replace("<", "&lt;").replace(">", "&gt;"),
    SICI.replace("<", "&amp;lt;").replace(">", "&amp;gt;").replace(";2-", "\\;2-"),
    SICI.replace("<", "%3C").replace(">", "%3E").replace(":", "%3A").replace(";", "%3B"),
    SICI.replace("<", "&#60;").replace(">", "&#x3E;"),
    SICI.replace("<", "\u27e8").replace(">", "\u27e9"),
    SICI.replace("<", "\u3008").replace(">", "\u3009"),
    SICI.replace("<", " <").replace(">", "> "),
    SICI.replace("<", "{\\$}{\\textless}{\\$}").replace(">", "{\\$}{\\textgreater}{\\$}"),
    SICI.replace("<", "{\\$}{\\backslash}textless{\\$}").replace(">", "{\\backslash}textgreater"),
    SICI.replace("<", "{\\&}lt$\\mathsemicolon$").replace(">", "{\\&}gt$\\mathsemicolon$"),
    SICI.replace("<", "\\ensuremath{<}").replace(">", "\\(>\\)"),
    f"<{SICI}>",
    f"https://doi.org/{SICI}?x=1",
    f"{SICI}, 1999.",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_sici_is_read_whole(text: str) -> None:
    """However its signs are escaped, a DOI made of a SICI is never cut."""
    assert extract_doi(text) == SICI


def test_a_broken_entity_is_cut_off() -> None:
    """A table cut at a semicolon leaves the start of an entity."""
    assert extract_doi("10.1000/1520-0469(1996)053&lt") == "10.1000/1520-0469(1996)053"


def test_latex_in_a_doi() -> None:
    """An underscore is escaped in LaTeX, and a dollar sign may be part of a DOI."""
    assert extract_doi("10.1000/a\\_b{\\_}c") == "10.1000/a_b_c"
    assert extract_doi("10.1000/$a") == "10.1000/$a"


def test_decoding_stops_where_nothing_changes() -> None:
    """Texts are decoded until they stay as they are, and a lone sign is left alone."""
    assert decode("a%252Fb &amp;lt; 100 %") == "a/b < 100 %"


CUT = [
    (SICI, False),
    (SICI.partition("<")[0], True),
    ("10.1000/1520-0469(1996)053", True),
    ("10.1000/1520-0469(1996)053<0001:teo>2.0.co;2", False),
    ("10.1000/1520-0469(1996)053[0001:teo]2.0.co;2", False),
    ("10.1000/1520-0469(1996)053<0001:teo>2.0.co", True),
    ("10.1000/1520-0469(1996)053[0001:teo]2.0.co", True),
    ("10.1000/1520-0469(1996)053[0001", True),
    ("10.1000/1520(1996)053", True),
    ("10.1000/(tide)1520-0469(1996)053:1(17)", False),
    ("10.1000/s0140-6736(97)11096-0", False),
    ("10.1000/abc", False),
]


@pytest.mark.parametrize(("doi", "expected"), CUT)
def test_a_cut_sici(doi: str, expected: bool) -> None:  # noqa: FBT001
    """A SICI without its end names an issue, not a paper."""
    assert is_cut(doi) is expected
