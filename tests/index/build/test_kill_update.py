"""Answers: is no paper lost or doubled, whenever an update or a long build is killed?

Real processes are killed with SIGKILL at instants drawn over the whole time that they take. What
the index holds then, and after the command is run again, is compared with a list made by hand.
"""

import gc
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from index.build import batching, corpus, ingest
from index.build.messages import PreparedRecord
from index.build.operations import build
from index.build.resume import find_resumable, make_plan, write_plan
from index.settings import BuildSettings, Input
from index.store.generations import GENERATIONS, read_current_name
from index.store.history import list_generations, list_leftovers
from index.store.ledger import LEDGER, Ledger
from index.store.manifest import FORMAT_VERSION
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.paths import ROOT
from web.cli import main

COUNT = 1_600
INSTANTS = 20

OFTEN = """
import index.build.ingest
index.build.ingest.COMMIT_SECONDS, index.build.ingest.COMMIT_SHARE = 0.02, 1
from web.cli import main
main()
"""
"""Runs `papers` so that what is done is made durable all the time."""

Held = dict[str, str]
Line = dict[str, Any]


def line(number: int, version: int = 0) -> Line:
    """Give a record; every eighth is a second one of the work before it."""
    of = number - (number % 8 == 7)
    words = random.Random(of)
    told = " ".join(f"word{words.randrange(400)}" for _ in range(40))
    return {"id": f"p{number}", "title": f"On {told[:60]} {of}", "abstract": told,
            "authors": [f"Ada Lee{of % 9}", "Wei Ray"], "year": 2000 + version}  # fmt: skip


def dump(path: Path, lines: list[Line]) -> str:
    """Write lines."""
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    return str(path)


def works(lines: list[Line]) -> Held:
    """Say by hand which papers there are: (id, year), each work by the first of its records."""
    held: dict[str, Line] = {}
    for each in lines:
        held[each["id"]] = each
    first = {each["title"]: each for each in sorted(held.values(), key=_standing, reverse=True)}
    return {each["id"]: str(each["year"]) for each in first.values()}


def _standing(each: Line) -> tuple[int, str]:
    """Order the records of a work: the earlier gives the id, of two the first by its title."""
    return (each["year"], each["id"])


