"""Complete what somebody is typing with titles, authors, venues, topics and field names.

Each completion has the query that it stands for and the number of papers it finds by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice, zip_longest

from index.text.analyser import tokenise
from search.budget.errors import BudgetSpent
from search.engines.engine import Engine
from search.language.fields import FIELDS
from search.language.stopwords import STOP_WORDS
from search.language.typed_text import remove_invisible
from search.planning.plan import Anything
from search.suggest.authors import complete_authors
from search.suggest.partial_input import PartialInput, Prefix, find_partial_input
from search.suggest.titles import Titles

LONGEST = 1_000
"""Characters of a text that is completed; a longer one is pasted. Chosen."""

MAX_LIMIT = 50
"""Completions in one answer."""

SHORTEST = 2
"""Letters from which on there are completions; fewer match too much to be useful."""

SHORTEST_LAST = 3
"""Letters from which on the last word is completed without the words before it."""

MOST_WORDS = 4
"""Words of an author, venue or topic that are completed together."""

MOST_VENUES = 1_000
"""Venues that are completed by all their names; listing the names of one takes about 50 us."""

_ENUMERATED = ("type", "status", "source", "language")
"""Fields whose values are few enough to complete."""


class Kind(StrEnum):
    """The kinds of completions, in the order in which they are listed."""

    FIELD = "field"
    VENUE = "venue"
    AUTHOR = "author"
    TOPIC = "topic"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion.

    Attributes:
        kind: Its kind.
        text: The text shown.
        query: The whole query if it is chosen, including what was typed before.
        count: The papers that it finds by itself; None for the name of a field.
        paper_id: The id of the paper if it is a title, else empty.
        words: How many of the typed words it replaces.
    """

    kind: Kind
    text: str
    query: str
    count: int | None
    paper_id: str = ""
    words: int = 0


Found = tuple[str, str, int | None]
"""(text shown, query, papers)"""
Find = Callable[[Prefix, int], Iterable[Found]]
"""Finds completions of some words, up to a limit."""


