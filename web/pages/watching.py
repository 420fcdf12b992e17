"""Make the addresses by which a reader watches a search: its feed, and what is new since now."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.store.first_appearance import parse_generation_time
from search.request.search_request import DEFAULT_SORT, SearchRequest
from web.pages.view import link_path


@dataclass(frozen=True, slots=True)
class WatchLinks:
    """The addresses for watching a search; empty if it is too long for a link.

    Attributes:
        feed: The Atom feed of the search.
        since: The page of the papers that the index has had since the generation that answered.
    """

    feed: str
    since: str


def feed_path(request: SearchRequest) -> str:
    """Return the address of the Atom feed of a search."""
    plain = replace(request, page=1, per_page=10, sort=DEFAULT_SORT)
    return link_path(plain).replace("/search", "/search.atom", 1)


def list_watch_links(request: SearchRequest, generation: str) -> WatchLinks:
    """Return the addresses for watching a search.

    Args:
        request: The search.
        generation: The name of the generation that answered it.
    """
    since = replace(request, page=1, sort="added", since=mark_visit(generation))
    return WatchLinks(feed_path(request), link_path(since))


def mark_visit(generation: str) -> str:
    """Return the value of ``since`` that selects what comes after a generation."""
    begun = parse_generation_time(generation)
    at = datetime.now(UTC) if begun is None else datetime.fromtimestamp(begun, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
