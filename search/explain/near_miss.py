"""Answers: a paper does not have what was asked for; how near does it come?"""

from dataclasses import dataclass

from index.records import Paper
from index.text.analyser import fold, stem, tokenise
from search.explain.matched_fields import collect_texts, find_matched_fields
from search.language.tree import Fuzzy, Leaf, Phrase, Range, Value, Wildcard, Word

MOST_NEAR = 3
"""Words of the paper that are offered for one that it does not have."""

NEAR = 78.0
"""Of 100, as rapidfuzz's `ratio` counts: from here on two words look alike. "diffsion" and
"diffusion" have 94, "modal" and "model" 80, "bert" and "best" 75. Chosen by such pairs."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """How near a paper comes to one word, phrase or value that it does not have.

    Attributes:
        missing: The words that it does not have; none if they only do not stand as asked.
        near: Words of the paper that look like them.
        where: Parts of the paper that have it: others than the one that was asked, or, of what may
            not be there, all.
        has: The paper's own values, where a whole value or a number was asked for.
    """

    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    has: tuple[str, ...] = ()


def find_near_miss(leaf: Leaf, paper: Paper) -> NearMiss | None:
    """Say how near a paper comes to what it does not have.

    Args:
        leaf: The word, phrase, value or range.
        paper: Does not match it.
    """
    match leaf:
        case Range(field, _, _) | Value(field, _):
            return NearMiss(has=list_values(paper, field))
        case Word(text, field) | Phrase(text, field) | Fuzzy(text, _, field):
            return _words(leaf, tokenise(text), field, paper)
        case Wildcard(pattern, field):
            letters = fold(pattern).replace("*", "").replace("?", "")
            return _words(leaf, [letters], field, paper)
        case _:
            return None


def list_values(paper: Paper, field: str) -> tuple[str, ...]:
    """Give the values of a paper in a facet or a field that is asked by value or number."""
    shows, authors = paper.appearances, paper.authors
    held: dict[str, list[str]] = {
        "venue": [show.venue for show in shows],
        "year": [str(show.year or "") for show in shows],
        "type": [show.type for show in shows],
        "status": [paper.status],
        "source": list(paper.sources),
        "author": [author.name for author in authors],
        "topic": list(paper.topics),
        "institution": [place for author in authors for place in author.affiliations],
        "language": [paper.language],
        "citations": ["" if paper.citations is None else str(paper.citations)],
        "id": [paper.id, *paper.ids.values()],
    }
    found = held.get(field, [paper.ids.get(field, "")])
    return tuple(value for value in dict.fromkeys(found) if value)


def _words(
    leaf: Word | Phrase | Fuzzy | Wildcard, asked: list[str], field: str, paper: Paper
) -> NearMiss:
    known = _known(paper, field)
    stemmed = {stem(word) for word in known} if isinstance(leaf, Word) else set()
    missing = [word for word in asked if word not in known and stem(word) not in stemmed]
    anywhere = (
        find_matched_fields(paper, Word(leaf.text))
        if field and isinstance(leaf, Word | Phrase)
        else {}
    )
    return NearMiss(
        missing=tuple(missing),
        near=tuple(dict.fromkeys(word for one in missing for word in _alike(one, known))),
        where=tuple(anywhere),
    )


def _alike(word: str, known: list[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(word, known, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=NEAR)
    return [one for one, _, _ in found]


def _known(paper: Paper, field: str) -> list[str]:
    """Give the words of a paper as written, of one field or of all."""
    part = {"author": "authors", "topic": "topics"}.get(field, field)
    parts = collect_texts(paper)
    if field == "institution":
        texts = list(list_values(paper, field))
    else:
        texts = [text for name in parts for text in parts[name] if part in ("", name)]
    return list(dict.fromkeys(token for text in texts for token in tokenise(text)))
