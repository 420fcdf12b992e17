"""Check what Semantic Scholar's datasets and its API write alike."""

import pytest

from index.formats.semantic_scholar_words import Journal, Place, collect_ids, convert_place


@pytest.mark.parametrize(
    ("journal", "volume", "pages"),
    [
        (Journal("Walk Letters", "12", "\n          101-110\n        "), "12", "101-110"),
        (Journal("ArXiv", "abs/2006.00001", None), "", ""),
        (Journal("Walk Letters", None, "e1234"), "", "e1234"),
        (None, "", ""),
    ],
)
def test_the_volume_and_pages_of_a_journal(
    journal: Journal | None, volume: str, pages: str
) -> None:
    """A volume that is an arXiv id is no volume; white space around pages is removed."""
    found = convert_place(Place(venue="Walk Letters", journal=journal))
    assert (found.volume, found.pages) == (volume, pages)


def test_a_place_without_anything_is_empty() -> None:
    """Nothing is made up."""
    found = convert_place(Place())
    assert (found.venue, found.venue_kind, found.year, found.type) == ("", "", None, "")


def test_ids_are_renamed() -> None:
    """Unknown schemes and empty values are left out."""
    others = {"PubMedCentral": "pmc12", "DOI": None, "MAG": 7, "CorpusId": 9, "X": "y"}
    assert collect_ids("9", others) == {"s2": "9", "mag": "7", "pmc": "PMC12"}
