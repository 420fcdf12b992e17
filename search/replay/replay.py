"""Run a saved search again, and compare what it finds now with what it found then."""

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from index.store.first_appearance import parse_generation_time
from search.answers.searcher import Searcher
from search.errors import PaperMissing
from search.replay.saved_search import SavedHit, SavedSearch, describe_hit, save_search
from search.request.facets import HIDDEN_STATUSES
from search.request.parameters import parse_parameters
from search.request.search_request import View

COMPARED = ("title", "venue", "year", "status")
"""The fields of a hit that are compared."""


class AddedHit(Struct, frozen=True):
    """A paper that is found now and was not."""

    paper: Annotated[SavedHit, Meta(description="The paper as it is now.")]
    new: Annotated[
        bool, Meta(description="Whether the index has had it only since; else it matches only now.")
    ]


class GoneHit(Struct, frozen=True):
    """A paper that was found and is not any more."""

    paper: Annotated[SavedHit, Meta(description="The paper as it was.")]
    reason: Annotated[
        str,
        Meta(
            description="`removed` from the index, `merged` into another paper, `hidden` because "
            "of its status, or `unmatched`: the search does not find it any more."
        ),
    ]
    now: Annotated[str, Meta(description="The id it has now, or its status; or empty.")]


class ChangedHit(Struct, frozen=True):
    """A paper that was and is found, and has changed."""

    before: Annotated[SavedHit, Meta(description="The paper as it was.")]
    after: Annotated[SavedHit, Meta(description="The paper as it is.")]
    fields: Annotated[tuple[str, ...], Meta(description="What differs.")]


class Replay(Struct, frozen=True):
    """What a saved search finds now, compared with what it found."""

    before: Annotated[SavedSearch, Meta(description="The saved search, its hits left out.")]
    after: Annotated[SavedSearch, Meta(description="The same search now, its hits left out.")]
    same: Annotated[bool, Meta(description="Whether the same papers are found.")]
    listed: Annotated[
        bool,
        Meta(description="Whether the hits were compared; else there were too many to be listed."),
    ]
    added: Annotated[tuple[AddedHit, ...], Meta(description="Papers that are found only now.")]
    gone: Annotated[tuple[GoneHit, ...], Meta(description="Papers that are found no more.")]
    changed: Annotated[tuple[ChangedHit, ...], Meta(description="Papers that have changed.")]

    @property
    def differs(self) -> bool:
        """Whether papers came, went or changed."""
        return not self.same or bool(self.changed)


def replay_search(searcher: Searcher, saved: SavedSearch, now: str) -> Replay:
    """Run a saved search again.

    Args:
        searcher: The index.
        saved: The saved search.
        now: The time, in UTC.

    Raises:
        QueryError: A parameter of the saved search is not valid, or the search too costly.
    """
    request = parse_parameters(saved.parameters)
    after = save_search(searcher, request, now)
    listed = bool(saved.hits or not saved.total) and bool(after.hits or not after.total)
    was = {one.id: one for one in saved.hits} if listed else {}
    became = {one.id: one for one in after.hits} if listed else {}
    added = [hit for key, hit in became.items() if key not in was]
    changed = (_compare(hit, became[key]) for key, hit in was.items() if key in became)
    return Replay(
        before=_without_hits(saved),
        after=_without_hits(after),
        same=saved.ids_sha256 == after.ids_sha256,
        listed=listed,
        added=_describe_added(searcher, saved, added),
        gone=tuple(_explain(searcher, hit) for key, hit in was.items() if key not in became),
        changed=tuple(one for one in changed if one.fields),
    )


def _without_hits(saved: SavedSearch) -> SavedSearch:
    return replace(saved, hits=())


def _compare(before: SavedHit, after: SavedHit) -> ChangedHit:
    differing = (name for name in COMPARED if getattr(before, name) != getattr(after, name))
    return ChangedHit(before, after, tuple(differing))


def _describe_added(
    searcher: Searcher, saved: SavedSearch, added: list[SavedHit]
) -> tuple[AddedHit, ...]:
    begun = parse_generation_time(saved.index.generation)
    came = searcher.find_first_appearances([one.id for one in added])

    def is_new(one: SavedHit) -> bool:
        at = came.get(one.id)
        return begun is not None and at is not None and at.timestamp() > begun

    return tuple(AddedHit(one, is_new(one)) for one in added)


def _explain(searcher: Searcher, hit: SavedHit) -> GoneHit:
    """Explain what became of a paper that is found no more."""
    try:
        paper = searcher.read_paper(hit.id, View.WORKS)
    except PaperMissing:
        return GoneHit(hit, "removed", "")
    if paper.id != hit.id:
        return GoneHit(hit, "merged", paper.id)
    present = describe_hit(paper)
    if present.status in HIDDEN_STATUSES and present.status != hit.status:
        return GoneHit(hit, "hidden", present.status)
    return GoneHit(hit, "unmatched", "")
