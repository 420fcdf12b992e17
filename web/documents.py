"""Answers: what do papers and results look like as JSON?

One shape for the command line and for every page's JSON twin.
"""

import re
from typing import Any
from urllib.parse import quote, urlencode

from index.errors import PapersearchError
from index.records import Appearance, Author, Paper, Source
from search.results import Hit, Results

Document = dict[str, Any]


_NO_PATH = re.compile(r"^/|//|(?:^|/)\.{1,2}(?:/|$)|\.json$")
"""Ids that browsers, proxies or our own twins would read as another path."""


def paper_path(paper_id: str, twin: str = "") -> str:
    """Give the address of a paper's page.

    Args:
        paper_id: Any id; one that cannot stand in a path is given as a parameter.
        twin: ``.json`` for the page's JSON twin.
    """
    if _NO_PATH.search(paper_id):
        return f"/paper{twin}?{urlencode({'id': paper_id})}"
    return "/paper/" + quote(paper_id, safe="/:@!$&'()*+,;=~") + twin


def paper_document(paper: Paper) -> Document:
    """Give a paper as JSON."""
    shown = paper.shown
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": [_author(author) for author in paper.authors],
        "venue": shown.venue,
        "venue_kind": shown.venue_kind,
        "year": shown.year,
        "type": shown.type,
        "abstract": paper.abstract,
        "url": paper_path(paper.id),
        "doi": paper.ids.get("doi"),
        "ids": paper.ids,
        "urls": paper.urls,
        "citations": paper.citations,
        "topics": list(paper.topics),
        "status": paper.status,
        "language": paper.language,
        "appearances": [_appearance(show) for show in paper.appearances],
    }


def hit_document(hit: Hit, results: Results) -> Document:
    """Give a hit as JSON: its paper, its score, and what is marked in its texts."""
    marked = results.highlighter.html
    return paper_document(hit.paper) | {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "highlights": {
            "title": str(marked(hit.paper.title)),
            "abstract": str(marked(hit.paper.abstract)),
        },
    }


def results_document(results: Results) -> Document:
    """Give a page of results as JSON."""
    return {
        "query": results.request.query,
        "interpreted": results.interpreted,
        "total": results.total,
        "took_ms": round(results.took_ms, 2),
        "page": results.request.page,
        "per_page": results.request.per_page,
        "sort": results.request.sort,
        "hits": [hit_document(hit, results) for hit in results.hits],
        "facets": {
            name: [
                {"value": v.value, "count": v.count, "selected": v.selected, "excluded": v.excluded}
                for v in values
            ]
            for name, values in results.facets.items()
        },
        "hidden": results.concealed,
        "suggestion": results.suggestion,
        "warnings": [{"message": n.message, "at": list(n.at)} for n in results.warnings],
        "relaxed": results.relaxed
        and {"strict": results.relaxed.strict, "message": results.relaxed.message},
        "generation": results.generation,
    }


def error_document(error: PapersearchError, status: int) -> Document:
    """Give a failure as JSON."""
    return {"error": {"status": status, "kind": type(error).__name__, "message": str(error)}}


def _author(author: Author) -> Document:
    named: Document = {"name": author.name, "key": author.key, "ids": author.ids}
    return named | ({"affiliations": list(author.affiliations)} if author.affiliations else {})


def _appearance(show: Appearance) -> Document:
    return {
        "venue": show.venue,
        "venue_name": show.venue_name,
        "venue_kind": show.venue_kind,
        "year": show.year,
        "type": show.type,
        "source": _source(show.source) if show.source else None,
    }


def _source(source: Source) -> Document:
    return {name: getattr(source, name) for name in source.__struct_fields__}
