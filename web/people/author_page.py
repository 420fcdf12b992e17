"""Serve the page of a name, and of one identity of that name."""

from dataclasses import dataclass, replace

from flask import Response, redirect, render_template, request

from search.authors.identities import Identities, Identity, PlacedMention, identify
from search.authors.name_cluster import find_cluster
from search.errors import IdentityMissing
from web.pages.blueprint import get_searcher
from web.people.author_papers import PaperList, list_papers
from web.people.author_request import SORTS, AuthorRequest, parse_author_request
from web.people.blueprint import people

POSSIBLE = "possible"
"""Stands for the key of an identity in an address that lists the papers that fit none."""


@dataclass(frozen=True, slots=True)
class AuthorView:
    """What a page of a name shows.

    Attributes:
        asked: What the address asks for, with the canonical name.
        found: The people of the name.
        identity: The identity that is shown alone, or None.
        papers: The papers that are listed.
    """

    asked: AuthorRequest
    found: Identities
    identity: Identity | None
    papers: PaperList


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
    found = identify(searcher, cluster)
    identity = found.find(asked.identity)
    papers = list_papers(asked, _choose_mentions(asked, found, identity))
    view = AuthorView(asked, found, identity, papers)
    return render_template("author.html", view=view, asked=asked, cluster=cluster, sorts=SORTS)


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
