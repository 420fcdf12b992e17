"""Serve the page of a venue and of one year of it, and their twins."""

import re

from flask import Response, request

from search.errors import ParameterInvalid
from web.pages.blueprint import pages
from web.pages.collection import answer_collection

_YEAR_AT_END = re.compile(r"(?P<name>.+)/(?P<year>[0-9]{4})", re.DOTALL)
_YEAR = re.compile("[0-9]{4}")


@pages.get("/venue")
@pages.get("/venue/<path:name>")
def venue(name: str = "") -> Response | str:
    """Show a venue; a name that is unsafe in a path comes as the parameter ``name``."""
    return _answer(name, "")


@pages.get("/venue.json")
@pages.get("/venue/<path:name>.json")
def venue_json(name: str = "") -> Response | str:
    """Return what the page of a venue shows as JSON."""
    return _answer(name, ".json")


@pages.get("/venue.atom")
@pages.get("/venue/<path:name>.atom")
def venue_atom(name: str = "") -> Response | str:
    """Return the papers of a venue that the index had last as an Atom feed."""
    return _answer(name, ".atom")


def _answer(name: str, twin: str) -> Response | str:
    if not name:
        return answer_collection("venue", request.args.get("name", ""), _read_year(), twin)
    found = _YEAR_AT_END.fullmatch(name)
    if found:
        return answer_collection("venue", found["name"], int(found["year"]), twin)
    return answer_collection("venue", name, None, twin)


def _read_year() -> int | None:
    typed = request.args.get("year", "")
    if not typed:
        return None
    if not _YEAR.fullmatch(typed):
        raise ParameterInvalid("year", typed, "a year")
    return int(typed)
