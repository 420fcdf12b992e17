"""Bound what is described of a paper in the head of its page."""

MOST_AUTHORS = 200
"""Authors that are described; chosen, as many as the page names."""

MOST_KEYWORDS = 20
"""Topics that are listed; chosen."""

LONGEST = 5_000
"""Characters of a value. Chosen: one abstract in ten thousand is longer."""
