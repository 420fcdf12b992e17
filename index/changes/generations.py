"""Compare two generations of an index.

The ledgers of both list the records, a digest of what the dump says of each, and the work it
belongs to. Numbers differ from build to build, so records are compared by their keys. Works that
share a record correspond to each other. If their records are not the same on both sides, the papers
are read and compared, so that the differences are those that a reader of the index can see.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from msgspec import Struct

from index.changes.papers import Change, has_been_published, is_set_aside, list_changes
from index.engines.engine import load_engine
from index.errors import GenerationCorrupt, GenerationMissing, GenerationOutdated
from index.people.curation_watch import CurationWatch
from index.people.former_names import replace_former_names
from index.records import Paper, decode_paper
from index.store.generations import ENGINE, GENERATIONS, read_current_name
from index.store.history import list_earlier, list_generations
from index.store.integrity import check_files
from index.store.ledger import LEDGER, NO_WORK
from index.store.ledger_tables import PART
from index.store.manifest import read_manifest
from index.temporary_files import check_temporary_tables
from index.works.components import find_components

KINDS = ("new", "changed", "withdrawn", "gone", "published")
"""The kinds of differences: a work is new, has changed, is now withdrawn, rejected or retracted, is
gone, or has now appeared in its final form."""

WORKS = "works"
"""The field of a change in the set of works itself: works were joined or split."""

_CACHE_KB = 32_768
"""SQLite's page cache for each of the two ledgers, in kB."""

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
"""Makes a row for every record that is on one side only, has other content, or belongs to a work of
several records. All others are works of one record that are the same on both sides. The third part
finds a record that was replaced by another, which keeps the old id as the name of a part."""

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
"""Works that were joined or split: a work on one side corresponds to several on the other."""

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
    """A work that differs between the generations.

    Attributes:
        kind: One of `KINDS`.
        id: The id of the paper in the new generation; in the old one if it is gone.
        title: The title, like all that follows from the generation of the id.
        authors: The names of the authors.
        venue: The venue of the appearance shown first; empty if unknown.
        year: The year of that appearance; None if unknown.
        changed: The fields that differ; empty if the work is new or gone.
        date: The month or day of that appearance; empty if unknown.
    """

    kind: str
    id: str
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int | None
    changed: tuple[Change, ...] = ()
    date: str = ""

    @property
    def place(self) -> str:
        """Return the venue and the date, or else the year, as text."""
        return " ".join(filter(None, (self.venue, self.date or str(self.year or ""))))


