"""Print the papers of a name and the people among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from search.answers.results import Hit
from search.authors.identifiers import collect_identifiers
from search.authors.identities import Identities, Identity, PlacedMention
from search.authors.mentions import Mention, find_years
from search.authors.name_cluster import Variant
from search.authors.person_ids import SCHEMES
from search.authors.similar_names import NearbyNames
from web.terminal.explanations import INDENT
from web.terminal.layout import wrap_paragraphs, wrap_styled
from web.terminal.printing import escape_controls
from web.terminal.results import format_hit
from web.wording import format_count

MOST_IDENTITIES, MOST_NAMES, MOST_EVIDENCE = 10, 10, 3
"""Identities, names of a list, and evidence of an identity that are printed; the rest are counted.
Chosen: they fit a screen."""

EVIDENCE_ONLY = "dblp:"
"""How keys begin that are not printed, since a number after a name means nothing to readers; the
option of the command takes the number in the list as well."""

SURE = 0.995
"""Confidence that is printed as certain; it would be rounded to 100 %."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is printed of a name.

    Attributes:
        found: The people of the name.
        identity: The identity that was asked for, or None.
        every: The papers of the name or the identity, on all pages.
        placed: Those of this page.
        first: The number of the first of them, from 1.
        total: The number of papers on all pages.
        hidden: The number of papers that are not listed because of their status.
        order: How they are ordered, in words.
        nearby: Other names of the same people, and names that are spelt alike.
        why: Whether to print why each paper belongs to its identity.
    """

    found: Identities
    identity: Identity | None
    every: tuple[PlacedMention, ...]
    placed: tuple[PlacedMention, ...]
    first: int
    total: int
    hidden: int
    order: str
    nearby: NearbyNames
    why: bool = False


def format_listing(listing: Listing) -> str:
    """Format the papers of a name or an identity, and the people of the name."""
    head = _describe_identity(listing) if listing.identity else _describe_name(listing)
    ranks = {
        one.mention.paper.id: rank
        for rank, identity in enumerate(listing.found.identities, start=1)
        for one in identity.mentions
    }
    papers = [_format_paper(listing, at, ranks) for at in range(len(listing.placed))]
    return "\n\n".join(["\n".join(head), *papers])


def _describe_name(listing: Listing) -> Iterator[str]:
    """Yield the lines about a name and its people."""
    found, cluster = listing.found, listing.found.cluster
    yield f"{click.style(escape_controls(cluster.name), bold=True)}: a name, not a person"
    counted = f"{format_count(cluster.total, 'paper')}{_describe_years(cluster.mentions)}"
    yield from _wrap(
        f"{counted}, as {_list_names(cluster.variants)}" if cluster.variants else counted
    )
    if cluster.others:
        yield from _wrap(f"may mean {_list_names(cluster.others)}")
    if known := _describe_sources(cluster.mentions):
        yield from _wrap(f"sources know {known}")
    if listing.nearby.others:
        yield from _wrap(f"also published as {_list_names(listing.nearby.others)}")
    if listing.nearby.similar:
        yield from _wrap(f"similar names: {_list_names(listing.nearby.similar)}")
    yield ""
    for rank, identity in enumerate(found.identities[:MOST_IDENTITIES], start=1):
        yield from _format_identity(rank, identity)
    if (more := len(found.identities) - MOST_IDENTITIES) > 0:
        yield f"{INDENT}and {more:,} more"
    if found.possible:
        yield f"{INDENT}{format_count(len(found.possible), 'paper')} of no identity"
    yield ""
    yield from _describe_page(listing)


def _describe_identity(listing: Listing) -> Iterator[str]:
    """Yield the lines about one person of a name."""
    if identity := listing.identity:
        name = click.style(escape_controls(identity.name), bold=True)
        yield f"{name}: one person of this name, as far as the evidence goes"
        yield from _wrap(f"{identity.level.label}: {identity.level.meaning}")
        yield from (line for one in identity.evidence for line in _wrap(f"- {one}"))
        yield ""
        yield from _describe_page(listing)


def _format_identity(rank: int, identity: Identity) -> Iterator[str]:
    mentions = [one.mention for one in identity.mentions]
    papers = f"{format_count(len(mentions), 'paper')}{_describe_years(mentions)}"
    name = click.style(escape_controls(identity.name), bold=True)
    first, *rest = wrap_styled(f"{name}  {papers}  [{identity.level.label}]", INDENT)
    yield f"{rank:>3}. {first}"
    yield from (f"{INDENT}{line}" for line in rest)
    if not identity.key.startswith(EVIDENCE_ONLY):
        yield INDENT + click.style(escape_controls(identity.key), dim=True)
    shown = identity.evidence[:MOST_EVIDENCE]
    more = len(identity.evidence) - len(shown)
    text = "; ".join(shown) + (f"; and {more} more" if more else "")
    yield from wrap_paragraphs([escape_controls(text)], INDENT)


def _describe_page(listing: Listing) -> Iterator[str]:
    last = listing.first + len(listing.placed) - 1
    shown = f"{listing.first}-{last} of " if listing.placed else ""
    hidden = f"; {listing.hidden:,} hidden (--hidden lists them)" if listing.hidden else ""
    papers = f"{format_count(listing.total, 'paper')}, {listing.order}{hidden}"
    yield from _wrap(shown + papers)


def _format_paper(listing: Listing, at: int, ranks: dict[str, int]) -> str:
    placed = listing.placed[at]
    paper = placed.mention.paper
    hit = Hit(paper, 0, listing.first + at)
    text = format_hit(hit, escape_controls(paper.title), own=placed.mention.position)
    if not listing.why:
        return text
    rank = ranks.get(paper.id)
    reasons = "; ".join(placed.reasons) or "nothing but the name"
    sure = "certain" if placed.confidence >= SURE else f"{placed.confidence:.0%} sure"
    whose = f"person {rank}, {sure}" if rank else "nobody for sure"
    why = wrap_paragraphs([escape_controls(f"{whose}: {reasons}")], INDENT)
    return "\n".join([text, *(click.style(line, dim=True) for line in why)])


def _describe_years(mentions: Iterable[Mention]) -> str:
    years = "-".join(map(str, dict.fromkeys(find_years(mentions) or ())))
    return f", {years}" if years else ""


def _describe_sources(mentions: Iterable[Mention]) -> str:
    found = collect_identifiers(mentions)
    known = {scheme: len(values) for scheme, values in found.items() if scheme in SCHEMES}
    return ", ".join(
        f"{count:,} {SCHEMES[scheme]}{'' if count == 1 else 's'}".replace("entrys", "entries")
        for scheme, count in known.items()
    )


def _list_names(variants: Iterable[Variant]) -> str:
    names = list(variants)
    listed = ", ".join(f"{one.name} ({one.papers:,})" for one in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{listed} and {more:,} more" if more > 0 else listed


def _wrap(text: str) -> list[str]:
    return wrap_paragraphs([escape_controls(text)], "")
