"""Find this project's word for a kind of document, whatever a dump calls it.

One table, ``work_types.toml``, serves every reader. Capitals, spaces, hyphens and underscores make
no difference: ``journal-article``, ``JournalArticle`` and ``Journal Article`` are one word. A word
that has another meaning in one dump only (OpenAlex's "article") is handled by that dump's reader.
"""

import re
from functools import cache, lru_cache

from index.normalise.tables import read_table

_MEANINGLESS = ("other", "misc", "document")
_SIGNS = re.compile(r"[\W_\d]+")


@lru_cache(4096)
def find_type(*words: str) -> str:
    """Return our word for a kind of document.

    Args:
        words: A dump's own words for one document. The most specific one counts: an "Article"
            that is also a "Proceedings Paper" is a conference paper.

    Returns:
        ``journal article``, ``conference paper``, ``preprint``, ``review``, ``letter``,
        ``editorial``, ``erratum``, ``retraction``, ``book``, ``book chapter``, ``thesis`` ...;
        empty if no word is known.
    """
    types, ranks = _load_types()
    known = (types.get(_simplify(word), "") for word in words)
    return min(filter(None, known), key=ranks.__getitem__, default="")


@lru_cache(1024)
def find_type_of_listing(words: str) -> str:
    """Return our word for a kind of document of some publisher: ``OUP Journals``.

    Args:
        words: The publisher and the kind; the publisher may have any name, but must have one.
    """
    kinds = _load_listings()
    parts = words.split()
    ends = (_simplify(" ".join(parts[at:])) for at in range(1, len(parts)))
    return next((kinds[end] for end in ends if end in kinds), "")


def find_type_or_word(word: str) -> str:
    """Return our word for a registry's word, or the registry's own, whose list is closed.

    Args:
        word: ``report-component``; "other" and "misc" have no meaning, so the result is empty.
    """
    return find_type(word) or ("" if word in _MEANINGLESS else _SIGNS.sub(" ", word))


def find_venue_kind(paper_type: str) -> str:
    """Return the kind of venue that papers of one of our types appear at, or an empty text."""
    return _load_venue_kinds().get(paper_type, "")


def _simplify(word: str) -> str:
    return _SIGNS.sub("", word).lower()


@cache
def _load_types() -> tuple[dict[str, str], dict[str, int]]:
    """Return our words by the words of dumps, and the rank of each of ours, 0 the most specific."""
    table = read_table("work_types")["types"]
    types = {_simplify(word): ours for ours, words in table.items() for word in words}
    return types, {ours: rank for rank, ours in enumerate(table)}


@cache
def _load_listings() -> dict[str, str]:
    listings = read_table("work_types")["listings"]
    return {_simplify(end): ours for ours, ends in listings.items() for end in ends}


@cache
def _load_venue_kinds() -> dict[str, str]:
    kinds = read_table("work_types")["venue_kinds"]
    return {paper_type: kind for kind, types in kinds.items() for paper_type in types}
