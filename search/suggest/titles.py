"""Complete the titles of papers."""

from collections.abc import Iterator

from index.records import Paper, decode_paper
from search.engines.engine import Engine
from search.language.parser import parse
from search.language.stopwords import STOP_WORDS
from search.language.tree import Dates, Phrase, Query, Range, Value, Word, list_leaves
from search.planning.plan import Exact, Node, Plan, Term, all_of, any_of
from search.planning.translate import Translator
from search.request.facets import HIDDEN_STATUSES
from search.suggest.partial_input import Prefix

MOST_PAPERS = 16
"""Papers that are ranked; reading one takes about 0.1 ms at 95,000 papers."""

TOKENS = 6
"""Completions of an incomplete last word that are tried, the most frequent ones."""

MOST_CLAUSES = 20
"""Clauses before a title up to which they narrow the search for it; more are ignored."""


class Titles:
    """Completes titles in one generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def complete(self, typed: Prefix, before: str, limit: int) -> list[Paper]:
        """Find papers whose title begins with the words, then papers that contain them.

        Args:
            typed: Words of a title.
            before: The query before them, which papers must match too.
            limit: The most papers to return.

        Returns:
            The papers without hidden ones; in each group the most cited come first.
        """
        if not typed.words:
            return []
        only = self._translate_before(before)
        found: dict[str, Paper] = {}
        for group in (self._find_prefix(typed, only), self._find_words(typed, only)):
            for paper in sorted(group, key=lambda paper: (-(paper.citations or 0), paper.title)):
                if paper.status not in HIDDEN_STATUSES:
                    found.setdefault(paper.id, paper)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _translate_before(self, before: str) -> list[Node]:
        query = parse(before).query
        asked = list_leaves(query, negated=True)
        if not before.strip() or len(asked) > MOST_CLAUSES or not all(map(_is_quick, asked)):
            return []
        return [Translator(self._engine).translate(query)]

    def _find_prefix(self, typed: Prefix, only: list[Node]) -> Iterator[Paper]:
        for key, _ in self._engine.complete("title_key", typed.text, MOST_PAPERS):
            match = all_of([Exact("title_key", key), *only])
            yield from self._read_papers(Plan(match, scored=False), 1)

    def _find_words(self, typed: Prefix, only: list[Node]) -> Iterator[Paper]:
        words = [word for word in typed.words[:-1] if word not in STOP_WORDS]
        others = [*only, *(Term("title_exact", word) for word in words)]
        last = typed.words[-1]
        if not typed.complete:
            within = all_of(others) if others else None
            ends = self._engine.complete("title_exact", last, TOKENS, within)
            others.append(any_of([Term("title_exact", token) for token, _ in ends]))
        elif last not in STOP_WORDS or not others:
            others.append(Term("title_exact", last))
        yield from self._read_papers(Plan(all_of(others)), MOST_PAPERS)

    def _read_papers(self, plan: Plan, limit: int) -> Iterator[Paper]:
        for _, record in self._engine.find(plan, None, 0, limit).hits:
            yield decode_paper(record)


def _is_quick(leaf: Query) -> bool:
    return isinstance(leaf, Word | Range | Dates | Value) or (
        isinstance(leaf, Phrase) and not leaf.slop
    )
