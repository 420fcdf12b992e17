"""Serve the page of what somebody follows, and its twins."""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import Response, make_response, redirect, render_template, request

from search.authors.followed import (
    AUTHOR,
    KINDS,
    MAX_FOLLOWED_VALUE,
    MAX_NEWS,
    EntryNews,
    Followed,
    NewPaper,
    State,
    find_news,
    merge_news,
)
from search.errors import ChoiceUnknown, ParameterInvalid
from search.request.since import format_since
from web.api.following import (
    FollowingDocument,
    describe_entry,
    describe_new_papers,
    find_entry_path,
)
from web.pages.blueprint import get_searcher, respond_json
from web.pages.feeds import respond_papers
from web.pages.watching import mark_visit
from web.people.blueprint import people
from web.people.followed_papers import keep_members
from web.people.followers_page import forget_entries, note_list
from web.people.following_list import (
    FollowingList,
    parse_address,
    parse_entry,
    parse_list,
    write_entry,
)

TITLES = 3
"""Entries that the title of a feed names; chosen."""

_NUMBER = re.compile("[0-9]{1,2}")

ROBOTS = "noindex, nofollow"
"""The list of a reader is nobody else's business."""


@dataclass(frozen=True, slots=True)
class FollowingView:
    """What the page of a list shows.

    Attributes:
        asked: The list.
        news: The papers of each entry.
        papers: The papers of all entries that the index had last.
        found: The number of different papers that were found.
        complete: Whether there are no more.
        now: The list whose last visit is now.
    """

    asked: FollowingList
    news: tuple[EntryNews, ...]
    papers: tuple[NewPaper, ...]
    found: int
    complete: bool
    now: FollowingList

    @property
    def unchecked(self) -> int:
        """The number of entries for which there was no time."""
        return sum(one.state is State.UNCHECKED for one in self.news)


@people.get("/following")
def following() -> Response:
    """Show what is new of a list, or lead to the list with an entry added or removed."""
    changed = _read_change(parse_list(request.args.items(multi=True)))
    if changed is not None:
        path = request.script_root + changed.find_path()
        return _keep_away(redirect(path, 303, Response))  # type: ignore[arg-type] # the class that is given
    view = _gather()
    note_list(view.asked)
    page = render_template(
        "following.html",
        view=view,
        kinds=KINDS,
        since=format_since(view.asked.since),
        everything=replace(view.asked, since="").find_path(),
        entry_path=find_entry_path,
        write=lambda entry: urlencode([write_entry(entry)]),
    )
    return _keep_away(make_response(page))


@people.get("/following.json")
def following_json() -> Response:
    """Return what is new of a list as JSON."""
    view = _gather()
    document = FollowingDocument(
        view.asked.since,
        view.now.since,
        view.found if view.asked.since else 0,
        view.complete,
        tuple(describe_entry(one) for one in view.news),
        describe_new_papers(view.news, view.papers[: _read_limit()]),
    )
    links = {"page": view.asked.find_path(), "feed": view.asked.find_path(".atom")}
    return _keep_away(respond_json(document, links))


@people.get("/following.atom")
def following_atom() -> Response:
    """Return the papers of a list that the index had last as an Atom feed."""
    view = _gather()
    names = [one.value for one in view.asked.entries]
    title = ", ".join(names[:TITLES]) + (" …" if len(names) > TITLES else "")
    papers = [(one.paper, one.added) for one in view.papers]
    return _keep_away(respond_papers(title or "Nothing", view.asked.find_path(), papers))


def _read_limit() -> int:
    """Return the most papers that are listed.

    Raises:
        ParameterInvalid: The parameter is no such number.
    """
    text = request.args.get("limit", "") or str(MAX_NEWS)
    if not _NUMBER.fullmatch(text) or int(text) > MAX_NEWS:
        raise ParameterInvalid("limit", text, f"a whole number from 0 to {MAX_NEWS}")
    return int(text)


def _gather() -> FollowingView:
    """Find what is new of the list of the request."""
    asked, searcher = parse_list(request.args.items(multi=True)), get_searcher()
    news = find_news(searcher, asked.entries, asked.since, keep_members)
    papers = merge_news(searcher, news, MAX_NEWS)
    found = len({paper.id for one in news for paper in one.papers})
    complete = all(one.complete and one.total <= len(one.papers) for one in news)
    now = replace(asked, since=mark_visit(searcher.manifest.name))
    return FollowingView(asked, news, papers, found, complete, now)


def _read_change(asked: FollowingList) -> FollowingList | None:
    """Return the list as the forms of the page change it; None if they are not used.

    Raises:
        ParameterInvalid: What is added is not valid.
        FollowingFull: The list would have too many entries.
    """
    added, removed = request.args.get("add", ""), request.args.get("remove", "")
    pasted, kind = request.args.get("list", ""), request.args.get("kind", AUTHOR)
    if not {"add", "remove", "list", "kind"} & set(request.args):
        return None
    if kind not in KINDS:
        raise ChoiceUnknown("kind", kind, KINDS)
    if words := " ".join(added.split()):
        asked = asked.add([parse_entry(kind, words)])
    gone = {parse_entry(name, value) for name, value in parse_qsl(removed)}
    forget_entries(asked, gone)
    asked = replace(asked, entries=tuple(one for one in asked.entries if one not in gone))
    other = parse_address(pasted)
    return replace(asked.add(other.entries), since=asked.since or other.since)


def _keep_away(response: Response) -> Response:
    """Keep search engines away from the list of a reader."""
    response.headers["X-Robots-Tag"] = ROBOTS
    return response


@people.app_template_global("following_path")
def find_following_path(kind: str, value: str, identity: str = "") -> str:
    """Return the address of a list with one entry, visited now; empty if it is too long to follow.

    Args:
        kind: One of `KINDS`.
        value: The name.
        identity: The key of one person of that name; empty for all.
    """
    if max(len(value), len(identity)) > MAX_FOLLOWED_VALUE:
        return ""
    since = mark_visit(get_searcher().manifest.name)
    return FollowingList((Followed(kind, value, identity),), since).find_path()
