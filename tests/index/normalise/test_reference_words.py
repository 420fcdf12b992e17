"""Test the values that reference managers and databases write in the same way."""

import pytest

from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    read_noted_fields,
    split_topics,
)


@pytest.mark.parametrize(("words", "expected"), [
    ("inproceedings", "conference paper"), ("Article; Proceedings Paper", "conference paper"),
    ("JOUR;", "journal article"), ("ASME Early Access Articles", "journal article"), ("", ""),
])  # fmt: skip
def test_listed_type(words: str, expected: str) -> None:
    """Of several words for one document the most specific counts."""
    assert find_listed_type(words) == expected


@pytest.mark.parametrize(("texts", "expected"), [
    (("Article", "RETRACTED: see note"), "retracted"), (("Retraction of 10.1/x",), "retracted"),
    (("Withdrawn by the authors",), "withdrawn"), (("Article",), ""), ((), ""),
])  # fmt: skip
def test_retraction(texts: tuple[str, ...], expected: str) -> None:
    """A kind of document or a note can say that a paper was taken back."""
    assert find_retraction(*texts) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("English; French", "en"), ("fre/eng", "fr"), ("ngerman", "de"), ("", ""),
])  # fmt: skip
def test_first_language(words: str, expected: str) -> None:
    """A paper has one language, the first that is named."""
    assert find_first_language(words) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("a, b; c", ("a, b", "c")), ("a, b", ("a", "b")), ("a|b", ("a", "b")), ("", ()),
    ("a;  b   c ;;", ("a", "b c")), ("a (b, c), d", ("a (b, c)", "d")),
    ("a (b; c); d, e", ("a (b; c)", "d, e")), ("a (b, c", ("a (b", "c")), ("a), (b", ("a)", "(b")),
    ("math.CO cs.DM hep-th", ("math.CO", "cs.DM", "hep-th")), ("cs.LG", ("cs.LG",)),
    ("cs education", ("cs education",)), ("wet sand\ndunes", ("wet sand", "dunes")),
    ("wet\nsand, dunes", ("wet sand", "dunes")),
])  # fmt: skip
def test_topics(text: str, expected: tuple[str, ...]) -> None:
    """A comma separates keywords only if no other separator is used."""
    assert split_topics(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("12", 12), ("1,234", 1234), ("12.0", 12), ("Cited By :7", 7), ("Cited by count: 3", 3),
    ("9" * 30, None), ("many", None), ("", None), ("٣", None),
])  # fmt: skip
def test_citations(text: str, expected: int | None) -> None:
    """A count is read alone or after its words; anything else is ignored."""
    assert parse_citations(text) == expected


def test_links() -> None:
    """The first page and the first PDF are chosen; other values are ignored."""
    links = ["ftp://x.org", "https://x.org/a", "https://x.org/b", "https://x.org/pdf/c",
             "https://x.org/d.pdf"]  # fmt: skip
    assert choose_links(links) == {"page": "https://x.org/a", "pdf": "https://x.org/pdf/c"}


def test_noted_fields() -> None:
    """Lines of a note with a word and a colon are fields, and other lines are not."""
    note = "A remark\nPMID: 101\n{:DOI: 10.1/x}\n  Place = Bern \nno: \n: x"
    assert read_noted_fields(note) == {"pmid": "101", "doi": "10.1/x", "place": "Bern"}
    assert read_noted_fields("") == {}
