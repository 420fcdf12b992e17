"""Put into words how sure it is that papers are of one person."""

from search.authors.evidence import EvidenceLevel
from web.people.blueprint import people

LEVELS = {
    EvidenceLevel.NAME_ONLY: "Only the name puts these papers together",
    EvidenceLevel.ONE_SOURCE: "One source puts these papers together",
    EvidenceLevel.SOURCES_AGREE: "Several sources agree on these papers",
    EvidenceLevel.PERSISTENT_ID: "A persistent identifier names this person",
    EvidenceLevel.CURATED: "The maintainer of this index confirmed this person",
}
"""What a page says of each level."""

LIKELIHOODS = ((0.95, "Certain"), (0.8, "Very likely"), (0.6, "Likely"), (0.0, "Possible"))
"""The words for a confidence, from the least value on; chosen."""


@people.app_template_filter("level")
def describe_level(level: EvidenceLevel) -> str:
    """Return a level of evidence as a sentence without its full stop."""
    return LEVELS[level]


@people.app_template_filter("likelihood")
def describe_confidence(confidence: float) -> str:
    """Return a confidence between 0 and 1 in words."""
    return next(words for least, words in LIKELIHOODS if confidence >= least)
