"""Answers: what could somebody who is still typing be about to ask?

Titles, authors, venues, topics and field names that complete the last words, each with the query
that it stands for and the number of papers it would find by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice, zip_longest

from index.text.analyser import tokenise
from search.engines.engine import Engine
from search.language.fields import FIELDS
from search.planning.plan import Anything
from search.planning.stopwords import STOP_WORDS
from search.request.search_request import MAX_QUERY
from search.suggest.authors import author_names
from search.suggest.partial_input import Beginning, Unfinished, unfinished
from search.suggest.titles import Titles

MAX_LIMIT = 50
"""Completions of one answer."""

SHORTEST = 2
"""Letters; shorter beginnings fit too much to be worth an answer."""

SHORTEST_LAST = 3
"""Letters of a last word that is completed alone, without the words before it."""

MOST_WORDS = 4
"""Words of an author, venue or topic that are typed before one gives up."""

MOST_VENUES = 1_000
"""Venues that are known by all their names; naming one takes about 50 us."""

_LISTED = ("type", "status", "source", "language")
"""Fields of few values, which are completed too."""


class Kind(StrEnum):
    """What a completion is, in the order in which they are listed."""

    FIELD = "field"
    VENUE = "venue"
    AUTHOR = "author"
    TOPIC = "topic"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Attributes:
        kind: What it is.
        text: As shown.
        query: The whole query if it is taken, what was typed before it included.
        count: Papers that have it, whatever else is asked; None for a field's name.
        paper_id: For a title the paper, else empty.
        words: How many of the words typed it stands for.
    """

    kind: Kind
    text: str
    query: str
    count: int | None
    paper_id: str = ""
    words: int = 0


Found = tuple[str, str, int | None]
"""(as shown, as asked, papers)"""
Find = Callable[[Beginning, int], Iterable[Found]]
"""Gives at most so many completions of words."""


class Suggester:
    """Completes what is typed, from one generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def suggest(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Give completions of the last words, those that stand for the most words first.

        Args:
            text: Anything; it ends where the reader is typing.
            limit: At most so many.
        """
        typed = unfinished(text[:MAX_QUERY].lstrip())
        by_kind = [self._of_kind(kind, typed, limit) for kind in _kinds(typed)]
        # Every kind gets its turn, so that one of many does not crowd out the others; what is
        # beyond the limit is never made.
        turns = chain.from_iterable(zip_longest(*by_kind))
        taken = list(islice((one for one in turns if one is not None), limit))
        order = list(Kind)
        return tuple(sorted(taken, key=lambda one: (-one.words, order.index(one.kind))))

    def _of_kind(self, kind: Kind, typed: Unfinished, limit: int) -> Iterator[Completion]:
        if kind is Kind.TITLE:
            for paper in Titles(self._engine).begun(typed.typed, typed.before, limit):
                quoted = " ".join(paper.title.replace('"', " ").split()[:40])
                query = f'title:"{quoted}"'
                yield Completion(kind, paper.title, query, 1, paper.id, len(typed.typed.words))
            return
        if typed.field in _LISTED:
            values = self._listed(typed.field, typed.text)
            for value, count in values[:limit]:
                asked = f"{typed.field}:{_quoted(value)}"
                yield Completion(kind, asked, f"{typed.before}{asked}", count)
            return
        yield from self._last_words(kind, typed, limit)

    def _last_words(self, kind: Kind, typed: Unfinished, limit: int) -> Iterator[Completion]:
        """Complete as many of the last words as there is something for."""
        find = self._finders[kind]
        every = len(typed.typed.words)
        for count in (every,) if typed.field else range(min(every, MOST_WORDS), 0, -1):
            part = typed.last(count)
            if part is None or not (typed.field or _is_enough(part[1].words, every)):
                continue
            found = False
            for shown, asked, papers in find(part[1], limit):
                found = True
                yield Completion(kind, shown, part[0] + asked, papers, words=count)
            if found:
                return

    @cached_property
    def _finders(self) -> dict[Kind, Find]:
        return {
            Kind.FIELD: _field_names,
            Kind.VENUE: self._venues_like,
            Kind.AUTHOR: self._authors,
            Kind.TOPIC: self._topics,
        }

    def _authors(self, typed: Beginning, limit: int) -> Iterator[Found]:
        for name, count in author_names(self._engine, typed, limit):
            quoted = name.replace('"', " ")
            yield name, f'author:"{quoted}"', count

    def _topics(self, typed: Beginning, limit: int) -> list[Found]:
        if not typed.words:
            return []
        cases = dict.fromkeys((typed.text, typed.text.capitalize(), *_as_category(typed.typed)))
        found = (self._engine.complete("topic", case, limit) for case in cases)
        counts = dict(chain.from_iterable(found))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return [(topic, f"topic:{_quoted(topic)}", count) for topic, count in ranked]

    def _venues_like(self, typed: Beginning, limit: int) -> list[Found]:
        begun = f" {typed.text}"
        found = [(venue, count) for venue, names, count in self._venues if begun in names]
        return [(venue, f"venue:{_quoted(venue)}", count) for venue, count in found[:limit]]

    @cached_property
    def _venues(self) -> list[tuple[str, str, int]]:
        """Give (venue, all its names with their words, papers), the largest first."""
        counted = self._engine.count_facets(Anything(), {"venue": None})["venue"][:MOST_VENUES]
        return [(venue, _names_of(venue), count) for venue, count in counted]

    def _listed(self, field: str, begun: str) -> list[tuple[str, int]]:
        values = self._values[field]
        return [(value, n) for value, n in values if value.lower().startswith(begun.lower())]

    @cached_property
    def _values(self) -> dict[str, list[tuple[str, int]]]:
        return self._engine.count_facets(Anything(), dict.fromkeys(_LISTED))


def _kinds(typed: Unfinished) -> list[Kind]:
    if typed.field in _LISTED:
        return [Kind.FIELD]
    if typed.field in {"title", "abstract"}:
        return [Kind.TITLE] if typed.typed.words else []
    if typed.field:
        return [kind for kind in Kind if kind == typed.field]
    return list(Kind) if len("".join(typed.typed.words)) >= SHORTEST else []


def _is_enough(words: tuple[str, ...], typed: int) -> bool:
    """Tell whether words are enough to complete them without the others that were typed."""
    if len(words) > 1 or typed == 1:
        return True
    return len(words[0]) >= SHORTEST_LAST and words[0] not in STOP_WORDS


def _field_names(typed: Beginning, limit: int) -> list[Found]:
    if len(typed.words) != 1 or typed.whole:
        return []
    names = [field.name for field in FIELDS if field.name.startswith(typed.words[0])]
    return [(f"{name}:", f"{name}:", None) for name in names[:limit]]


def _names_of(venue: str) -> str:
    from index.normalise.venues import canonical_venue

    known = canonical_venue(venue)
    names = (venue, known.full, *known.aliases)
    return " ".join(f" {' '.join(tokenise(name))} " for name in names)


def _as_category(typed: str) -> tuple[str, str]:
    """Write a beginning as categories are kept, which are not folded: cs.LG, hep-th."""
    archive, dot, subject = typed.partition(".")
    return typed or " ", f"{archive.lower()}{dot}{subject.upper()}" or " "


def _quoted(value: str) -> str:
    return value if value.isalnum() else '"' + value.replace('"', " ") + '"'
