"""Serve the JSON answers that have no page: completions, related papers, why-not."""

import re

from flask import Response, request

from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.why_not import explain_absence
from search.errors import ParameterInvalid
from search.suggest.completions import MAX_LIMIT
from web.api.completions import describe_completions
from web.api.results import RankedDocument
from web.api.selection import parse_fields, select_hits
from web.api.similar import describe_similar
from web.api.why_not import describe_why_not
from web.pages.blueprint import get_searcher, pages, parse_request, respond_json


@pages.get("/why-not.json")
def why_not() -> Response:
    """Return as JSON which clause or filter keeps a paper out of a search."""
    judged = explain_absence(get_searcher(), parse_request(), request.args.get("id", ""))
    return respond_json(describe_why_not(judged))


@pages.get("/similar.json")
def similar() -> Response:
    """Return the papers related to a paper as JSON."""
    searcher, asked = get_searcher(), parse_request()
    paper = find_paper(searcher, request.args.get("id", ""), asked.view)
    found = find_related(searcher, paper, limit=asked.per_page, hidden=asked.hidden)
    fields = parse_fields(request.args.get("fields", ""), RankedDocument)
    return respond_json(select_hits(describe_similar(found), fields))


@pages.get("/suggest.json")
def suggest() -> Response:
    """Return the completions of a partial query as JSON."""
    text, limit = request.args.get("q", ""), request.args.get("limit", "10")
    if not re.fullmatch("[0-9]{1,3}", limit) or not 1 <= int(limit) <= MAX_LIMIT:
        raise ParameterInvalid("limit", limit, f"1 to {MAX_LIMIT}")
    return respond_json(describe_completions(text, get_searcher().suggest(text, int(limit))))