class Suggester:
    """Completes what is typed with what one generation holds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def suggest(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Return completions of the last words, those that replace the most words first.

        If the budget of the request does not allow more, the completions found so far are returned.

        Args:
            text: Any text, up to the cursor; a long one has no completions.
            limit: The most completions to return.
        """
        if len(text) > LONGEST:
            return ()
        typed = find_partial_input(remove_invisible(text).lstrip())
        by_kind = [self._complete_kind(kind, typed, limit) for kind in _choose_kinds(typed)]
        # Kinds take turns, so that none crowds out the others. The iterators are lazy: nothing
        # beyond the limit is searched for.
        turns = chain.from_iterable(zip_longest(*by_kind))
        taken = _take_affordable(islice((one for one in turns if one is not None), limit))
        order = list(Kind)
        return tuple(sorted(taken, key=lambda one: (-one.words, order.index(one.kind))))

    def _complete_kind(self, kind: Kind, typed: PartialInput, limit: int) -> Iterator[Completion]:
        if kind is Kind.TITLE:
            for paper in Titles(self._engine).complete(typed.prefix, typed.before, limit):
                quoted = " ".join(paper.title.replace('"', " ").split()[:40])
                query = f'title:"{quoted}"'
                yield Completion(kind, paper.title, query, 1, paper.id, len(typed.prefix.words))
            return
        if typed.field in _ENUMERATED:
            values = self._complete_value(typed.field, typed.text)
            for value, count in values[:limit]:
                asked = f"{typed.field}:{_quote(value)}"
                yield Completion(kind, asked, f"{typed.before}{asked}", count)
            return
        yield from self._complete_last_words(kind, typed, limit)

    def _complete_last_words(
        self, kind: Kind, typed: PartialInput, limit: int
    ) -> Iterator[Completion]:
        """Complete as many of the last words together as have completions."""
        find = self._finders[kind]
        every = len(typed.prefix.words)
        for count in (every,) if typed.field else range(min(every, MOST_WORDS), 0, -1):
            part = typed.split_last(count)
            if part is None or not (typed.field or _is_enough(part[1].words, every)):
                continue
            found = False
            for shown, asked, papers in find(part[1], limit):
                found = True
                yield Completion(kind, shown, part[0] + asked, papers, words=count)
            if found:
                return

    @property
    def _finders(self) -> dict[Kind, Find]:
        return {
            Kind.FIELD: _complete_field,
            Kind.VENUE: self._complete_venue,
            Kind.AUTHOR: self._complete_author,
            Kind.TOPIC: self._complete_topic,
        }

    def _complete_author(self, typed: Prefix, limit: int) -> Iterator[Found]:
        for name, count in complete_authors(self._engine, typed, limit):
            quoted = name.replace('"', " ")
            yield name, f'author:"{quoted}"', count

    def _complete_topic(self, typed: Prefix, limit: int) -> list[Found]:
        if not typed.words:
            return []
        cases = dict.fromkeys((typed.text, typed.text.capitalize(), *_write_category(typed.typed)))
        found = (self._engine.complete("topic", case, limit) for case in cases)
        counts = dict(chain.from_iterable(found))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return [(topic, f"topic:{_quote(topic)}", count) for topic, count in ranked]

    def _complete_venue(self, typed: Prefix, limit: int) -> list[Found]:
        prefix = f" {typed.text}"
        found = [(venue, count) for venue, names, count in self._venues if prefix in names]
        return [(venue, f"venue:{_quote(venue)}", count) for venue, count in found[:limit]]

    @cached_property
    def _venues(self) -> list[tuple[str, str, int]]:
        """(venue, the words of all its names, papers) triples, the largest venues first."""
        counted = self._engine.count_facets(Anything(), {"venue": None}, MOST_VENUES)["venue"]
        return [(venue, _join_names(venue), count) for venue, count in counted.counts]

    def _complete_value(self, field: str, prefix: str) -> list[tuple[str, int]]:
        values = self._values[field]
        return [(value, n) for value, n in values if value.lower().startswith(prefix.lower())]

    @cached_property
    def _values(self) -> dict[str, list[tuple[str, int]]]:
        counted = self._engine.count_facets(Anything(), dict.fromkeys(_ENUMERATED))
        return {field: found.counts for field, found in counted.items()}


def _take_affordable(found: Iterator[Completion]) -> list[Completion]:
    """Return completions until there are no more, or finding another would exceed the budget."""
    taken: list[Completion] = []
    with suppress(BudgetSpent):
        for one in found:
            taken.append(one)  # noqa: PERF402 - a list that is extended need not keep them
    return taken


def _choose_kinds(typed: PartialInput) -> list[Kind]:
    if typed.field in _ENUMERATED:
        return [Kind.FIELD]
    if typed.field in {"title", "abstract"}:
        return [Kind.TITLE] if typed.prefix.words else []
    if typed.field:
        return [kind for kind in Kind if kind == typed.field]
    return list(Kind) if len("".join(typed.prefix.words)) >= SHORTEST else []


def _is_enough(words: tuple[str, ...], typed: int) -> bool:
    """Return whether words can be completed without the other typed words."""
    if len(words) > 1 or typed == 1:
        return True
    return len(words[0]) >= SHORTEST_LAST and words[0] not in STOP_WORDS


def _complete_field(typed: Prefix, limit: int) -> list[Found]:
    if len(typed.words) != 1 or typed.complete:
        return []
    names = [field.name for field in FIELDS if field.name.startswith(typed.words[0])]
    return [(f"{name}:", f"{name}:", None) for name in names[:limit]]


def _join_names(venue: str) -> str:
    from index.normalise.venues import resolve_venue

    known = resolve_venue(venue)
    names = (venue, known.full, *known.aliases)
    return " ".join(f" {' '.join(tokenise(name))} " for name in names)


def _write_category(typed: str) -> tuple[str, str]:
    """Write a prefix in the case of arXiv categories, which are not folded: cs.LG, hep-th."""
    archive, dot, subject = typed.partition(".")
    return typed or " ", f"{archive.lower()}{dot}{subject.upper()}" or " "


def _quote(value: str) -> str:
    return value if value.isalnum() else '"' + value.replace('"', " ") + '"'
