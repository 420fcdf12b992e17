"""Find the newest papers of the names, people, venues and topics that somebody follows.

Each is searched for by itself, which takes about a millisecond. The papers that a name may have
written are then held against its cluster, and against the identity if one person is followed. So
only the entries of a list that have candidates cost more than a search.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from index.records import Paper, decode_paper
from search.answers.restrictions import NOT_HIDDEN
from search.answers.searcher import Searcher
from search.answers.value_names import find_value
from search.authors.core_names import reduce_name
from search.authors.identities import identify
from search.authors.name_cluster import find_cluster
from search.budget.optional_steps import OptionalSteps
from search.errors import AuthorMissing
from search.planning.author_names import plan_name
from search.planning.plan import Exact, Node, Plan, all_of
from search.request.facets import HIDDEN_STATUSES, find_index_field
from search.request.search_request import SORTS
from search.request.since import select_since

AUTHOR = "author"

KINDS = (AUTHOR, "venue", "topic")
"""What can be followed."""

MAX_FOLLOWED_VALUE = 300
"""Characters of a name and of a key; chosen, as for names that are looked up."""

MAX_NEWS = 50
"""Papers that a feed or a page of news lists. Chosen: feeds of searches have as many."""

CANDIDATES = 100
"""Papers of one entry that are examined, those that the index had last. Chosen: a feed has 50."""

EARLIEST = datetime.fromtimestamp(0, UTC)
"""Stands for the time of papers in an index that kept no times."""

Members = frozenset[str] | None
"""The ids of the papers of a name or a person; None if the index has no such person."""

Keep = Callable[[tuple[str, str], Callable[[], Members]], Members]
"""Returns a value that is kept by a name and a key of an identity, computing it if it is not."""


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry of a list: what somebody follows.

    Attributes:
        kind: One of `KINDS`.
        value: The name.
        identity: The key of the person of that name who is meant; empty for all of them.
    """

    kind: str
    value: str
    identity: str = ""


class State(StrEnum):
    """What is known of an entry: the index has it, has it no more, or there was no time to look."""

    FOUND = "found"
    MISSING = "missing"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class EntryNews:
    """The papers of an entry that the index had last.

    Attributes:
        entry: The entry.
        state: What is known of it.
        papers: Its papers among the first `CANDIDATES` that the index had last.
        total: The number of its papers.
        complete: Whether the number is exact; else it has at least so many.
    """

    entry: Followed
    state: State
    papers: tuple[Paper, ...] = ()
    total: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper of one or more entries.

    Attributes:
        paper: The paper.
        added: When the index first had it, in UTC.
        entries: The entries that it belongs to.
    """

    paper: Paper
    added: datetime
    entries: tuple[Followed, ...]


def compute_anew(_name: tuple[str, str], compute: Callable[[], Members]) -> Members:
    """Compute a value without keeping any."""
    return compute()


def find_news(
    searcher: Searcher, entries: Iterable[Followed], since: str = "", keep: Keep = compute_anew
) -> tuple[EntryNews, ...]:
    """Find the papers of each entry that the index had last.

    Withdrawn and rejected papers are left out.

    Args:
        searcher: The index.
        entries: The entries.
        since: Only papers that the index first had since then, see `search.request.since`.
        keep: Keeps the papers of names and people, see `Keep`.

    Raises:
        ParameterInvalid: ``since`` is no time.
    """
    after, steps = select_since(since), OptionalSteps()
    return tuple(
        steps.attempt(
            partial(find_entry_news, searcher, entry, after, keep),
            EntryNews(entry, State.UNCHECKED),
        )
        for entry in entries
    )


def merge_news(searcher: Searcher, news: Sequence[EntryNews], limit: int) -> tuple[NewPaper, ...]:
    """Merge the papers of entries into one list, the paper that the index had last first.

    Args:
        searcher: The index.
        news: The papers of each entry.
        limit: The most papers to return.
    """
    papers = {paper.id: paper for one in news for paper in one.papers}
    of: dict[str, list[Followed]] = {one: [] for one in papers}
    for one in news:
        for paper in one.papers:
            of[paper.id].append(one.entry)
    added = searcher.find_first_appearances(list(papers))
    found = [
        NewPaper(paper, added.get(one, EARLIEST), tuple(of[one])) for one, paper in papers.items()
    ]
    return tuple(sorted(found, key=_rank_paper)[:limit])


def _rank_paper(new: NewPaper) -> tuple[float, int, str]:
    return -new.added.timestamp(), -(new.paper.shown.year or 0), new.paper.id


def find_entry_news(
    searcher: Searcher, entry: Followed, after: Node | None, keep: Keep = compute_anew
) -> EntryNews:
    """Find the papers of one entry that the index had last.

    Args:
        searcher: The index.
        entry: The entry.
        after: Matches the papers that are wanted; None for all.
        keep: Keeps the papers of names and people, see `Keep`.

    Raises:
        BudgetSpent: Finding them takes longer than is left for the request.
    """
    match = _match_entry(searcher, entry)
    if match is None:
        return EntryNews(entry, State.MISSING)
    plan = all_of([match, NOT_HIDDEN, *([] if after is None else [after])])
    found = searcher.engine.find(Plan(plan, scored=False), SORTS["added"], 0, CANDIDATES)
    papers = tuple(decode_paper(record) for _, record in found.hits)
    if entry.kind != AUTHOR:
        return EntryNews(entry, State.FOUND, papers, found.total)
    if not (found.total or entry.identity):
        exists = searcher.engine.count_matches(match) > 0
        return EntryNews(entry, State.FOUND if exists else State.MISSING)
    return _select_members(
        searcher, EntryNews(entry, State.FOUND, papers, found.total), after, keep
    )


def _select_members(
    searcher: Searcher, news: EntryNews, after: Node | None, keep: Keep
) -> EntryNews:
    """Keep only the papers that are of a name or a person."""
    entry = news.entry
    members = keep((entry.value, entry.identity), lambda: _list_members(searcher, entry))
    if members is None:
        return EntryNews(entry, State.MISSING)
    papers = tuple(paper for paper in news.papers if paper.id in members)
    if after is None:
        return replace(news, papers=papers, total=len(members))
    return replace(news, papers=papers, total=len(papers), complete=news.total <= CANDIDATES)


def _match_entry(searcher: Searcher, entry: Followed) -> Node | None:
    """Return what matches the papers that an entry may have; None if no paper can."""
    if entry.kind != AUTHOR:
        value = find_value(searcher.engine, entry.kind, entry.value)
        return None if value is None else Exact(find_index_field(entry.kind), value)
    core = reduce_name(entry.value)
    # The part that all spellings of a name share finds them all.
    first = core.first or "".join(f"{letter}." for letter in core.initials[:1])
    name = f"{first} {core.family}" if first and core.family else entry.value
    return plan_name(name, searcher.engine, first=False, exact=True)


def _list_members(searcher: Searcher, entry: Followed) -> Members:
    """Return the ids of the papers of a name, or of a person of that name, without hidden ones."""
    try:
        cluster = find_cluster(searcher, entry.value)
    except AuthorMissing:
        return None
    if not entry.identity:
        return _list_shown(one.paper for one in cluster.mentions)
    person = identify(searcher, cluster).find(entry.identity)
    if person is None:
        return None
    return _list_shown(one.mention.paper for one in person.mentions)


def _list_shown(papers: Iterable[Paper]) -> frozenset[str]:
    return frozenset(one.id for one in papers if one.status not in HIDDEN_STATUSES)
