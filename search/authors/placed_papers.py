"""Choose the papers of a name, of one identity, or of none, each with how sure it is."""

from collections.abc import Iterable
from dataclasses import replace

from search.authors.identities import Identities, PlacedMention
from search.errors import IdentityMissing
from search.request.facets import HIDDEN_STATUSES

POSSIBLE = "possible"
"""Stands for the key of an identity where the papers that fit none are meant."""


def choose_papers(found: Identities, key: str = "") -> tuple[PlacedMention, ...]:
    """Return the papers of a name, or of one identity, the newest first.

    Args:
        found: The people of the name.
        key: The key of an identity; `POSSIBLE` for the papers that fit none; empty for all.

    Raises:
        IdentityMissing: The name has no such identity.
    """
    if identity := found.find(key):
        return identity.mentions
    if key == POSSIBLE and found.possible:
        return found.possible
    if key:
        raise IdentityMissing(key, found.cluster.name)
    groups = (*(one.mentions for one in found.identities), found.possible)
    placed = {one.mention.paper.id: one for group in groups for one in group}
    mentions = found.cluster.mentions
    return tuple(placed[one.paper.id] for one in mentions if one.paper.id in placed)


def is_hidden(placed: PlacedMention) -> bool:
    """Return whether a list leaves out a paper unless it is asked for."""
    return placed.mention.paper.status in HIDDEN_STATUSES


def list_shown(mentions: Iterable[PlacedMention]) -> tuple[PlacedMention, ...]:
    """Return the papers that a list shows unless it is asked for the hidden ones."""
    return tuple(one for one in mentions if not is_hidden(one))


def leave_hidden_out(found: Identities) -> Identities:
    """Return the people of a name as far as lists show their papers; the others are left out.

    The keys and the evidence are still those of all papers, so an address means the same person
    whether hidden papers are shown or not.
    """
    people = (replace(one, mentions=list_shown(one.mentions)) for one in found.identities)
    kept = sorted((one for one in people if one.mentions), key=lambda one: -len(one.mentions))
    return replace(found, identities=tuple(kept), possible=list_shown(found.possible))
