"""Check which queries name a bibliography."""

import pytest

from search.language.bibliographies import BIBLIOGRAPHY
from search.language.parser import parse
from search.language.tree import Not, Value, Word

NAMED = [
    ("in:mylib.bib", Value(BIBLIOGRAPHY, "mylib.bib")),
    ('in:"my lib.bib"', Value(BIBLIOGRAPHY, "my lib.bib")),
    ("in:../refs/My-Lib.BIB", Value(BIBLIOGRAPHY, "../refs/My-Lib.BIB")),
    ("-in:mylib.bib", Not(Value(BIBLIOGRAPHY, "mylib.bib"))),
    ("in:tides", Word("tides", "venue")),
]


@pytest.mark.parametrize(("typed", "expected"), NAMED)
def test_bibliographies_are_recognised(typed: str, expected: object) -> None:
    """A name that ends in ``.bib`` is a file, any other a venue; what is printed is read back."""
    query = parse(typed).query
    assert query == expected
    assert parse(str(query)).query == query
