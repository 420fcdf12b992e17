"""Answers: what differs between two generations of an index?

Both ledgers say which records there are, what a dump said of each (as a digest), and of which
work each is; numbers differ from build to build, so records are compared by their keys. Works
correspond that share a record. Of those whose records are not the same on both sides the papers
are read, so that what is told is what a reader of the index sees.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from index.changes.papers import Change, has_been_published, is_set_aside, list_changes
from index.engines.engine import load_engine
from index.errors import GenerationCorrupt, GenerationMissing, GenerationOutdated
from index.records import Paper, decode_paper
from index.store.generations import ENGINE, GENERATIONS, check_sizes, read_current_name
from index.store.history import list_earlier, list_generations
from index.store.ledger import LEDGER, NO_WORK, PART
from index.store.manifest import read_manifest

KINDS = ("new", "changed", "withdrawn", "gone", "published")
"""What may have become of a work: it is new, says something else, is now withdrawn, rejected or
retracted, is not there any more, or has now appeared in its final form."""

WORKS = "works"
"""Names the change that other records make up the work: it was joined or split."""

_CACHE_KB = 32_768
"""What SQLite keeps of each of the two ledgers in memory."""

_MEET = """
CREATE TEMP TABLE meeting AS
    SELECT n.work AS new, o.work AS old, n.content IS o.content AS same,
        instr(n.key, :part) = 0 AS whole
    FROM main.records n LEFT JOIN before.records o ON o.key = n.key
    WHERE o.key IS NULL OR n.content <> o.content
        OR n.work IN (SELECT number FROM main.works) OR o.work IN (SELECT number FROM before.works)
UNION ALL
    SELECT NULL, o.work, 0, instr(o.key, :part) = 0
    FROM before.records o LEFT JOIN main.records n ON n.key = o.key WHERE n.key IS NULL
UNION ALL
    SELECT n.work, o.work, 0, 1
    FROM main.records n JOIN before.records o ON o.key = substr(n.key, instr(n.key, :part) + 1)
    WHERE instr(n.key, :part) AND n.work <> :no_work
        AND o.key NOT IN (SELECT key FROM main.records)
"""
"""One row for every record that is on one side only, says something else, or is one of several
of its work; all the others are works of one record that are the same on both sides. A record
that was given up for another is met where the other keeps its id, as the name of a part."""

_PAIR = """
CREATE TEMP TABLE pair AS
    SELECT new, old, min(same) AS same FROM meeting
    WHERE new IS NOT NULL AND old IS NOT NULL GROUP BY new, old HAVING max(whole)
"""
_TANGLE = """
CREATE TEMP TABLE tangle AS SELECT new, old FROM pair
    WHERE new IN (SELECT new FROM pair GROUP BY new HAVING count(*) > 1)
        OR old IN (SELECT old FROM pair GROUP BY old HAVING count(*) > 1)
"""
"""Works that were joined or split: one of the one side has several of the other."""

_ALONE = """
SELECT {side} FROM meeting WHERE {side} IS NOT NULL AND {side} NOT IN (SELECT {side} FROM pair)
    GROUP BY {side} HAVING max(whole)
"""
_TOUCHED = """
SELECT new, old FROM pair WHERE new NOT IN (SELECT new FROM tangle)
    AND (NOT same OR new IN (SELECT new FROM meeting WHERE old IS NULL)
        OR old IN (SELECT old FROM meeting WHERE new IS NULL))
"""
_ID = """
SELECT key FROM {base}.records WHERE number =
    coalesce((SELECT lead FROM {base}.works WHERE number = :work), :work)
"""
_FOUND = "CREATE TEMP TABLE found (kind TEXT, id TEXT, old TEXT, was TEXT, became TEXT)"


class Difference(Struct, frozen=True):
    """One work that is not what it was.

    Attributes:
        kind: One of `KINDS`.
        id: The paper's id in the new generation; of what is gone, in the old.
        title: Like all that follows, from the same generation as the id.
        authors: Their names.
        venue: Of the appearance shown first, or empty.
        year: The same, or None.
        changed: The fields that differ; none for what is new or gone.
    """

    kind: str
    id: str
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int | None
    changed: tuple[Change, ...] = ()


class Comparison:
    """What differs between two generations; made by `compared`.

    Attributes:
        counts: How many works there are of each kind, in the order of `KINDS`.
    """

    def __init__(self, ledgers: sqlite3.Connection, old: "_Papers", new: "_Papers") -> None:
        self._base, self._old, self._new = ledgers, old, new
        for statement in (_MEET, _PAIR, _TANGLE, _FOUND):
            ledgers.execute(statement, {"part": PART, "no_work": NO_WORK})
        self._base.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", self._works())
        rows = ledgers.execute("SELECT kind, count(*) FROM found GROUP BY kind")
        counted = dict(rows.fetchall())
        self.counts = {kind: int(counted.get(kind, 0)) for kind in KINDS}

    def list_differences(self, limit: int | None = None) -> Iterator[Difference]:
        """Give what differs, by kind and within a kind by id.

        Args:
            limit: At most so many of each kind; None for all.
        """
        for kind in KINDS:
            rows = self._base.execute(
                "SELECT id, old, was, became FROM found WHERE kind = ? ORDER BY id LIMIT ?",
                (kind, -1 if limit is None else limit),
            )
            for paper_id, old_id, was, became in rows:
                after = (self._old if kind == "gone" else self._new).paper(paper_id)
                changed: tuple[Change, ...] = ()
                if old_id:
                    before = self._old.paper(old_id)
                    changed = (*_regrouped(was, became), *list_changes(before, after))
                yield _difference(kind, after, changed)

    def _works(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Give kind and id of what differs, its id before, and of works joined or split all ids."""
        for kind, base, side in (("new", "main", "new"), ("gone", "before", "old")):
            for (work,) in self._base.execute(_ALONE.format(side=side)):
                yield kind, self._id(base, work), "", "", ""
        for new, old in self._base.execute(_TOUCHED):
            new_id, old_id = self._id("main", new), self._id("before", old)
            kind = _kind(self._old.paper(old_id), self._new.paper(new_id))
            if kind:
                yield kind, new_id, old_id, "", ""
        for news, olds in _components(self._base.execute("SELECT new, old FROM tangle")):
            became = sorted(self._id("main", work) for work in news)
            was = sorted(self._id("before", work) for work in olds)
            shared = sorted({*became} & {*was})
            new_id, old_id = (shared * 2 or [became[0], was[0]])[:2]
            yield "changed", new_id, old_id, ", ".join(was), ", ".join(became)

    def _id(self, base: str, work: int) -> str:
        return str(self._base.execute(_ID.format(base=base), {"work": work}).fetchone()[0])


