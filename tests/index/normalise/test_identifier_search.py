"""Test which identifiers are found in queries, links and notes, and where they end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.identifier_search import (
    ADDRESS,
    find_arxiv_id,
    find_bare_arxiv_id,
    find_identifiers,
    find_link_ids,
    identify,
    identify_bare,
    list_inner_ids,
    match_identifier,
    may_hold_identifier,
)

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"

WHOLE = [
    ("10.1000/AbC", "doi", "10.1000/AbC"),
    (SICI, "doi", SICI),
    (
        "10.1890/0012-9658(2001)082[01:AB]2.0.CO;2",
        "doi",
        "10.1890/0012-9658(2001)082[01:AB]2.0.CO;2",
    ),
    ("doi: 10.1000/x.", "doi", "10.1000/x"),
    (f"https://doi.org/{SICI}", "doi", SICI),
    ("https://doi.org/10.1000%2Fx?utm_source=a", "doi", "10.1000/x"),
    ("doi.org/10.1000/x", "doi", "10.1000/x"),
    ("https://publisher.example/doi/10.1000/x/full", "doi", "10.1000/x"),
    ("2006.04779v2", "arxiv", "2006.04779"),
    ("arXiv:hep-th/9901001v1", "arxiv", "hep-th/9901001"),
    ("https://arxiv.org/html/2006.04779v1#S1", "arxiv", "2006.04779"),
    ("10.48550/arXiv.2006.04779", "doi", "10.48550/arXiv.2006.04779"),
    ("https://aclanthology.org/P19-1001/", "acl", "P19-1001"),
    ("acl:P19-1001", "acl", "P19-1001"),
    ("https://openreview.net/forum?id=Ab-c_1", "openreview", "Ab-c_1"),
    ("https://pubmed.ncbi.nlm.nih.gov/101/", "pmid", "101"),
    ("PMID: 101", "pmid", "101"),
    ("pmcid:101", "pmc", "PMC101"),
    ("WOS:000236202800037", "wos", "000236202800037"),
    ("isi: 000236202800037.", "wos", "000236202800037"),
    (
        "https://www.webofscience.com/wos/woscc/full-record/WOS:000236202800037",
        "wos",
        "000236202800037",
    ),
    ("https://dblp.org/rec/conf/nips/X03.html", "dblp", "conf/nips/X03"),
    ("info:doi/10.1000/x", "doi", "10.1000/x"),
    ("doi:https://doi.org/10.1000/x", "doi", "10.1000/x"),
    ("DOI\uff1a10.1000/x", "doi", "10.1000/x"),
    ("\\url{https://doi.org/10.1000/x}", "doi", "10.1000/x"),
    ("10.1000/a\\_b", "doi", "10.1000/a_b"),
    ("10.1000%2Fx", "doi", "10.1000/x"),
    ("ArXiv preprint arXiv:2006.04779v1 [cs.LG].", "arxiv", "2006.04779"),
    ("CoRR, abs/2006.04779,", "arxiv", "2006.04779"),
    ("[2006.04779]", "arxiv", "2006.04779"),
    ("math.GT/0309136", "arxiv", "math/0309136"),
    ("https://www.alphaxiv.org/abs/2006.04779", "arxiv", "2006.04779"),
    ("huggingface.co/papers/2006.04779?x=1", "arxiv", "2006.04779"),
    ("ar5iv.labs.arxiv.org/html/2006.04779", "arxiv", "2006.04779"),
    ("https://openreview.net/forum?id=Ab-c_1&referrer=%5Ba%20b%5D", "openreview", "Ab-c_1"),
    ("ISBN 978 0 306 40615 7", "isbn", "9780306406157"),
    ("ORCID iD 0000-0002-1694-233x", "orcid", "0000-0002-1694-233X"),
    ("https://example.org/2006.04779", "address", "https://example.org/2006.04779"),
    ("lab.example.org?utm_source=x", "address", "lab.example.org?utm_source=x"),
    ("example.org/a_(b)", "address", "example.org/a_(b)"),
    ("CorpusID:215416146", "s2", "215416146"),
]
"""Text, scheme, value as written."""

NOTHING = [
    "", "word", "2013.04779", "10.1000/", "10.1000/18*", "10.1/x", "P19-1001", "101", "acl:x",
    "and/or", "example.org?", "pmid:x", "pubmed 2019", "e.g./x", "isbn 2019", "arXiv", "doi:", "https://",
]  # fmt: skip


@pytest.mark.parametrize(("text", "scheme", "value"), WHOLE)
def test_a_whole_text_is_an_identifier(text: str, scheme: str, value: str) -> None:
    """Prefix, address, version and closing punctuation belong to it; its case is kept."""
    found = identify(text)
    assert found is not None
    assert (found.scheme, found.value, found.span) == (scheme, value, (0, len(text)))


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_identifier(text: str) -> None:
    """A number, a word or a page of something else is not taken for a paper."""
    assert identify(text) is None


def test_identifiers_in_a_sentence() -> None:
    """Each is found once, at its place, without the brackets around it."""
    text = f"See (10.1000/x), doi: 10.1000/y; {SICI} or https://arxiv.org/abs/2006.04779."
    found = [(one.value, text[slice(*one.span)]) for one in find_identifiers(text)]
    assert found == [
        ("10.1000/x", "10.1000/x"),
        ("10.1000/y", "doi: 10.1000/y;"),
        (SICI, SICI),
        ("2006.04779", "https://arxiv.org/abs/2006.04779."),
    ]


@given(st.text(max_size=60), st.integers(0, 60))
def test_matching_never_raises(text: str, at: int) -> None:
    """At any position of any text, a match starts there and lies inside the text."""
    found = match_identifier(text, min(at, len(text)))
    assert found is None or (found.span[0] == min(at, len(text)) and found.span[1] <= len(text))


@pytest.mark.parametrize(
    "unit", ["10.1000/a(", "https://a.", "arxiv:", "<1>", "a-", ".,;:!", "%25"]
)
def test_the_time_to_match_grows_with_the_length(unit: str) -> None:
    """No text makes the patterns backtrack: twice the length takes about twice the time."""

    def measure(count: int) -> float:
        text = "https://doi.org/10.1000/" + unit * count
        started = time.process_time()
        for _ in range(20):
            match_identifier(text)
        return time.process_time() - started

    assert min(measure(4000) for _ in range(3)) < 8 * max(measure(2000), 0.002)


LINKS = [
    ("https://doi.org/10.1000/X", {"doi": "10.1000/x"}),
    ("https://doi.acm.org/10.1145/1.2", {"doi": "10.1145/1.2"}),
    ("https://publisher.example/doi/10.1000/x", {}),
    ("https://arxiv.org/abs/hep-th/9901001", {"arxiv": "hep-th/9901001"}),
    ("https://www.aclweb.org/anthology/P19-1001/", {"acl": "P19-1001"}),
    ("https://openreview.net/pdf?id=Ab-c_1", {"openreview": "Ab-c_1"}),
    ("https://example.org/", {}),
    ("", {}),
]


@pytest.mark.parametrize(("link", "expected"), LINKS)
def test_link(link: str, expected: dict[str, str]) -> None:
    """A link names the paper if its site is the scheme's own."""
    assert find_link_ids(link) == expected


