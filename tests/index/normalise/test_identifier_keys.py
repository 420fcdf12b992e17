"""Test that what is kept for a paper and what is looked up agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.addresses import make_address_key
from index.normalise.identifier_keys import list_lookups, list_paper_keys
from index.normalise.identifier_search import identify, identify_bare
from index.records import Author, Paper

ORCID = "0000-0002-1694-233X"
FULL = Paper(
    "x",
    "T",
    authors=(Author("A", ids={"orcid": ORCID, "dblp": "0001"}), Author("B")),
    ids={"doi": "10.1000/a", "doi 2": "10.1000/B", "pmid": "101", "acl": "P19-1001"},
    urls={"page": "https://doi.org/10.1000/A", "pdf": "https://a.example/x.pdf"},
)


def test_the_keys_of_a_paper() -> None:
    """They are its identifiers, the iDs of its authors, and addresses that say more."""
    assert list_paper_keys(FULL) == [
        "10.1000/a", "10.1000/b", "101", "pmid:101", "p19-1001", ORCID.lower(),
        make_address_key("https://a.example/x.pdf"),
    ]  # fmt: skip


def find(paper: Paper, typed: str) -> bool:
    """Return whether a typed identifier finds a paper."""
    found = identify(typed) or identify_bare(typed)
    return found is not None and any(
        set(keys) & set(list_paper_keys(paper)) for keys in list_lookups(found)
    )


ADDRESSES = [
    "https://a.example/x/y.html",
    "https://doi.org/10.1000/abc",
    "https://publisher.example/doi/full/10.1000/abc",
    "https://arxiv.org/abs/2006.04779v2",
    "https://arxiv.org/list/cs.LG/recent",
    "https://pubmed.ncbi.nlm.nih.gov/101/",
    "https://openreview.net/forum?id=Ab-c_1",
    "https://openreview.net/group?id=ICLR.cc",
    "https://aclanthology.org/P19-1001.pdf",
    "https://dblp.org/rec/conf/nips/X03.html",
    "https://a.example/view?id=3&key=4",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_paper_is_found_by_each_of_its_addresses(address: str) -> None:
    """A paper that has nothing but an address is found by it, whatever its site."""
    paper = Paper("x", "T", urls={"page": address})
    for typed in (
        address,
        address.replace("https", "http"),
        f"{address}{'&' if '?' in address else '?'}utm_source=x",
        address[8:],
    ):
        assert find(paper, typed), typed
    assert not find(Paper("y", "T", urls={"page": "https://a.example/other"}), address)


SAME = [
    ({"doi": "10.48550/arxiv.2006.04779"}, "arXiv:2006.04779"),
    ({"arxiv": "2006.04779"}, "10.48550/arXiv.2006.04779"),
    ({"arxiv": "math/0309136"}, "math.GT/0309136v2"),
    ({"arxiv": "2006.04779"}, "https://reader.example/pdf/2006.04779v1.pdf"),
    ({"pmc": "PMC7095418"}, "https://reader.example/read/PMC7095418"),
    ({"doi": "10.1000/abc"}, "10.1000/abc,2019"),
    ({"doi": "10.1000/abc"}, "10.1000/abc/full"),
    ({"doi": "10.1000/abc;1"}, "10.1000/abc;1"),
    ({"pmid": "7095418"}, "PMID 7095418"),
    ({"isbn": "9780262033848"}, "0-262-03384-4"),
    ({"isbn": "9780262033848"}, "ISBN 978-0-262-03384-8"),
    ({"s2": "215416146"}, "CorpusID:215416146"),
]


@pytest.mark.parametrize(("ids", "typed"), SAME)
def test_an_identifier_is_found_in_other_forms(ids: dict[str, str], typed: str) -> None:
    """An arXiv id and arXiv's DOI are one; a DOI may have an end that is no part of it."""
    assert find(Paper("x", "T", ids=ids), typed)


def test_a_number_belongs_to_its_scheme() -> None:
    """A PMID does not find the paper that has this number at another site."""
    paper = Paper("x", "T", ids={"s2": "215416146"})
    assert find(paper, "s2:215416146")
    assert not find(paper, "pmid:215416146")


@given(st.from_regex(r"10\.[1-9][0-9]{3}/[a-z0-9][a-z0-9.()/_-]{0,12}[a-z0-9]", fullmatch=True))
def test_any_doi_is_found(doi: str) -> None:
    """A DOI is found bare, with a prefix and as an address with parameters."""
    paper = Paper("x", "T", ids={"doi": doi})
    if doi.count("(") == doi.count(")") == 0:
        for typed in (doi, f"doi:{doi}", f"https://doi.org/{doi}?x=1", f"DOI: {doi.upper()},"):
            assert find(paper, typed), typed
    assert list_paper_keys(paper) == [doi]


@given(
    st.from_regex(r"[0-9]{2}(0[0-9]|1[0-3])\.[0-9]{4,5}", fullmatch=True)
    | st.from_regex(r"[a-zA-Z.-]{2,12}/[0-9]{7}", fullmatch=True),
    st.sampled_from(["abs", "pdf"]),
    st.sampled_from(["arxiv", "other"]),
)
def test_plain_pages_of_preprints_take_either_path(preprint: str, kind: str, scheme: str) -> None:
    """The fast path for arXiv's own addresses yields the keys of the general one."""
    papers = [
        Paper(
            "x",
            "T",
            ids={scheme: preprint if scheme == "arxiv" else "1"},
            urls={"page": f"{site}/{kind}/{preprint}"},
        )
        for site in ("https://arxiv.org", "http://arxiv.org")
    ]
    assert list_paper_keys(papers[0]) == list_paper_keys(papers[1])