def find_pair(directory: Path, old: str | None = None, new: str | None = None) -> tuple[Path, Path]:
    """Give the folders of two generations to compare.

    Args:
        directory: The index.
        old: The beginning of a name that no other generation's has; None takes the generation
            that served before the other one.
        new: The same; None takes the generation in use.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationMissing: There is none of that name, or more than one, or none before.
        GenerationCorrupt: A file is missing or has another size.
        GenerationOutdated: Other code made it.
    """
    present = read_current_name(directory)
    names = list_generations(directory)
    after = present if new is None else _named(directory, names, new)
    older = list_earlier(directory, after)
    if old is None and not older:
        raise GenerationMissing(str(directory), "older")
    before = older[0] if old is None else _named(directory, names, old)
    folders = (directory / GENERATIONS / before, directory / GENERATIONS / after)
    for folder in folders:
        check_sizes(folder, read_manifest(folder))
    return folders


def _named(directory: Path, names: list[str], beginning: str) -> str:
    meant = [name for name in names if name.startswith(beginning)]
    if beginning in names:
        return beginning
    if len(meant) != 1:
        wanted = f"{'single ' if meant else ''}'{beginning[:100]}'"
        raise GenerationMissing(str(directory), wanted)
    return meant[0]


@contextmanager
def compare_generations(old: Path, new: Path) -> Iterator[Comparison]:
    """Compare two generations; only works that differ take memory or time to speak of.

    Args:
        old: The folder of the earlier one.
        new: The folder of the later one.

    Yields:
        What differs, to be asked until the block ends.

    Raises:
        GenerationOutdated: One of them has no ledger.
        GenerationCorrupt: A ledger or a paper cannot be read.
    """
    for folder in (old, new):
        if not (folder / LEDGER).is_file():
            raise GenerationOutdated(folder.name, "no ledger", "one with a ledger")
    with ExitStack() as stack:
        try:
            base = stack.enter_context(closing(_attached(old, new)))
            was, now = (_Papers(folder, stack) for folder in (old, new))
            yield Comparison(base, was, now)
        except sqlite3.Error as error:
            raise GenerationCorrupt(f"{old.name} or {new.name}", f"ledger: {error}") from error


def _attached(old: Path, new: Path) -> sqlite3.Connection:
    before, main = (f"{(f / LEDGER).absolute().as_uri()}?mode=ro&immutable=1" for f in (old, new))
    base = sqlite3.connect(main, uri=True, isolation_level=None)
    base.execute("ATTACH ? AS before", (before,))
    base.execute("PRAGMA temp_store = FILE")
    for name in ("main", "before"):
        base.execute(f"PRAGMA {name}.cache_size = -{_CACHE_KB}")
    return base


class _Papers:
    """The papers of one generation, by id."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        module = load_engine(read_manifest(folder).engine)
        self._name = folder.name
        self._reader = stack.enter_context(module.open_reader(folder / ENGINE))

    def paper(self, paper_id: str) -> Paper:
        record = self._reader.read_paper(paper_id)
        if record is None:
            raise GenerationCorrupt(self._name, f"it does not find the paper '{paper_id}'")
        try:
            return decode_paper(record)
        except msgspec.MsgspecError as error:
            raise GenerationCorrupt(self._name, f"a record is damaged: {error}") from error


def _kind(before: Paper, after: Paper) -> str:
    """Say what became of a paper; nothing if no reader would see it."""
    if is_set_aside(after) and not is_set_aside(before):
        return "withdrawn"
    if has_been_published(after) and not has_been_published(before):
        return "published"
    return "changed" if list_changes(before, after) else ""


def _regrouped(was: str, became: str) -> tuple[Change, ...]:
    return (Change(WORKS, was, became),) if was else ()


def _difference(kind: str, paper: Paper, changed: tuple[Change, ...]) -> Difference:
    names = tuple(author.name for author in paper.authors)
    shown = paper.shown
    venue = shown.venue or shown.venue_name
    return Difference(kind, paper.id, paper.title, names, venue, shown.year, changed)


def _components(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[set[int], set[int]]]:
    """Give the new and the old works that hang together by pairs, each once."""
    partners: dict[tuple[bool, int], list[tuple[bool, int]]] = defaultdict(list)
    for new, old in pairs:
        partners[True, new].append((False, old))
        partners[False, old].append((True, new))
    met: set[tuple[bool, int]] = set()
    for start in partners:
        sides: tuple[set[int], set[int]] = (set(), set())
        waiting = [start]
        while waiting:
            work = waiting.pop()
            if work not in met:
                met.add(work)
                sides[not work[0]].add(work[1])
                waiting += partners[work]
        if sides[0]:
            yield sides
