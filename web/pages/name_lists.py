"""Write the authors of a paper in a list: the first ones, those that matter there, the last."""

from collections.abc import Collection

from markupsafe import Markup, escape

from index.records import Author
from search.answers.marked_text import MARK_HTML
from web.api.addresses import author_path
from web.pages.page_size import shorten_label

ALL_NAMES = 8
"""Authors up to which a list of papers names all of a paper; chosen."""

FIRST_NAMES = 5
"""Authors named of a paper with more, besides the last one and those that are marked; chosen."""

LONGEST_LINKED = 200
"""Characters of a name that is linked; chosen."""


def write_names(authors: tuple[Author, ...], marked: Collection[int] = (), own: int = -1) -> Markup:
    """Write the first authors of a paper, those that matter, and the last one, as links.

    Args:
        authors: The authors of a paper.
        marked: The positions of those that are marked because they match, from 0.
        own: The position of the one whose page this is, which is no link; -1 for none.
    """
    shown = list(range(len(authors)))
    if len(authors) > ALL_NAMES:
        kept = {*range(FIRST_NAMES), *marked, own, len(authors) - 1}
        shown = sorted(kept - {-1})
    names = [
        _write_own(authors[at]) if at == own else write_name(authors[at], marked=at in marked)
        for at in shown
    ]
    if left_out := len(authors) - len(names):
        names.insert(-1, _count_others(left_out))
    return _join_names(names)


def write_first_names(authors: tuple[Author, ...], most: int) -> Markup:
    """Write the first authors of a paper as links, and count the others."""
    named = [write_name(author, marked=False) for author in authors[:most]]
    if left_out := len(authors) - len(named):
        named.append(_count_others(left_out))
    return _join_names(named)


def write_name(author: Author, *, marked: bool) -> Markup:
    """Write a name as a link to its page; one that is absurdly long has no link."""
    name = escape(shorten_label(author.name))
    if marked:
        name = Markup(MARK_HTML(name))  # noqa: S704 - the name is escaped
    if not author.key or len(author.name) > LONGEST_LINKED:
        return name
    address = escape(author_path(author.name))
    # Written as a plain string, which takes a fifth of the time; both parts are escaped.
    return Markup(f'<a href="{address}" rel="nofollow">{name}</a>')  # noqa: S704


def _write_own(author: Author) -> Markup:
    return Markup("<strong>{}</strong>").format(shorten_label(author.name))


def _join_names(names: list[Markup]) -> Markup:
    # `Markup.join` would escape each name once more.
    return Markup(", ".join(names))  # noqa: S704 - each is escaped


def _count_others(count: int) -> Markup:
    return escape(f"+{count:,} more")