class Comparison:
    """The differences between two generations; made by `compare_generations`.

    Attributes:
        counts: The number of works of each kind, in the order of `KINDS`.
    """

    def __init__(self, ledgers: sqlite3.Connection, old: "_Papers", new: "_Papers") -> None:
        self._base, self._old, self._new = ledgers, old, new
        for statement in (_MEET, _PAIR, _TANGLE, _FOUND):
            ledgers.execute(statement, {"part": PART, "no_work": NO_WORK})
        self._base.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", self._find_differences())
        rows = ledgers.execute("SELECT kind, count(*) FROM found GROUP BY kind")
        counted = dict(rows.fetchall())
        self.counts = {kind: int(counted.get(kind, 0)) for kind in KINDS}

    def list_differences(self, limit: int | None = None) -> Iterator[Difference]:
        """Yield the differences by kind, and within a kind by id.

        Args:
            limit: Most differences of each kind; None for all.
        """
        for kind in KINDS:
            rows = self._base.execute(
                "SELECT id, old, was, became FROM found WHERE kind = ? ORDER BY id LIMIT ?",
                (kind, -1 if limit is None else limit),
            )
            for paper_id, old_id, was, became in rows:
                after = (self._old if kind == "gone" else self._new).read_paper(paper_id)
                changed: tuple[Change, ...] = ()
                if old_id:
                    before = self._old.read_paper(old_id)
                    regrouped = (Change(WORKS, was, became),) if was else ()
                    changed = (*regrouped, *list_changes(before, after))
                yield _make_difference(kind, after, changed)

    def _find_differences(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield kind, id and former id of each difference, and all ids of works joined or split."""
        for kind, base, side in (("new", "main", "new"), ("gone", "before", "old")):
            for (work,) in self._base.execute(_ALONE.format(side=side)):
                yield kind, self._find_id(base, work), "", "", ""
        for new, old in self._base.execute(_TOUCHED):
            new_id, old_id = self._find_id("main", new), self._find_id("before", old)
            kind = _classify(self._old.read_paper(old_id), self._new.read_paper(new_id))
            if kind:
                yield kind, new_id, old_id, "", ""
        for news, olds in _group_works(self._base.execute("SELECT new, old FROM tangle")):
            became = sorted(self._find_id("main", work) for work in news)
            was = sorted(self._find_id("before", work) for work in olds)
            kept = [paper_id for paper_id in became if paper_id in was]
            new_id, old_id = (kept[0], kept[0]) if kept else (became[0], was[0])
            yield "changed", new_id, old_id, ", ".join(was), ", ".join(became)

    def _find_id(self, base: str, work: int) -> str:
        return str(self._base.execute(_ID.format(base=base), {"work": work}).fetchone()[0])


def find_pair(directory: Path, old: str | None = None, new: str | None = None) -> tuple[Path, Path]:
    """Return the folders of the two generations to compare, the older one first.

    Args:
        directory: The index.
        old: The name of a generation, or a unique beginning of it; None for the generation that the
            other one replaced.
        new: The name of a generation, or a unique beginning of it; None for the one in use.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationMissing: There is no generation of that name, or more than one, or no older one.
        GenerationCorrupt: A file is missing or has the wrong size.
        GenerationOutdated: Another format, schema or analyser made a generation.
    """
    present = read_current_name(directory)
    names = list_generations(directory)
    after = present if new is None else _complete_name(directory, names, new)
    older = list_earlier(directory, after)
    if old is None and not older:
        raise GenerationMissing(str(directory), "older generation")
    before = older[0] if old is None else _complete_name(directory, names, old)
    folders = (directory / GENERATIONS / before, directory / GENERATIONS / after)
    for folder in folders:
        check_files(folder, read_manifest(folder))
    return folders


def _complete_name(directory: Path, names: list[str], beginning: str) -> str:
    matching = [name for name in names if name.startswith(beginning)]
    if beginning in names:
        return beginning
    if len(matching) != 1:
        many = "single generation whose name begins with" if matching else "generation"
        wanted = f"{many} '{beginning[:100]}'"
        raise GenerationMissing(str(directory), wanted)
    return matching[0]


@contextmanager
def compare_generations(old: Path, new: Path) -> Iterator[Comparison]:
    """Compare two generations; the cost grows with the number of works that differ.

    Args:
        old: The folder of the earlier generation.
        new: The folder of the later generation.

    Yields:
        The comparison, which can be used until the block ends.

    Raises:
        GenerationOutdated: A generation has no ledger.
        GenerationCorrupt: A ledger or a paper cannot be read.
        TemporaryFolderUnusable: There is no room for the tables of differences.
    """
    for folder in (old, new):
        if not (folder / LEDGER).is_file():
            raise GenerationOutdated(folder.name, "no ledger", "one with a ledger")
    with ExitStack() as stack:
        try:
            base = stack.enter_context(closing(_open_ledgers(old, new)))
            was, now = (_Papers(folder, stack) for folder in (old, new))
            yield Comparison(base, was, now)
        except sqlite3.Error as error:
            check_temporary_tables(error)
            raise GenerationCorrupt(f"{old.name} or {new.name}", f"ledger: {error}") from error


def _open_ledgers(old: Path, new: Path) -> sqlite3.Connection:
    before, main = (f"{(f / LEDGER).absolute().as_uri()}?mode=ro&immutable=1" for f in (old, new))
    base = sqlite3.connect(main, uri=True, isolation_level=None)
    base.execute("ATTACH ? AS before", (before,))
    base.execute("PRAGMA temp_store = FILE")
    for name in ("main", "before"):
        base.execute(f"PRAGMA {name}.cache_size = -{_CACHE_KB}")
    return base


class _Papers:
    """Reads the papers of one generation by id."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        module = load_engine(read_manifest(folder).engine)
        self._name = folder.name
        self._curation = CurationWatch(folder.parents[1]).curation
        self._reader = stack.enter_context(module.open_reader(folder / ENGINE))

    def read_paper(self, paper_id: str) -> Paper:
        record = self._reader.read_paper(paper_id)
        if record is None:
            raise GenerationCorrupt(self._name, f"the engine does not find the paper '{paper_id}'")
        return decode_paper(replace_former_names(record, self._curation))


def _classify(before: Paper, after: Paper) -> str:
    """Return the kind of difference between two states of a paper, or "" if there is none."""
    if is_set_aside(after) and not is_set_aside(before):
        return "withdrawn"
    if has_been_published(after) and not has_been_published(before):
        return "published"
    return "changed" if list_changes(before, after) else ""


def _make_difference(kind: str, paper: Paper, changed: tuple[Change, ...]) -> Difference:
    names = tuple(author.name for author in paper.authors)
    shown = paper.shown
    venue = shown.venue or shown.venue_name
    return Difference(kind, paper.id, paper.title, names, venue, shown.year, changed, shown.date)


def _group_works(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the new and the old works of each group that corresponding pairs connect."""
    partners: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for new, old in pairs:
        partners["new", new].append(("old", old))
        partners["old", old].append(("new", new))
    for group in find_components(partners, partners.__getitem__):
        yield (
            [work for side, work in group if side == "new"],
            [work for side, work in group if side == "old"],
        )
