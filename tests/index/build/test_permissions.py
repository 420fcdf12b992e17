"""Check what a user can do with an index that another user owns.

Root may do everything, so tests that run as root continue as nobody.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.build.operations import add, build
from index.errors import IndexUnwritable
from index.settings import BuildSettings
from index.store.generations import ENGINE, GENERATIONS
from index.store.history import list_leftovers
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

NOBODY = 65_534

Command = Callable[..., Any]


@pytest.fixture
def owned() -> Iterator[Path]:
    """Return a folder with a dump and its index; the test continues as its owner, not as root."""
    user, folder = os.geteuid(), Path(tempfile.mkdtemp())
    write_dump(folder, 1)
    build(folder / "index", (str(folder / "d.jsonl"),), BuildSettings())
    try:
        if user == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        os.seteuid(user)
        for path in (place for place in folder.rglob("*") if place.is_dir()):
            path.chmod(0o700)
        shutil.rmtree(folder)


def write_dump(folder: Path, count: int) -> str:
    """Write a number of papers and return the path."""
    records = ({"id": f"p{n}", "title": f"Common paper {n}"} for n in range(count))
    (folder / "d.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, records)))
    return str(folder / "d.jsonl")


@pytest.mark.parametrize("command", [build, add])
def test_a_read_only_index(owned: Path, command: Command) -> None:
    """Without write permission the index is still read, and a build says what is wrong."""
    index, path = owned / "index", write_dump(owned, 2)
    assert Searcher(index).search(SearchRequest("common")).total == 1
    for place in (index, index / GENERATIONS):
        place.chmod(0o500)
    with pytest.raises(IndexUnwritable, match="correct the permissions"):
        command(index, (path,), BuildSettings())
    assert Searcher(index).search(SearchRequest("common")).total == 1


@pytest.mark.parametrize("command", [build, add])
def test_permission_lost_midway(owned: Path, command: Command) -> None:
    """If permission is lost during a build, one error says so, and the old index serves."""
    index, path = owned / "index", write_dump(owned, 500)

    def bar(_bytes: int, records: int) -> None:
        if records:
            for folder in list_leftovers(index):
                (folder / ENGINE).chmod(0o500)
                folder.chmod(0o500)

    with pytest.raises(IndexUnwritable, match="correct the permissions"):
        command(index, (path,), BuildSettings(processes=0), bar)
    assert Searcher(index).search(SearchRequest("common")).total == 1
    for folder in list_leftovers(index):
        folder.chmod(0o700)
        (folder / ENGINE).chmod(0o700)
    command(index, (path,), BuildSettings())
    assert Searcher(index).search(SearchRequest("common")).total == 500
    assert len(list((index / GENERATIONS).iterdir())) == 2
