"""Check that a list of citations means the papers of any of them."""

import pytest

from search.language.citation_lists import NOTICE
from search.language.parser import parse

LISTS = [  # query, as it is read
    ("Moor 2014; Fen 2018", "(Moor 2014) OR (Fen 2018)"),
    ("(Moor et al., 2014; Fen & Ley, 2018)", "(Moor et al 2014) OR (Fen Ley 2018)"),
    ("Moor (2014a); Fen (2018); Ley '19", "(Moor 2014a) OR (Fen 2018) OR (Ley 19)"),
    ("[Moor, 2014, p. 3; van der Lek, 2018]", "(Moor 2014 p 3) OR (van der Lek 2018)"),
]

OTHERS = [
    "Moor; Fen; reeds in the wind 2014",
    "Moor 2014, Fen 2018",
    "reeds; wind",
    'author:"Moor; Fen" 2014; 2015',
]


@pytest.mark.parametrize(("typed", "expected"), LISTS)
def test_lists_are_alternatives(typed: str, expected: str) -> None:
    """A notice says so, and what is printed is read alike."""
    parsed = parse(typed)
    assert str(parsed.query) == expected
    assert [notice.message for notice in parsed.notices] == [NOTICE]
    assert parse(expected).query == parsed.query


@pytest.mark.parametrize("typed", OTHERS)
def test_other_semicolons_separate_words(typed: str) -> None:
    """Every part of a list ends with a year."""
    assert NOTICE not in [notice.message for notice in parse(typed).notices]
