"""Measure how close a paper comes to a clause that it does not match."""

from dataclasses import dataclass

from index.normalise.presence import list_present_fields
from index.records import Paper
from index.text.analyser import tokenise, tokenise_word
from index.text.folding import fold
from index.text.stems import stem
from search.explain.matched_fields import collect_texts, find_matched_fields, find_paper_field
from search.language.tree import Dates, Fuzzy, Leaf, Phrase, Range, Value, Wildcard, Word

MOST_NEAR = 3
"""Similar words of the paper that are listed for each missing word."""

NEAR = 78.0
"""Similarity from which two words look alike, as rapidfuzz's `ratio` measures it (0 to 100).
"diffsion" and "diffusion" have 94, "modal" and "model" 80, "bert" and "best" 75; chosen by such
pairs."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """How close a paper comes to a word, phrase or value that it does not match.

    Attributes:
        missing: The words that the paper lacks; none if only their order or field is wrong.
        near: Similar words of the paper.
        where: Other fields of the paper that contain the words; for an excluded clause, all fields
            that contain it.
        has: The paper's own values, if the clause asks for a value or a number.
    """

    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    has: tuple[str, ...] = ()


def find_near_miss(leaf: Leaf, paper: Paper) -> NearMiss | None:
    """Find out how close a paper comes to a leaf that it does not match.

    Args:
        leaf: The word, phrase, value or range.
        paper: The paper.

    Returns:
        The near miss; None for a leaf that every paper matches.
    """
    match leaf:
        case Range(field, _, _) | Dates(field, _, _) | Value(field, _):
            return NearMiss(has=list_values(paper, field))
        case Word(text, field):
            return _compare_words(leaf, tokenise_word(text), field, paper)
        case Phrase(text, field) | Fuzzy(text, _, field):
            return _compare_words(leaf, tokenise(text), field, paper)
        case Wildcard(pattern, field):
            letters = fold(pattern).replace("*", "").replace("?", "")
            return _compare_words(leaf, [letters], field, paper)
        case _:
            return None


def list_values(paper: Paper, field: str) -> tuple[str, ...]:
    """List the values of a paper in a facet or in a field of values or numbers."""
    shows, authors = paper.appearances, paper.authors
    values: dict[str, list[str]] = {
        "venue": [show.venue for show in shows],
        "year": [str(show.year or "") for show in shows],
        "date": [show.when for show in shows],
        "has": list_present_fields(paper),
        "type": [show.type for show in shows],
        "status": [paper.status],
        "source": list(paper.sources),
        "author": [author.name for author in authors],
        "topic": list(paper.topics),
        "institution": [place for author in authors for place in author.affiliations],
        "language": [paper.language],
        "citations": ["" if paper.citations is None else str(paper.citations)],
        "id": [paper.id, *paper.ids.values(), *paper.urls.values()],
        "orcid": [author.ids.get("orcid", "") for author in authors],
    }
    found = values.get(field, [paper.ids.get(field, "")])
    return tuple(value for value in dict.fromkeys(found) if value)


def _compare_words(
    leaf: Word | Phrase | Fuzzy | Wildcard, asked: list[str], field: str, paper: Paper
) -> NearMiss:
    known = _list_words(paper, field)
    stemmed = {stem(word) for word in known} if isinstance(leaf, Word) else set()
    missing = [word for word in asked if word not in known and stem(word) not in stemmed]
    elsewhere: dict[str, tuple[str, ...]] = {}
    if field and isinstance(leaf, Word | Phrase):
        also = leaf.also if isinstance(leaf, Word) else ()
        elsewhere = find_matched_fields(paper, Word(leaf.text, also=also))
    near = (word for one in missing for word in _find_similar(one, known))
    return NearMiss(missing=tuple(missing), near=tuple(dict.fromkeys(near)), where=tuple(elsewhere))


def _find_similar(word: str, known: list[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(word, known, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=NEAR)
    return [one for one, _, _ in found]


def _list_words(paper: Paper, field: str) -> list[str]:
    """List the words of a paper as written, in one field or in all."""
    if field == "institution":
        texts = list(list_values(paper, field))
    else:
        wanted, by_field = find_paper_field(field), collect_texts(paper)
        texts = [text for name in by_field for text in by_field[name] if wanted in ("", name)]
    return list(dict.fromkeys(token for text in texts for token in tokenise(text)))
