"""Test `papers pack` and `papers unpack`, in pipes and killed at any step."""

import json
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import Result

from index.store.generations import read_current_name
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.killed_commands import Commands
from tests.support.paths import ROOT

Papers = Callable[..., Result]

STORE, UNPACKING = "index.store.generations", "index.packs.unpacking"


class Step(NamedTuple):
    """A step at which unpacking is killed: the function, which call of it, and what serves then."""

    function: str
    call: int
    after: bool
    serves: str


STEPS = [
    Step("index.packs.pack_reader:Pack.read_member", 3, False, "old"),
    Step(f"{UNPACKING}:_write_members", 1, True, "old"),
    Step(f"{UNPACKING}:_write_manifest", 1, False, "old"),
    Step(f"{UNPACKING}:_write_manifest", 1, True, "old"),
    Step(f"{STORE}:switch_current", 1, False, "old"),
    Step("pathlib:Path.replace", 1, False, "old"),
    Step(f"{STORE}:switch_current", 1, True, "new"),
]


@pytest.fixture(scope="module")
def pack_file(papers: Papers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pack the sample."""
    file = tmp_path_factory.mktemp("packs") / "sample.pack"
    result = papers("pack", str(file))
    assert result.exit_code == 0, result.output
    return file


def test_pack_and_unpack(papers: Papers, pack_file: Path, tmp_path: Path) -> None:
    """The unpacked index answers as the packed one, and both commands say what they did."""
    result = papers("unpack", str(pack_file), index=tmp_path)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"417 papers unpacked into {tmp_path}\n  ")
    assert f"generation {read_current_name(tmp_path)} is now in use\n" in result.stdout
    asked = ("search", "--json", "transformers")
    answers = [json.loads(papers(*asked, **at).stdout) for at in ({}, {"index": tmp_path})]
    assert answers[0]["total"] > 0
    assert answers[0]["hits"] == answers[1]["hits"]
    assert papers("verify", index=tmp_path).exit_code == 0


def test_json(papers: Papers, tmp_path: Path) -> None:
    """Both commands print one JSON document that agrees with the other's."""
    file = tmp_path / "x.pack"
    packed = json.loads(papers("pack", "--level", "0", "--json", str(file)).stdout)
    unpacked = json.loads(papers("unpack", "--json", str(file), index=tmp_path / "ix").stdout)
    assert {**packed, "seconds": 0} == {**unpacked, "seconds": 0}
    assert packed["bytes"] > 100_000
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~os.umask(os.umask(0o22))


def test_a_pack_goes_through_pipes(sample_index: Path, tmp_path: Path) -> None:
    """Neither command seeks, and what they print does not mix with the pack."""
    papers = shlex.join([sys.executable, "-m", "web.cli"])
    here, there = shlex.quote(str(sample_index)), shlex.quote(str(tmp_path / "ix"))
    line = f"{papers} pack --index {here} - | cat | {papers} unpack --index {there} -"
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "417 papers packed into -" in done.stderr
    assert "417 papers unpacked into" in done.stdout


@pytest.mark.parametrize("line", ["pack - >&-", "unpack - <&-"])
def test_a_closed_stream_is_said(sample_index: Path, line: str) -> None:
    """Standard input or output may be closed; that is one line, and no crash."""
    command = shlex.join([sys.executable, "-m", "web.cli"])
    at = f"PAPERS_INDEX={shlex.quote(str(sample_index))}"
    told = ["sh", "-c", f"{at} {command} {line}"]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("papers: Cannot ")
    assert "is closed). " in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_stands_in_the_way_is_said(papers: Papers, tmp_path: Path) -> None:
    """Each failure is one line with a way out, and exit code 1."""
    (tmp_path / "dump.json").write_text("{}" * 1000)
    for command in (
        ("unpack", str(tmp_path / "none")),
        ("unpack", str(tmp_path / "dump.json")),
        ("unpack", str(tmp_path)),
        ("pack", str(tmp_path / "none" / "x.pack")),
        ("pack", str(tmp_path)),
    ):
        result = papers(*command, **({"index": tmp_path / "ix"} if command[0] == "unpack" else {}))
        assert result.exit_code == 1, command
        assert result.stderr.startswith("papers: ")
        assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.json"]


def test_a_pack_does_not_overwrite_the_index(papers: Papers, index_of: Callable[..., Path]) -> None:
    """A FILE within the index, perhaps one of its own, is refused."""
    index = index_of({"id": "a", "title": "A title"})
    before = read_current_name(index)
    result = papers("pack", str(index / "generations" / ".." / "current"), index=index)
    assert result.exit_code == 2
    assert "is within the index. Name a FILE elsewhere." in " ".join(result.stderr.split())
    assert read_current_name(index) == before


def test_a_failed_pack_leaves_the_one_before(papers: Papers, pack_file: Path) -> None:
    """Packing an index that does not exist does not touch the file."""
    before = pack_file.read_bytes()
    result = papers("pack", str(pack_file), index=pack_file.parent / "none")
    assert result.exit_code == 1
    assert pack_file.read_bytes() == before
    assert [path.name for path in pack_file.parent.iterdir()] == [pack_file.name]


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """Return what starts commands in processes of their own."""
    with Commands() as found:
        yield found


def count_papers(index: Path) -> int:
    """Count all papers of an index, hidden ones included, by a search."""
    return Searcher(index).search(SearchRequest(hidden=True)).total


@pytest.mark.parametrize("step", STEPS)
def test_unpacking_is_killed(
    commands: Commands, index_of: Callable[..., Path], pack_file: Path, step: Step
) -> None:
    """Whenever it is killed, the old index or the new one serves, and the next run succeeds."""
    index = index_of({"id": "old", "title": "The old paper"})
    command = ("unpack", "--quiet", "--index", str(index), str(pack_file))
    code, _ = commands.run(*command, steps=[step.function], kill_at=step.call, after=step.after)
    assert code == -9
    assert count_papers(index) == (1 if step.serves == "old" else 417)
    assert commands.run(*command)[0] == 0
    assert count_papers(index) == 417
    assert not list((index / "generations").glob("*.building"))


@pytest.mark.parametrize("after", [False, True])
def test_unpacking_authors_is_killed(
    commands: Commands, index_of: Callable[..., Path], tmp_path: Path, *, after: bool
) -> None:
    """`authors.toml` of the index is replaced once the new generation is in use, not before."""
    index, other = (index_of({"id": name, "title": f"The {name} paper"}) for name in ("a", "b"))
    (index / "authors.toml").write_text("# mine\n")
    (other / "authors.toml").write_text("# other\n")
    file = tmp_path / "other.pack"
    assert commands.run("pack", "--index", str(other), str(file))[0] == 0
    command = ("unpack", "--replace", "--index", str(index), str(file))
    switch = f"{STORE}:switch_current"
    assert commands.run(*command, steps=[switch], kill_at=1, after=after)[0] == -9
    assert (index / "authors.toml").read_text() == "# mine\n"
    assert commands.run(*command)[0] == 0
    assert (index / "authors.toml").read_text() == "# other\n"
