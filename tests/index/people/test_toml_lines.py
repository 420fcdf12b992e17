"""Check that the lines of a TOML file are found where `tomllib` read its values."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.people.toml_lines import TomlLines

TEXT = '''# [[person]]
[[person]]  # first
name = "a # [[person]]"
same = [ "x", 'y',
  # "no",
  """z
[[person]]
""", "w" ]
[ [ person ] ]
[["person"]]
"name" = 'b'
'''.replace("[ [ person ] ]\n", "")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((0,), 2), ((0, "name"), 3), ((0, "same"), 4), ((0, "same", 0), 4), ((0, "same", 1), 4),
        ((0, "same", 2), 6), ((0, "same", 3), 8), ((1,), 9), ((1, "name"), 10), ((1, "gone"), 9),
        ((2,), 0),
    ],
)  # fmt: skip
def test_places_have_their_lines(place: tuple[int, str, int], line: int) -> None:
    """Comments and strings hold no tables; a missing key has the line of its table."""
    assert len(tomllib.loads(TEXT)["person"]) == 2
    lines = TomlLines(TEXT, "person")
    assert lines.tables == 2
    assert lines.find(*place) == line


TEXTS = st.lists(st.text('a"]#\n\\[', max_size=4).map(json.dumps), max_size=3)


@given(st.lists(st.tuples(st.integers(0, 3), TEXTS), max_size=4))
def test_made_files_have_their_lines(tables: list[tuple[int, list[str]]]) -> None:
    """Whatever the texts hold, tables and keys are where they were written."""
    lines: list[str] = []
    expected: list[tuple[int, int]] = []
    for blank, values in tables:
        lines += ["# x"] * blank + ["[[person]]", "k = ["]
        expected.append((len(lines) - 1, len(lines)))
        lines += [*(f"{value}," for value in values), "]"]
    text = "\n".join(lines)
    found = TomlLines(text, "person")
    assert found.tables == len(tables) == len(tomllib.loads(text).get("person", []))
    assert [(found.find(at), found.find(at, "k")) for at in range(len(tables))] == expected
    for at, (_, values) in enumerate(tables):
        first = expected[at][1] + 1
        assert [found.find(at, "k", n) - first for n in range(len(values))] == [*range(len(values))]
