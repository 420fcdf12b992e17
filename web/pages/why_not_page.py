"""Serve the page of why a paper is missing from a search, or why it has its place there."""

from dataclasses import replace

from flask import render_template, request

from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.answers.why_not import WhyNot, explain_absence
from search.request.facets import FACETS
from search.request.parameters import write_parameters
from web.pages.blueprint import get_searcher, pages, parse_request
from web.pages.reasons import describe_reasons
from web.pages.view import link_path
from web.wording import LONGEST_HEADING, shorten_text

LONGEST_NAME = 1_000
"""Characters of a title or an identifier that are looked up; chosen."""


@pages.get("/why-not")
def why_not_page() -> str:
    """Show what keeps a paper out of a search, or what its score is made of."""
    searcher, asked = get_searcher(), parse_request()
    name = request.args.get("id", "").strip()[:LONGEST_NAME]
    judged = explain_absence(searcher, asked, name)
    hit = _find_hit(searcher, judged)
    return render_template(
        "why_not.html",
        judged=judged,
        paper=judged.paper,
        query=asked.query,
        heading=shorten_text(asked.query, LONGEST_HEADING),
        search=link_path(replace(asked, page=1)),
        repeated=write_parameters(replace(asked, page=1)),
        facets=FACETS,
        score=hit.score if hit else 0.0,
        reasons=describe_reasons(hit.reasons or ()) if hit else (),
    )


def _find_hit(searcher: Searcher, judged: WhyNot) -> Hit | None:
    """Return the hit with the reasons of its score, if the search finds and ranks the paper."""
    if judged.rank is None:
        return None
    asked = judged.results.request
    page = (judged.rank - 1) // asked.per_page + 1
    hits = searcher.explain(replace(asked, page=page)).hits
    return next((hit for hit in hits if hit.paper.id == judged.paper.id), None)
