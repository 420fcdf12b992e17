"""Check that an index keeps serving when its builder is killed, at any moment.

A real process builds and is killed with SIGKILL: at every step at which the files on disk change
their meaning, and at moments that are recognised by the files as they appear.
"""

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from index.store.generations import BUILDING, CURRENT, GENERATIONS, read_current_name
from index.store.history import list_generations
from index.store.manifest import MANIFEST
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.killed_commands import Commands
from web.cli import main

PATIENCE_S = 60
QUERY = "common word7"
OLD_COUNT, NEW_COUNT = 200, 700

BUILD, BUILDER = "index.build.operations", "index.build.generation_builder"
RESOLVING = "index.references.resolving"
CORPUS, STORE = "index.build.corpus:Corpus", "index.store.generations"


class Step(NamedTuple):
    """A step of a build at which it is killed.

    Attributes:
        name: What happens then.
        function: The function that does it, ``module:name``.
        call: The number of the call.
        after: Whether the process dies after the call, and not before it.
        serves: Which index serves then.
    """

    name: str
    function: str
    call: int
    after: bool
    serves: str


STEPS = [
    Step("before the lock", f"{BUILD}:hold_lock", 1, False, "old"),
    Step("with the lock", f"{BUILD}:prune_generations", 1, False, "old"),
    Step("in a new folder", f"{BUILDER}:RejectWriter", 1, False, "old"),
    Step("at the first paper", f"{CORPUS}.put", 1, False, "old"),
    Step("in the middle", f"{CORPUS}.put", NEW_COUNT // 2, True, "old"),
    Step("after words are repaired", f"{BUILDER}:repair_words", 1, True, "old"),
    Step("before works are joined", f"{CORPUS}.join_works", 1, False, "old"),
    Step("after works are joined", f"{CORPUS}.join_works", 1, True, "old"),
    Step("in the look-up of references", f"{RESOLVING}:write_identifiers", 1, True, "old"),
    Step("after references are resolved", f"{CORPUS}.resolve_references", 1, True, "old"),
    Step("after the engine's commit", f"{BUILDER}:seal_folder", 1, False, "old"),
    Step("in the seal", "os:fsync", 2, False, "old"),
    Step("after the seal", f"{BUILDER}:verify_content", 1, False, "old"),
    Step("before the last name", f"{BUILD}:publish_generation", 1, False, "old"),
    Step("before the switch", f"{STORE}:switch_current", 1, False, "old"),
    Step("in the switch", "pathlib:Path.replace", 1, False, "old"),
    Step("after the switch", f"{STORE}:switch_current", 1, True, "new"),
    Step("before old generations are removed", f"{BUILD}:prune_generations", 2, False, "new"),
    Step("after old generations are removed", f"{BUILD}:prune_generations", 2, True, "new"),
]

Answer = tuple[int, list[tuple[str, float]]]


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """Return what starts commands in processes of their own."""
    with Commands() as found:
        yield found


def write_dump(path: Path, count: int) -> str:
    """Write a number of papers."""
    words = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            abstract = " ".join(f"word{words.randrange(300)}" for _ in range(30))
            record = {"id": f"p{number}", "title": f"Common paper {number}", "abstract": abstract,
                      "references": [f"p{number // 2}"]}  # fmt: skip
            file.write(json.dumps(record) + "\n")
    return str(path)


class Indexes(NamedTuple):
    """Two indexes, what each answers, and the dump of the second.

    Attributes:
        old: The index that is in use before; copied, never changed.
        dump: The dump of the new index.
        answers: What the old and the new index answer, by ``old`` and ``new``.
    """

    old: Path
    dump: str
    answers: dict[str, Answer]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Indexes:
    """Build the old index and the new one."""
    folder = tmp_path_factory.mktemp("indexes")
    dumps = {"old": OLD_COUNT, "new": NEW_COUNT}
    for name, count in dumps.items():
        dump = write_dump(folder / f"{name}.jsonl", count)
        run_papers("build", dump, "--index", str(folder / name))
    answers = {name: answer_query(folder / name) for name in dumps}
    return Indexes(folder / "old", str(folder / "new.jsonl"), answers)


def run_papers(*arguments: str) -> str:
    """Run a command that has to succeed, in this process."""
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def answer_query(directory: Path) -> Answer:
    """Search an index as a server would that starts now."""
    results = Searcher(directory).search(SearchRequest(query=QUERY))
    assert len(results.hits) == 10
    return results.total, [(hit.paper.id, round(hit.score, 4)) for hit in results.hits]


def check_after(index: Path, expected: Answer, new: str) -> None:
    """Check that the index answers, is whole, and that the next build leaves nothing behind."""
    assert answer_query(index) == expected
    assert "is intact" in run_papers("verify", "--index", str(index))
    run_papers("build", new, "--index", str(index))
    assert "is intact" in run_papers("verify", "--index", str(index))
    folders = sorted(path.name for path in (index / GENERATIONS).iterdir())
    assert folders == list_generations(index)
    assert len(folders) == 2
    assert read_current_name(index) == folders[-1]
    assert {path.name for path in index.iterdir()} == {CURRENT, GENERATIONS, "lock"}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_killed_at_a_step(tmp_path: Path, commands: Commands, indexes: Indexes, step: Step) -> None:
    """Before the switch the old index answers exactly as before, after it the new one does."""
    index = Path(shutil.copytree(indexes.old, tmp_path / "index"))
    arguments = ("build", indexes.dump, "--index", str(index))
    code, _ = commands.run(*arguments, steps=[step.function], kill_at=step.call, after=step.after)
    assert code == -signal.SIGKILL
    check_after(index, indexes.answers[step.serves], indexes.dump)


def find_unfinished(pattern: str) -> Callable[[Path], bool]:
    """Return a function that checks whether an unfinished generation has a file."""
    return lambda index: any(index.glob(f"{GENERATIONS}/*{BUILDING}/{pattern}"))


class Moment(NamedTuple):
    """A moment of a build at which it is killed.

    Attributes:
        name: What happens then.
        has_come: Returns whether the files of an index show that it has come.
        wait: Seconds to wait from then on.
    """

    name: str
    has_come: Callable[[Path], bool]
    wait: float = 0


MOMENTS = [
    Moment("engine", find_unfinished("engine/meta.json")),
    Moment("segments", find_unfinished("engine/*.store")),
    Moment("report", find_unfinished("report.json")),
    Moment("manifest", find_unfinished(MANIFEST)),
    Moment("switch", lambda index: len(list_generations(index)) > 1),
    *(
        Moment(f"chance {n}", find_unfinished(""), random.Random(n).uniform(0, 0.3))
        for n in range(2)
    ),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.name)
def test_killed_from_outside(
    tmp_path: Path,
    commands: Commands,
    indexes: Indexes,
    moment: Moment,
) -> None:
    """Whenever the builder is killed, one of the two indexes answers, and is whole."""
    index = Path(shutil.copytree(indexes.old, tmp_path / "index"))
    before = read_current_name(index)
    number = commands.start("build", indexes.dump, "--index", str(index))
    give_up = time.monotonic() + PATIENCE_S
    with suppress(ProcessLookupError):  # it has ended by itself
        while not moment.has_come(index) and time.monotonic() < give_up:
            os.kill(number, 0)
        time.sleep(moment.wait)
        os.kill(number, signal.SIGKILL)
    code, _ = commands.wait()
    assert code in {-signal.SIGKILL, 0}
    serves = "old" if read_current_name(index) == before else "new"
    check_after(index, indexes.answers[serves], indexes.dump)
