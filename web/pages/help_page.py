"""Serve the page that explains how to search, from the specification of the query language."""

import re
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup, escape

from search.authors.evidence import EvidenceLevel
from search.language.fields import FIELDS
from search.language.specification import CONSTRUCTS
from search.request.search_request import SearchRequest
from web.pages.blueprint import pages
from web.pages.view import search_path

_CODE = re.compile("`([^`]+)`")


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One row of the table: examples with the addresses of their searches, and their meaning."""

    examples: tuple[tuple[str, str], ...]
    meaning: Markup


@pages.get("/help")
def help_page() -> str:
    """Explain the query language, the ranking, authors, the graph, the keys, exports and feeds."""
    rows = [
        HelpRow(tuple((one, search_path(SearchRequest(one))) for one in row.examples),
                render_code(row.meaning))
        for row in CONSTRUCTS
    ]  # fmt: skip
    fields = [(field, render_code(field.means)) for field in FIELDS]
    return render_template("help.html", rows=rows, fields=fields, levels=EvidenceLevel)


def render_code(text: str) -> Markup:
    """Return a text of the specification as HTML: what is between backticks is code."""
    parts = _CODE.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
