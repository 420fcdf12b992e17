"""Serve the Atom feed of a name, and of one person of that name."""

from flask import Response, request

from search.authors.followed import AUTHOR, MAX_NEWS, Followed, State, find_entry_news, merge_news
from search.errors import AuthorMissing
from search.request.since import select_since
from web.api.addresses import author_path
from web.pages.blueprint import get_searcher
from web.pages.feeds import respond_papers
from web.people.blueprint import people
from web.people.followed_papers import keep_members
from web.people.following_list import parse_entry, write_entry


@people.get("/authors.atom")
@people.get("/authors/<path:name>.atom")
def author_atom(name: str = "") -> Response:
    """Return the papers of a name, or of one person, that the index had last.

    Raises:
        AuthorMissing: The index has no such name or person.
        ParameterInvalid: ``since`` is no time, or the name or the key is too long.
    """
    name, key = name or request.args.get("name", ""), request.args.get("identity", "")
    entry = parse_entry(*write_entry(Followed(AUTHOR, name, key)))
    after, searcher = select_since(request.args.get("since", "")), get_searcher()
    news = find_entry_news(searcher, entry, after, keep_members)
    if news.state is State.MISSING:
        raise AuthorMissing(name)
    papers = [(one.paper, one.added) for one in merge_news(searcher, [news], MAX_NEWS)]
    title = f"{name} ({key})" if key else name
    return respond_papers(title, author_path(name, key), papers)
