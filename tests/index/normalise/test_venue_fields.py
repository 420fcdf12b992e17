"""Test under which heading a venue is listed."""

import pytest

from index.normalise.tables import read_table
from index.normalise.venue_fields import find_heading


@pytest.mark.parametrize(
    ("venue", "heading"),
    [
        ("NeurIPS", "Machine learning"),
        ("CVPR", "Computer vision"),
        ("RA-L", "Robotics and control"),
        ("arXiv", "Preprints"),
        ("NeurIPS Workshop", "Workshops"),
        ("IEEE Access", "Other journals"),
        ("International Conference on Tides", "Other conferences"),
        ("Quay", "Other venues"),
        ("", "Other venues"),
    ],
)
def test_heading(venue: str, heading: str) -> None:
    """A known venue is listed under its field, any other under its kind."""
    assert find_heading(venue) == heading


def test_fields_name_known_venues() -> None:
    """Each venue of the table is a known one under its short name, and has one field."""
    known = {name for venues in read_table("venues").values() for name in venues}
    listed = [name for names in read_table("venue_fields")["fields"].values() for name in names]
    assert set(listed) <= known
    assert len(listed) == len(set(listed)) > 200
