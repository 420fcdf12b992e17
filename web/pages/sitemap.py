"""Serve what crawlers may read: the rules, and the addresses of all papers.

A map lists the papers whose numbers in the ledger are in one range, so the maps need no sorting and
keep their papers over updates. Authors are in no map, since the page of each paper links to its
authors, and counting all names takes .5 s of processor time at 95,099 papers and 3.7 s at 2
million.

Source: sitemaps.org, protocol 0.9; RFC 9309 for robots.txt.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape

from flask import Response, abort, current_app

from index.errors import GenerationCorrupt
from index.store.generations import open_current
from index.store.ledger import LEDGER, Ledger
from search.budget.budget import check_budget
from web.api.addresses import paper_path
from web.pages.base_address import find_base
from web.pages.blueprint import get_searcher, pages

PER_MAP = 20_000
"""Numbers of records in one map. The protocol allows 50,000 addresses. A map of 20,000 took .14 to
.17 s of processor time at 95,099 papers and .08 to .17 s at 2 million, on a busy machine."""

ENTRANCES = ("/", "/venues", "/topics", "/authors", "/help", "/about")
"""The pages that are no papers and may be found by a search engine."""

RULES = """User-agent: *
Disallow: /search
Disallow: /facet/
Disallow: /why-not
Disallow: /similar
Disallow: /suggest
Disallow: /export
Disallow: /bib
Disallow: /following
Disallow: /graph
Disallow: /authors/*?
Disallow: /authors?*&
Disallow: /sign-in
Disallow: /account
Disallow: /claim
Disallow: /messages
Disallow: /*.json$
Disallow: /*.atom$
"""
"""Crawlers may read papers, venues, topics and authors, but neither the endless combinations of
filters nor what is drawn or kept for a single visitor."""

_CHECK_EVERY = 1_000
"""Addresses after which the request's budget is checked."""

T = TypeVar("T")

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@pages.get("/robots.txt")
def robots() -> Response:
    """Return the rules for crawlers, and where the sitemap is."""
    base = find_base()
    where = f"\nSitemap: {base}/sitemap.xml\n" if base else ""
    return Response(RULES + where, mimetype="text/plain")


@pages.get("/sitemap.xml")
def sitemap_index() -> Response:
    """List the maps."""
    changed = get_searcher().manifest.created
    return write_map_list(list_maps(current_app.config["INDEX"], find_base(), changed))


def list_maps(directory: Path, base: str, changed: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of the maps of an index, each with the day of its last change.

    Args:
        directory: The index.
        base: The address below which it is served, without a final slash.
        changed: When its generation was made.

    Raises:
        GenerationCorrupt: The ledger cannot be read.
    """
    last = (_count_numbers(directory) + PER_MAP - 1) // PER_MAP
    for number in range(last + 1):
        yield f"{base}/sitemap-{number}.xml", changed[:10]


def write_map_list(maps: Iterable[tuple[str, str]]) -> Response:
    """Return a list of maps."""
    listed = "".join(
        f"<sitemap><loc>{escape(place)}</loc><lastmod>{changed}</lastmod></sitemap>\n"
        for place, changed in maps
    )
    return _respond(f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{listed}</sitemapindex>\n')


@pages.get("/sitemap-<int:number>.xml")
def sitemap(number: int) -> Response:
    """List the entrances (map 0), or the papers of one range of numbers."""
    base = find_base()
    if number == 0:
        return _respond(_write_map(base, ENTRANCES))
    start = (number - 1) * PER_MAP
    if start >= _count_numbers(current_app.config["INDEX"]):
        abort(404)
    return _respond(_write_map(base, _list_papers(start)))


def _count_numbers(directory: Path) -> int:
    return _read_ledger(directory, lambda ledger: ledger.next)


def _list_papers(start: int) -> Iterator[str]:
    for place, one in enumerate(
        _read_ledger(
            current_app.config["INDEX"],
            lambda ledger: ledger.list_paper_ids(start, start + PER_MAP),
        )
    ):
        if place % _CHECK_EVERY == 0:
            check_budget()
        yield paper_path(one)


def _read_ledger(directory: Path, read: Callable[[Ledger], T]) -> T:
    """Return what is read from the ledger of the generation in use.

    Raises:
        GenerationCorrupt: The ledger cannot be read.
    """

    def open_and_read(folder: Path) -> T:
        try:
            with closing(Ledger(folder / LEDGER)) as ledger:
                return read(ledger)
        except OSError as error:
            raise GenerationCorrupt(folder.name, f"its ledger cannot be read: {error}") from error

    return open_current(directory, open_and_read)


def _write_map(base: str, paths: Iterable[str]) -> str:
    places = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{places}</urlset>\n'


def _respond(text: str) -> Response:
    return Response(text, mimetype="application/xml")
