"""Fixtures of the tests of accounts: sites over the sample and over two people of one name."""

from pathlib import Path

import pytest

from tests.support.accounts import ADA, Site
from tests.support.author_index import open_authors

WANG = "Wei Wang"


@pytest.fixture
def site(sample_index: Path, tmp_path: Path) -> Site:
    """Return a site with accounts, where people sign in with private keys."""
    return Site(sample_index, tmp_path)


@pytest.fixture(scope="module")
def two_wangs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index with two people of one name; the sources know the ORCID iD of the first."""
    first = {"name": WANG, "ids": {"openreview": "~Wei_Wang1", "orcid": ADA}}
    second = {"name": WANG, "ids": {"openreview": "~Wei_Wang2"}}
    folder = tmp_path_factory.mktemp("wangs")
    papers = [{"authors": [one], "year": 2020 + n} for one in (first, second) for n in range(3)]
    open_authors(folder, papers)
    return folder / "index"
