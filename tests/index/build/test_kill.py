"""Answers: does the index go on serving when its builder is killed, at any moment?

A child process builds and is killed with SIGKILL: at every step where the files on disk
mean something else than before, and at moments told by the files as they appear.
"""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.store.generations import BUILDING, CURRENT, GENERATIONS, read_current_name
from index.store.history import list_generations
from index.store.manifest import MANIFEST
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.paths import ROOT
from web.cli import main

PATIENCE_S = 60
QUERY = "common word7"

DYING = """
import os, signal, sys
import index.build.operations, index.build.corpus, index.store.generations
import index.build.ingest, index.build.generation_builder
from web.cli import main

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(done, times):
    calls = iter(range(times))
    def call(*given):
        result = done(*given)
        return result if next(calls, None) is not None else die()
    return call

build, corpus, generations = index.build.operations, index.build.corpus, index.store.generations
ingest, builder = index.build.ingest, index.build.generation_builder
exec(sys.argv.pop(1))
main()
"""
"""Runs `papers` with one step replaced by its death; the step is the first argument."""

STEPS = [
    ("before the lock", "build.hold_lock = die", "old"),
    ("with the lock", "build.prune_generations = die", "old"),
    ("in a new folder", "builder.RejectWriter = die", "old"),
    ("at the first paper", "corpus.Corpus.put = die", "old"),
    ("in the middle", "corpus.Corpus.put = after(corpus.Corpus.put, 1500)", "old"),
    ("before works are joined", "corpus.Corpus.join_works = die", "old"),
    ("after works are joined", "ingest.Account.make_report = die", "old"),
    ("after the engine's commit", "builder.seal_folder = die", "old"),
    ("after the seal", "builder.verify_content = die", "old"),
    ("before the last name", "build.publish_generation = die", "old"),
    ("before the switch", "generations.switch_current = die", "old"),
    ("in the switch", "generations.os.fsync = die", "old"),
    (
        "after the switch",
        "generations.switch_current = after(generations.switch_current, 0)",
        "new",
    ),
    ("before the last sweep", "build.prune_generations = after(build.prune_generations, 1)", "new"),
]


def dump(path: Path, count: int) -> str:
    """Write so many papers."""
    words = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            told = " ".join(f"word{words.randrange(900)}" for _ in range(30))
            record = {"id": f"p{number}", "title": f"Common paper {number}", "abstract": told}
            file.write(json.dumps(record) + "\n")
    return str(path)


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Give the dump of the old index and that of the new one."""
    folder = tmp_path_factory.mktemp("dumps")
    return dump(folder / "old.jsonl", 500), dump(folder / "new.jsonl", 3000)


@pytest.fixture(scope="module")
def built(dumps: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give an index of each dump."""
    folder = tmp_path_factory.mktemp("built")
    for name, path in zip(("old", "new"), dumps, strict=True):
        papers("build", path, "--index", str(folder / name))
    return {name: folder / name for name in ("old", "new")}


def papers(*arguments: str) -> str:
    """Run a command that has to succeed."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def answer(directory: Path) -> tuple[int, list[tuple[str, float]]]:
    """Ask an index as a server started now would."""
    results = Searcher(directory).search(SearchRequest(query=QUERY))
    return results.total, [(hit.paper.id, round(hit.score, 4)) for hit in results.hits]


def check_after(index: Path, expected: tuple[int, list[tuple[str, float]]], new: str) -> None:
    """See that the index answers, is whole, and takes the next build without list_leftovers."""
    assert answer(index) == expected
    assert "is whole" in papers("verify", "--index", str(index))
    papers("build", new, "--index", str(index))
    assert "is whole" in papers("verify", "--index", str(index))
    folders = sorted(path.name for path in (index / GENERATIONS).iterdir())
    assert folders == list_generations(index)
    assert len(folders) == 2
    assert read_current_name(index) == folders[-1]
    assert {path.name for path in index.iterdir()} == {CURRENT, GENERATIONS, "lock"}


@pytest.mark.parametrize(("step", "serves"), [pytest.param(s, w, id=n) for n, s, w in STEPS])
def test_killed_at_a_step(
    tmp_path: Path, built: dict[str, Path], dumps: tuple[str, str], step: str, serves: str
) -> None:
    """Before the switch the old index answers just as before, after it the new one does."""
    index = Path(shutil.copytree(built["old"], tmp_path / "index"))
    command = [sys.executable, "-c", DYING, step, "build", dumps[1], "--index", str(index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert len(answer(index)[1]) == 10
    check_after(index, answer(built[serves]), dumps[1])


def _made(pattern: str) -> Callable[[Path], bool]:
    return lambda index: any(index.glob(f"{GENERATIONS}/*{BUILDING}/{pattern}"))


MOMENTS: list[tuple[str, Callable[[Path], bool], float]] = [
    ("folder", _made(""), 0),
    ("engine", _made("engine/meta.json"), 0),
    ("segments", _made("engine/*.store"), 0),
    ("report", _made("report.json"), 0),
    ("manifest", _made(MANIFEST), 0),
    ("switch", lambda index: len(list_generations(index)) > 1, 0),
    *((f"chance {n}", _made(""), random.Random(n).uniform(0.02, 0.6)) for n in range(3)),
]


@pytest.mark.parametrize(("seen", "wait"), [pytest.param(s, w, id=n) for n, s, w in MOMENTS])
def test_killed_from_outside(
    tmp_path: Path,
    built: dict[str, Path],
    dumps: tuple[str, str],
    seen: Callable[[Path], bool],
    wait: float,
) -> None:
    """Whenever it is killed, one of the two indexes answers, and whole."""
    index = Path(shutil.copytree(built["old"], tmp_path / "index"))
    before = read_current_name(index)
    command = [sys.executable, "-m", "web.cli", "build", dumps[1], "--index", str(index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        give_up = time.monotonic() + PATIENCE_S
        while not seen(index) and process.poll() is None and time.monotonic() < give_up:
            pass
        time.sleep(wait)
        process.kill()
        process.wait(PATIENCE_S)
    serves = "old" if read_current_name(index) == before else "new"
    check_after(index, answer(built[serves]), dumps[1])
