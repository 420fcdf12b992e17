"""Answers: in which parts of this paper do the words of the query stand?"""

from collections.abc import Iterable

from index.analysis import stems, tokens
from index.records import Paper
from search.query import Fuzzy, Phrase, Query, Wildcard, Word, leaves

PARTS = ("title", "authors", "venue", "year", "topics", "abstract")
"""In the order in which they are told."""


def why(paper: Paper, query: Query) -> dict[str, tuple[str, ...]]:
    """Say which words of a query a paper has, part by part.

    Args:
        paper: A hit.
        query: The tree; what is under NOT is left out.

    Returns:
        For each of `PARTS` that has any, the words as typed; each word is told once, in the
        first part that has it.
    """
    asked = [leaf.text for leaf in leaves(query) if isinstance(leaf, Word | Phrase | Fuzzy)]
    asked += [leaf.pattern for leaf in leaves(query) if isinstance(leaf, Wildcard)]
    found: dict[str, tuple[str, ...]] = {}
    for part, texts in _parts(paper).items():
        known = {token for text in texts for token in tokens(text)}
        known |= set(stems(list(known)))
        here = tuple(text for text in asked if _stands(text, known))
        if here:
            found[part] = tuple(dict.fromkeys(here))
            asked = [text for text in asked if text not in here]
    return found


def _parts(paper: Paper) -> dict[str, Iterable[str]]:
    shows = paper.appearances
    return {
        "title": (paper.title,),
        "authors": [author.name for author in paper.authors],
        "venue": [name for show in shows for name in (show.venue, show.venue_name)],
        "year": [str(show.year) for show in shows if show.year],
        "topics": paper.topics,
        "abstract": (paper.abstract,),
    }


def _stands(text: str, known: set[str]) -> bool:
    found = tokens(text)
    return bool(found) and all(
        token in known or stemmed in known
        for token, stemmed in zip(found, stems(found), strict=True)
    )
