"""Answers: how is it asked on the command line what differs between two generations?"""

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from index.changes.generations import Comparison, Difference, compare_generations, find_pair
from index.settings import index_directory
from index.store.manifest import read_manifest
from web.commands.options import index_option, json_option, text
from web.failures import FOUND, NOTHING_FOUND
from web.wording import NONE

if TYPE_CHECKING:
    from index.changes.papers import Change
    from index.store.manifest import Manifest

FORMATS = ("text", "json", "atom")

HEADINGS = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Withdrawn, rejected or retracted",
    "gone": "Gone",
    "published": "Newly published",
}
"""How each of `index.changes.generations.KINDS` is called."""

NAMES = 3
"""Authors that are named on a line; the rest are counted."""

VALUE = 80
"""Characters of a value that are printed."""

LEAD = 20
"""Characters of what two long values share that are printed before they differ."""


def _address(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str:
    """Give the address that links begin with, without a slash at its end; none is empty."""
    if url is None:
        return ""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or re.search(r"[\s?#]", url):
        message = f"'{url}' is no address like https://papers.example.org."
        raise click.BadParameter(message)
    return url.rstrip("/")


@click.command()
@click.argument("old", required=False, type=text)
@click.argument("new", required=False, type=text)
@index_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How it is printed.  [default: text]",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Papers of each kind at the most; 0 for all.",
)
@click.option(
    "--base-url",
    metavar="URL",
    callback=_address,
    help="Where the index is served, for links in Atom.",
)
@json_option
def diff(
    old: str | None,
    new: str | None,
    index_name: str | None,
    form: str | None,
    limit: int,
    base_url: str,
    as_json: bool,
) -> None:
    """Tell what differs between the generations OLD and NEW.

    Without NEW the generation in use is meant, without OLD the one before. `papers status`
    lists the names; the beginning of one is enough.
    """
    if as_json and form not in {None, "json"}:
        message = f"is not possible with --format {form}."
        raise click.BadParameter(message, param_hint="--json")
    pair = find_pair(index_directory(index_name), old, new)
    manifests = tuple(map(read_manifest, pair))
    with compare_generations(*pair) as comparison:
        for piece in _printed(comparison, manifests, "json" if as_json else form, limit, base_url):
            click.echo(piece, nl=False)
        sys.exit(FOUND if any(comparison.counts.values()) else NOTHING_FOUND)


def _printed(
    comparison: Comparison,
    manifests: "tuple[Manifest, ...]",
    form: str | None,
    limit: int,
    base_url: str,
) -> Iterator[str]:
    """Give what is to be printed piece by piece, so that no more than one paper is in memory."""
    found = comparison.list_differences(limit or None)
    if form == "json":
        from web.api.differences import write_differences

        return write_differences(manifests[0], manifests[1], comparison.counts, found)
    if form == "atom":
        from web.feeds.changes import feed

        return feed(manifests[1], found, base_url)
    return _text(comparison.counts, manifests, found)


def _text(
    counts: dict[str, int], manifests: "tuple[Manifest, ...]", found: Iterable[Difference]
) -> Iterator[str]:
    old, new = (f"{each.name} ({_papers(each.papers)})" for each in manifests)
    yield f"{old} -> {new}\n"
    if not any(counts.values()):
        yield "No paper differs.\n"
    for kind, alike in groupby(found, key=lambda one: one.kind):
        yield "\n" + click.style(f"{HEADINGS[kind]}: {counts[kind]:,}", bold=True) + "\n"
        more = counts[kind]
        for one in alike:
            more -= 1
            yield from (f"{line}\n" for line in _lines(one))
        if more:
            yield f"  and {more:,} more; --limit 0 shows all\n"


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count:,} papers"


def _lines(one: Difference) -> Iterator[str]:
    yield f"  {click.style(_plain(one.id), fg='cyan')}  {_plain(one.title)}{_where(one)}"
    yield from (f"      {_change(change)}" for change in one.changed)


def _where(one: Difference) -> str:
    more = len(one.authors) - NAMES
    names = ", ".join(one.authors[:NAMES]) + (f" and {more} more" if more > 0 else "")
    place = " ".join(filter(None, (one.venue, str(one.year or ""))))
    said = "; ".join(filter(None, (names, place)))
    return f" ({_plain(said)})" if said else ""


def _change(change: "Change") -> str:
    """Give ``field: old -> new``; of long values what stands before the first difference is cut."""
    old, new = _plain(change.old), _plain(change.new)
    at = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, at - LEAD) if max(len(old), len(new)) > VALUE else 0
    return f"{change.field}: {_cut(old, start)} -> {_cut(new, start)}"


def _cut(text: str, start: int) -> str:
    cut = "…" * bool(start) + text[start : start + VALUE] + "…" * (len(text) > start + VALUE)
    return cut or NONE


def _plain(text: str) -> str:
    """Put a text on one line, without what could steer a terminal."""
    return "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split())
    )
