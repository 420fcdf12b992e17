"""Test the lines in which Embase and PubMed state where and when a paper appeared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.source_lines import LONGEST, SourceLine, parse_source_line

LINES = [
    ("Harbour Studies (2014) 3:4 (152-160). Date of Publication: 2014",
     SourceLine("Harbour Studies", "2014", "2014", "3", "4", "152-160")),
    ("Harbour Studies 54 (2019) (152-160). Date of Publication: 1 Jan 2019",
     SourceLine("Harbour Studies", "2019", "1 Jan 2019", "54", "", "152-160")),
    ("Harbours (2018) 13:5 Article Number: e0196743. Date of Publication: 1 May 2018",
     SourceLine("Harbours", "2018", "1 May 2018", "13", "5", "e0196743")),
    ("Harbours (2018) 13:5 Supplement 1 (234). Date of Publication: May 2018; a note",
     SourceLine("Harbours", "2018", "May 2018", "13", "5 Supplement 1", "234")),
    ("Harbour Stud. 2019 May;12(3):101-110. doi: 10.1000/x. Epub 2019 Jan 2.",
     SourceLine("Harbour Stud", "2019", "2019 May", "12", "3", "101-110")),
    ("Harbours (Kiel). 2020 Oct 15;9 Suppl 1:S14-9.",
     SourceLine("Harbours (Kiel)", "2020", "2020 Oct 15", "9 Suppl 1", "", "S14-9")),
    ("Harbour Stud. 2019 May 3:gkz123. doi: 10.1000/x.", None),
    ("Harbour Stud. 2019 May 3.", SourceLine("Harbour Stud", "2019", "2019 May 3", "", "", "")),
    ("Harbours", None),
    ("Proceedings of the 2014 Conference on Harbours (HARBOUR)", None),
    ("Advances in Harbours 2014", None),
    ("", None),
    ("Harbours (2014) 3:3" + " " * LONGEST, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: SourceLine | None) -> None:
    """A line has one of two forms; the name of a journal has neither."""
    assert parse_source_line(text) == expected


@given(st.text("ab1(): ;.,-", max_size=200))
def test_any_text(text: str) -> None:
    """Any text is a line with a year, or none."""
    found = parse_source_line(text)
    assert found is None or len(found.year) == 4
