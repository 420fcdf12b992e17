"""Test that the tables that are data can be read and do not contradict themselves."""

import pytest

from index.normalise.tables import read_table

SECTIONS = {
    "languages": ["words", "none"],
    "venues": ["conference", "journal", "workshop", "repository", "book"],
    "work_types": ["types", "listings", "venue_kinds"],
}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_table_has_its_sections(name: str) -> None:
    """Each section holds lists of texts, and none of them names a thing twice."""
    table = read_table(name)
    assert list(table) == SECTIONS[name]
    for section in table.values():
        assert section
        assert [key for key, texts in section.items() if len(set(texts)) < len(texts)] == []


def test_a_word_means_one_type() -> None:
    """No word of a dump is listed under two of our types."""
    words = [word for listed in read_table("work_types")["types"].values() for word in listed]
    assert len(words) == len(set(words)) > 100
