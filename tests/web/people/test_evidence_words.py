"""Check that every level of evidence and every confidence has words."""

import pytest

from search.authors.evidence import EvidenceLevel
from web.people.evidence_words import LEVELS, describe_confidence, describe_level


def test_every_level_has_words() -> None:
    """No two levels say the same, and none shows its number."""
    words = [describe_level(level) for level in EvidenceLevel]
    assert len(set(words)) == len(LEVELS) == len(words)
    assert not any(character.isdigit() for text in words for character in text)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "Certain"), (0.95, "Certain"), (0.9, "Very likely"), (0.7, "Likely"), (0.0, "Possible")],
)
def test_a_confidence_has_words(confidence: float, words: str) -> None:
    """Each range has its word."""
    assert describe_confidence(confidence) == words
