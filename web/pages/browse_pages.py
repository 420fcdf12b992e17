"""Serve the lists of all venues and of all topics, by letter and by words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from string import ascii_uppercase

from flask import Response, current_app, render_template, request

from search.answers.value_names import list_beginning, list_containing, list_frequent
from search.engines.engine import Engine, ValueCounts
from search.errors import PageInvalid, ParameterInvalid
from web.api.collections import describe_values
from web.pages.blueprint import get_searcher, pages, respond_json
from web.pages.generation_cache import GenerationCache

PER_PAGE = 200
"""Values on a page; chosen, four columns of fifty."""

OTHERS = "0-9"
"""The letter of the values that begin with none from A to Z."""

LETTERS = (*ascii_uppercase, OTHERS)

LONGEST_FIND = 200
"""Characters of the words that are looked for; chosen."""

KEPT = 200
"""Lists by letter that are kept: more than there are. Chosen."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list.

    Attributes:
        kind: ``venue``, ``topic`` or ``author``.
        letter: One of `LETTERS`, or empty for the most frequent ones.
        find: The words that were looked for, or empty.
        values: The values of this page, with their numbers of papers.
        total: How many values the list has.
        complete: Whether the list has all values.
        page: The page, from 1.
        pages: How many there are.
    """

    kind: str
    letter: str
    find: str
    values: tuple[tuple[str, int], ...]
    total: int
    complete: bool
    page: int = 1
    pages: int = 1


@pages.get("/venues")
def venues() -> str:
    """List the venues."""
    return _render("venue")


@pages.get("/venues.json")
def venues_json() -> Response:
    """Return the list of venues as JSON."""
    return _respond("venue")


@pages.get("/topics")
def topics() -> str:
    """List the topics."""
    return _render("topic")


@pages.get("/topics.json")
def topics_json() -> Response:
    """Return the list of topics as JSON."""
    return _respond("topic")


def _render(kind: str) -> str:
    return render_template("browse.html", listing=_list(kind), letters=LETTERS)


def _respond(kind: str) -> Response:
    listing = _list(kind)
    found = describe_values(kind, listing.values, complete=listing.complete)
    return respond_json(found, {"page": f"{request.script_root}/{kind}s"})


def _list(kind: str) -> Listing:
    letter, find = read_letter(), " ".join(request.args.get("find", "").split())
    if len(find) > LONGEST_FIND:
        raise ParameterInvalid("find", find, f"at most {LONGEST_FIND} characters")
    searcher = get_searcher()
    engine, name = searcher.engine, searcher.manifest.name
    if find:
        found = list_containing(engine, kind, find)
    else:
        lists = current_app.extensions.setdefault("lists", GenerationCache[ValueCounts](KEPT))
        known = kind, letter, searcher.people.version
        found = lists.get(name, known, choose_list(engine, kind, letter))
    values = sorted(found.counts, key=lambda one: (one[0].casefold(), one[0]))
    return turn_to_page(Listing(kind, letter, find, tuple(values), len(values), found.complete))


def turn_to_page(listing: Listing) -> Listing:
    """Return the page of a list that the address asks for.

    Args:
        listing: The list with all its values.

    Raises:
        PageInvalid: There are fewer pages.
    """
    last = max(1, -(-listing.total // PER_PAGE))
    page = read_page(last)
    shown = listing.values[(page - 1) * PER_PAGE : page * PER_PAGE]
    return replace(listing, values=shown, page=page, pages=last)


def choose_list(engine: Engine, kind: str, letter: str) -> Callable[[], ValueCounts]:
    """Return what lists the values of a kind that begin with a letter, or the most frequent."""
    if not letter:
        return lambda: list_frequent(engine, kind, PER_PAGE)
    if letter == OTHERS:
        return lambda: _list_others(engine, kind)
    return lambda: list_beginning(engine, kind, letter)


def _list_others(engine: Engine, kind: str) -> ValueCounts:
    """List those of the most frequent values that begin with none of the letters."""
    found = list_frequent(engine, kind)
    kept = [pair for pair in found.counts if pair[0][:1].upper() not in ascii_uppercase]
    return ValueCounts(kept, found.complete)


def read_letter() -> str:
    """Return the letter that the address asks for; empty for none."""
    letter = request.args.get("letter", "").upper()
    if letter and letter not in LETTERS:
        raise ParameterInvalid("letter", letter, f"A to Z or {OTHERS}")
    return letter


def read_page(last: int) -> int:
    """Return the page that the address asks for, of which there are so many."""
    typed = request.args.get("page", "1")
    if not re.fullmatch("[0-9]{1,6}", typed):
        raise ParameterInvalid("page", typed, "a whole number")
    if not 1 <= int(typed) <= last:
        raise PageInvalid(int(typed), last)
    return int(typed)
