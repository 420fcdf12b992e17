"""Hold what answers requests from one generation of an index."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from index.people.aliases import Aliases
from index.references.citations import CitationIndex
from index.store.first_appearance import FirstAppearances
from index.store.manifest import Manifest
from search.answers.answer import Answer
from search.answers.answer_cache import AnswerCache
from search.answers.index_views import choose_view, find_ids
from search.engines.engine import Engine
from search.language.parser import Parsed, parse
from search.language.tree import list_leaves
from search.meaning.comparer import Comparer
from search.meaning.reranker import Reranker
from search.planning.author_aliases import add_other_names
from search.planning.citation_sets import Sources, add_citations
from search.planning.identifiers import resolve_identifiers
from search.planning.limits import check_cost
from search.planning.paper_sets import add_papers
from search.planning.spellings import Speller
from search.planning.telling_words import choose_telling_words
from search.request.facets import normalise_selections
from search.request.search_request import SearchRequest, View
from search.suggest.completions import Suggester
from search.suggest.spelling import Spelling, Suggestion


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, opened.

    Attributes:
        manifest: What the generation was built from.
        documents: The number of its documents, works and records alike.
        views: The engine as it is seen from each view.
        spellings: The spelling suggestions of each view.
        suggester: Completes what is being typed.
        aliases: The other names of authors.
        comparer: Compares texts with papers by meaning.
        speller: Adds the other spellings of words.
        arrivals: Tells when papers first came.
        citations: Tells which papers cite which.
        cache: Recent answers; they end with the generation.
    """

    manifest: Manifest
    documents: int
    views: Mapping[View, Engine]
    spellings: Mapping[View, Spelling]
    suggester: Suggester
    aliases: Aliases
    comparer: Comparer
    speller: Speller
    arrivals: FirstAppearances
    citations: CitationIndex
    cache: AnswerCache

    def parse(self, text: str) -> Parsed:
        """Parse a query, shorten prose, add other names and spellings, look up identifiers."""
        works = self.views[View.WORKS]
        typed = add_citations(
            add_papers(parse(text)),
            Sources(self.citations, works.count_documents, partial(find_ids, works)),
        )
        parsed = add_other_names(choose_telling_words(typed, works), self.aliases)
        return resolve_identifiers(self.speller.add_spellings(parsed), works)

    def parse_checked(self, text: str) -> Parsed:
        """Parse a query, and check that it is within its limits.

        Raises:
            QueryTooCostly: The query has too many clauses, or clauses that cost too much.
            PatternTooWide: A word that begins with ``*`` or ``?`` has too few letters.
        """
        parsed = self.parse(text)
        check_cost(list_leaves(parsed.query, negated=True))
        return parsed

    def prepare_answer(
        self, request: SearchRequest, parsed: Parsed | None
    ) -> tuple[SearchRequest, Parsed, Answer]:
        """Return a request with its selected values as the index writes them, and its answer.

        Args:
            request: The request.
            parsed: Its query, if it is parsed already.

        Returns:
            The request, its query, and what answers it.

        Raises:
            QueryTooCostly: The query has too many clauses, or clauses that cost too much.
            PatternTooWide: A word that begins with ``*`` or ``?`` has too few letters.
        """
        parsed = parsed or self.parse_checked(request.query)
        view = choose_view(request, parsed)
        selections = normalise_selections(request.selections, self.views[view])
        request = replace(request, selections=selections)
        reranker = Reranker(self.comparer, request, parsed)
        return request, parsed, Answer(self.views[view], view, request, parsed.query, reranker)

    def suggest_spelling(self, text: str, parsed: Parsed, answer: Answer) -> Suggestion | None:
        """Return a spelling of the query with which more papers match, or None.

        None is also returned if the budget of the request does not allow to look for one.
        """
        suggest = partial(
            self.spellings[answer.view].suggest,
            text,
            parsed.query,
            lambda other: self.parse(other).query,
            answer.count_strict,
        )
        return answer.steps.attempt(suggest, None)
