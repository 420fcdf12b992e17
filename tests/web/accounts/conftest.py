"""Fixtures of the tests of accounts: a site over the sample, without a provider."""

from pathlib import Path

import pytest

from tests.support.accounts import Site


@pytest.fixture
def site(sample_index: Path, tmp_path: Path) -> Site:
    """Return a site with accounts, where people sign in with private keys."""
    return Site(sample_index, tmp_path)
