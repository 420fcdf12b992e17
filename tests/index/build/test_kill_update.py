"""Check that no paper is lost or doubled when an update or a build is killed and run again.

Real processes are killed with SIGKILL at steps spread over all of their work. What the index
holds then, and after the command is run again, is compared with a list computed by hand.
"""

import gc
import json
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.build import batching, corpus, ingest
from index.build.messages import PreparedRecord
from index.build.operations import build
from index.settings import BuildSettings
from index.store.generations import GENERATIONS, read_current_name
from index.store.history import list_generations, list_leftovers
from index.store.ledger import LEDGER, Ledger
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.killed_commands import Commands
from web.cli import main

COUNT = 320
BATCH_BYTES = 1 << 15

OFTEN = {
    "index.build.ingest:COMMIT_SECONDS": 0,
    "index.build.ingest:COMMIT_SHARE": 1e9,
    "index.build.batching:BATCH_LINE_BYTES": BATCH_BYTES,
}
"""Settings with which a command commits after each batch."""

STEPS = [
    "index.build.corpus:Corpus.put",
    "index.build.corpus:Corpus.commit",
    "index.build.corpus:Corpus.join_works",
    "index.store.ledger:Ledger.join_records",
    "index.store.ledger:Ledger.commit",
    "index.build.generation_builder:seal_folder",
    "index.build.generation_builder:verify_content",
    "index.build.operations:publish_generation",
    "index.build.operations:prune_generations",
    "pathlib:Path.rename",
    "pathlib:Path.replace",
]
"""What a command does from its first step to its last; each call is one step. How many steps it
takes does not depend on time."""

UPDATE_INSTANTS = 6
"""Instants at which an update is killed, spread evenly over its steps, besides the last ones."""

LAST_STEPS = 4
"""The steps at the end of an update that are each tried: they put the result in use."""

Held = dict[str, str]
Line = dict[str, Any]


def make_line(number: int, version: int = 0) -> Line:
    """Make a record; every eighth is a second one of the work before it."""
    of = number - (number % 8 == 7)
    words = random.Random(of)
    abstract = " ".join(f"word{words.randrange(400)}" for _ in range(40))
    return {"id": f"p{number}", "title": f"On {abstract[:60]} {of}", "abstract": abstract,
            "authors": [f"Ada Lee{of % 9}", "Wei Ray"], "year": 2000 + version}  # fmt: skip


def write_dump(path: Path, lines: list[Line]) -> str:
    """Write a dump and return its path."""
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    return str(path)


def list_works(lines: list[Line]) -> Held:
    """Compute by hand which papers there are: the year by id, each work by its first record."""
    held: dict[str, Line] = {}
    for each in lines:
        held[each["id"]] = each
    first = {each["title"]: each for each in sorted(held.values(), key=_rank_record, reverse=True)}
    return {each["id"]: str(each["year"]) for each in first.values()}


def _rank_record(each: Line) -> tuple[int, str]:
    """Rank the records of a work: the earliest names it, of several the first by its id."""
    return (each["year"], each["id"])


