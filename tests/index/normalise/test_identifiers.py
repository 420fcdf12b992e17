"""Test every scheme three ways: parse what people write, build an address, parse it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.identifiers import (
    SCHEMES,
    build_address,
    parse_accession,
    parse_identifier,
    parse_orcid,
)

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
WOS_PAGE = "https://www.webofscience.com/wos/woscc/full-record/WOS:"
SHA = "649def34f8be52c8b66281af98ae884c09aef38b"

PAGES = [
    ("doi", "10.1145/3292500.3330701", "https://doi.org/10.1145/3292500.3330701"),
    (
        "doi",
        SICI,
        (
            "https://doi.org/10.1002/%28sici%291097-0258%2819980815/30%2917%3A15/16"
            "%3C1661%3A%3Aaid-sim968%3E3.0.co%3B2-2"
        ),
    ),
    ("arxiv", "2006.04779", "https://arxiv.org/abs/2006.04779"),
    ("arxiv", "hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
    ("acl", "P19-1001", "https://aclanthology.org/P19-1001"),
    ("acl", "2022.acl-long.1", "https://aclanthology.org/2022.acl-long.1"),
    ("openreview", "Hkg-xgrYvH", "https://openreview.net/forum?id=Hkg-xgrYvH"),
    ("pmid", "32109013", "https://pubmed.ncbi.nlm.nih.gov/32109013/"),
    ("pmc", "PMC7095418", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/"),
    ("openalex", "W2741809807", "https://openalex.org/W2741809807"),
    ("s2", "215416146", "https://api.semanticscholar.org/CorpusID:215416146"),
    ("s2", SHA, f"https://www.semanticscholar.org/paper/{SHA}"),
    ("dblp", "conf/nips/VaswaniSPUJGKP17", "https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17"),
    ("orcid", "0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X"),
    ("wos", "000236202800037", f"{WOS_PAGE}000236202800037"),
    ("wos", "A1996UB51300012", f"{WOS_PAGE}A1996UB51300012"),
    ("isbn", "9780262033848", "https://openlibrary.org/isbn/9780262033848"),
]
"""Scheme, canonical identifier, address of its page."""

WRITTEN = [
    ("doi", "10.1000/ABC", "10.1000/abc"),
    ("doi", "doi:10.1000/abc", "10.1000/abc"),
    ("doi", "DOI: 10.1000/abc.", "10.1000/abc"),
    ("doi", "doi.org/10.1000/abc/", "10.1000/abc"),
    ("doi", "http://dx.doi.org/10.1000/abc?utm_source=feed", "10.1000/abc"),
    ("doi", "https://doi.org/10.1000%2Fabc", "10.1000/abc"),
    ("doi", "https://doi.org/10.1000/abc#page=3", "10.1000/abc"),
    ("doi", "https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
    ("doi", "https://www.frontiersin.org/articles/10.3389/f.2013.1/full", "10.3389/f.2013.1"),
    ("doi", "https://link.springer.com/content/pdf/10.1007/s1-2.pdf", "10.1007/s1-2"),
    ("doi", "https://www.biorxiv.org/content/10.1101/2020.1v2.full.pdf", "10.1101/2020.1"),
    ("doi", "https://x.org/article?id=10.1371/j.1&type=printable", "10.1371/j.1"),
    ("doi", "(see 10.1016/S0140-6736(20)30183-5)", "10.1016/s0140-6736(20)30183-5"),
    ("doi", SICI.upper(), SICI),
    ("doi", SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
    ("doi", f"https://doi.org/{SICI.replace('<', '%3C').replace('>', '%3E')}", SICI),
    (
        "doi",
        "10.1175/1520-0469(1996)053<0001:TEO>2.0.CO;2.",
        "10.1175/1520-0469(1996)053<0001:teo>2.0.co;2",
    ),
    (
        "doi",
        "10.1890/0012-9658(2001)082[01:AB]2.0.CO;2",
        "10.1890/0012-9658(2001)082[01:ab]2.0.co;2",
    ),
    ("doi", '<a href="https://doi.org/10.1000/abc">10.1000/abc</a>', "10.1000/abc"),
    ("doi", "10.1000/abc<br>", "10.1000/abc"),
    ("doi", "10.1/abc", ""),
    ("doi", "10.1000/.,;", ""),
    ("arxiv", "2006.04779v2", "2006.04779"),
    ("arxiv", "arXiv:2006.04779v2 [cs.LG]", "2006.04779"),
    ("arxiv", "https://arxiv.org/pdf/2006.04779v1.pdf#page=3", "2006.04779"),
    ("arxiv", "arxiv.org/html/2006.04779", "2006.04779"),
    ("arxiv", "https://arxiv.org/abs/2006.04779?context=cs.LG", "2006.04779"),
    ("arxiv", "https://doi.org/10.48550/arXiv.2006.04779", "2006.04779"),
    ("arxiv", "10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
    ("arxiv", "https://arxiv.org/abs/hep-th%2F9901001v2", "hep-th/9901001"),
    ("arxiv", "MATH.gt/0309136", "math/0309136"),
    ("arxiv", "physics.ACC-PH/9901001v2", "physics/9901001"),
    ("arxiv", "2013.04779", ""),
    ("arxiv", "12006.04779", ""),
    ("acl", "https://www.aclweb.org/anthology/P19-1001.pdf", "P19-1001"),
    ("acl", "https://aclanthology.info/papers/P19-1001", "P19-1001"),
    ("acl", "aclanthology.org/2022.acl-long.1/", "2022.acl-long.1"),
    ("acl", "acl:p19-1001", "P19-1001"),
    ("acl", "https://aclanthology.org/P19-1001v2.pdf", "P19-1001"),
    ("acl", "https://aclanthology.org/volumes/P19-1/", ""),
    ("openreview", "https://openreview.net/pdf?id=Hkg-xgrYvH", "Hkg-xgrYvH"),
    ("openreview", "https://openreview.net/forum?noteId=a&id=Hkg-xgrYvH&x=1", "Hkg-xgrYvH"),
    ("openreview", "openreview:Hkg-xgrYvH", "Hkg-xgrYvH"),
    ("openreview", "https://openreview.net/group?id=ICLR.cc", ""),
    ("pmid", "PMID: 32109013", "32109013"),
    ("pmid", "https://www.ncbi.nlm.nih.gov/pubmed/32109013?dopt=Abstract", "32109013"),
    ("pmid", "https://europepmc.org/article/MED/32109013", "32109013"),
    ("pmid", "n/a", ""),
    ("pmc", "7095418", "PMC7095418"),
    ("pmc", "PMCID: PMC7095418", "PMC7095418"),
    ("pmc", "https://pmc.ncbi.nlm.nih.gov/articles/pmc7095418/pdf/main.pdf", "PMC7095418"),
    ("openalex", "https://api.openalex.org/works/w2741809807", "W2741809807"),
    ("s2", "CorpusID:215416146", "215416146"),
    ("s2", f"https://www.semanticscholar.org/paper/A-Title/{SHA}?sort=date", SHA),
    ("dblp", "dblp:journals/corr/abs-1706-03762", "journals/corr/abs-1706-03762"),
    ("dblp", "https://dblp.uni-trier.de/rec/html/conf/nips/X03.html", "conf/nips/X03"),
    ("orcid", "https://orcid.org/0000-0002-1694-233x/", "0000-0002-1694-233X"),
    ("orcid", "000000021694233X", "0000-0002-1694-233X"),
    ("orcid", "0000-0002-1694-2331", ""),
    ("wos", "WOS:000236202800037", "000236202800037"),
    ("wos", "ISI:000236202800037", "000236202800037"),
    ("wos", "isip:a1996ub51300012", "A1996UB51300012"),
    ("wos", "https://www.webofscience.com/wos/alldb/full-record/WOS:000123", "000123"),
    ("wos", "KJD:ART001234", ""),
    ("isbn", "ISBN-10: 0-262-03384-4", "9780262033848"),
    ("isbn", "978-0-262-03384-8", "9780262033848"),
    ("isbn", "0-8044-2957-X", "9780804429573"),
    ("isbn", "0-262-03384-5", ""),
]
"""Scheme, what people write, canonical identifier."""

TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [piece for _, written, _ in WRITTEN for piece in (written, written[:12], written[-9:])]
            + [
                "%25",
                "%3C",
                "&amp;",
                "&lt;",
                "/",
                "?",
                "#",
                ".",
                " ",
                "v1",
                "(",
                ")",
                "İ",
                "٣",
                "x",
            ]
        ),
        max_size=5,
    ).map("".join),
)


@pytest.mark.parametrize(("scheme", "value", "address"), PAGES)
def test_a_page_is_built_and_parsed_again(scheme: str, value: str, address: str) -> None:
    """The page of an identifier holds that identifier, and so does the bare one."""
    assert build_address(scheme, value) == address
    assert parse_identifier(scheme, address) == value
    assert parse_identifier(scheme, value) == value


def test_every_scheme_has_a_page() -> None:
    """The table above leaves no scheme out, and each is named for people."""
    assert {scheme for scheme, *_ in PAGES} == set(SCHEMES)
    assert all(scheme.label for scheme in SCHEMES.values())


@pytest.mark.parametrize(("scheme", "written", "expected"), WRITTEN)
def test_parse(scheme: str, written: str, expected: str) -> None:
    """Text around an identifier is removed; other text gives an empty one."""
    assert parse_identifier(scheme, written) == expected
    assert parse_identifier(scheme, f" {written}\n") == expected


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=TEXTS)
def test_any_text_can_be_parsed(scheme: str, text: str) -> None:
    """Parsing never raises; what it returns survives parsing and its own page's address."""
    value = parse_identifier(scheme, text)
    assert parse_identifier(scheme, value) == value
    assert parse_identifier(scheme, build_address(scheme, value)) == value


def test_what_has_no_page_has_no_address() -> None:
    """An unknown scheme and an empty identifier give an empty address."""
    assert build_address("mag", "1") == ""
    assert build_address("doi", "") == ""


@pytest.mark.parametrize("text", [None, "", "none"])
def test_no_orcid(text: str | None) -> None:
    """An author without an ORCID iD has an empty one."""
    assert parse_orcid(text) == ""


ACCESSIONS = [
    ("WOS:000123", {"wos": "000123"}),
    ("ISI:000123", {"wos": "000123"}),
    (" isip: A000123", {"wos": "A000123"}),
    ("MEDLINE:101", {"pmid": "101"}),
    ("KJD:ART001", {}),
    ("2019-00001-001", {}),
    ("WOS:", {}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), ACCESSIONS)
def test_accession_numbers(text: str, expected: dict[str, str]) -> None:
    """The prefix of an accession number tells its database, and is no part of the number."""
    assert parse_accession(text) == expected
