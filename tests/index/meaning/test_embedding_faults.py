"""Check that a run that is killed, or meets a full disk, can be continued."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from index.errors import IndexUnwritable
from index.meaning import embedding
from index.meaning.embedder import TOGETHER
from index.meaning.embedding import embed_papers
from index.meaning.unfinished import UNFINISHED, Unfinished
from tests.support.killed_commands import Commands
from tests.support.paths import ROOT
from tests.support.vectors import SEARCHABLE, WORDS, build_plain, check_vectors


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index without vectors; tests only copy it."""
    return build_plain(tmp_path_factory.mktemp("built"))


@pytest.fixture
def plain(built: Path, tmp_path: Path) -> Path:
    """Return an index of the test's own, without vectors."""
    return Path(copytree(built, tmp_path / "ix"))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from web.cli import main
main(["embed", "--processes", "0", "--index", sys.argv[2]])
"""


@pytest.mark.parametrize("size", [0, 12_000])
def test_a_full_disk_is_reported(plain: Path, size: int) -> None:
    """A file that may grow no further is a failure in one line; the next run continues."""
    command = [sys.executable, "-c", LIMITED, str(size), str(plain)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("papers: Cannot write to the index")
    assert done.stderr.count("\n") == 1
    embed_papers(plain, processes=0)
    check_vectors(plain)


STEPS = (
    "index.meaning.unfinished:Unfinished.commit",
    "index.meaning.unfinished:Unfinished.delete",
    "index.meaning.embedding:write_vectors",
    "index.meaning.embedding:switch_current",
)
OFTEN = {"index.meaning.embedding:COMMIT_SECONDS": 0.0}


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """Return what starts commands that kill themselves."""
    with Commands() as started:
        yield started


def test_a_killed_run_continues(built: Path, tmp_path: Path, commands: Commands) -> None:
    """Killed at any step, the search works, what was committed is kept and the rest is computed."""
    trial = Path(copytree(built, tmp_path / "trial"))
    options = ["embed", "--quiet", "--processes", "0", "--index"]
    code, steps = commands.run(*options, str(trial), steps=STEPS, settings=OFTEN)
    assert (code, steps) == (0, 7)
    left = []
    for step in range(1, steps + 1):
        directory = Path(copytree(built, tmp_path / str(step)))
        code, _ = commands.run(
            *options, str(directory), steps=STEPS, settings=OFTEN, kill_at=step, after=True
        )
        assert code == -9
        left.append(embed_papers(directory, processes=0).computed)
        check_vectors(directory)
        assert not (directory / UNFINISHED).exists()
    assert left == sorted(left, reverse=True)
    assert left[0] == len(WORDS) + 1 - TOGETHER
    assert left[-1] == 0


def test_a_killed_run_of_several_processes_continues(
    built: Path, tmp_path: Path, commands: Commands
) -> None:
    """A run that has processes of its own loses no more."""
    directory = Path(copytree(built, tmp_path / "ix"))
    options = ["embed", "--quiet", "--processes", "2", "--index", str(directory)]
    settings = OFTEN | {"index.meaning.embedding:FEW": 0}
    code, _ = commands.run(*options, steps=STEPS, settings=settings, kill_at=2, after=True)
    assert code == -9
    assert embed_papers(directory, processes=0).computed == len(WORDS) + 1 - 2 * TOGETHER
    assert check_vectors(directory) == SEARCHABLE


def test_an_unwritable_index_is_reported(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the finished file cannot be written, what was computed is kept."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(embedding, "write_vectors", refuse)
        with pytest.raises(IndexUnwritable, match="No space left on device"):
            embed_papers(plain, processes=0)
    assert embed_papers(plain, processes=0).computed == 0
    check_vectors(plain)


def test_the_first_failure_is_the_one_reported(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk may end the transaction, so that the last commit fails for another reason."""

    def refuse(reason: str) -> None:
        raise OSError(28, reason)

    with monkeypatch.context() as patch:
        patch.setattr(Unfinished, "add", lambda *_: refuse("the disk is full"))
        patch.setattr(Unfinished, "commit", lambda *_: refuse("no transaction"))
        with pytest.raises(IndexUnwritable, match="the disk is full"):
            embed_papers(plain, processes=0)
    embed_papers(plain, processes=0)
    check_vectors(plain)
