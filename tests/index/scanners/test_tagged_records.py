"""Check that files of tagged lines are cut into records, and records into fields."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scanners import tagged_records
from index.scanners.tagged_records import LINE, Layout, cut_records, parse_fields
from tests.support.dump_records import make_stream

TAG = re.compile(r"([A-Z][A-Z0-9]) - ?(.*)")


def split(text: str) -> tuple[str, str] | None:
    """Split a line at its dash."""
    found = TAG.match(text)
    return (found[1], found[2]) if found else None


TITLES = frozenset(("TI",))
STARTS = frozenset(("TY", "ER"))
ENDED = Layout(re.compile("TY -"), split, TITLES, ends=re.compile("ER -"), starts=STARTS)
BLANK = Layout(re.compile("ID -"), split, TITLES, opens=re.compile("PT -"))

CUTS = [
    (ENDED, "TY - a\nTI - b\nER -\nTY - c\nER -\n", [("TY - a", True), ("TY - c", True)]),
    (ENDED, "TY - a\nTY - b\n", [("TY - a", True), ("TY - b", True)]),
    (ENDED, "1.\nTY - a\nER -\nNL - x\n\nurl\n2.\nTY - b\n", [("TY - a", True), ("TY - b", True)]),
    (ENDED, "TX - a\nTI - b\nTY - c\nER -\n", [("TX - a", False), ("TY - c", True)]),
    (ENDED, "TX - a\nER -\nTY - c\n", [("TX - a", False), ("TY - c", True)]),
    (ENDED, "ER -\nER -\n", []),
    (BLANK, "ID - 1\nTI - a\n\nID - 2\nTI - b\n", [("ID - 1", True), ("ID - 2", True)]),
    (BLANK, "ID - 1\nTI - a\nID - 2\n", [("ID - 1", True), ("ID - 2", True)]),
    (BLANK, "PT - x\nTI - a\nPT - y\n\nPT - z\n", [("PT - x", True), ("PT - z", True)]),
    (BLANK, "ID - 1\nTI - a\n\nIX - 2\nTI - b\n", [("ID - 1", True), ("IX - 2", False)]),
    (BLANK, "ID - 1\nTI - a\n\nAB - b\n\nc\n", [("ID - 1", True)]),
    (BLANK, "a banner\n\nIX - 1\nTI - a\n\nID - 2\n", [("IX - 1", False), ("ID - 2", True)]),
    (BLANK, "", []),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "text", "expected"), CUTS)
def test_records(layout: Layout, text: str, expected: list[tuple[str, bool]]) -> None:
    """Each record is cut out, whether its end or its beginning is missing."""
    found = list(cut_records(make_stream(text), layout))
    assert [(one.lines[0].strip(), one.begun) for one in found] == expected
    assert [text[one.offset :].partition("\n")[0] for one in found] == [
        line for line, _ in expected
    ]


def test_a_long_record_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines beyond the limit are dropped, the record is marked, and the next one is read."""
    monkeypatch.setattr(tagged_records, "MAX_CHARACTERS", 200)
    long = "TY - a\n" + "AB - some words\n" * 20 + "ER -\nTY - b\nER -\n"
    first, second = cut_records(make_stream(long), ENDED)
    assert (first.whole, second.whole) == (False, True)
    assert sum(map(len, first.lines)) <= 200 - 4 * LINE


def test_fields() -> None:
    """A field has its text, also over several lines, and several tags keep their order."""
    lines = [
        "AU - A\n",
        "KW - a\n",
        "  b\n",
        "AU -\n",
        "ED - E\n",
        "AU - C\n",
        "TI -  x\n",
        "\n",
        " y\n",
    ]
    fields = parse_fields(lines, split)
    assert fields.first("TI") == "x y"
    assert fields.first("XX", "ED") == "E"
    assert fields.first("XX") == ""
    assert fields.firsts("TI", "XX", "ED", "AU") == ["x y", "E", "A"]
    assert fields.texts("AU", "ED") == ["A", "E", "C"]
    assert (fields.lines("KW"), fields.texts("KW")) == (["a", "b"], ["a b"])


DASHED = re.compile(r"(TI|KW)  - *(.*)|(AU) *- *(.*)", re.DOTALL)


def split_dashed(text: str) -> tuple[str, str] | None:
    """Split a line at its dash, which two spaces precede after some tags."""
    found = DASHED.match(text)
    return (found[1] or found[3], found[2] or found[4] or "") if found else None


@given(st.lists(st.text("TIKWAU -\t\n", max_size=9) | st.sampled_from(["TI  - a", "KW  -b \n"])))
def test_tags_with_a_dash_make_no_difference(lines: list[str]) -> None:
    """Fields are the same whether or not lines in the usual form are split at once."""
    found = parse_fields(lines, split_dashed, frozenset(("TI", "KW")))
    expected = parse_fields(lines, split_dashed)
    assert found.pairs("TI", "KW", "AU") == expected.pairs("TI", "KW", "AU")


@given(st.text("TYERIDPA1 -\n\t", max_size=80), st.sampled_from([ENDED, BLANK]))
def test_any_text_is_cut(text: str, layout: Layout) -> None:
    """No text fails; the records have lines, and a record after it is found."""
    found = list(cut_records(make_stream(f"{text}\n\nID - 9\nTY - 9\n"), layout))
    assert found
    assert all(one.lines and one.whole for one in found)
    assert found[-1].lines[-1].strip() == "TY - 9"