def held(index: Path) -> Held:
    """Give every paper that a search finds, and how often."""
    searcher = Searcher(index)
    total = searcher.search(SearchRequest("")).total
    years: Held = {}
    for page in range(1, -(-total // 100) + 1):
        hits = searcher.search(SearchRequest("", per_page=100, page=page)).hits
        years |= {hit.paper.id: str(hit.paper.shown.year) for hit in hits}
    assert len(years) == total
    return years


def papers(*arguments: str) -> str:
    """Run a command that has to succeed."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


OLD = [line(n) for n in range(COUNT)]
NEW = [line(n, version=n % 5 == 0) for n in range(COUNT // 2, COUNT + 400)]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Give the dump of the index, and the one it is brought up to date with."""
    folder = tmp_path_factory.mktemp("dumps")
    return dump(folder / "old.jsonl", OLD), dump(folder / "new.jsonl", NEW)


def seconds(*command: str) -> float:
    """Run a command to its end, and time it."""
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return time.monotonic() - started


def killed(after: float, *command: str) -> None:
    """Run a command and kill it after so many seconds."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)


def command(*arguments: str) -> tuple[str, ...]:
    """Give the command line of `papers`."""
    return (sys.executable, "-c", OFTEN, *arguments)


def whole(index: Path) -> None:
    """See that the index is whole, and that nothing was left beside its generations."""
    assert "is whole" in papers("verify", "--index", str(index))
    folders = sorted(path.name for path in (index / GENERATIONS).iterdir())
    assert folders == list_generations(index)
    assert read_current_name(index) == folders[-1]


def test_killed_updates(tmp_path: Path, dumps: tuple[str, str]) -> None:
    """At any instant the index holds all of before or all of after, and takes the update again."""
    old, new = dumps
    index, trial = tmp_path / "index", tmp_path / "trial"
    before, after = works(OLD), works(OLD + NEW)
    for directory in (index, trial):
        papers("build", old, "--index", str(directory), "--keep", "1")
    assert held(index) == before
    takes = seconds(*command("add", new, "--index", str(trial)))
    assert held(trial) == after
    chance, cut_off = random.Random(1), 0
    for _ in range(INSTANTS):
        # All generations are kept, so that there is always the one to begin again from.
        update = command("add", new, "--index", str(index), "--keep", "50")
        killed(chance.uniform(0, takes), *update)
        found = held(index)
        assert found in (before, after)
        cut_off += found == before
        while held(index) == after:
            papers("rollback", "--index", str(index))
    papers("add", new, "--index", str(index))
    assert held(index) == after
    whole(index)
    assert cut_off  # some were killed before they had changed anything


def test_killed_builds_are_resumed(tmp_path: Path, dumps: tuple[str, str]) -> None:
    """A build that is killed again and again, and resumed each time, gives what one run gives."""
    old, new = dumps
    trial, after = tmp_path / "trial", works(OLD + NEW)
    takes = seconds(*command("build", old, new, "--index", str(trial)))
    assert held(trial) == after
    chance = random.Random(2)
    for number in range(INSTANTS // 4):
        index = tmp_path / str(number)
        build_it = command("build", old, new, "--index", str(index), "--resume")
        for _ in range(4):
            killed(chance.uniform(0.2, 1) * takes, *build_it)
        papers("build", old, new, "--index", str(index), "--resume")
        assert held(index) == after
        whole(index)


def test_what_was_kept_is_not_done_again(
    tmp_path: Path, dumps: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resumed build takes up what was made durable, and its account is that of the whole."""
    index, taken = tmp_path / "index", []
    settings = BuildSettings(resume=True, processes=0)
    put = corpus.Corpus.put

    def counted(self: corpus.Corpus, new: PreparedRecord) -> int:
        taken.append(new.key)
        if len(taken) == COUNT - 300:
            raise KeyboardInterrupt
        return put(self, new)

    # Few at a time, so that what is kept is near to what was done.
    monkeypatch.setattr(batching, "BATCH_LINE_BYTES", 1 << 12)
    monkeypatch.setattr(corpus.Corpus, "put", counted)
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", float("inf"))
    with pytest.raises(KeyboardInterrupt):
        build(index, dumps, settings)
    gc.collect()  # the engine's lock goes with its writer, which the traceback held
    [left] = list_leftovers(index)
    ledger = Ledger(left / LEDGER, writable=True)
    kept = ledger.count_records()
    ledger.close()
    assert kept > COUNT // 2
    taken.clear()
    manifest, report = build(index, dumps, settings)
    assert len(taken) < len(OLD) + len(NEW) - kept
    assert OLD[0]["id"] not in taken
    assert (report.read, report.new, report.unchanged) == (len(OLD) + len(NEW), COUNT + 400, 0)
    assert report.adds_up()
    assert manifest.papers == report.indexed == len(works(OLD + NEW))
    assert held(index) == works(OLD + NEW)
    assert not list_leftovers(index)


def test_another_build_does_not_resume(tmp_path: Path, dumps: tuple[str, str]) -> None:
    """What another dump, or the same one before it was changed, left is not gone on with."""
    index = tmp_path / "index"
    own = dump(tmp_path / "own.jsonl", OLD[:50])
    killed(0, *command("build", dumps[0], "--index", str(index)))
    (index / GENERATIONS / "x.building").mkdir(parents=True, exist_ok=True)
    papers("build", own, "--index", str(index), "--resume")
    assert held(index) == works(OLD[:50])
    whole(index)


def test_what_other_code_left_is_not_resumed(tmp_path: Path) -> None:
    """Files of another format are swept, though all else of the plan is the same."""
    path = dump(tmp_path / "own.jsonl", OLD[:5])
    present = make_plan((Input(path),), "tantivy", BuildSettings())
    for version, resumed in ((FORMAT_VERSION, True), (FORMAT_VERSION - 1, False)):
        left = tmp_path / GENERATIONS / f"g{version}.building"
        left.mkdir(parents=True)
        write_plan(left, replace(present, format_version=version))
        Ledger(left / LEDGER, writable=True).close()
        assert (find_resumable(tmp_path, present) == left) is resumed
        shutil.rmtree(left)
