"""Check which generation answers while the index is switched, damaged and mended."""

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from index.engines.errors import EngineMissing
from index.errors import GenerationCorrupt
from index.store.file_watch import INTERVAL_SECONDS
from index.store.generations import CURRENT, GENERATIONS, switch_current
from index.store.history import prune_generations
from search.answers.current_generation import RETRY_SECONDS, CurrentGeneration
from tests.support.clock import Clock

IndexOf = Callable[..., Path]

PAPER = {"id": "p1", "title": "A Deep Paper"}


@pytest.fixture
def index(index_of: IndexOf) -> Path:
    """Build an index of one paper, which the test may damage."""
    return index_of(PAPER)


def copy_generation(index: Path, name: str) -> Path:
    """Copy the generation in use under another name, and return its folder."""
    source = index / GENERATIONS / (index / CURRENT).read_text("utf-8").strip()
    return Path(shutil.copytree(source, index / GENERATIONS / name))


def make_engine_unknown(folder: Path) -> None:
    """Let a manifest name an engine that is not installed."""
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"tantivy"', b'"another"'))


def miscount(folder: Path) -> None:
    """Let a manifest record a number of documents that the engine does not hold."""
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"documents": 1', b'"documents": 2'))


def write_current(content: bytes) -> Callable[[Path], None]:
    """Return a function that replaces the file that names the generation."""

    def write(folder: Path) -> None:
        path = folder.parent.parent / CURRENT
        path.unlink()
        path.write_bytes(content)

    return write


DAMAGES = [
    make_engine_unknown,
    miscount,
    shutil.rmtree,
    lambda folder: (folder / "manifest.json").write_bytes(b"{"),
    lambda folder: (folder / "manifest.json").write_bytes(b"[]"),
    lambda folder: shutil.rmtree(folder / "engine"),
    lambda folder: (folder / "engine" / "meta.json").write_bytes(b"{}"),
    *map(write_current, (b"", b"../x", b"\xff\xfe", b"x" * 10_000_000, b"missing")),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_generation_that_cannot_be_opened(
    index: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    """The generation before goes on serving, the log says so once, and the next one is opened."""
    clock = Clock()
    current = CurrentGeneration(index, clock)
    before = current.refresh()
    new = copy_generation(index, "99990101T000000Z-bad")
    switch_current(index, new.name)
    damage(new)
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert current.refresh() is before
            clock.now += RETRY_SECONDS
    assert [record.getMessage()[:13] for record in caplog.records] == ["Still serving"]
    switch_current(index, before.manifest.name)
    good = copy_generation(index, "99990101T000000Z-good")
    switch_current(index, good.name)
    assert current.refresh() is not before


def test_opening_is_not_tried_for_each_request(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed attempt is repeated only after a while, or if the file changes."""
    clock = Clock()
    current = CurrentGeneration(index, clock)
    before, name = current.refresh(), (index / CURRENT).read_text("utf-8").strip()
    switch_current(index, "missing")
    attempts = []

    def fail(_: CurrentGeneration) -> None:
        attempts.append(clock.now)
        raise EngineMissing("another", ("tantivy",))

    monkeypatch.setattr(CurrentGeneration, "_open", fail)
    for _ in range(10):
        assert current.refresh() is before
        clock.now += RETRY_SECONDS / 4
    assert attempts == [0, RETRY_SECONDS, 2 * RETRY_SECONDS]
    monkeypatch.undo()
    shutil.copytree(index / GENERATIONS / name, index / GENERATIONS / "missing")
    assert current.refresh() is before
    clock.now += RETRY_SECONDS
    assert current.refresh() is not before


def test_a_change_in_place_is_reported(index: Path) -> None:
    """A changed file is damage for every request, until another generation is in use."""
    clock = Clock()
    current = CurrentGeneration(index, clock)
    copy = copy_generation(index, "99990101T000000Z-copy")
    (store,) = (index / GENERATIONS / current.refresh().manifest.name).glob("engine/*.store")
    with store.open("r+b") as file:
        file.write(b"damaged")
    clock.now += INTERVAL_SECONDS
    for _ in range(2):
        with pytest.raises(GenerationCorrupt, match="has changed since it was written"):
            current.refresh()
    assert current.update().manifest
    switch_current(index, copy.name)
    assert current.refresh()


def test_readers_open_while_generations_are_swept(index: Path) -> None:
    """Threads that open the index while each generation replaces the last never fail."""
    done = Event()

    def read() -> int:
        opened = 0
        while not done.is_set():
            opened += CurrentGeneration(index).refresh().documents
        return opened

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(20):
            switch_current(index, copy_generation(index, f"99990101T000000Z-{number}").name)
            prune_generations(index, 1)
        done.set()
        assert all(reader.result() > 0 for reader in readers)
