"""Collect the identifiers that sources give an author."""

from collections import Counter
from collections.abc import Iterable

from index.names.parser import strip_homonym_number
from search.authors.mentions import Mention

NUMBERED = "dblp"
"""The scheme of dblp, which tells people of one name apart by a number after it."""


def collect_identifiers(mentions: Iterable[Mention]) -> dict[str, tuple[str, ...]]:
    """Collect the identifiers of an author by scheme, those of most papers first.

    A name with a number of dblp counts as an identifier of `NUMBERED`, unless the source gives
    another one.

    Args:
        mentions: The papers of the author.
    """
    counts: dict[str, Counter[str]] = {}
    for mention in mentions:
        author = mention.author
        numbered = author.key != strip_homonym_number(author.key)
        given = {NUMBERED: author.key} | author.ids if numbered else author.ids
        for scheme, value in given.items():
            counts.setdefault(scheme, Counter())[value] += 1
    return {
        scheme: tuple(sorted(values, key=lambda one: (-values[one], one)))
        for scheme, values in sorted(counts.items())
    }
