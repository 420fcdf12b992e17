"""Answer the tools of an assistant from the index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from index.errors import PapersearchError
from search.answers.paper_citations import list_citations
from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.budget.budget import open_budget
from search.errors import ExportTooLong
from search.graph.elements import NodeKind
from search.request.facets import FACETS
from search.request.parameters import parse_selections
from search.request.search_request import MAX_HITS, SORTS, SearchRequest
from web.exports.formats import find_format
from web.exports.keys import read_key_pattern
from web.mcp.documents import (
    check_number,
    describe_citations,
    describe_search,
    describe_short,
    describe_verdict,
    describe_whole,
)
from web.mcp.graphs import describe_surroundings
from web.mcp.people import describe_people

MOST_HITS = 25
"""Hits of one answer, about 6,000 tokens; chosen."""

MOST_EXPORTED = 50
"""Papers of one export, about 10,000 tokens as BibTeX; chosen."""

LONGEST_EXPORT = 120_000
"""Characters of one export, about 30,000 tokens; chosen. 50 papers of paperlists have 19,000 as
BibTeX and 106,000 as JSON lines, but a single paper may have 15,000 authors."""

_PaperName = Annotated[str, Field(description="An id, DOI, arXiv id, address or whole title.")]
_Query = Annotated[
    str,
    Field(
        description='Words, "phrases", field:value such as author:"Ann Lee" or venue:ICML, AND, OR'
        " and NOT."
    ),
]
_Limit = Annotated[int, Field(description=f"The most papers, 1 to {MOST_HITS}.")]
_Year = Annotated[str, Field(description="A year or a range such as 2019..2022.")]
_Venue = Annotated[str, Field(description="The short name of a venue, such as NeurIPS.")]
_Hidden = Annotated[bool, Field(description="Include withdrawn, rejected and retracted papers.")]


class PaperTools:
    """The tools, over one index."""

    def __init__(self, searcher: Searcher) -> None:
        """Prepare to answer from an index."""
        self._searcher = searcher

    def list_tools(self) -> tuple[Callable[..., Any], ...]:
        """Return every tool; its name and its docstring are what an assistant sees."""
        return (
            self.search, self.get, self.similar, self.citations, self.why_not, self.export,
            self.author, self.graph,
        )  # fmt: skip

    def search(  # noqa: PLR0913, PLR0917 - an assistant names its arguments
        self,
        query: _Query,
        limit: _Limit = 8,
        page: Annotated[int, Field(description="The page, from 1.")] = 1,
        venue: _Venue = "",
        year: _Year = "",
        sort: Annotated[str, Field(description=f"One of {', '.join(SORTS)}.")] = "relevance",
        include_hidden: _Hidden = False,  # noqa: FBT002 - an assistant names its arguments
    ) -> dict[str, Any]:
        """Search papers by their text, authors, venues and topics; returns ids and passages."""
        with self._answer():
            chosen = {
                name: [value] for name, value in (("venue", venue), ("year", year)) if value.strip()
            }
            request = SearchRequest(
                query=query,
                selections=parse_selections(chosen),
                sort=sort,
                page=page,
                per_page=check_number("limit", limit, MOST_HITS),
                hidden=include_hidden,
                facets=(),
            )
            return describe_search(self._searcher.search(request))

    def get(
        self,
        paper: _PaperName,
        fields: Annotated[
            list[str] | None, Field(description="Keys to return, such as abstract, topics, urls.")
        ] = None,
    ) -> dict[str, Any]:
        """Return one paper with its abstract, status, and the record that it was read from."""
        with self._answer():
            found = find_paper(self._searcher, paper)
            return describe_whole(found, self._searcher.read_references(found), fields or ())

    def similar(
        self,
        paper: _PaperName,
        limit: _Limit = 8,
        include_hidden: _Hidden = False,  # noqa: FBT002 - an assistant names its arguments
    ) -> dict[str, Any]:
        """List the papers related to a paper, nearest first."""
        with self._answer():
            most = check_number("limit", limit, MOST_HITS)
            meant = find_paper(self._searcher, paper)
            found = find_related(self._searcher, meant, limit=most, hidden=include_hidden)
            hits = [describe_short(hit.paper) for hit in found.hits]
            return {"id": meant.id, "title": meant.title, "hits": hits}

    def citations(self, paper: _PaperName) -> dict[str, Any]:
        """List papers of the index that a paper cites and that cite it, with their numbers."""
        with self._answer():
            found = find_paper(self._searcher, paper)
            return describe_citations(found, list_citations(self._searcher, found))

    def why_not(
        self, query: _Query, paper: _PaperName, venue: _Venue = "", year: _Year = ""
    ) -> dict[str, Any]:
        """Find which filters and clauses keep a paper out of a search."""
        with self._answer():
            given = {"venue": venue, "year": year}
            chosen = {name: [given[name]] for name in FACETS if given.get(name, "").strip()}
            request = SearchRequest(query, parse_selections(chosen))
            return describe_verdict(explain_absence(self._searcher, request, paper))

    def export(
        self,
        papers: Annotated[list[str], Field(description=f"Ids of papers, at most {MOST_EXPORTED}.")],
        form: Annotated[str, Field(description="bibtex, ris, csl, csv or jsonl.")] = "bibtex",
    ) -> str:
        """Write papers as BibTeX, RIS, CSL-JSON, CSV or JSON lines."""
        with self._answer():
            check_number("number of papers", len(papers), MOST_EXPORTED)
            found = [find_paper(self._searcher, one) for one in papers]
            text = "".join(find_format(form).write(found, read_key_pattern()))
            if len(text) > LONGEST_EXPORT:
                raise ExportTooLong(len(text), LONGEST_EXPORT)
            return text

    def author(
        self,
        name: Annotated[str, Field(description="A person's name, such as Yoshua Bengio.")],
        identity: Annotated[
            str, Field(description="The key of one person of that name, from an earlier answer.")
        ] = "",
        limit: _Limit = 8,
        page: Annotated[int, Field(description="The page, from 1.")] = 1,
    ) -> dict[str, Any]:
        """List the people of a name, with the evidence for each, and the papers of all or one."""
        with self._answer():
            most = check_number("limit", limit, MOST_HITS)
            first = (check_number("page", page, MAX_HITS // most) - 1) * most
            return describe_people(self._searcher, name, identity, (first, first + most))

    def graph(
        self,
        author: Annotated[str, Field(description="A person's name.")] = "",
        identity: Annotated[str, Field(description="The key of one person of that name.")] = "",
        paper: Annotated[str, Field(description="The id of a paper.")] = "",
        topic: Annotated[str, Field(description="A topic, as papers write it.")] = "",
        institution: Annotated[str, Field(description="An institution, as papers write it.")] = "",
    ) -> dict[str, Any]:
        """List the people, papers, topics and institutions around one of them, and their links."""
        with self._answer():
            named = {
                NodeKind.PERSON: author,
                NodeKind.PAPER: paper,
                NodeKind.TOPIC: topic,
                NodeKind.INSTITUTION: institution,
            }
            return describe_surroundings(self._searcher, named, identity)

    @contextmanager
    def _answer(self) -> Iterator[None]:
        """Bound what one call may take, and turn failures into sentences for the assistant."""
        try:
            with open_budget(self._searcher.start_budget()):
                yield
        except PapersearchError as error:
            raise ToolError(str(error)) from error
