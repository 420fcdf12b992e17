"""Serve what browsers need to search here from their address bar, with suggestions.

The formats are those of OpenSearch 1.1 and of its extension for suggestions.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from flask import Response, current_app, request

from web.pages.base_address import find_base
from web.pages.blueprint import get_searcher, pages
from web.wording import format_count

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"

LONGEST_SHORT_NAME = 16
"""Characters of the name by which a browser tells searches apart. Source: OpenSearch 1.1."""

SUGGESTIONS = 8
"""Suggestions that a browser gets; chosen, they show six to ten."""

DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"

_URLS = (
    ("text/html", "/search?q={searchTerms}"),
    (SUGGESTIONS_TYPE, "/opensearch.json?q={searchTerms}"),
    ("application/atom+xml", "/search.atom?q={searchTerms}"),
    (DESCRIPTION_TYPE, "/opensearch.xml"),
)


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Return the description of the search."""
    root = Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    papers = format_count(get_searcher().manifest.papers, "paper")
    name = str(current_app.jinja_env.globals.get("index_name", ""))
    texts = (
        ("ShortName", name[:LONGEST_SHORT_NAME] if name else "Papersearch"),
        ("Description", f"Search {papers} of {name}" if name else f"Search {papers}"),
        ("InputEncoding", "UTF-8"),
    )
    for tag, text in texts:
        SubElement(root, tag).text = text
    base = find_base()
    for kind, address in _URLS:
        url = SubElement(root, "Url", {"type": kind, "template": base + address})
        if kind == DESCRIPTION_TYPE:
            url.set("rel", "self")
        elif kind == SUGGESTIONS_TYPE:
            url.set("rel", "suggestions")
    image = SubElement(root, "Image", {"width": "32", "height": "32", "type": "image/svg+xml"})
    image.text = f"{base}/static/icon.svg"
    written = tostring(root, encoding="unicode")
    return Response(
        f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n', mimetype=DESCRIPTION_TYPE
    )


@pages.get("/opensearch.json")
def opensearch_suggestions() -> Response:
    """Return the completions of a partial query as browsers read them."""
    text = request.args.get("q", "")
    found = get_searcher().suggest(text, SUGGESTIONS)
    document = [text, [one.query for one in found]]
    return Response(msgspec.json.encode(document), mimetype=SUGGESTIONS_TYPE)
