"""Test clean titles and abstracts, and when their originals are kept."""

import pytest

from index.errors import RecordError
from index.normalise.texts import (
    MAX_ABSTRACT,
    MAX_TITLE,
    clean_abstract,
    clean_title,
    join_subtitle,
)

TITLES = [
    ("A Title", "A Title", ""),
    (" A \n Title ", "A Title", ""),
    ("R&amp;D in \\emph{Search}", "R&D in Search", "R&amp;D in \\emph{Search}"),
    ("R&amp;D \x1b[31m", "R&D [31m", "R&amp;D \\u001b[31m"),
    ("R&amp;D \u202e", "R&D", "R&amp;D \\u202e"),
]
"""Title of a dump, clean title, original."""

ABSTRACTS = [
    ("", "", "", []),
    ("Plain words.", "Plain words.", "", []),
    ("Hard\nwrapped.", "Hard wrapped.", "", ["paragraphs"]),
    ("Write to ada@example.org &amp; run.", "Write to & run.", "Write to  &amp; run.",
     ["entities", "mail", "paragraphs"]),
    ("Write to ada&#64;example.org now.", "Write to now.", "",
     ["entities", "mail", "paragraphs"]),
]  # fmt: skip
"""Abstract of a dump, clean abstract, original, rules that changed it."""


@pytest.mark.parametrize(("text", "title", "original"), TITLES)
def test_title(text: str, title: str, original: str) -> None:
    """An original is kept if more than white space changed, without control characters."""
    assert clean_title(text, []) == (title, original)


@pytest.mark.parametrize(("text", "abstract", "original", "rules"), ABSTRACTS)
def test_abstract(text: str, abstract: str, original: str, rules: list[str]) -> None:
    """An abstract and its original hold no e-mail address, however it was encoded."""
    applied: list[str] = []
    assert clean_abstract(text, applied) == (abstract, original)
    assert sorted(applied) == rules


def test_limits() -> None:
    """A title over its limit is rejected; an abstract over its limit is cut."""
    assert clean_title("t" * MAX_TITLE, []) == ("t" * MAX_TITLE, "")
    with pytest.raises(RecordError, match="has a title of 5,001 characters, over 5,000"):
        clean_title("t" * (MAX_TITLE + 1), [])
    assert clean_abstract("a" * (MAX_ABSTRACT + 1), []) == ("a" * MAX_ABSTRACT, "")


@pytest.mark.parametrize("text", ["", "?!", "\0", "$$"])
def test_a_title_needs_a_letter_or_digit(text: str) -> None:
    """A title cannot consist of punctuation alone."""
    with pytest.raises(RecordError, match="has no title"):
        clean_title(text, [])


def test_a_placeholder_in_markup_is_no_abstract() -> None:
    """What says that there is no abstract is recognised once its tags are gone."""
    assert clean_abstract("Not Available <P />", []) == ("", "")


@pytest.mark.parametrize(
    ("title", "below", "joined"),
    [
        ("A", "B", "A: B"), ("A:", " B ", "A: B"), ("A", "", "A"), ("", "B", "B"), ("", "", ""),
        ("A: the b", "The B", "A: the b"), ("A", "B" * MAX_TITLE, "A"),
    ],
)  # fmt: skip
def test_a_subtitle(title: str, below: str, joined: str) -> None:
    """A title that has its subtitle already, or would be too long with it, is left alone."""
    assert join_subtitle(title, below) == joined
