"""Merge the records of one work into one paper.

The records are ranked: published versions first, the earliest of them before the others. Every
field takes its best value: the title of the first record, the longest abstract, the fullest list of
authors; ids, addresses, topics and appearances are those of all records. A second value of a scheme
is kept as ``doi 2``, and the ids of the other records as ``record``, ``record 2``.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from index.names.parser import strip_homonym_number
from index.normalise.paper import MAX_TOPICS
from index.records import RECORD, Appearance, Author, Paper, parse_scheme
from index.works.appearances import Rank, collect_appearances, rank_appearance
from index.works.stages import TURNED_DOWN

RETRACTED = "retracted"
"""The status that applies to the whole work, whichever record has it."""

LONGEST_ABSTRACT = 5_000
"""Length in characters; a longer abstract is more likely a full text, and is the last choice."""


def merge_records(papers: Sequence[Paper]) -> Paper:
    """Merge the records of one work into one paper.

    Args:
        papers: One or more records, in any order. Some may be works that were merged before. Some
            may be parts, which have no title and rank last.

    Returns:
        The work; a single paper unchanged.
    """
    if len(papers) == 1:
        return papers[0]
    rows = sorted(papers, key=_rank_record)
    chosen = _choose_records(rows)
    return Paper(
        id=rows[0].id,
        title=rows[0].title,
        abstract=chosen["abstract"].abstract,
        authors=tuple(_enrich_authors(chosen["authors"].authors, rows)),
        appearances=tuple(collect_appearances(rows)),
        topics=tuple(dict.fromkeys(topic for row in rows for topic in row.topics))[:MAX_TOPICS],
        ids=_collect_ids(rows),
        urls=_number_values((kind, url) for row in rows for kind, url in row.urls.items()),
        citations=chosen["citations"].citations,
        status=chosen["status"].status,
        language=chosen["language"].language,
        sources=tuple(sorted({source for row in rows for source in row.sources})),
        originals={
            field: row.originals[field]
            for field, row in (("title", rows[0]), ("abstract", chosen["abstract"]))
            if field in row.originals
        },
        origins={
            field: name for field, name in _list_origins(chosen).items() if name != rows[0].id
        },
    )


def find_origins(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the record that each single-valued field of a work comes from.

    Args:
        papers: The records of one work, as `merge_records` takes them.

    Returns:
        The id of the record by field: ``title``, ``abstract``, ``authors``, ``citations``,
        ``status``, ``language``. Appearances hold their own source.
    """
    rows = sorted(papers, key=_rank_record)
    return {"title": rows[0].id} | _list_origins(_choose_records(rows))


def _list_origins(chosen: dict[str, Paper]) -> dict[str, str]:
    """Return the id of the original record for each field; a merged work names it itself."""
    return {field: row.origins.get(field, row.id) for field, row in chosen.items()}


def _rank_record(paper: Paper) -> tuple[bool, bool, Rank, str, str, str]:
    """Return a key that sorts records: whole, not turned down, published and early ones first.

    The remaining elements make the order total.
    """
    show = min(map(rank_appearance, paper.appearances), default=rank_appearance(Appearance()))
    turned_down = paper.status in TURNED_DOWN
    return (not paper.title, turned_down, show, paper.title, paper.id, repr(paper))


def _choose_records(rows: list[Paper]) -> dict[str, Paper]:
    """Choose the record for each field; among equals, the record of higher rank."""
    accepted = [row for row in rows if row.status not in TURNED_DOWN]
    return {
        "abstract": max(rows, key=lambda row: _rate_abstract(row.abstract)),
        "authors": max(rows, key=lambda row: _rate_authors(row.authors)),
        "citations": max(rows, key=lambda row: -1 if row.citations is None else row.citations),
        "status": _find_first(rows, lambda row: row.status == RETRACTED)
        or _find_first(accepted, lambda row: bool(row.status))
        or (accepted or rows)[0],
        "language": _find_first(rows, lambda row: bool(row.language)) or rows[0],
    }


def _find_first(rows: list[Paper], has: Callable[[Paper], bool]) -> Paper | None:
    return next(filter(has, rows), None)


def _rate_abstract(abstract: str) -> tuple[bool, int, str]:
    return (len(abstract) <= LONGEST_ABSTRACT and bool(abstract), len(abstract), abstract)


def _rate_authors(authors: tuple[Author, ...]) -> tuple[int, int, list[str]]:
    names = [author.name for author in authors]
    return (len(names), sum(map(len, names)), names)


def _enrich_authors(authors: tuple[Author, ...], rows: list[Paper]) -> Iterator[Author]:
    """Yield the authors with the ids, homonym numbers and institutions of all records."""
    known: dict[str, list[Author]] = defaultdict(list)
    unclear: set[str] = set()
    for row in rows:
        counts = Counter(strip_homonym_number(author.key) for author in row.authors)
        unclear |= {name for name, count in counts.items() if count > 1}
        for author in row.authors:
            known[strip_homonym_number(author.key)].append(author)
    for author in authors:
        name = strip_homonym_number(author.key)
        numbered = {same.key for same in known[name]} - {name}
        if name in unclear or len(numbered) > 1:  # two people have this name
            yield author
            continue
        # Of several ids of one scheme the least wins, since it comes last.
        ids = dict(
            sorted((pair for same in known[name] for pair in same.ids.items()), reverse=True)
        )
        _, affiliations = max((len(same.affiliations), same.affiliations) for same in known[name])
        yield replace(
            author,
            key=numbered.pop() if numbered else author.key,
            ids=dict(reversed(ids.items())),
            affiliations=affiliations,
        )


def _collect_ids(rows: list[Paper]) -> dict[str, str]:
    """Return the ids of all records; the DOI of a publisher comes before one of arXiv."""
    pairs = [pair for row in rows for pair in row.ids.items()]
    pairs.sort(key=lambda pair: pair[0].startswith("doi") and "/arxiv." in pair[1])
    others = sorted({row.id for row in rows} - {rows[0].id})
    own = [pair for pair in pairs if pair[1] != rows[0].id or parse_scheme(pair[0]) != RECORD]
    return _number_values([*own, *((RECORD, name) for name in others)])


def _number_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Number the distinct values of each scheme: ``doi``, ``doi 2``, ``doi 3``."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for name, value in pairs:
        values[parse_scheme(name)][value] = None
    return {
        f"{scheme} {at}" if at > 1 else scheme: value
        for scheme, distinct in values.items()
        for at, value in enumerate(distinct, start=1)
    }
