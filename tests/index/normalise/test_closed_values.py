"""Test that a type, a language or a status is one word, in records and in queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.closed_values import (
    STATUSES,
    unify_language,
    unify_status,
    unify_type,
    unify_value,
)

TYPES = [
    ("conference-paper", "conference paper"),
    ("Conference Paper", "conference paper"),
    ("inproceedings", "conference paper"),
    ("ARTICLE", "journal article"),
    ("Article; Review", "review"),
    ("PhD thesis", "thesis"),
    ("Field-Notes", "field notes"),
    ("N/A", ""),
    ("", ""),
]
LANGUAGES = [
    ("ger", "de"),
    ("deu", "de"),
    ("German", "de"),
    ("de-AT", "de"),
    ("Deutsch; English", "de"),
    ("und", ""),
    ("", ""),
]
STATUS_WORDS = [
    ("nan", ""),
    ("Desk_Reject", "rejected"),
    (" Spotlight ", "spotlight"),
    ("ACTIVE", ""),
]
VALUES = [
    ("type", "Book-Chapter", "book chapter"),
    ("type", "Articles", "journal article"),
    ("type", "PhD theses", "thesis"),
    ("type", "conference_papers", "conference paper"),
    ("type", "news", "news"),
    ("type", "recipes", "recipes"),
    ("language", "French", "fr"),
    ("language", "und", "und"),
    ("status", "Withdraw", "withdrawn"),
    ("source", "JSONL", "jsonl"),
    ("topic", "Graph-Theory", "Graph-Theory"),
]


@pytest.mark.parametrize(("written", "expected"), TYPES)
def test_type(written: str, expected: str) -> None:
    """Capitals, hyphens and the words of other sources make no difference."""
    assert unify_type(written) == expected


@pytest.mark.parametrize(("written", "expected"), LANGUAGES)
def test_language(written: str, expected: str) -> None:
    """Codes of two and three letters, tags and names are one code."""
    assert unify_language(written) == expected


@pytest.mark.parametrize(("written", "expected"), STATUS_WORDS)
def test_status(written: str, expected: str) -> None:
    """A status is in lower case, and verbs are participles."""
    assert unify_status(written) == expected


@pytest.mark.parametrize(("field", "written", "expected"), VALUES)
def test_value(field: str, written: str, expected: str) -> None:
    """Only fields with a closed list are unified; a value that names nothing stays."""
    assert unify_value(field, written) == expected


PLACEHOLDERS = (".\x1b", "Not applicable", "N_A", "n.a.\n", "-_-", "NULL s", "nons")
"""Words that stand for no value, with what hides it."""


@given(st.text(max_size=30) | st.sampled_from([*sorted(STATUSES), *PLACEHOLDERS]))
def test_a_unified_word_stays(text: str) -> None:
    """Unifying a word twice changes nothing more, so records can be read back."""
    for unify in (unify_type, unify_language, unify_status):
        assert unify(unify(text)) == unify(text)
