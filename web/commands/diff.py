"""Compare two generations, as text, JSON or an Atom feed."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import click

from index.changes.generations import Comparison, Difference, compare_generations, find_pair
from index.settings import index_directory
from index.store.manifest import read_manifest
from web.commands.options import NonEmpty, decode_text, index_option, json_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.printing import print_text, write_json_text, write_xml_text
from web.wording import CHANGE_HEADINGS, NONE, format_count

if TYPE_CHECKING:
    from index.changes.papers import Change
    from index.store.manifest import Manifest

FORMATS = ("text", "json", "atom")

NAMES = 3
"""Authors named on a line; the rest are counted."""

VALUE = 80
"""Characters of a value that are printed at most."""

LEAD = 20
"""Characters printed before the first difference of two long values."""

_WRITERS: dict[str, Callable[[str], None]] = {
    "text": partial(print_text, newline=False),
    "json": write_json_text,
    "atom": write_xml_text,
}


def _parse_base_url(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str:
    """Return the base URL without its final slash; empty if none is given."""
    if url is None:
        return ""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or re.search(r"[\s?#]", url):
        message = f'"{url}" is not an address such as https://papers.example.org.'
        raise click.BadParameter(message)
    return url.rstrip("/")


@click.command()
@click.argument("old", required=False, type=NonEmpty("a generation", decode_text))
@click.argument("new", required=False, type=NonEmpty("a generation", decode_text))
@index_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Output format.  [default: text]",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Print at most N papers of each kind; 0 prints all.",
    metavar="N",
)
@click.option(
    "--base-url",
    metavar="URL",
    callback=_parse_base_url,
    help="Where the index is served, for the links of the feed.",
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
    """Show what differs between the generations OLD and NEW.

    NEW defaults to the generation in use and OLD to the one before NEW. `papers status` lists
    their names; the start of a name is enough. The exit code is 1 if nothing differs.
    """
    if as_json and form not in {None, "json"}:
        message = f"cannot be combined with --format {form}."
        raise click.BadParameter(message, param_hint="--json")
    pair = find_pair(index_directory(index_name), old, new)
    manifests = tuple(map(read_manifest, pair))
    chosen = "json" if as_json else form
    write = _WRITERS[chosen or "text"]
    with compare_generations(*pair) as comparison:
        for piece in _write(comparison, manifests, chosen, limit, base_url):
            write(piece)
        sys.exit(FOUND if any(comparison.counts.values()) else NOTHING_FOUND)


def _write(
    comparison: Comparison,
    manifests: "tuple[Manifest, ...]",
    form: str | None,
    limit: int,
    base_url: str,
) -> Iterator[str]:
    """Yield the output piece by piece, so that at most one paper is in memory."""
    found = comparison.list_differences(limit or None)
    if form == "json":
        from web.api.differences import write_differences

        return write_differences(manifests[0], manifests[1], comparison.counts, found)
    if form == "atom":
        from web.feeds.changes import write_feed

        return write_feed(manifests[1], found, base_url)
    return _write_text(comparison.counts, manifests, found)


def _write_text(
    counts: dict[str, int], manifests: "tuple[Manifest, ...]", found: Iterable[Difference]
) -> Iterator[str]:
    old, new = (f"{each.name} ({format_count(each.papers, 'paper')})" for each in manifests)
    yield f"{old} -> {new}\n"
    if not any(counts.values()):
        yield "No differences.\n"
    for kind, alike in groupby(found, key=lambda one: one.kind):
        yield "\n" + click.style(f"{CHANGE_HEADINGS[kind]}: {counts[kind]:,}", bold=True) + "\n"
        more = counts[kind]
        for one in alike:
            more -= 1
            yield from (f"{line}\n" for line in _format_difference(one))
        if more:
            yield f"  and {more:,} more; --limit 0 shows all\n"


def _format_difference(one: Difference) -> Iterator[str]:
    yield f"  {click.style(_clean(one.id), fg='cyan')}  {_clean(one.title)}{_format_origin(one)}"
    yield from (f"      {_format_change(change)}" for change in one.changed)


def _format_origin(one: Difference) -> str:
    more = len(one.authors) - NAMES
    names = ", ".join(one.authors[:NAMES]) + (f" and {more} more" if more > 0 else "")
    both = "; ".join(filter(None, (names, one.place)))
    return f" ({_clean(both)})" if both else ""


def _format_change(change: "Change") -> str:
    """Format ``field: old -> new``; long values start shortly before the first difference."""
    old, new = _clean(change.old), _clean(change.new)
    at = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, at - LEAD) if max(len(old), len(new)) > VALUE else 0
    return f"{change.field}: {_shorten(old, start)} -> {_shorten(new, start)}"


def _shorten(text: str, start: int) -> str:
    before = "…" if start else ""
    after = "…" if len(text) > start + VALUE else ""
    return before + text[start : start + VALUE] + after or NONE


def _clean(text: str) -> str:
    """Join a text into one line and replace control characters, which could steer a terminal."""
    return "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split())
    )
