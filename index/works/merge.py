"""Answers: what is one work, of which several records speak?

The records are ranked (those of a published version first, of several the earliest) and every
field takes its best value: the title of the first, the longest abstract, the fullest list
of authors; ids, addresses, topics and appearances of all. A second value of a scheme is kept as
``doi 2``, and the ids of the records that gave theirs up as ``record``, ``record 2``.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import astuple, replace

from index.normalise.paper import MAX_TOPICS
from index.records import RECORD, SUBMISSION, Appearance, Author, Paper, parse_scheme

TURNED_DOWN = frozenset(("rejected", "withdrawn"))
"""Statuses of a record that do not count for the work if it has others."""

RETRACTED = "retracted"
"""The status that counts for the whole work, whichever record has it."""

LONGEST_ABSTRACT = 5_000
"""Characters; a longer one is rather a text, and taken only if there is no other."""

_PREPRINT = "preprint"
_PUBLISHED = {"conference", "journal", "book"}
_LESSER = ("workshop", "thesis", "report")
_NO_YEAR = 9_999


_Standing = tuple[int, int, str, str, str, tuple[Any, ...]]


def merge_records(papers: Sequence[Paper]) -> Paper:
    """Make one paper of the records of one work.

    Args:
        papers: One or more, in any order; some may be merged already, and some may be parts,
            which have no title and no say in it.

    Returns:
        The work; a single paper as it is.
    """
    if len(papers) == 1:
        return papers[0]
    rows = _ranked(papers)
    chosen = _chosen(rows)
    return Paper(
        id=rows[0].id,
        title=rows[0].title,
        abstract=chosen["abstract"].abstract,
        authors=tuple(_enriched(chosen["authors"].authors, rows)),
        appearances=tuple(_appearances(rows)),
        topics=tuple(dict.fromkeys(topic for row in rows for topic in row.topics))[:MAX_TOPICS],
        ids=_ids(rows),
        urls=_numbered((kind, url) for row in rows for kind, url in row.urls.items()),
        citations=chosen["citations"].citations,
        status=chosen["status"].status,
        language=chosen["language"].language,
        sources=tuple(sorted({source for row in rows for source in row.sources})),
        originals={
            field: row.originals[field]
            for field, row in (("title", rows[0]), ("abstract", chosen["abstract"]))
            if field in row.originals
        },
        origins={field: name for field, name in _named(chosen).items() if name != rows[0].id},
    )


def find_origins(papers: Sequence[Paper]) -> dict[str, str]:
    """Tell which record each single-valued field of a work comes from.

    Args:
        papers: The records of one work, as `merged` takes them.

    Returns:
        The record's id by field: ``title``, ``abstract``, ``authors``, ``citations``, ``status``,
        ``language``. Appearances carry their source themselves.
    """
    rows = _ranked(papers)
    return {"title": rows[0].id} | _named(_chosen(rows))


def _named(chosen: dict[str, Paper]) -> dict[str, str]:
    """Name the records that gave the fields; a work that was chosen knows of which it was made."""
    return {field: row.origins.get(field, row.id) for field, row in chosen.items()}


def _ranked(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=_rank)


def _rank(paper: Paper) -> tuple[bool, bool, _Standing, str, str, str]:
    """Order records: whole, not turned down, published, early; the rest makes the order total."""
    show = min(map(_standing, paper.appearances), default=_standing(Appearance()))
    turned_down = paper.status in TURNED_DOWN
    return (not paper.title, turned_down, show, paper.title, paper.id, repr(paper))


def _standing(show: Appearance) -> _Standing:
    """Order appearances: published, workshop or thesis, preprint, unknown, turned down."""
    kinds = f"{show.venue_kind} {show.type}"
    if show.type == SUBMISSION:
        rank = 4
    elif _is_preprint(show):
        rank = 2
    elif any(word in kinds for word in _LESSER):
        rank = 1
    else:
        rank = 0 if show.venue_kind in _PUBLISHED or show.type else 3
    source = astuple(show.source) if show.source else ()
    return (rank, show.year or _NO_YEAR, show.venue, show.type, show.venue_name, source)


def is_published(show: Appearance) -> bool:
    """Tell whether a work appeared there in its final form: no workshop, thesis or preprint."""
    return _standing(show)[0] == 0


def _is_preprint(show: Appearance) -> bool:
    return show.venue_kind == "repository" or show.type == _PREPRINT


def _chosen(rows: list[Paper]) -> dict[str, Paper]:
    """Choose the record that gives each field; of equal ones the one of higher rank."""
    standing = [row for row in rows if row.status not in TURNED_DOWN]
    return {
        "abstract": max(rows, key=lambda row: _abstract_worth(row.abstract)),
        "authors": max(rows, key=lambda row: _authors_worth(row.authors)),
        "citations": max(rows, key=lambda row: -1 if row.citations is None else row.citations),
        "status": _first(rows, lambda row: row.status == RETRACTED)
        or _first(standing, lambda row: bool(row.status))
        or (standing or rows)[0],
        "language": _first(rows, lambda row: bool(row.language)) or rows[0],
    }


def _first(rows: list[Paper], has: Callable[[Paper], bool]) -> Paper | None:
    return next(filter(has, rows), None)


def _abstract_worth(abstract: str) -> tuple[bool, int, str]:
    return (len(abstract) <= LONGEST_ABSTRACT and bool(abstract), len(abstract), abstract)


def _authors_worth(authors: tuple[Author, ...]) -> tuple[int, int, list[str]]:
    names = [author.name for author in authors]
    return (len(names), sum(map(len, names)), names)


def _enriched(authors: tuple[Author, ...], rows: list[Paper]) -> Iterator[Author]:
    """Give each author the ids, the homonym number and the institutions of all records."""
    known: dict[str, list[Author]] = defaultdict(list)
    unclear: set[str] = set()
    for row in rows:
        counts = Counter(_bare(author) for author in row.authors)
        unclear |= {name for name, count in counts.items() if count > 1}
        for author in row.authors:
            known[_bare(author)].append(author)
    for author in authors:
        name = _bare(author)
        numbered = {same.key for same in known[name]} - {name}
        if name in unclear or len(numbered) > 1:  # two people of one name
            yield author
            continue
        pairs = sorted((pair for same in known[name] for pair in same.ids.items()), reverse=True)
        yield replace(
            author,
            key=numbered.pop() if numbered else author.key,
            ids=dict(reversed(dict(pairs).items())),
            affiliations=max((len(same.affiliations), same.affiliations) for same in known[name])[
                1
            ],
        )


def _bare(author: Author) -> str:
    """Give an author's key without a homonym number."""
    name, _, number = author.key.rpartition(" ")
    return name if number.isdecimal() and name else author.key


