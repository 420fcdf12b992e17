"""Describe as JSON what somebody follows, and the papers of it that the index had last."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from search.authors.followed import AUTHOR, EntryNews, Followed, NewPaper
from search.request.search_request import View
from web.api.addresses import author_path, value_path
from web.api.papers import PaperDocument, describe_paper


class EntryDocument(Struct, frozen=True):
    """A name, a person, a venue or a topic that is followed."""

    kind: Annotated[str, Meta(description="`author`, `venue` or `topic`.")]
    name: Annotated[str, Meta(description="The name, as the address of the list writes it.")]
    identity: Annotated[
        str, Meta(description="The key of the person who is meant; empty for all of the name.")
    ]
    state: Annotated[
        str,
        Meta(
            description="`found`; `missing` if the index has it not, or no more; `unchecked` if"
            " there was no time to look, so that asking again helps."
        ),
    ]
    papers: Annotated[int, Meta(description="Number of its papers, of those since `since`.")]
    complete: Annotated[bool, Meta(description="Whether that is exact; else there may be more.")]
    page: Annotated[str, Meta(description="The address of its page.")]


class NewPaperDocument(Struct, frozen=True):
    """A paper of the list."""

    added: Annotated[str, Meta(description="When the index first had it, in UTC.")]
    entries: Annotated[tuple[int, ...], Meta(description="Places in `entries`, from 0.")]
    paper: Annotated[PaperDocument, Meta(description="The paper.")]


class FollowingDocument(Struct, frozen=True):
    """What somebody follows, and the papers of it that the index had last."""

    since: Annotated[
        str, Meta(description="Only papers that the index first had since then; empty for all.")
    ]
    now: Annotated[
        str, Meta(description="The value of `since` that selects what comes from now on.")
    ]
    new: Annotated[int, Meta(description="Number of papers; of none, if `since` is empty.")]
    complete: Annotated[bool, Meta(description="Whether that is exact; else there may be more.")]
    entries: Annotated[tuple[EntryDocument, ...], Meta(description="In the order of the list.")]
    papers: Annotated[
        tuple[NewPaperDocument, ...], Meta(description="Those that the index had last, at most 50.")
    ]


def find_entry_path(entry: Followed) -> str:
    """Return the address of the page of a name, a person, a venue or a topic."""
    if entry.kind == AUTHOR:
        return author_path(entry.value, entry.identity)
    return value_path(entry.kind, entry.value)


def describe_entry(news: EntryNews) -> EntryDocument:
    """Return an entry as JSON."""
    entry = news.entry
    return EntryDocument(
        entry.kind,
        entry.value,
        entry.identity,
        news.state.value,
        news.total,
        news.complete,
        find_entry_path(entry),
    )


def describe_new_papers(
    news: Sequence[EntryNews], papers: Sequence[NewPaper]
) -> tuple[NewPaperDocument, ...]:
    """Return the papers of a list as JSON."""
    places = {one.entry: at for at, one in enumerate(news)}
    return tuple(
        NewPaperDocument(
            f"{one.added:%Y-%m-%dT%H:%M:%SZ}",
            tuple(places[entry] for entry in one.entries),
            describe_paper(one.paper, View.WORKS),
        )
        for one in papers
    )
