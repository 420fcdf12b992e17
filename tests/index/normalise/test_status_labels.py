"""Test that the status words of dumps are merged into few labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.closed_values import STATUSES
from index.normalise.status_labels import LABELS, merge_status

MERGED = {
    "poster": "poster",
    "oral": "oral",
    "talk": "oral",
    "spotlight": "spotlight",
    "highlight": "spotlight",
    "notable-top-5%": "oral",
    "notable-top-25%": "spotlight",
    "poster workshop": "workshop",
    "oral workshop": "workshop",
    "workshop": "workshop",
    "best paper award": "award",
    "findings": "findings",
    "system demonstrations": "demo",
    "industry": "industry",
    "short": "short",
    "long": "main",
    "main": "main",
    "technical": "main",
    "technical paper": "main",
    "tog paper": "main",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "retracted": "retracted",
    "accepted": "accepted",
    "": "",
    "belongs to nobody": "belongs to nobody",
    "moral": "moral",
}


@pytest.mark.parametrize(("status", "label"), MERGED.items())
def test_labels(status: str, label: str) -> None:
    """A word of a dump has the label of the first row of the table that it fits."""
    assert merge_status(status) == label


@given(st.text(max_size=30) | st.sampled_from(list(MERGED)))
def test_a_label_is_its_own_label(status: str) -> None:
    """Merging twice changes nothing, so that a label in an address finds itself."""
    assert merge_status(merge_status(status)) == merge_status(status)


def test_statuses_that_hide_a_paper_are_kept() -> None:
    """The words that hide a paper are no label's, so that no label hides another's papers."""
    ours = {status for status in STATUSES.values() if status}
    assert ours
    assert {merge_status(status) for status in ours} == ours
    assert not ours & set(LABELS)
