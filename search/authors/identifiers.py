"""Collect the identifiers that sources give an author."""

from collections import Counter
from collections.abc import Iterable

from search.authors.mentions import Mention
from search.authors.person_ids import read_person_ids

_DBLP, _DBLP_PAGE = "dblp", "dblp person"


def collect_identifiers(mentions: Iterable[Mention]) -> dict[str, tuple[str, ...]]:
    """Collect the identifiers of an author by scheme, those of most papers first.

    Those of dblp are the page of the person, where it is known, or the name with its number.

    Args:
        mentions: The papers of the author.
    """
    counts: dict[str, Counter[str]] = {}
    for mention in mentions:
        given = read_person_ids(mention)
        if page := given.pop(_DBLP_PAGE, ""):
            given[_DBLP] = page
        for scheme, value in given.items():
            counts.setdefault(scheme, Counter())[value] += 1
    return {
        scheme: tuple(sorted(values, key=lambda one: (-values[one], one)))
        for scheme, values in sorted(counts.items())
    }
