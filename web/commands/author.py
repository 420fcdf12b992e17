"""Show the papers of a name, and the people among them."""

import sys
from dataclasses import dataclass
from typing import Any

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.authors.identities import Identities, identify
from search.authors.name_cluster import find_cluster
from search.authors.placed_papers import choose_papers, leave_hidden_out, list_shown
from search.authors.similar_names import NearbyNames, find_nearby_names
from search.errors import PageInvalid, QueryError
from web.commands.options import (
    STDIN,
    decode_text,
    hidden_option,
    index_option,
    json_option,
    paging_options,
)
from web.failures import FOUND, NOTHING_FOUND, exit_code
from web.terminal.authors import Listing, format_listing
from web.terminal.documents import print_json
from web.terminal.printing import print_text

ORDERS = {"newest": "newest first", "cited": "most cited first"}
"""The orders of the papers; the first one is the default."""

MOST_SIMILAR = 10
"""Similar names that are listed; chosen."""

LONGEST_NUMBER = 6
"""Digits of the number of a person; a name has fewer people."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of the command, see there."""

    identity: str
    why: bool
    sort: str
    page: int
    limit: int
    hidden: bool


@click.command()
@click.argument("name", nargs=-1, required=True, type=decode_text)
@index_option
@click.option(
    "--identity",
    type=decode_text,
    default="",
    metavar="KEY",
    help="Only this person of the name: a key, or the number in the list of people.",
)
@click.option("--why", is_flag=True, help="Print why each paper belongs to its person.")
@click.option(
    "--sort",
    type=click.Choice(list(ORDERS)),
    default=next(iter(ORDERS)),
    show_default=True,
    help="Sort order.",
)
@paging_options("papers", "Papers")
@hidden_option
@json_option
def author(name: tuple[str, ...], index_name: str | None, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - their values
    """Show the papers of NAME, and who may have written them.

    NAME may be written in any order. It is a name, not a person: all its spellings count, and the
    evidence that papers are of one person is printed. With - as NAME, read one name per line from
    standard input.
    """
    if not " ".join(name).strip():
        raise click.BadParameter("The name is empty.", param_hint="NAME")
    searcher, asked = Searcher(index_directory(index_name)), _Asked(**options)
    if name != (STDIN,):
        _print(searcher, " ".join(name), asked, as_json=as_json)
        sys.exit(FOUND)
    found, worst = False, FOUND
    for line in sys.stdin.buffer:
        try:
            _print(searcher, line.decode("utf-8", "replace").strip(), asked, as_json=as_json)
            found = True
        except QueryError as error:
            from web.commands.search import print_failure  # here, since it takes 15 ms to load

            worst = max(worst, exit_code(error))
            print_failure(error, as_json=as_json)
    sys.exit(worst or (FOUND if found else NOTHING_FOUND))


def _print(searcher: Searcher, name: str, asked: _Asked, *, as_json: bool) -> None:
    listing = _gather(searcher, name, asked)
    if not as_json:
        print_text(format_listing(listing), links=True)
        return
    from search.authors.profile import describe_profile
    from web.api.authors import NamePage, describe_name

    profile = describe_profile(searcher, [one.mention for one in listing.every])
    page = NamePage(
        listing.found,
        listing.identity,
        listing.placed,
        listing.total,
        listing.hidden,
        asked.page,
        asked.limit,
    )
    print_json(describe_name(page, profile, listing.nearby))


def _gather(searcher: Searcher, name: str, asked: _Asked) -> Listing:
    """Gather what is printed of a name.

    Raises:
        AuthorMissing: No paper names the author.
        IdentityMissing: The name has no such identity.
        PageInvalid: There are fewer pages.
    """
    cluster = find_cluster(searcher, name)
    found = identify(searcher, cluster)
    listed = found if asked.hidden else leave_hidden_out(found)
    key = _find_key(listed, asked.identity)
    every = choose_papers(found, key)
    shown = every if asked.hidden else list_shown(every)
    kept = list(shown)
    if asked.page > (pages := max(1, -(-len(kept) // asked.limit))):
        raise PageInvalid(asked.page, pages)
    if asked.sort == "cited":
        kept.sort(key=lambda one: -(one.mention.paper.citations or 0))
    start = (asked.page - 1) * asked.limit
    alone = bool(key)
    return Listing(
        found=listed,
        identity=found.find(key) if alone else None,
        every=shown,
        placed=tuple(kept[start : start + asked.limit]),
        first=start + 1,
        total=len(kept),
        hidden=len(every) - len(kept),
        order=ORDERS[asked.sort],
        nearby=NearbyNames() if alone else find_nearby_names(searcher, cluster, MOST_SIMILAR),
        why=asked.why,
    )


def _find_key(found: Identities, typed: str) -> str:
    """Return the key of an identity that is given by its number in the list, or its key."""
    number = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0
    return found.identities[number - 1].key if 0 < number <= len(found.identities) else typed
