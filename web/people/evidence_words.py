"""Put into words how sure it is that a paper is of one person."""

from web.people.blueprint import people

LIKELIHOODS = ((0.95, "Almost certain"), (0.8, "Very likely"), (0.6, "Likely"), (0.0, "Possible"))
"""The words for a confidence, from the least value on; chosen."""


@people.app_template_filter("likelihood")
def describe_confidence(confidence: float) -> str:
    """Return a confidence between 0 and 1 in words."""
    return next(words for least, words in LIKELIHOODS if confidence >= least)
