"""Check that texts are found in JSON values of any type."""

from typing import Any

import pytest

from index.scanners.json_texts import MAX_DEPTH, find_text, find_texts

TEXTS: list[tuple[Any, list[str]]] = [
    ("a", ["a"]), (7, ["7"]), (7.0, ["7"]), (2.5, ["2.5"]), (True, []), (None, []),
    (float("nan"), []), (["a", ["b", 3]], ["a", "b", "3"]), ({"name": "a", "x": "b"}, ["a"]),
    ({"x": "only"}, ["only"]), ({"x": 1, "y": 2}, []),
]  # fmt: skip


@pytest.mark.parametrize(("value", "texts"), TEXTS)
def test_texts(value: object, texts: list[str]) -> None:
    """A number is a text too, and an object has one under a known key or its only key."""
    assert [*find_texts(value)] == texts


def test_the_first_text() -> None:
    """The first text is found at any depth that is read."""
    assert find_text([None, [{"value": [" a", "b"]}]]) == " a"
    assert find_text([[], True, {"x": 1, "y": 2}]) == ""


def test_deep_values() -> None:
    """What is deeper than the limit is not read."""
    value: Any = "a"
    for _ in range(MAX_DEPTH):
        value = [value]
    assert find_text(value) == "a"
    assert find_text([value]) == ""
