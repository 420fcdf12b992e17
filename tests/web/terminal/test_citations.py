"""Check how the citations of a paper are printed."""

from index.records import Appearance, Paper
from index.references.citations import Citations
from search.answers.paper_citations import CitationLists
from web.terminal.citations import list_citation_sections

PAPERS = (
    Paper("a", "Tides of the Sea", appearances=(Appearance(year=2020),)),
    Paper("b\x1b", "Moss"),
)


def test_sections() -> None:
    """Each direction has a heading with counts, its first papers, and the search for all."""
    counts = Citations(("a", "b\x1b"), ("a",), 2, 1_234, 12)
    found = CitationLists(counts, PAPERS, PAPERS[:1], 'citedby:"x"', 'cites:"x"')
    assert dict(list_citation_sections(found)) == {
        "References (2 of 1,234 in this index)": [
            "  a  Tides of the Sea (2020)", "  b\\x1b  Moss",
        ],
        "Cited by (12 in this index)": [
            "  a  Tides of the Sea (2020)", "  and 11 more (papers search 'cites:\"x\"')",
        ],
    }  # fmt: skip


def test_nothing_known_prints_nothing() -> None:
    """A paper without citations has no section; one whose references are elsewhere has one."""
    assert list(list_citation_sections(CitationLists())) == []
    found = CitationLists(Citations((), (), 0, 3, 0))
    assert list(list_citation_sections(found)) == [("References (0 of 3 in this index)", [])]
