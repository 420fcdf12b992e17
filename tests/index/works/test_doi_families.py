"""Check which DOIs are versions of one thing, and which a repository registered."""

import pytest

from index.works.doi_families import get_registrant, is_deposit, strip_version

VERSIONS = [
    ("10.6084/m9.figshare.11.v2", "10.6084/m9.figshare.11"),
    ("10.21203/rs.3.rs-11/v3", "10.21203/rs.3.rs-11"),
    ("10.26434/chemrxiv-2020-ab1-v2", "10.26434/chemrxiv-2020-ab1"),
    ("10.31234/osf.io/ab1_v1", "10.31234/osf.io/ab1"),
    ("10.12688/f1000research.1101.2", "10.12688/f1000research.1101"),
    ("10.7554/elife.1101.3", "10.7554/elife.1101"),
    ("10.7554/elife.1101", "10.7554/elife.1101"),
    ("10.1000/j.tides.2020.1", "10.1000/j.tides.2020.1"),
    ("10.1000/xv2", "10.1000/xv2"),
]


@pytest.mark.parametrize(("doi", "expected"), VERSIONS)
def test_versions(doi: str, expected: str) -> None:
    """What numbers the version is removed, and no other number."""
    assert strip_version(doi) == expected


@pytest.mark.parametrize(("doi", "expected"), [
    ("10.48550/arxiv.2001.00001", True), ("10.1101/2020.01.02.123456", True),
    ("10.1101/123456", True), ("10.1101/gr.123.04", False), ("10.2139/ssrn.1", True),
    ("10.5281/zenodo.1", True), ("10.5194/acp-2020-11", True), ("10.5194/acpd-9-1-2009", True),
    ("10.5194/acp-20-11-2020", False), ("10.1145/1.2", False),
])  # fmt: skip
def test_deposits(doi: str, *, expected: bool) -> None:
    """Repositories and discussion papers are told from the journals of the same registrant."""
    assert is_deposit(doi) is expected


def test_registrant() -> None:
    """The registrant is what stands before the slash."""
    assert get_registrant("10.1145/1/2") == "10.1145"
