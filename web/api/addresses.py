"""Build the addresses of papers, venues, topics and authors, and of their twins."""

import re
from urllib.parse import quote, urlencode

from search.request.parameters import write_view
from search.request.search_request import View

_UNSAFE_IN_PATH = re.compile(r"^/|//|(?:^|/)\.{1,2}(?:/|$)|\.(?:json|bib|ris)$|(?:^|/)cite$")
"""Ids that browsers, proxies or our own twins would read as another path."""

_LIKE_ANOTHER = re.compile(r"/[0-9]{4}$|\.atom$|/$")
"""Names of venues and topics that would be read as one with a year, or as a feed."""

SAFE_IN_PATH = "/:@!$&'()*+,;=~"
"""Characters that need no escape in a path."""


def paper_path(paper_id: str, twin: str = "", view: View = View.WORKS) -> str:
    """Return the address of a paper's page.

    Args:
        paper_id: Any id. One that is unsafe in a path becomes the parameter ``id``.
        twin: ``.json`` for the page's JSON twin, ``.bib`` or ``/cite`` for others.
        view: Whether to link to the work or to the single record with this id.
    """
    asked = dict(write_view(view))
    if _UNSAFE_IN_PATH.search(paper_id):
        return f"/paper{twin}?{urlencode({'id': paper_id} | asked)}"
    path = "/paper/" + quote(paper_id, safe=SAFE_IN_PATH) + twin
    return f"{path}?{urlencode(asked)}" if asked else path


def value_path(kind: str, value: str, year: int | None = None, twin: str = "") -> str:
    """Return the address of the page of a venue or a topic.

    Args:
        kind: ``venue`` or ``topic``.
        value: Its name. One that is unsafe in a path becomes the parameter ``name``.
        year: The year of a venue, or None.
        twin: ``.json`` or ``.atom`` for a twin of the page.
    """
    dated = {} if year is None else {"year": str(year)}
    if _UNSAFE_IN_PATH.search(value) or _LIKE_ANOTHER.search(value):
        return f"/{kind}{twin}?{urlencode({'name': value} | dated)}"
    parts = [f"/{kind}", quote(value, safe=SAFE_IN_PATH), *dated.values()]
    return "/".join(parts) + twin


def author_path(name: str, identity: str = "", twin: str = "") -> str:
    """Return the address of the page of a name, or of one person of that name.

    Args:
        name: The name in any spelling. One that is unsafe in a path becomes the parameter ``name``.
        identity: The key of an identity, see `search.authors.identities`; empty for all papers.
        twin: ``.json`` or ``.atom`` for a twin of the page.
    """
    asked = {"identity": identity} if identity else {}
    if not name or _UNSAFE_IN_PATH.search(name) or _LIKE_ANOTHER.search(name):
        return f"/authors{twin}?{urlencode({'name': name} | asked)}"
    path = "/authors/" + quote(name, safe=SAFE_IN_PATH) + twin
    return f"{path}?{urlencode(asked)}" if asked else path
