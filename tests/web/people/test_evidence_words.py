"""Check that every confidence has words."""

import pytest

from web.people.evidence_words import describe_confidence


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "Almost certain"),
        (0.95, "Almost certain"),
        (0.9, "Very likely"),
        (0.7, "Likely"),
        (0.0, "Possible"),
    ],
)
def test_a_confidence_has_words(confidence: float, words: str) -> None:
    """Each range has its word."""
    assert describe_confidence(confidence) == words
