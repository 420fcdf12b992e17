"""Serve the list of the names that the most papers have, by letter."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from flask import Response, current_app, render_template, request

from search.authors.core_names import CoreName, reduce_name
from search.budget.optional_steps import OptionalSteps
from search.engines.engine import Engine
from search.suggest.authors import find_written_name
from web.pages.blueprint import get_searcher
from web.pages.browse_pages import LETTERS, Listing, choose_list, read_letter, turn_to_page
from web.pages.generation_cache import GenerationCache
from web.people.author_page import show_author
from web.people.blueprint import people

MOST_NAMES = 400
"""Names under a letter. Chosen: finding how papers write them takes .13 s at 95,099 papers and
.35 s at 2 million, once for each generation."""


@people.get("/authors")
def authors() -> Response | str:
    """List names by letter; with the parameter ``name``, show its page."""
    if "name" in request.args:
        return show_author("")
    listing = turn_to_page(_list_names(read_letter()))
    return render_template("browse.html", listing=listing, letters=LETTERS)


def _list_names(letter: str) -> Listing:
    searcher = get_searcher()
    kept = current_app.extensions.setdefault("names", GenerationCache[Listing](len(LETTERS) + 1))
    found: Listing = kept.get(
        searcher.manifest.name,
        (letter, searcher.people.version),
        lambda: _gather_names(searcher.engine, letter),
    )
    return found


def _gather_names(engine: Engine, letter: str) -> Listing:
    """List the names of the most papers, by letter from A to Z, else by their papers.

    Papers of thousands of authors take long to read; names for which no time is left stay folded.
    """
    found = choose_list(engine, "author", letter)()
    pairs = found.counts[:MOST_NAMES]
    steps = OptionalSteps()
    names = join_spellings(
        (steps.attempt(partial(find_written_name, engine, key), key), count) for key, count in pairs
    )
    if letter:
        names.sort(key=lambda pair: (pair[0].casefold(), pair[0]))
    complete = found.complete and len(pairs) == len(found.counts)
    return Listing("author", letter, "", tuple(names), len(names), complete)


def join_spellings(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Join the spellings of a name that share a page, the most frequent name first.

    Args:
        counts: Names with their numbers of papers, the most frequent first.
    """
    totals: dict[str, int] = defaultdict(int)
    shown: dict[CoreName | str, str] = {}
    for name, papers in counts:
        core = reduce_name(name)
        key = CoreName(core.first, core.family, ()) if core.first else name
        totals[shown.setdefault(key, name)] += papers
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