def _appearances(rows: list[Paper]) -> list[Appearance]:
    """Give all appearances, the one to be shown first; those turned down say so."""
    some_stand = any(row.status not in TURNED_DOWN for row in rows)
    shows = {
        _submitted(show) if some_stand and row.status in TURNED_DOWN else show: None
        for row in rows
        if row.title
        for show in row.appearances
    }
    return sorted(shows, key=_standing)


def _submitted(show: Appearance) -> Appearance:
    return show if _is_preprint(show) else replace(show, type=SUBMISSION)


def _ids(rows: list[Paper]) -> dict[str, str]:
    """Give the ids of all records; of several DOIs the publisher's comes first."""
    pairs = [pair for row in rows for pair in row.ids.items()]
    pairs.sort(key=lambda pair: pair[0].startswith("doi") and "/arxiv." in pair[1])
    given_up = sorted({row.id for row in rows} - {rows[0].id})
    own = [pair for pair in pairs if pair[1] != rows[0].id or parse_scheme(pair[0]) != RECORD]
    return _numbered([*own, *((RECORD, name) for name in given_up)])


def _numbered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep several values of one scheme as ``doi``, ``doi 2``, ``doi 3``."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for name, value in pairs:
        values[parse_scheme(name)][value] = None
    return {
        f"{scheme} {at}" if at > 1 else scheme: value
        for scheme, distinct in values.items()
        for at, value in enumerate(distinct, start=1)
    }
