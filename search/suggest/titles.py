"""Answers: which papers could a title that is still being typed be of?"""

from collections.abc import Iterator

from index.records import Paper, decode_paper
from search.engines.engine import Engine
from search.language.parser import parse
from search.language.tree import Phrase, Query, Range, Value, Word, list_leaves
from search.planning.plan import Exact, Node, Plan, Term, all_of, any_of
from search.planning.stopwords import STOP_WORDS
from search.planning.translate import Translator
from search.request.facets import HIDDEN_STATUSES
from search.suggest.partial_input import Beginning

LOOKED_AT = 16
"""Papers that are ranked; reading one takes about .1 ms at 95,000 papers."""

TOKENS = 6
"""Words that a last word is the beginning of, the most frequent ones."""

MOST_CLAUSES = 20
"""Clauses before the title within which it is looked for; beyond them it is looked for anywhere."""


class Titles:
    """Finds titles in one generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begun(self, typed: Beginning, before: str, limit: int) -> list[Paper]:
        """Give papers whose title begins as typed, then those that have the words anywhere.

        Args:
            typed: Words of a title.
            before: The query that stands before them; papers must match it too.
            limit: At most so many.

        Returns:
            The papers, each group with the most cited first; no withdrawn or rejected ones.
        """
        if not typed.words:
            return []
        only = self._asked_before(before)
        found: dict[str, Paper] = {}
        for group in (self._beginning(typed, only), self._anywhere(typed, only)):
            for paper in sorted(group, key=lambda paper: (-(paper.citations or 0), paper.title)):
                if paper.status not in HIDDEN_STATUSES:
                    found.setdefault(paper.id, paper)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _asked_before(self, before: str) -> list[Node]:
        query = parse(before).query
        asked = list_leaves(query, negated=True)
        if not before.strip() or len(asked) > MOST_CLAUSES or not all(map(_is_quick, asked)):
            return []
        return [Translator(self._engine).translate(query)]

    def _beginning(self, typed: Beginning, only: list[Node]) -> Iterator[Paper]:
        for key, _ in self._engine.complete("title_key", typed.text, LOOKED_AT):
            match = all_of([Exact("title_key", key), *only])
            yield from self._papers(Plan(match, scored=False), 1)

    def _anywhere(self, typed: Beginning, only: list[Node]) -> Iterator[Paper]:
        words = [word for word in typed.words[:-1] if word not in STOP_WORDS]
        others = [*only, *(Term("title_exact", word) for word in words)]
        last = typed.words[-1]
        if not typed.whole:
            within = all_of(others) if others else None
            ends = self._engine.complete("title_exact", last, TOKENS, within)
            others.append(any_of([Term("title_exact", token) for token, _ in ends]))
        elif last not in STOP_WORDS or not others:
            others.append(Term("title_exact", last))
        yield from self._papers(Plan(all_of(others)), LOOKED_AT)

    def _papers(self, plan: Plan, limit: int) -> Iterator[Paper]:
        for _, record in self._engine.find(plan, None, 0, limit).hits:
            yield decode_paper(record)


def _is_quick(leaf: Query) -> bool:
    return isinstance(leaf, Word | Range | Value) or (isinstance(leaf, Phrase) and not leaf.slop)
