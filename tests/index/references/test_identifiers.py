"""Check that references and identifiers of papers meet in one digest."""

from struct import iter_unpack

import pytest

from index.records import Paper
from index.references.identifiers import (
    FURTHER,
    canonicalise_reference,
    digest_identifier,
    digest_paper,
    pack_references,
)

SAME = [
    ("doi:10.1000/ABC", "doi:https://doi.org/10.1000/abc"),
    ("doi:10.48550/arXiv.2006.04779", "arxiv:2006.04779"),
    ("arxiv:2006.04779v2", "arxiv:2006.04779"),
    ("openalex:W12", "openalex:https://openalex.org/w12"),
    ("pmid:12", "PMID:12"),
    ("my paper", "mypaper"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_identifier_has_one_digest(one: str, other: str) -> None:
    """An identifier has one digest, however it is written."""
    assert digest_identifier(one) == digest_identifier(other)


@pytest.mark.parametrize("text", ["x-1", "paperlists:iclr2024/x", "doi:none", "a:b:c", ""])
def test_other_texts_are_kept(text: str) -> None:
    """The id of a record, and what is no identifier of its scheme, are kept as they are."""
    assert canonicalise_reference(text) == text


def test_further_identifiers_are_marked() -> None:
    """A reference is packed once; its second identifier has the lowest bit."""
    packed = pack_references(["s2:1 doi:10.1000/x", "s2:2", "s2:2"])
    digests = [digest for (digest,) in iter_unpack("<Q", packed)]
    assert [digest & FURTHER for digest in digests] == [0, 1, 0]
    assert digests[1] & ~FURTHER == digest_identifier("doi:10.1000/x")


def test_a_paper_is_known_by_its_identifiers() -> None:
    """These are its id, the ids of merged records, and all identifiers but ISBNs."""
    ids = {"doi": "10.1000/x", "doi 2": "10.48550/arxiv.2006.04779", "record": "pre-1", "isbn": "9"}
    named = ("x-1", "doi:10.1000/x", "arxiv:2006.04779", "pre-1")
    assert digest_paper(Paper("x-1", "T", ids=ids)) == set(map(digest_identifier, named))