def test_the_first_link_of_a_scheme_counts() -> None:
    """Later links of a scheme are of other editions."""
    links = ("https://doi.org/10.1000/x", "https://doi.org/10.1000/y", "arxiv.org/abs/2006.04779")
    assert find_link_ids(*links) == {"doi": "10.1000/x", "arxiv": "2006.04779"}


NAMED = [
    ("arXiv preprint arXiv:2006.04779v1 [cs.LG]", "2006.04779"),
    ("arXiv 2006.04779", "2006.04779"),
    ("10.48550/arxiv.hep-th/9901001", "hep-th/9901001"),
    ("CoRR abs/2006.04779", ""),
    ("arXiv, 2020", ""),
    ("2006.04779", ""),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_note_names_arxiv(text: str, expected: str) -> None:
    """In a note a number is an arXiv id only beside that word."""
    assert find_arxiv_id(None, "", text) == expected


BARE = [
    ("2006.04779v1", "2006.04779"),
    (" abs/2006.04779 ", "2006.04779"),
    ("hep-th/9901001", "hep-th/9901001"),
    ("arXiv:2006.04779", "2006.04779"),
    ("12 (2006.04779)", ""),
]


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_a_field_for_arxiv_ids_needs_no_word(text: str, expected: str) -> None:
    """Where a field says arXiv, the number alone is the id."""
    assert find_bare_arxiv_id(text) == expected


BARE_WORDS = [
    ("PMC7095418", "pmc", "PMC7095418"),
    ("w2741809807", "openalex", "W2741809807"),
    ("p19-1001", "acl", "P19-1001"),
    ("2022.acl-long.1", "acl", "2022.acl-long.1"),
    ("0-8044-2957-X", "isbn", "9780804429573"),
    ("0000-0002-1694-233X", "orcid", "0000-0002-1694-233X"),
    ("649def34f8be52c8b66281af98ae884c09aef38b", "s2", "649def34f8be52c8b66281af98ae884c09aef38b"),
    ("conf/nips/X03", "dblp", "conf/nips/X03"),
    ("lab.example.org", "address", "lab.example.org"),
]


@pytest.mark.parametrize(("text", "scheme", "value"), BARE_WORDS)
def test_a_bare_word_may_be_an_identifier(text: str, scheme: str, value: str) -> None:
    """Its form tells the scheme; only the index can tell whether it is one."""
    found = identify_bare(text)
    assert found is not None
    assert (found.scheme, found.value) == (scheme, value)


@pytest.mark.parametrize("text", ["", "32109013", "GPT-4", "2019", "W3C", "0-8044-2957-1", "e.g"])
def test_other_words_are_no_identifiers(text: str) -> None:
    """A plain number and an ISBN with a wrong check digit are words."""
    assert identify_bare(text) is None


def test_identifiers_inside_an_address() -> None:
    """A whole part of a path or a parameter may be an identifier."""
    found = list_inner_ids("https://example.org/read/2006.04779v2.pdf?id=PMC7095418&x=12")
    assert [(one.scheme, one.value) for one in found] == [
        ("arxiv", "2006.04779"),
        ("pmc", "PMC7095418"),
    ]


WRAPPINGS = ["{}", "({})", "[{}]", "<{}>", "{},", "{}.", "{};", " {} x", "see {}: x", "'{}'", "{}?"]
NAMED_IDS = st.sampled_from([(text, s, v) for text, s, v in WHOLE if text[-1].isalnum()])


@given(NAMED_IDS, st.sampled_from(WRAPPINGS))
def test_punctuation_around_belongs_to_no_identifier(
    known: tuple[str, str, str], wrapping: str
) -> None:
    """Whatever stands around it in a text, the same identifier comes out."""
    text, scheme, value = known
    found = next(find_identifiers(wrapping.format(text)))
    assert (found.scheme, found.value) == (scheme, value)


ADDRESSES = st.builds(
    "https://{}/{}".format,
    st.sampled_from(["arXiv.org", "aclanthology.org", "a.example", "DOI.org", "dblp.org"]),
    st.sampled_from(["abs/2001.00001", "P19-1001", "x.pdf", "10.1234/x", "10.1234%2FX", "rec/1"]),
)


@given(ADDRESSES)
def test_addresses_without_a_known_site_hold_no_identifier(address: str) -> None:
    """The test that comes first never excludes an address in which an identifier is found."""
    found = identify(address)
    assert found is not None
    assert may_hold_identifier(address) or found.scheme == ADDRESS
