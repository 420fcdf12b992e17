"""Test the small values that several dumps write alike."""

import pytest

from index.errors import RecordError
from index.normalise.paper import normalise
from index.normalise.raw_values import (
    Texts,
    drop_empty,
    find_first_text,
    is_placeholder,
    is_placeholder_abstract,
    is_placeholder_text,
    last_segment,
    list_texts,
)
from index.records import RawRecord, Source


def test_empty_values_are_dropped() -> None:
    """What a dump leaves empty is not stored."""
    assert drop_empty({"doi": "10.1/x", "pmid": ""}) == {"doi": "10.1/x"}


@pytest.mark.parametrize(("address", "expected"), [
    ("https://openalex.org/W1", "W1"), ("https://openalex.org/W1/", "W1"), ("W1", "W1"), (12, "12"),
    ("", ""), (None, ""),
])  # fmt: skip
def test_last_segment(address: str | int | None, expected: str) -> None:
    """OpenAlex writes its identifiers as addresses or bare."""
    assert last_segment(address) == expected


@pytest.mark.parametrize("text", [
    "NA", "na", "N/A", "#N/A", "nan", "NaN", "<NA>", "NULL", "None", " - ", "?", "n.a.", "\\N", "",
    "Not available", "\u2014",
])  # fmt: skip
def test_placeholders(text: str) -> None:
    """Programs and people write many things for no value."""
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["0", "NA-12", "Nature", "Nan Goldin", "N" * 100, "NA " * 50])
def test_values_are_no_placeholders(text: str) -> None:
    """A value that only begins like a placeholder is one."""
    assert not is_placeholder(text)
    assert not is_placeholder_text(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("NA", True), ("N/A", True), ("nan", True), ("#N/A", True), ("NULL", True), ("Na", False),
    ("Nan", False), ("None", False), ("Null", False), ("?", False),
])  # fmt: skip
def test_texts(text: str, *, expected: bool) -> None:
    """A name or a title may be a word that stands for none elsewhere."""
    assert is_placeholder_text(text) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("[No abstract available]", True), ("No abstract available.", True), ("No Abstract", True),
    ("Abstract not available", True), ("NA", True), ("None", True), ("-", True),
    ("Abstract unavailable", True), ("No abstract is a summary of tides.", False),
    ("None of the tides.", False), ("There is no abstract machine.", False),
])  # fmt: skip
def test_abstracts(text: str, *, expected: bool) -> None:
    """An abstract that says that there is none is none; a sentence is a text."""
    assert is_placeholder_abstract(text) is expected


@pytest.mark.parametrize("written", ["NA", "N/A", "nan", "NULL", "-", "not available"])
def test_placeholders_are_no_values(written: str) -> None:
    """What stands for no value is none in any field; the paper is kept."""
    ids = dict.fromkeys(("doi", "pmid", "scopus", "shelf"), written)
    source = Source("d.csv", "", 1, 0)
    record = RawRecord(source, "csv", "x", "T", ids=ids, venue=written, volume=written,
                       publisher=written, abstract=written, status=written,
                       type=written)  # fmt: skip
    found = normalise(record)
    assert (found.ids, found.abstract, found.status) == ({}, "", "")
    place = found.shown
    assert (place.venue, place.volume, place.publisher, place.type) == ("", "", "", "")
    with pytest.raises(RecordError, match="has no title"):
        normalise(RawRecord(source, "csv", "x", written))


TEXTS: list[tuple[Texts, list[str]]] = [
    (None, []), ("", []), (" a ", ["a"]), (("a", None, " ", "b "), ["a", "b"]), ((), []),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), TEXTS)
def test_one_text_or_a_list(texts: Texts, expected: list[str]) -> None:
    """A text counts as a list of one; what is empty is left out."""
    assert list_texts(texts) == expected
    assert find_first_text(texts) == "".join(expected[:1])
