"""Test which fields of other search engines are recognised, and that ordinary text is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.foreign_fields import (
    find_field_before,
    find_field_behind,
    find_tag_in_chunk,
)

BEFORE = [
    ("TI=(sort)", "TI=", "title"),
    ("AU = (stone)", "AU =", "author"),
    ("SO=nature", "SO=", "venue"),
    ("TS=(sort)", "TS=", ""),
    ("PY=2001", "PY=", "year"),
    ("TITLE(sort)", "TITLE", "title"),
    ("TITLE-ABS-KEY(sort)", "TITLE-ABS-KEY", ""),
    ("title-abs-key(sort)", "title-abs-key", ""),
    ("AUTHOR-NAME(stone)", "AUTHOR-NAME", "author"),
    ("intitle:sort", "intitle:", "title"),
    ("allintitle: sort", "allintitle:", "title"),
    ('"Document Title":sort', "Document Title:", "title"),
    ('"All Metadata":sort', "All Metadata:", ""),
]
BEHIND = [
    ("[ti]", "title"), ("[TI]", "title"), ("[Title/Abstract]", ""), ("[tiab]", ""),
    ("[tiab:~2]", ""), ("[MeSH Terms]", "topic"), ("[1au]", "author"), ("[dp]", "year"),
    ("[Journal]", "venue"), (".ti.", "title"), (".ti,ab.", ""), (".mp. x", ""), (":ti", "title"),
    (":ti,ab,kw", ""),
]  # fmt: skip
YEARS = [
    ("PUBYEAR > 2011", ">2011"), ("PUBYEAR AFT 2011", ">2011"), ("PUBYEAR BEF 2011", "<2011"),
    ("PUBYEAR IS 2011", "=2011"), ("PUBYEAR=2011", "=2011"), ("after:2011", ">=2011"),
    ("before:2011-05-03", "<2011"),
]  # fmt: skip
ORDINARY_BEFORE = [
    "A=B", "AB=CD", "AI=intelligence", "UT=Austin", "TI=4", "SU(2)", "ABS(x)",
    "LSTM(sort)", "title(sort)", "TI sort",
    "all: ", "Title: sort", '"Sorting": a study', "after: 2011", "before:noon", "PUBYEAR",
]  # fmt: skip
ORDINARY_BEHIND = [
    "[1]",
    "[MASK]",
    "[a, b]",
    "[foo]",
    "[ti",
    ".net.",
    ".ti.x",
    ".",
    ":",
    ":x",
    "[]",
]


@pytest.mark.parametrize(("text", "written", "name"), BEFORE)
def test_fields_before_their_words(text: str, written: str, name: str) -> None:
    """Fields of Scopus, Web of Science, Google Scholar and IEEE are ours, or any field."""
    found = find_field_before(text, 0)
    assert found is not None
    assert (found.written, found.field.name if found.field else "") == (written, name)
    assert f'"{written}" is read as' in found.message


@pytest.mark.parametrize(("text", "name"), BEHIND)
def test_fields_behind_their_words(text: str, name: str) -> None:
    """Fields of PubMed, Ovid and the Cochrane Library are ours, or any field."""
    found = find_field_behind(text, 0)
    assert found is not None
    assert (found.field.name if found.field else "") == name


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_years(text: str, years: str) -> None:
    """A year after a comparison is a range of years."""
    found = find_field_before(text, 0)
    assert found is not None
    assert (found.years, found.end) == (years, len(text))


@pytest.mark.parametrize("text", ORDINARY_BEFORE)
def test_ordinary_text_is_no_field_before(text: str) -> None:
    """Formulas, brackets and colons of ordinary text are no fields."""
    assert find_field_before(text, 0) is None


@pytest.mark.parametrize("text", ORDINARY_BEHIND)
def test_ordinary_text_is_no_field_behind(text: str) -> None:
    """References and names in brackets are no fields."""
    assert find_field_behind(text, 0) is None


def test_only_short_tags_follow_a_space() -> None:
    """``[title]`` after a space is ordinary text, ``[ti]`` is not."""
    assert find_field_behind("[ti]", 0, spaced=True)
    assert not find_field_behind("[title]", 0, spaced=True)


def test_a_tag_ends_a_word() -> None:
    """The words before ``[ti]`` end where it begins, even if it contains a space."""
    text = "sort[MeSH Terms] x"
    assert find_tag_in_chunk(text, 0, text.index(" ")) == len("sort")
    assert find_tag_in_chunk("a[0][1]", 0, 7) == len("a[0][1]")


@given(st.text('[]ti=.:(A" ', max_size=20))
def test_a_field_ends_within_the_text(text: str) -> None:
    """Whatever is typed, what is found is a part of the text."""
    found = [find(text, at) for find in (find_field_before, find_field_behind) for at in range(20)]
    assert all(one.end <= len(text) for one in found if one)
