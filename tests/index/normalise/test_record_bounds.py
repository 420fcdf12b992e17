"""Check that a record is bounded, and that one within the bounds is the same object."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.authors import MAX_AUTHORS, MAX_EDITORS, MAX_NAME
from index.normalise.record_bounds import (
    MAX_ADDRESS,
    MAX_ITEMS,
    MAX_PLACE,
    MAX_PLACES,
    MAX_WORD,
    bound_record,
)
from index.records import Appearance, RawAuthor, RawRecord, Source

WHOLE = RawRecord(
    Source(record=1),
    "jsonl",
    id="a",
    title="T",
    authors=(RawAuthor(name="A. Kay", ids={"orcid": "1"}, affiliations=("X",)),) * MAX_AUTHORS,
    appearances=(Appearance("V" * MAX_WORD),) * MAX_ITEMS,
    topics=("t" * MAX_WORD,) * MAX_ITEMS,
    ids={str(n): "v" for n in range(MAX_ITEMS)},
    urls={"pdf": "u" * MAX_ADDRESS},
)
PERSON = WHOLE.authors[0]


def test_a_record_within_the_bounds_is_unchanged() -> None:
    """Lists and words as long as the bounds are kept."""
    assert bound_record(WHOLE) is WHOLE


CASES: list[tuple[str, object, object]] = [
    ("authors", (PERSON,) * (MAX_AUTHORS + 1), (PERSON,) * MAX_AUTHORS),
    ("authors", (PERSON, RawAuthor("n" * 9_999)), (PERSON, RawAuthor("n" * MAX_NAME))),
    (
        "authors",
        (RawAuthor("n", affiliations=("x" * 9_999, *("y",) * 999)),),
        (RawAuthor("n", affiliations=("x" * MAX_PLACE, *("y",) * (MAX_PLACES - 1))),),
    ),
    (
        "authors",
        (RawAuthor("n", ids={"a": "x" * 9_999, "b": "c"}),),
        (RawAuthor("n", ids={"b": "c"}),),
    ),
    ("editors", (RawAuthor("n" * 9_999),), (RawAuthor("n" * MAX_NAME),)),
    (
        "appearances",
        (Appearance("v", editors=("n" * 9_999,) * 999),),
        (Appearance("v", editors=("n" * MAX_NAME,) * MAX_EDITORS),),
    ),
    ("topics", tuple(map(str, range(9_999))), tuple(map(str, range(MAX_ITEMS)))),
    ("topics", ("a", "b" * 9_999, "c"), ("a", "c")),
    ("appearances", (Appearance("v"),) * 9_999, (Appearance("v"),) * MAX_ITEMS),
    ("appearances", (Appearance("v", pages="1" * 9_999),), (Appearance("v"),)),
    ("ids", {"a": "b", "c" * 9_999: "d", "e": "f" * 9_999}, {"a": "b"}),
    ("urls", {str(n): "u" for n in range(9_999)}, {str(n): "u" for n in range(MAX_ITEMS)}),
    ("year", "2" * 9_999, None),
    *((name, "x" * 9_999, "") for name in ("venue", "type", "status", "language", "publisher")),
]


@pytest.mark.parametrize(("field", "value", "expected"), CASES)
def test_what_is_beyond_a_bound_is_cut_and_named(
    field: str, value: object, expected: object
) -> None:
    """A list is cut, a word dropped, and the field is named once beside those already named."""
    raw = RawRecord(Source(), "jsonl", title="T", odd=("citations", field))
    changed = bound_record(_replace(raw, field, value))
    assert getattr(changed, field) == expected
    assert changed.odd == ("citations", field)
    assert bound_record(changed) is changed


def _replace(raw: RawRecord, field: str, value: object) -> RawRecord:
    values = {name: getattr(raw, name) for name in RawRecord.__struct_fields__}
    return RawRecord(**(values | {field: value}))


@given(st.lists(st.integers(0, 2_000), max_size=5), st.integers(0, 2 * MAX_ITEMS))
def test_a_record_is_bounded_once(lengths: list[int], count: int) -> None:
    """What was bounded is within the bounds, whatever its lists and words are."""
    topics = tuple("t" * length for length in lengths)
    urls = {str(n): "u" for n in range(count)}
    bounded = bound_record(RawRecord(Source(), "jsonl", topics=topics, urls=urls))
    assert bound_record(bounded) is bounded
    assert len(bounded.urls) == min(count, MAX_ITEMS)
    assert ("topics" in bounded.odd) == any(length > MAX_WORD for length in lengths)
