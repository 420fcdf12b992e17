"""Serve the page of a name, and of one identity of that name, and their JSON twin."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, redirect, render_template, request

from search.authors.placed_papers import POSSIBLE
from search.authors.similar_names import find_nearby_names
from web.api.authors import MentionDocument, NamePage, describe_name
from web.api.selection import parse_fields, select_hits
from web.pages.blueprint import get_searcher, respond_json
from web.people.author_request import SORTS, AuthorRequest, parse_author_request
from web.people.author_view import gather_papers, gather_surroundings
from web.people.blueprint import people
from web.people.identity_cards import AT_ONCE
from web.people.known_names import find_people


@people.get("/authors/<path:name>")
def author(name: str) -> Response | str:
    """Show the papers of a name."""
    return show_author(name)


@people.get("/authors.json")
@people.get("/authors/<path:name>.json")
def author_json(name: str = "") -> Response:
    """Return the papers of a name, and the people among them, as JSON."""
    asked = parse_author_request(name, request.args)
    fields = parse_fields(request.args.get("fields", ""), MentionDocument)
    found = find_people(get_searcher(), asked.name)
    if found.cluster.name != asked.name:
        return _redirect(asked, found.cluster.name, ".json")
    shown = gather_papers(get_searcher(), asked, found)
    papers = shown.papers
    page = NamePage(
        shown.listed,
        shown.identity,
        papers.mentions,
        papers.total,
        papers.hidden,
        asked.page,
        asked.per_page,
    )
    nearby = find_nearby_names(get_searcher(), found.cluster)
    document = select_hits(describe_name(page, shown.profile, nearby), fields)
    return respond_json(document, _link_pages(asked, papers.pages))


def _link_pages(asked: AuthorRequest, pages: int) -> dict[str, str]:
    """Return the addresses of the pages around the papers of a name, and of its twins."""
    links = {"page": asked.find_path(page=asked.page)}
    if asked.identity != POSSIBLE:
        centre = {"author": asked.name} | ({"identity": asked.identity} if asked.identity else {})
        links["feed"] = AuthorRequest(asked.name, asked.identity).find_path(".atom")
        links["graph"] = "/graph.json?" + urlencode(centre)
    if asked.page > 1:
        links["prev"] = asked.find_path(".json", page=asked.page - 1)
    if asked.page < pages:
        links["next"] = asked.find_path(".json", page=asked.page + 1)
    return {name: request.script_root + path for name, path in links.items()}


def show_author(name: str) -> Response | str:
    """Show the papers of a name, or lead to the page of the name in its usual spelling.

    Args:
        name: The name in the path; if it is empty, the parameter ``name`` holds it.

    Raises:
        AuthorMissing: No paper names the author.
        IdentityMissing: The name has no such identity.
    """
    asked = parse_author_request(name, request.args)
    found = find_people(get_searcher(), asked.name)
    if found.cluster.name != asked.name:
        return _redirect(asked, found.cluster.name)
    searcher = get_searcher()
    shown = gather_papers(searcher, asked, found)
    return render_template(
        "author.html",
        asked=asked,
        cluster=found.cluster,
        view=shown,
        around=gather_surroundings(searcher, shown),
        sorts=SORTS,
        at_once=AT_ONCE,
    )


def _redirect(asked: AuthorRequest, name: str, twin: str = "") -> Response:
    path = replace(asked, name=name).find_path(twin, page=asked.page)
    return redirect(request.script_root + path, 302, Response)  # type: ignore[return-value] # the class that is given
