"""Answers: in which parts of this paper do the words of the query stand?"""

import re
from collections.abc import Iterable

from index.normalise.venues import canonical_venue
from index.records import Appearance, Paper
from index.text.analyser import fold, stem_all, tokenise
from search.language.tree import Fuzzy, Phrase, Query, Wildcard, Word, list_leaves

PARTS = ("title", "authors", "venue", "year", "topics", "abstract")
"""In the order in which they are told."""

_FIELDS = {"author": "authors", "topic": "topics"}
"""The part that a field of the language asks, where it has another name."""

Asked = Word | Phrase | Fuzzy | Wildcard


def find_matched_fields(paper: Paper, query: Query) -> dict[str, tuple[str, ...]]:
    """Say which words of a query a paper has, part by part.

    Args:
        paper: A hit.
        query: The tree; what is under NOT is left out.

    Returns:
        For each of `PARTS` that has any, the words as typed; each word is told once, in the
        first part that has it and that it may stand in.
    """
    asked = [leaf for leaf in list_leaves(query) if isinstance(leaf, Asked)]
    found: dict[str, tuple[str, ...]] = {}
    for part, texts in collect_texts(paper).items():
        known = {token for text in texts for token in tokenise(text)}
        known |= set(stem_all(list(known)))
        if part == "authors":
            known |= {token[0] for token in known}
        here = [leaf for leaf in asked if _may(leaf, part) and _stands(leaf, known)]
        if here:
            found[part] = tuple(dict.fromkeys(_typed(leaf) for leaf in here))
            asked = [leaf for leaf in asked if leaf not in here]
    return found


def collect_texts(paper: Paper) -> dict[str, Iterable[str]]:
    """Give the texts of each of `PARTS`."""
    shows = paper.appearances
    return {
        "title": (paper.title,),
        "authors": [author.name for author in paper.authors],
        "venue": [name for show in shows for name in _names(show)],
        "year": [str(show.year) for show in shows if show.year],
        "topics": paper.topics,
        "abstract": (paper.abstract,),
    }


def _names(show: Appearance) -> tuple[str, ...]:
    """Give every name under which the index finds a venue."""
    known = canonical_venue(show.venue)
    return show.venue, show.venue_name, known.full, *known.aliases


def _typed(leaf: Asked) -> str:
    return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text


def _may(leaf: Asked, part: str) -> bool:
    return not leaf.field or _FIELDS.get(leaf.field, leaf.field) == part


def _stands(leaf: Asked, known: set[str]) -> bool:
    if isinstance(leaf, Wildcard):
        shape = re.escape(fold(leaf.pattern)).replace(r"\*", ".*").replace(r"\?", ".")
        return any(re.fullmatch(shape, token) for token in known)
    found = tokenise(leaf.text)
    if isinstance(leaf, Fuzzy):
        from rapidfuzz.distance import OSA

        return any(OSA.distance(found[-1], token) <= leaf.distance for token in known if found)
    return bool(found) and all(
        token in known or stemmed in known
        for token, stemmed in zip(found, stem_all(found), strict=True)
    )
