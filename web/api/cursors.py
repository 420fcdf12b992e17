"""Write and read cursors, which lead through all hits of a search however many there are.

A cursor holds the generation and a hash of the search besides the page, so that one that is used
after the index changed, or with other parameters, is refused and never skips or repeats a hit.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from struct import Struct
from struct import error as NotPacked  # noqa: N812 - an error by its own name

from search.answers.results import Results
from search.errors import CursorExpired, CursorInvalid
from search.request.parameters import write_parameters
from search.request.search_request import SearchRequest

FIRST = "*"
"""The cursor of the first page."""

_LAYOUT = Struct(">8s8sI")
"""Hash of the generation, hash of the search, and page."""

_DEEPEST = 2**31
"""No index has as many papers."""


def write_cursor(request: SearchRequest, generation: str, page: int) -> str:
    """Return the cursor of a page of a search."""
    packed = _LAYOUT.pack(_hash_text(generation), _hash_search(request), page)
    return urlsafe_b64encode(packed).decode().rstrip("=")


def follow_cursor(request: SearchRequest, generation: str, cursor: str) -> SearchRequest:
    """Return the search for the page that a cursor leads to.

    Args:
        request: The search; its own page is ignored.
        generation: The generation in use.
        cursor: `FIRST`, or the cursor of the page before.

    Raises:
        CursorInvalid: It is no cursor, or that of another search.
        CursorExpired: It was made for another generation.
    """
    if cursor == FIRST:
        return replace(request, page=1, deep=True)
    try:
        packed = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        made_for, searched, page = _LAYOUT.unpack(packed)
    except (ValueError, NotPacked):
        raise CursorInvalid from None
    if searched != _hash_search(request) or not 1 < page <= _DEEPEST:
        raise CursorInvalid
    if made_for != _hash_text(generation):
        raise CursorExpired
    return replace(request, page=page, deep=True)


def find_next_cursor(request: SearchRequest, results: Results) -> str | None:
    """Return the cursor of the page after a page of results, or None after the last.

    Args:
        request: The search as asked for; that of the results may have other names of values.
        results: Its results.
    """
    if request.page * request.per_page >= results.total:
        return None
    return write_cursor(request, results.generation, request.page + 1)


def _hash_search(request: SearchRequest) -> bytes:
    """Hash all that decides which hits a page has; the facets do not."""
    plain = replace(request, page=1, facets=SearchRequest().facets)
    return _hash_text(repr(write_parameters(plain)))


def _hash_text(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]
