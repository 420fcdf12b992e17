"""Check that every command and page reports damage, whichever file of the index it is in."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from index.build.operations import add, build
from index.engines.engine import ENGINES
from index.errors import PapersearchError
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.manifest import MANIFEST, REPORT, read_manifest
from index.store.vocabulary import WORDS
from tests.support.dblp_people import make_article, make_home_page, write_dump
from tests.support.two_generations import Record
from tests.support.two_generations import write_dump as write_lines
from web.app import create_app

Papers = Callable[..., Result]

ROUTES = (
    "/", "/index.json", "/search?q=tides", "/search.json?q=*&facets=author,year&per_page=100",
    "/search.json?q=teh+tides+author:byron&explain=1", "/suggest.json?q=ti", "/paper/p1",
    "/paper/p1.json", "/similar.json?id=p1", "/why-not.json?q=tides+zebra&id=p1",
    "/search?q=cites:p1",
)  # fmt: skip
COMMANDS = (
    "status", "verify", "diff", "search tides", "search --json --facets *", "show p1",
    "suggest ti", "similar p1", "why-not tides p1", "add DUMP", "remove p3", "rollback",
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of two generations with works of several records, names and rejects."""
    folder = tmp_path_factory.mktemp("damage")
    settings = BuildSettings(engine=request.param, processes=0, max_rejects=1)
    people = [
        make_article("tides", "Early Tides of the Sea", "Ada Byron"),
        make_home_page("l/2", "Ada Lovelace", "Ada Byron"),
    ]
    records = [
        {"id": f"p{n}", "title": f"Late tides number {n} of seas", "authors": ["Ada Byron"],
         "abstract": "On the tides of the northern seas. " * 9, "year": 2000 + n, "venue": "KDD",
         "references": [f"p{n // 2}", "elsewhere"]}
        for n in range(30)
    ]  # fmt: skip
    same: list[Record] = [
        {"id": "q1", "title": records[1]["title"], "authors": ["Ada Byron"]},
        {"id": "bad"},
    ]
    build(folder / "ix", (write_dump(folder, "dblp", people),), settings)
    add(folder / "ix", (write_lines(folder / "dumps", [*records, *same]),), settings)
    return folder / "ix"


def flip(path: Path) -> None:
    """Change bytes in the middle."""
    whole = bytearray(path.read_bytes())
    middle = slice(len(whole) // 3, len(whole) // 3 + 200)
    whole[middle] = bytes(byte ^ 0x55 for byte in whole[middle])
    path.unlink()
    path.write_bytes(whole)


def rot(path: Path) -> None:
    """Change bytes, but not the time of change, as a damaged disk does."""
    times = path.stat()
    flip(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def write_rubbish(path: Path) -> None:
    """Replace all bytes by ones that no reader accepts, but not the time of change."""
    times = path.stat()
    path.write_bytes(b"\xff" * times.st_size)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def clear(path: Path) -> None:
    """Replace all bytes by zeros."""
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(bytes(size))


def cut(path: Path) -> None:
    """Cut off the second half."""
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[: len(whole) // 2])


def replace_by_folder(path: Path) -> None:
    """Replace the file by a folder."""
    path.unlink()
    path.mkdir()


def make_unreadable(path: Path) -> None:
    """Replace the file by a link to itself, which nobody can read, not even root."""
    path.unlink()
    path.symlink_to(path.name)


DAMAGES = (flip, rot, clear, cut, Path.unlink, replace_by_folder, make_unreadable)


def list_files(index: Path) -> Iterator[str]:
    """Yield the files of the generation in use, of each kind the first."""
    folder, kinds = find_current_folder(index), set()
    for file in (*read_manifest(folder).files, None):
        name = file.name if file else MANIFEST
        kind = name.rsplit(".", 1)[-1] if name.startswith("engine") else name
        if kind not in kinds and (file is None or file.size):
            kinds.add(kind)
            yield name


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_reported(
    papers: Papers, index: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """No command ends in a traceback, and none prints more than a line; no page answers 500."""
    dump = write_lines(tmp_path / "dumps", [{"id": "n", "title": "New tides of the sea"}])
    files = list(list_files(index))
    assert {MANIFEST, REPORT, "ledger", "keys", "aliases", "citations", WORDS} < set(files)
    for name in files:
        copy = tmp_path / "copy"
        shutil.copytree(index, copy)
        damage(find_current_folder(copy) / name)
        for status in list_answers(copy):
            assert status in {200, 404, 503}, name
        for command in COMMANDS:
            result = papers(*command.replace("DUMP", dump).split(), index=copy)
            assert result.exception is None or isinstance(result.exception, SystemExit), name
            assert result.stderr.count("\n") <= 1, (name, command)
            if damage is not rot and command not in {"diff", "rollback"}:
                assert result.exit_code == 1, (name, command)
                assert " is damaged (" in result.stderr
        shutil.rmtree(copy)


def list_answers(index: Path) -> Iterator[int]:
    """Yield the status of each route; none if the server does not start."""
    try:
        client = create_app(index).test_client()
    except PapersearchError:
        return
    for route in ROUTES:
        yield client.get(route).status_code


@pytest.mark.parametrize("name", ["ledger", "keys", "aliases", "references", "identifiers"])
def test_an_update_does_not_hide_damage(
    papers: Papers, index: Path, tmp_path: Path, name: str
) -> None:
    """An update does not copy a damaged file into a generation in which it would look intact."""
    dump = write_lines(tmp_path / "dumps", [{"id": "n", "title": "New tides of the sea"}])
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    rot(find_current_folder(copy) / name)
    result = papers("add", dump, index=copy)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert f"({name} has changed since it was written)" in result.stderr


def test_searches_go_on_without_suggestions(
    papers: Papers, index: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Damaged words and names of authors are reported, and do not keep papers from being found."""
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    for name in (WORDS, "aliases", "citations"):
        write_rubbish(find_current_folder(copy) / name)
    for query in ('tides author:"Ada Byron"', "tydes", "cites:p1 OR tides"):
        assert papers("search", query, index=copy).exit_code == 0
    said = {record.getMessage().split(":")[0] for record in caplog.records}
    assert said == {
        "Searching without other names of authors",
        "Searching without citations",
        "Searching without spelling suggestions",
    }
