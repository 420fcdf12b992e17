"""Serve the Atom feeds of searches, venues and topics."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import Response, request

from index.records import Paper
from search.answers.results import Results
from search.language.tree import And
from search.request.search_request import ByMeaning, SearchRequest
from web.feeds.papers import PaperFeed, write_paper_feed
from web.pages.base_address import find_base
from web.pages.blueprint import get_searcher, pages, parse_request, read_address
from web.pages.view import search_path
from web.wording import LONGEST_HEADING, shorten_text

ENTRIES = 50
"""Entries of a feed. Chosen: readers fetch feeds every hour, and few searches gain more."""

MIMETYPE = "application/atom+xml"


@pages.get("/search.atom")
def search_atom() -> Response:
    """Return the papers of a search that the index had last as an Atom feed."""
    asked = parse_request()
    return respond_feed(asked, asked.query or "All papers", search_path(asked))


def respond_feed(asked: SearchRequest, title: str, page: str) -> Response:
    """Return the feed of a search.

    Args:
        asked: The search; its sort and page do not matter.
        title: What the feed lists.
        page: The address of the page with the same papers.
    """
    searcher = get_searcher()
    found = _find_strictly(
        replace(
            asked, sort="added", page=1, per_page=ENTRIES, facets=(), meaning=ByMeaning.NONE,
            expand=False,
        )
    )  # fmt: skip
    papers = [hit.paper for hit in found.hits]
    added = searcher.find_first_appearances([paper.id for paper in papers])
    made = datetime.fromisoformat(searcher.manifest.created)
    return respond_papers(title, page, [(one, added.get(one.id, made)) for one in papers])


def respond_papers(title: str, page: str, papers: Iterable[tuple[Paper, datetime]]) -> Response:
    """Return papers as the feed that the address asks for.

    Args:
        title: What the feed lists.
        page: The address of the page with the same papers.
        papers: The papers, and when the index first had each, in UTC.
    """
    made = datetime.fromisoformat(get_searcher().manifest.created)
    address = read_address().removeprefix(request.script_root)
    shown = shorten_text(title, LONGEST_HEADING)
    feed = PaperFeed(f"Papersearch: {shown}", find_base(), address, page, made)
    return Response(write_paper_feed(feed, papers), mimetype=MIMETYPE)


def _find_strictly(asked: SearchRequest) -> Results:
    """Search for papers with all words: who watches a search does not want close matches."""
    found = get_searcher().search(asked)
    query = found.parsed.query
    if found.relaxed is None or not isinstance(query, And):
        return found
    strict = replace(found.parsed, query=replace(query, spelt=True))
    return get_searcher().search(asked, strict)
