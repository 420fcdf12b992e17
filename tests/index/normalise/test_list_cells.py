"""Test that lists written into one text are read, and nothing else is taken for a list."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.list_cells import MAX_CELL, MAX_DEPTH, list_names, parse_list
from tests.support.cost import Work, grows_linearly

WRITTEN: list[tuple[str, object]] = [
    ("['Holm, Åse', \"D'Arcy, Li\"]", ["Holm, Åse", "D'Arcy, Li"]),
    ('["Holm", null, "\\u00c5se \\ud83d\\ude00"]', ["Holm", "", "Åse 😀"]),
    ("['Holm' 'Li'\n 'Berg']", ["Holm", "Li", "Berg"]),
    ("array(['Holm', 'Li'], dtype=object)", ["Holm", "Li"]),
    ("[np.str_('Holm'), np.str_('Li')]", ["Holm", "Li"]),
    ("{'Holm', 'Li'}", ["Holm", "Li"]),
    ("('Holm',)", ["Holm"]),
    ("[('Holm', 'Åse'), ('Li', None)]", [["Holm", "Åse"], ["Li", ""]]),
    ("[{'name': 'Holm', 'ids': {'x': None}}]", [{"name": "Holm", "ids": {"x": ""}}]),
    ("{'DOI': '10.1000/x', 'CorpusId': 12}", {"DOI": "10.1000/x", "CorpusId": "12"}),
    ("['O'Neil, P', 'Li, B']", ["O'Neil, P", "Li, B"]),
    ("['a\\'b', b'c', u'd\\xe9', 'e\\\\f\n']", ["a'b", "c", "dé", "e\\f\n"]),
    ("[2019, 5]", ["2019", "5"]),
    ("[]", []),
    ("{}", {}),
]
NO_LISTS = [
    "", "Tides", "[Tides]", "[A 'tide']", "(Un)certain tides (of spring)", "{'a': 'b', 'c'}",
    "['a', 'b')", "('a') and ('b')", "[[[", "]", "['a", "{:}", "[1 Tide]",
    "__import__('os')", "['a'] + ['b']", "[x for x in ('a', 'b')]",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_lists(text: str, expected: object) -> None:
    """What Python, pandas, numpy and JSON write is read as it was."""
    assert parse_list(text) == expected


@pytest.mark.parametrize("text", NO_LISTS)
def test_other_texts(text: str) -> None:
    """A title in brackets, an expression and a damaged list are no lists."""
    assert parse_list(text) is None


texts = st.lists(st.text(max_size=20), max_size=6)


@given(texts)
def test_what_python_and_json_write(written: list[str]) -> None:
    """Any list of strings comes back from both notations."""
    kept = [text.encode("utf-8", "replace").decode() for text in written]
    assert parse_list(repr(kept)) == kept
    assert parse_list(json.dumps(kept)) == kept
    assert parse_list(str(tuple(kept))) == kept


@given(st.lists(st.text("abc' ,", min_size=1, max_size=8), min_size=1, max_size=6))
def test_what_numpy_writes(written: list[str]) -> None:
    """Numpy writes no commas between strings."""
    assert parse_list(f"[{' '.join(map(repr, written))}]") == written


@given(st.text("[](){}'\",: ab\\1", max_size=60))
def test_any_text(text: str) -> None:
    """No text raises an error."""
    assert isinstance(parse_list(text), list | dict | None)


@pytest.mark.parametrize("unit", ["[", "['a', ", "{'a': ", "('\\\\', ", "x", "\\", "' ", "f("])
def test_hostile_lists(unit: str) -> None:
    """Thousands of brackets or escapes are refused or read, in linear time."""

    def make(count: int) -> Work:
        ends = ("']", "]", "]" * count)
        cells = [f"{start}{unit * count}{end}" for start in ("['", "[") for end in ends]
        return lambda: [parse_list(cell) for cell in cells]

    assert grows_linearly(make, 10_000)


def test_limits() -> None:
    """A list that is nested too deeply or too long is refused."""
    deep = "[" * (MAX_DEPTH + 1) + "'a'" + "]" * (MAX_DEPTH + 1)
    assert parse_list(deep) is None
    assert parse_list(deep[1:-1]) is not None
    assert parse_list("['" + "a" * MAX_CELL + "']") is None


NAMES: list[tuple[str, list[str]]] = [
    ("['a', ['b'], '']", ["a", "b"]),
    ("[{'id': 'T1', 'display_name': 'a'}, {'id': 'T2'}, 'b']", ["a", "b"]),
    ("{'source': {'display_name': 'a'}}", ["a"]),
    ("{'date-parts': [[2019, 5, 3]]}", ["2019-5-3"]),
    ("{'url': 'https://x.org', 'status': 'GREEN'}", ["https://x.org"]),
    ("{}", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text: str, expected: list[str]) -> None:
    """Of a mapping the name counts, and of a nested one the name in it."""
    value = parse_list(text)
    assert value is not None
    assert list_names(value) == expected
