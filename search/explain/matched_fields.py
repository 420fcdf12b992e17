"""Find which words of a query occur in which field of a paper."""

import re
from collections.abc import Iterable, Sequence

from index.normalise.venues import resolve_venue
from index.records import Appearance, Paper
from index.text.analyser import tokenise, tokenise_word
from index.text.folding import fold
from index.text.stems import stem_all
from search.language.phrases import PhraseWords, read_phrase
from search.language.tree import Fuzzy, Phrase, Query, Wildcard, Word, list_leaves

FIELDS = ("title", "authors", "venue", "year", "topics", "abstract")
"""The fields of a paper that are searched for words, in the order in which they are shown."""

_FIELD_OF = {"author": "authors", "topic": "topics"}
"""The field of a paper by the field of the query language, if they differ."""

Asked = Word | Phrase | Fuzzy | Wildcard


def find_matched_fields(paper: Paper, query: Query) -> dict[str, tuple[str, ...]]:
    """Find the words of a query that a paper contains, by field.

    Args:
        paper: A hit.
        query: The tree; parts under NOT are ignored.

    Returns:
        The words as typed for each of `FIELDS` that contains any. Each word is listed once, in
        the first field that contains it and that its clause searches.
    """
    asked = [leaf for leaf in list_leaves(query) if isinstance(leaf, Asked)]
    found: dict[str, tuple[str, ...]] = {}
    for field, texts in collect_texts(paper).items():
        known = {token for text in texts for token in tokenise(text)}
        known |= set(stem_all(list(known)))
        if field == "authors":
            known |= {token[0] for token in known}
        here = [leaf for leaf in asked if _searches(leaf, field) and _occurs(leaf, known)]
        if here:
            found[field] = tuple(dict.fromkeys(_read_text(leaf) for leaf in here))
            asked = [leaf for leaf in asked if leaf not in here]
    return found


def collect_texts(paper: Paper) -> dict[str, Iterable[str]]:
    """Return the texts of each of `FIELDS`."""
    shows = paper.appearances
    return {
        "title": (paper.title,),
        "authors": [author.name for author in paper.authors],
        "venue": [name for show in shows for name in _list_venue_names(show)],
        "year": [str(show.year) for show in shows if show.year],
        "topics": paper.topics,
        "abstract": (paper.abstract,),
    }


def find_paper_field(field: str) -> str:
    """Return the field of a paper that a field of the query language searches."""
    return _FIELD_OF.get(field, field)


def _list_venue_names(show: Appearance) -> tuple[str, ...]:
    """List all names by which the index finds a venue."""
    known = resolve_venue(show.venue)
    return show.venue, show.venue_name, known.full, *known.aliases


def _read_text(leaf: Asked) -> str:
    return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text


def _searches(leaf: Asked, field: str) -> bool:
    return not leaf.field or find_paper_field(leaf.field) == field


def _occurs(leaf: Asked, known: set[str]) -> bool:
    if isinstance(leaf, Wildcard):
        shape = re.escape(fold(leaf.pattern)).replace(r"\*", ".*").replace(r"\?", ".")
        return any(re.fullmatch(shape, token) for token in known)
    if isinstance(leaf, Phrase) and "*" in leaf.text:
        return _has_phrase(read_phrase(leaf.text), known)
    found = tokenise_word(leaf.text) if isinstance(leaf, Word) else tokenise(leaf.text)
    if isinstance(leaf, Fuzzy):
        from rapidfuzz.distance import OSA

        return any(OSA.distance(found[-1], token) <= leaf.distance for token in known if found)
    rows = [found, *(leaf.also if isinstance(leaf, Word) else ())]
    return any(row and _has_words(row, known) for row in rows)


def _has_words(row: Sequence[str], known: set[str]) -> bool:
    """Return whether a text has all words of a row, as written or with the same stem."""
    return all(
        token in known or stemmed in known
        for token, stemmed in zip(row, stem_all(row), strict=True)
    )


def _has_phrase(words: PhraseWords, known: set[str]) -> bool:
    """Return whether a text has all words of a phrase, one of them with any ending."""
    whole = {token for at, token in enumerate(words.tokens) if token and at != words.begun}
    begun = "" if words.begun is None else words.tokens[words.begun]
    return whole <= known and any(token.startswith(begun) for token in known)
