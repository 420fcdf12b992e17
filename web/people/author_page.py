"""Serve the page of a name, and of one identity of that name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, redirect, render_template, request

from search.authors.identifiers import collect_identifiers
from search.authors.identities import Identities, Identity, PlacedMention, identify
from search.authors.mentions import Mention
from search.authors.name_cluster import find_cluster
from search.authors.profile import Profile, describe_profile
from search.errors import IdentityMissing
from web.pages.blueprint import get_searcher
from web.people.author_papers import PaperList, is_hidden, list_papers
from web.people.author_request import SORTS, AuthorRequest, parse_author_request
from web.people.blueprint import people
from web.people.identity_cards import IdentityCard, list_cards
from web.people.profile_panel import ProfilePanel, describe_sources, lay_out_profile

POSSIBLE = "possible"
"""Stands for the key of an identity in an address that lists the papers that fit none."""

MOST_KEYS = 20
"""Spellings of a name that a search for its papers selects; chosen."""


@dataclass(frozen=True, slots=True)
class AuthorView:
    """What a page of a name shows.

    Attributes:
        asked: What the address asks for, with the canonical name.
        found: The people of the name.
        identity: The identity that is shown alone, or None.
        cards: The identities to choose from; none if there is no choice.
        papers: The papers that are listed.
        profile: What these papers say, whatever the filters are.
        panel: The profile as it is drawn.
        sources: How many people the sources know by the name.
        keys: The spellings that a search for these papers selects; none if that is not possible.
    """

    asked: AuthorRequest
    found: Identities
    identity: Identity | None
    cards: tuple[IdentityCard, ...]
    papers: PaperList
    profile: Profile
    panel: ProfilePanel
    sources: str
    keys: tuple[str, ...]

    @property
    def is_possible(self) -> bool:
        """Return whether the papers that fit no identity are listed."""
        return self.asked.identity == POSSIBLE and self.identity is None

    @property
    def sole(self) -> Identity | None:
        """Return the identity that has all papers of the name, or None."""
        every = self.found.identities
        return every[0] if len(every) == 1 and not self.found.possible else None


@people.get("/authors/<path:name>")
def author(name: str) -> Response | str:
    """Show the papers of a name."""
    return show_author(name)


def show_author(name: str) -> Response | str:
    """Show the papers of a name, or lead to the page of the name in its usual spelling.

    Args:
        name: The name in the path; if it is empty, the parameter ``name`` holds it.

    Raises:
        AuthorMissing: No paper names the author.
        IdentityMissing: The name has no such identity.
    """
    asked = parse_author_request(name, request.args)
    searcher = get_searcher()
    cluster = find_cluster(searcher, asked.name)
    if cluster.name != asked.name:
        path = replace(asked, name=cluster.name).find_path(page=asked.page)
        return redirect(request.script_root + path, 302, Response)  # type: ignore[return-value] # the class that is given
    view = _gather(asked, identify(searcher, cluster))
    return render_template("author.html", view=view, asked=asked, cluster=cluster, sorts=SORTS)


def _gather(asked: AuthorRequest, found: Identities) -> AuthorView:
    identity = found.find(asked.identity)
    placed = _choose_mentions(asked, found, identity)
    mentions = [one.mention for one in placed if asked.hidden or not is_hidden(one)]
    profile = describe_profile(get_searcher(), mentions)
    has_choice = not asked.identity and len(found.identities) + bool(found.possible) > 1
    return AuthorView(
        asked=asked,
        found=found,
        identity=identity,
        cards=list_cards(asked, found) if has_choice else (),
        papers=list_papers(asked, placed),
        profile=profile,
        panel=lay_out_profile(asked, profile),
        sources=describe_sources(collect_identifiers(found.cluster.mentions)),
        keys=() if asked.identity else _list_keys(found.cluster.mentions),
    )


def _choose_mentions(
    asked: AuthorRequest, found: Identities, identity: Identity | None
) -> tuple[PlacedMention, ...]:
    """Return the papers that an address asks for, the newest first."""
    if identity is not None:
        return identity.mentions
    if asked.identity == POSSIBLE and found.possible:
        return found.possible
    if asked.identity:
        raise IdentityMissing(asked.identity, asked.name)
    placed = {
        one.mention.paper.id: one
        for group in (*(one.mentions for one in found.identities), found.possible)
        for one in group
    }
    return tuple(placed[one.paper.id] for one in found.cluster.mentions if one.paper.id in placed)


def _list_keys(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the keys of a name, with the numbers of dblp; none if they are too many."""
    keys = tuple(dict.fromkeys(one.author.key for one in mentions if one.author.key))
    return keys if len(keys) <= MOST_KEYS else ()
