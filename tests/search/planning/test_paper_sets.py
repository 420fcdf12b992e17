"""Check that queries name bibliographies only where a reader is open."""

import pytest

from search.errors import BibliographyRefused, QueryTooCostly
from search.language.parser import parse
from search.language.tree import And, Not, Value, list_leaves
from search.planning.paper_sets import MAX_PAPERS, add_papers, open_bibliographies


def test_papers_are_added_wherever_a_bibliography_is_named() -> None:
    """Each is read once, and a query without one stays as it is."""
    asked: list[str] = []

    def read(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ("p1", "p2")

    plain = parse("tides -(a OR b)^2")
    with open_bibliographies(read):
        found = add_papers(parse("tides (in:a.bib OR x) -in:a.bib"))
        assert add_papers(plain) is plain
    values = [one for one in list_leaves(found.query, negated=True) if isinstance(one, Value)]
    assert [one.also for one in values] == [("p1", "p2")] * 2
    assert isinstance(found.query, And)
    assert isinstance(found.query.children[-1], Not)
    assert asked == ["a.bib"]


def test_no_file_is_read_without_a_reader() -> None:
    """Also after a block in which one was open."""
    with open_bibliographies(lambda _: ()):
        assert add_papers(parse("in:a.bib")).query == parse("in:a.bib").query
    with pytest.raises(BibliographyRefused, match=r"in:a\.bib names a file"):
        add_papers(parse("tides -in:a.bib"))


def test_a_bibliography_has_a_most() -> None:
    """One paper more is refused with both numbers."""
    many = tuple(map(str, range(MAX_PAPERS + 1)))
    with (
        open_bibliographies(lambda _: many),
        pytest.raises(QueryTooCostly, match=r"10,001 papers in 'a\.bib'; the limit is 10,000"),
    ):
        add_papers(parse("in:a.bib"))
