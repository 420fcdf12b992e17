"""Check how final an appearance is."""

import pytest

from index.records import SUBMISSION, Appearance
from index.works.stages import Stage, find_stage, is_preprint, is_published

STAGES = [
    (Appearance("ICML", venue_kind="conference"), Stage.PUBLISHED),
    (Appearance(type="dataset"), Stage.PUBLISHED),
    (Appearance("W", venue_kind="workshop", type="conference paper"), Stage.LESSER),
    (Appearance(type="report"), Stage.LESSER),
    (Appearance("arXiv", venue_kind="repository"), Stage.PREPRINT),
    (Appearance("Somewhere", type="preprint"), Stage.PREPRINT),
    (Appearance("Somewhere"), Stage.UNKNOWN),
    (Appearance("ICML", venue_kind="conference", type=SUBMISSION), Stage.SUBMITTED),
]


@pytest.mark.parametrize(("show", "expected"), STAGES)
def test_stages(show: Appearance, expected: Stage) -> None:
    """The type and the kind of the venue decide."""
    assert find_stage(show) is expected
    assert is_published(show) is (expected is Stage.PUBLISHED)
    assert is_preprint(show) is (expected is Stage.PREPRINT)
