"""Serve what belongs to all indexes: their list, a search over all, and what programs read."""

import time
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, g, render_template, request
from markupsafe import Markup

from search.answers.searcher import Searcher
from search.indexes.search import DEPTH, MergedResults, parse_merged_request, search_indexes
from web.access.prefix import add_prefix
from web.api.envelope import Answer, AnswerMeta
from web.api.health import WORKER, HealthDocument
from web.api.indexes import (
    IndexDocument,
    IndexesDocument,
    ServerHealthDocument,
    describe_index,
    describe_merged,
)
from web.api.openapi import build_openapi
from web.api.operations import INDEX_OPERATIONS
from web.errors import IndexLeftOut
from web.indexes.links import link_merged, link_own, link_places, list_choices
from web.indexes.sites import Sites
from web.pages.base_address import find_base
from web.pages.blueprint import encode_json, measure_ms, read_address
from web.pages.hits import show_papers
from web.pages.sitemap import RULES, list_maps, write_map_list
from web.wording import LONGEST_HEADING, shorten_text

SITES = "sites"
"""The key under which the application has its indexes."""

indexes = Blueprint("indexes", __name__)


@indexes.get("/")
def home() -> str:
    """List the indexes, with a box that searches all."""
    return render_template("indexes.html", indexes=_describe_indexes())


@indexes.get("/indexes.json")
def indexes_document() -> Response:
    """Return the indexes."""
    return _answer(IndexesDocument(tuple(_describe_indexes())))


@indexes.get("/search")
def search() -> str:
    """Show a page of results over all indexes."""
    results = _search()
    asked = results.request
    shown = show_papers(
        (hit.best.hit.paper, results.answers[hit.best.index].highlighter) for hit in results.hits
    )
    hits = [
        (one, Markup(add_prefix(str(one.authors), f"/{hit.best.index}")), link_places(hit, results))  # noqa: S704 - escaped before
        for one, hit in zip(shown, results.hits, strict=True)
    ]
    return render_template(
        "indexes_results.html",
        results=results,
        hits=hits,
        query=asked.query,
        heading=shorten_text(asked.query, LONGEST_HEADING),
        own=link_own(results),
        choices=list_choices(results, list(_get_sites().by_name)),
        previous=link_merged(asked, asked.page - 1) if asked.page > 1 else "",
        following=link_merged(asked, asked.page + 1) if asked.page < results.pages else "",
        depth=DEPTH,
    )


@indexes.get("/search.json")
def search_document() -> Response:
    """Return a page of results over all indexes."""
    results = _search()
    asked, links = results.request, {"page": link_merged(results.request, results.request.page)}
    if asked.page > 1:
        links["prev"] = link_merged(asked, asked.page - 1, "/search.json")
    if asked.page < results.pages:
        links["next"] = link_merged(asked, asked.page + 1, "/search.json")
    root = request.script_root
    return _answer(
        describe_merged(results, link_own(results)),
        {name: root + address for name, address in links.items() if address},
    )


@indexes.get("/healthz")
def healthz() -> Response:
    """Return what each index says; the status is 503 if none can answer."""
    searchers, left_out = _get_sites().open_searchers()
    worker = current_app.config.get(WORKER, 0)
    described = {
        name: _check_health(searchers.get(name), left_out.get(name, ""), worker)
        for name in _get_sites().by_name
    }
    status = "ok" if not left_out else "degraded" if searchers else "failing"
    document = ServerHealthDocument(status, worker, described)
    response = encode_json(document, 200 if searchers else 503)
    response.cache_control.no_store = True
    return response


@indexes.get("/robots.txt")
def robots() -> Response:
    """Return the rules for crawlers: those of each index, below its name."""
    rules = ["User-agent: *", "Disallow: /search", "Disallow: /*.json$"]
    for name in _get_sites().by_name:
        for line in RULES.splitlines():
            kind, _, path = line.partition(": ")
            if kind == "Disallow" and not path.startswith("/*"):
                rules.append(f"Disallow: /{name}{path}")
    rules.append("Disallow: /*.atom$")
    if base := find_base():
        rules += ["", f"Sitemap: {base}/sitemap.xml"]
    return Response("\n".join(rules) + "\n", mimetype="text/plain")


@indexes.get("/sitemap.xml")
def sitemap_index() -> Response:
    """List the maps of all indexes, since a list of maps may not name another list."""
    base, sites = find_base(), _get_sites()
    searchers, _ = sites.open_searchers()
    return write_map_list(
        one
        for name, searcher in searchers.items()
        for one in list_maps(
            sites.by_name[name].directory, f"{base}/{name}", searcher.manifest.created
        )
    )


@indexes.get("/api/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI document of what belongs to all indexes; each index has its own."""
    return encode_json(build_openapi(request.script_root, INDEX_OPERATIONS))


@indexes.get("/<name>/", strict_slashes=False)
@indexes.get("/<name>/<path:rest>")
def explain_left_out(name: str, rest: str = "") -> Response:
    """Refuse what is asked of an index that is left out; lead back to it if it can be used by now.

    Raises:
        IndexLeftOut: It cannot be used.
    """
    site = _get_sites().by_name.get(name) or abort(404)
    site.open()
    return Response(status=302, headers={"Location": f"{request.script_root}/{name}/{quote(rest)}"})


@indexes.before_request
def _start_clock() -> None:
    g.started = time.perf_counter()


def _get_sites() -> Sites:
    sites: Sites = current_app.extensions[SITES]
    return sites


def _search() -> MergedResults:
    """Search the selected indexes.

    Raises:
        IndexLeftOut: None of them can be used, which is not the same as finding nothing.
    """
    sites = _get_sites()
    asked = parse_merged_request(list(request.args.items(multi=True)), list(sites.by_name))
    searchers, left_out = sites.open_searchers()
    if not any(map(asked.selects, searchers)):
        raise IndexLeftOut(next(filter(asked.selects, left_out)))
    return search_indexes(asked, searchers, left_out)


def _answer(document: object, links: dict[str, str] | None = None) -> Response:
    """Return a document in the envelope of all answers, which names no generation here."""
    meta = AnswerMeta("", measure_ms(), None)
    return encode_json(Answer(document, meta, {"self": read_address(), **(links or {})}))


def _describe_indexes() -> list[IndexDocument]:
    searchers, left_out = _get_sites().open_searchers()
    return [
        describe_index(
            name, searchers[name].manifest if name in searchers else None, left_out.get(name, "")
        )
        for name in _get_sites().by_name
    ]


def _check_health(searcher: Searcher | None, message: str, worker: int) -> HealthDocument:
    if searcher is None:
        return HealthDocument("failing", "", 0, message, worker)
    manifest = searcher.manifest
    return HealthDocument("ok", manifest.name, manifest.papers, searcher.people.problem, worker)
