"""Test signing in by ORCID, against a real provider on this machine."""

from __future__ import annotations

import pytest

from tests.support.accounts import ADA
from web.accounts.provider import read_subject
from web.errors import SignInFailed


@pytest.mark.parametrize(
    "subject",
    [None, "", 7, ADA.replace("-", ""), "0000-0002-1825-0098", f"{ADA} ", "0000-0002-1825-009X",
     "٠٠٠٠-0002-1825-0097", f"https://orcid.org/{ADA}", "X" * 19],
)  # fmt: skip
def test_only_orcid_ids_are_people(subject: object) -> None:
    """A subject that is no ORCID iD, or has a wrong check digit, signs nobody in."""
    with pytest.raises(SignInFailed, match="named no ORCID iD"):
        read_subject(subject)
    assert read_subject(ADA) == ADA
