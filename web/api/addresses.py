"""Build the address of a paper's page and of its JSON twin."""

import re
from urllib.parse import quote, urlencode

from search.request.parameters import write_view
from search.request.search_request import View

_UNSAFE_IN_PATH = re.compile(r"^/|//|(?:^|/)\.{1,2}(?:/|$)|\.(?:json|bib|ris)$|(?:^|/)cite$")
"""Ids that browsers, proxies or our own twins would read as another path."""


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
    path = "/paper/" + quote(paper_id, safe="/:@!$&'()*+,;=~") + twin
    return f"{path}?{urlencode(asked)}" if asked else path
