"""Serve the page of a paper, and its JSON twin."""

from collections.abc import Sequence

from flask import Response, current_app, render_template, request

from index.records import Paper
from search.answers.index_views import list_merged_ids
from search.answers.paper_citations import CitationLists, list_citations
from search.answers.related import find_related
from search.answers.results import Hit
from search.budget.optional_steps import OptionalSteps
from search.graph.scope import Scope
from search.graph.slices import slice_paper
from search.request.search_request import View
from web.api.addresses import paper_path
from web.api.papers import MOST_CITATIONS, CitingPaperDocument, describe_citing_paper
from web.api.selection import parse_fields, select_keys
from web.drawing.panel import Panel, draw_panel
from web.pages.blueprint import get_searcher, pages, read_requested_paper, read_view, respond_json
from web.pages.generation_cache import GenerationCache
from web.pages.paper_details import arrange_links, date_citations, write_short_entry
from web.wording import MOST_RECORDS, group_supplied_fields

RELATED = 6
"""Related papers on the page of a paper."""

DRAWN = 64
"""Drawings that are kept for papers whose pages are asked for again; chosen."""


@pages.get("/paper")
@pages.get("/paper/<path:paper_id>")
def paper(paper_id: str = "") -> str:
    """Show one paper; an id that is unsafe in a path comes as the parameter ``id``."""
    searcher, shown, view = get_searcher(), read_requested_paper(paper_id), read_view()
    records = () if view is View.RECORDS else searcher.read_records(shown, MOST_RECORDS)
    steps = OptionalSteps()
    related = steps.attempt(lambda: find_related(searcher, shown, limit=RELATED).hits, ())
    citations, graph = CitationLists(), None
    if view is View.WORKS:
        citations = steps.attempt(lambda: list_citations(searcher, shown), citations)
        graph = steps.attempt(lambda: _draw_graph(shown, related), None)
    return render_template(
        "paper.html",
        paper=shown,
        view=view,
        work=searcher.read_paper(shown.id) if view is View.RECORDS else shown,
        records=records,
        records_left_out=max(0, len(list_merged_ids(shown)) - MOST_RECORDS) if records else 0,
        links=arrange_links(shown),
        bibtex=write_short_entry(shown),
        cited_on=date_citations(shown, records),
        supplied=group_supplied_fields(shown),
        related=related,
        citations=citations,
        graph=graph,
    )


@pages.get("/paper.json")
@pages.get("/paper/<path:paper_id>.json")
def paper_json(paper_id: str = "") -> Response:
    """Return one paper as JSON."""
    found, view = read_requested_paper(paper_id), read_view()
    page = request.script_root + paper_path(found.id, view=view)
    fields = parse_fields(request.args.get("fields", ""), CitingPaperDocument)
    citations = get_searcher().read_references(found, MOST_CITATIONS)
    document = describe_citing_paper(found, citations, view)
    return respond_json(select_keys(document, fields), {"page": page})


def _draw_graph(shown: Paper, related: Sequence[Hit]) -> Panel | None:
    """Draw what surrounds a paper, or take the drawing that was made for the same page before."""
    searcher = get_searcher()
    drawn = current_app.extensions.setdefault("panels", GenerationCache[Panel | None](DRAWN))
    panel: Panel | None = drawn.get(
        searcher.manifest.name,
        (shown.id, searcher.people.version, *(hit.paper.id for hit in related)),
        lambda: draw_panel(slice_paper(searcher, shown, Scope(), related)),
    )
    return panel
