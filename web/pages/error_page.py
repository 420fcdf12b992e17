"""Show a failure as a page that keeps the search and leads on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import quote, urlencode

from flask import render_template, request

from index.errors import PapersearchError
from search.budget.errors import ServerOverloaded
from search.errors import (
    AuthorMissing,
    IdentityMissing,
    PageInvalid,
    PaperMissing,
    ParameterInvalid,
    QueryError,
    ValueMissing,
)
from search.request.parameters import parse_parameters, write_parameters
from search.request.search_request import SearchRequest
from web.api.addresses import SAFE_IN_PATH, author_path
from web.pages.blueprint import read_address
from web.pages.page_size import LONGEST_ADDRESS, shorten_label
from web.pages.view import link_path

SEARCH = "pages.search"
"""The endpoint of the search, whose invalid parameters can all be left out at once."""

MOST_PARAMETERS = 100
"""Parameters of an address that are kept; chosen. A search has at most 100 values."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A link to what a reader may want after a failure."""

    label: str
    address: str


def render_error(message: str, error: PapersearchError | None, code: int) -> str:
    """Return the page of a failure.

    Args:
        message: One sentence, which is the heading.
        error: The failure; None if it is not one of ours.
        code: The HTTP status.
    """
    kept = keep_search(request.args.items(multi=True))
    hidden = write_parameters(replace(kept, query=""))
    if sum(len(name) + len(value) for name, value in hidden) > LONGEST_ADDRESS:
        hidden = []
    ways = [way for way in list_ways_out(error, kept) if way.address]
    return render_template(
        "error.html", message=message, code=code, hidden_parameters=hidden, ways=ways
    )


def keep_search(parameters: Iterable[tuple[str, str]]) -> SearchRequest:
    """Return the first page of a search with those parameters that are valid."""
    valid = [pair for pair in islice(parameters, MOST_PARAMETERS) if _is_valid([pair])]
    return replace(parse_parameters(valid), page=1) if _is_valid(valid) else SearchRequest()


def _is_valid(parameters: list[tuple[str, str]]) -> bool:
    try:
        parse_parameters(parameters)
    except QueryError:
        return False
    return True


def list_ways_out(error: PapersearchError | None, kept: SearchRequest) -> Iterator[WayOut]:
    """List the links that help after a failure.

    Args:
        error: The failure.
        kept: The search that was asked for, as far as it was valid.
    """
    match error:
        case PageInvalid(last=last) if last:
            label = f"Go to the last page, {last:,}" if last > 1 else "Go to the first page"
            yield WayOut(label, _link_page(kept, last))
        case PageInvalid():
            yield WayOut("Go to the first page", _link_page(kept, 1))
        case ParameterInvalid():
            yield _leave_out(error, kept)
        case ServerOverloaded():
            yield WayOut("Try again", _bound(read_address()))
        case QueryError():
            yield from _list_ways_from_missing(error)


def _link_page(kept: SearchRequest, page: int) -> str:
    """Return the address of another page of what was asked for."""
    if request.endpoint == SEARCH:
        return link_path(replace(kept, page=page))
    others = [pair for pair in request.args.items(multi=True) if pair[0] != "page"]
    return _write_address([*others, ("page", str(page))] if page > 1 else others)


def _leave_out(error: ParameterInvalid, kept: SearchRequest) -> WayOut:
    """Return what was asked for without a parameter that is not valid.

    Of a parameter that was repeated, only the value that is not valid is left out.
    """
    given = list(request.args.items(multi=True))
    named = [pair for pair in given if pair[0] == error.name]
    if request.endpoint == SEARCH or not named:
        return WayOut("Search without that parameter", link_path(kept))
    wrong = [pair for pair in named if pair[1].split() == error.value.split()] or named
    return WayOut(
        "Leave out that parameter", _write_address(pair for pair in given if pair not in wrong)
    )


def _write_address(parameters: Iterable[tuple[str, str]]) -> str:
    """Return the address of the request with other parameters; empty if it is too long."""
    path, asked = quote(request.path, safe=SAFE_IN_PATH), urlencode(list(parameters))
    return _bound(f"{path}?{asked}" if asked else path)


def _bound(address: str) -> str:
    """Return an address of this host; empty if it is too long for a link."""
    # Not "//name/...", which would be an address of another host.
    return "/" + address.lstrip("/") if len(address) <= LONGEST_ADDRESS else ""


def _list_ways_from_missing(error: QueryError) -> Iterator[WayOut]:
    """List the links that help if a paper, a value, an author or an identity is missing."""
    match error:
        case PaperMissing(paper_id=asked) if asked.strip():
            yield _offer_search(asked)
        case ValueMissing(what=what, value=value):
            yield WayOut(f"All {what}s", f"/{what}s")
            if value.strip():
                yield _offer_search(value)
        case AuthorMissing(name=name):
            yield WayOut("Find an author", "/authors")
            if name.strip():
                yield _offer_search(name)
        case IdentityMissing(name=name):
            yield WayOut(f"All papers of {shorten_label(name)}", author_path(name))


def _offer_search(words: str) -> WayOut:
    # A query of more characters than a link has may be one that cannot be searched.
    asked = SearchRequest(query=words) if len(words) <= LONGEST_ADDRESS else None
    return WayOut(f"Search for {shorten_label(words)}", link_path(asked) if asked else "")
