"""Check that ids are held as they are."""

from hypothesis import given
from hypothesis import strategies as st

from index.meaning.compact_ids import CompactIds


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=9))
def test_ids_are_a_sequence(ids: list[str]) -> None:
    """Any ids are read as they were added, one by one, from the end and in slices."""
    held = CompactIds()
    for each in ids:
        held.append(each)
    assert len(held) == len(ids)
    assert list(held) == ids
    assert held[1:-1] == ids[1:-1]
    assert list(reversed(held)) == ids[::-1]