def list_held(index: Path) -> Held:
    """Return the year of each paper that a search finds, by id; check that none is found twice."""
    searcher = Searcher(index)
    total = searcher.search(SearchRequest("")).total
    years: Held = {}
    for page in range(1, -(-total // 100) + 1):
        hits = searcher.search(SearchRequest("", per_page=100, page=page)).hits
        years |= {hit.paper.id: str(hit.paper.shown.year) for hit in hits}
    assert len(years) == total
    return years


def run_papers(*arguments: str) -> str:
    """Run a command that has to succeed, in this process."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """Return what starts commands in processes of their own."""
    with Commands() as found:
        yield found


OLD = [make_line(n) for n in range(COUNT)]
NEW = [make_line(n, version=n % 5 == 0) for n in range(COUNT // 2, COUNT + 100)]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Return the dump of the index, and the one with which it is updated."""
    folder = tmp_path_factory.mktemp("dumps")
    return write_dump(folder / "old.jsonl", OLD), write_dump(folder / "new.jsonl", NEW)


def check_whole(index: Path) -> None:
    """Check that the index is whole and that nothing is left beside its generations."""
    assert "is intact" in run_papers("verify", "--index", str(index))
    folders = sorted(path.name for path in (index / GENERATIONS).iterdir())
    assert folders == list_generations(index)
    assert read_current_name(index) == folders[-1]


def test_killed_updates(tmp_path: Path, dumps: tuple[str, str], commands: Commands) -> None:
    """At any step the index holds all of before or all of after, and takes the update again."""
    old, new = dumps
    index, trial = tmp_path / "index", tmp_path / "trial"
    before, after = list_works(OLD), list_works(OLD + NEW)
    run_papers("build", old, "--index", str(index), "--keep", "1")
    assert list_held(index) == before
    shutil.copytree(index, trial)
    code, steps = commands.run("add", new, "--index", str(trial), steps=STEPS, settings=OFTEN)
    assert code == 0
    assert list_held(trial) == after
    spread = [steps * n // UPDATE_INSTANTS for n in range(1, UPDATE_INSTANTS)]
    outcomes = []
    for step in (1, *spread, *range(steps - LAST_STEPS, steps + 1)):
        # Keep all generations, so that the one to start from again is always there.
        update = ("add", new, "--index", str(index), "--keep", "50")
        code, _ = commands.run(*update, steps=STEPS, settings=OFTEN, kill_at=step)
        assert code == -signal.SIGKILL
        found = list_held(index)
        assert found in (before, after)
        outcomes.append(found == after)
        while read_current_name(index) != list_generations(index)[0]:
            run_papers("rollback", "--index", str(index))
    assert outcomes == sorted(outcomes)  # there is one step that puts the result in use
    assert set(outcomes) == {False, True}
    run_papers("add", new, "--index", str(index))
    assert list_held(index) == after
    check_whole(index)


@pytest.mark.parametrize("shares", [(0.2, 0.5, 0.8), (0.5, 0.1, 0.9), (0.95, 0.99)])
def test_killed_builds_are_resumed(
    tmp_path: Path, dumps: tuple[str, str], commands: Commands, shares: tuple[float, ...]
) -> None:
    """A build that is killed several times, and resumed each time, gives what one run gives."""
    index = tmp_path / "index"
    arguments = ("build", *dumps, "--index", str(index), "--resume")
    _, steps = commands.run(*arguments[:-2], str(tmp_path / "trial"), steps=STEPS, settings=OFTEN)
    for share in shares:
        # A resumed build takes fewer steps, so it may come to its end.
        commands.run(*arguments, steps=STEPS, settings=OFTEN, kill_at=int(share * steps))
    run_papers(*arguments)
    assert list_held(index) == list_works(OLD + NEW)
    check_whole(index)


@pytest.mark.parametrize(
    "step",
    [
        "index.engines.tantivy:TantivyWriter.close",
        "index.build.generation_builder:GenerationBuilder.finish",
    ],
)
def test_a_build_killed_after_its_last_record_is_resumed(
    tmp_path: Path, dumps: tuple[str, str], commands: Commands, step: str
) -> None:
    """A build that has joined all works, but is not complete, leaves what a resumed one needs."""
    index = tmp_path / "index"
    arguments = ("build", *dumps, "--index", str(index))
    commands.run(*arguments, steps=[step], kill_at=1)
    assert len(list_leftovers(index)) == 1
    run_papers(*arguments, "--resume")
    assert list_held(index) == list_works(OLD + NEW)
    check_whole(index)


def test_committed_records_are_not_put_again(
    tmp_path: Path, dumps: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resumed build continues from the last commit, and reports on all records."""
    index = tmp_path / "index"
    put_keys: list[str] = []
    left: list[Path] = []
    settings = BuildSettings(resume=True, processes=0)
    put = corpus.Corpus.put

    def count_puts(self: corpus.Corpus, new: PreparedRecord) -> int:
        put_keys.append(new.key)
        if len(put_keys) == COUNT - 80 and not left:
            raise KeyboardInterrupt
        return put(self, new)

    # Commit after each small batch, so that little is done again.
    monkeypatch.setattr(batching, "BATCH_LINE_BYTES", BATCH_BYTES)
    monkeypatch.setattr(corpus.Corpus, "put", count_puts)
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", float("inf"))
    with pytest.raises(KeyboardInterrupt):
        build(index, dumps, settings)
    gc.collect()  # frees the engine's lock with its writer, which the traceback holds
    [folder] = left = list_leftovers(index)
    ledger = Ledger(folder / LEDGER, writable=True)
    committed = ledger.count_records()
    ledger.close()
    assert committed > COUNT // 2
    put_keys.clear()
    manifest, report = build(index, dumps, settings)
    assert len(put_keys) < len(OLD) + len(NEW) - committed
    assert OLD[0]["id"] not in put_keys
    assert (report.read, report.new, report.unchanged) == (len(OLD) + len(NEW), COUNT + 100, 0)
    assert report.adds_up()
    assert manifest.papers == report.indexed == len(list_works(OLD + NEW))
    assert list_held(index) == list_works(OLD + NEW)
    assert not list_leftovers(index)


def test_builds_of_other_dumps_are_not_resumed(
    tmp_path: Path, dumps: tuple[str, str], commands: Commands
) -> None:
    """A build does not go on from what a build of another dump left, but removes it."""
    index = tmp_path / "index"
    own = write_dump(tmp_path / "own.jsonl", OLD[:50])
    commands.run("build", dumps[0], "--index", str(index), steps=STEPS[2:3], kill_at=1)
    assert len(list_leftovers(index)) == 1
    run_papers("build", own, "--index", str(index), "--resume")
    assert list_held(index) == list_works(OLD[:50])
    check_whole(index)
