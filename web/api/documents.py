"""Answers: what do papers and results look like as JSON?

One shape for the command line and for every page's JSON twin.
"""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from index.errors import PapersearchError
from index.records import Appearance, Author, Paper, Source
from search.answers.index_views import record_ids
from search.answers.results import Hit, Results
from search.explain.score import Reason
from search.request.search_request import SWITCHES
from search.suggest.completions import Completion

if TYPE_CHECKING:
    # Loaded only by the commands that ask for them.
    from search.answers.related import Similar
    from search.answers.why_not import Clause, WhyNot

Document = dict[str, Any]


_NO_PATH = re.compile(r"^/|//|(?:^|/)\.{1,2}(?:/|$)|\.json$")
"""Ids that browsers, proxies or our own twins would read as another path."""


def paper_path(paper_id: str, twin: str = "", *, raw: bool = False) -> str:
    """Give the address of a paper's page.

    Args:
        paper_id: Any id; one that cannot stand in a path is given as a parameter.
        twin: ``.json`` for the page's JSON twin.
        raw: The page of the record of this id, not of the work that it is a part of.
    """
    asked = {"raw": SWITCHES["raw"]} if raw else {}
    if _NO_PATH.search(paper_id):
        return f"/paper{twin}?{urlencode({'id': paper_id} | asked)}"
    path = "/paper/" + quote(paper_id, safe="/:@!$&'()*+,;=~") + twin
    return f"{path}?{urlencode(asked)}" if asked else path


def paper_document(paper: Paper, *, raw: bool = False) -> Document:
    """Give a paper as JSON; its address is that of the record if it is asked for `raw`."""
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
        "url": paper_path(paper.id, raw=raw),
        "doi": paper.ids.get("doi"),
        "ids": paper.ids,
        "urls": paper.urls,
        "citations": paper.citations,
        "topics": list(paper.topics),
        "status": paper.status,
        "language": paper.language,
        "appearances": [_appearance(show) for show in paper.appearances],
        "records": list(record_ids(paper)),
        "originals": paper.originals,
        "origins": paper.origins,
    }


def hit_document(hit: Hit, results: Results) -> Document:
    """Give a hit as JSON: its paper, its score, what is marked in its texts, and why if asked."""
    marked = results.highlighter.html
    document = _ranked(hit, raw=results.raw) | {
        "highlights": {
            "title": str(marked(hit.paper.title)),
            "abstract": str(marked(hit.paper.abstract)),
        },
    }
    if hit.reasons is None:
        return document
    return document | {"explanation": [_reason(reason) for reason in hit.reasons]}


def _ranked(hit: Hit, *, raw: bool = False) -> Document:
    return paper_document(hit.paper, raw=raw) | {"rank": hit.rank, "score": round(hit.score, 4)}


def _reason(reason: Reason) -> Document:
    return {
        "words": reason.words,
        "field": reason.field,
        "kind": reason.kind,
        "weight": round(reason.weight, 4),
    }


def similar_document(found: "Similar") -> Document:
    """Give the papers that are about the same as one as JSON."""
    return {
        "id": found.paper.id,
        "title": found.paper.title,
        "took_ms": round(found.took_ms, 2),
        "words": {word: round(weight, 4) for word, weight in found.words.items()},
        "hits": [_ranked(hit) for hit in found.hits],
    }


def why_not_document(judged: "WhyNot") -> Document:
    """Give how one paper fares in one search as JSON."""
    results, relaxed = judged.results, judged.results.relaxed
    return {
        "query": results.request.query,
        "interpreted": results.interpreted,
        "id": judged.paper.id,
        "title": judged.paper.title,
        "found": judged.found,
        "rank": judged.rank,
        "total": results.total,
        "relaxed": relaxed and {"strict": relaxed.strict, "message": relaxed.message},
        "widened": judged.widened,
        "hidden": judged.hidden,
        "filters": [
            {"name": one.name, "asked": list(one.asked), "has": list(one.has), "met": one.met}
            for one in judged.filters
        ],
        "clause": _clause(judged.clause),
    }


def _clause(clause: "Clause") -> Document:
    miss = clause.miss
    return {
        "written": clause.written,
        "met": clause.met,
        "needed": clause.needed,
        "joint": clause.joint,
        "parts": [_clause(part) for part in clause.parts],
        "miss": miss
        and {
            "missing": list(miss.missing),
            "near": list(miss.near),
            "where": list(miss.where),
            "has": list(miss.has),
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
        "raw": results.raw,
        "hits": [hit_document(hit, results) for hit in results.hits],
        "facets": {
            name: [
                {"value": v.value, "count": v.count, "selected": v.selected, "excluded": v.excluded}
                for v in values
            ]
            for name, values in results.facets.items()
        },
        "hidden": results.concealed,
        "suggestion": results.suggestion
        and {"query": results.suggestion.query, "total": results.suggestion.total},
        "warnings": [{"message": n.message, "at": list(n.at)} for n in results.warnings],
        "relaxed": results.relaxed
        and {"strict": results.relaxed.strict, "message": results.relaxed.message},
        "generation": results.generation,
    }


def suggest_document(text: str, completions: tuple[Completion, ...]) -> Document:
    """Give the completions of a text as JSON; each with the page that it leads to."""
    return {"query": text, "completions": [_completion(one) for one in completions]}


def _completion(one: Completion) -> Document:
    search = "/search?" + urlencode({"q": one.query})
    return {
        "kind": one.kind.value,
        "text": one.text,
        "query": one.query,
        "count": one.count,
        "url": paper_path(one.paper_id) if one.paper_id else search,
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
