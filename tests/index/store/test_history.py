"""Check which generations are kept, and to which one a rollback returns."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.engines.errors import EngineMissing
from index.errors import GenerationMissing, IndexMissing
from index.store.generations import (
    BUILDING,
    CURRENT,
    GENERATIONS,
    read_current_name,
    switch_current,
)
from index.store.history import (
    choose_earlier,
    list_earlier,
    list_generations,
    prune_generations,
    roll_back,
)
from index.store.manifest import MANIFEST, Manifest
from tests.support.made_generations import publish

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(("keep", "kept"), [(1, "5"), (2, "45"), (3, "345"), (9, "12345")])
def test_the_newest_generations_are_kept(tmp_path: Path, keep: int, kept: str) -> None:
    """The newest generations are kept, the one in use included; folders of killed builds go."""
    for number in range(1, 6):
        publish(tmp_path, f"g{number}")
    leftover = tmp_path / GENERATIONS / f"g9{BUILDING}"
    (leftover / "engine").mkdir(parents=True)
    (leftover / MANIFEST).write_bytes(b"{}")
    prune_generations(tmp_path, keep)
    assert list_generations(tmp_path) == [f"g{number}" for number in kept]
    assert not leftover.exists()


@pytest.mark.parametrize("kind", ["pipe", "file", "link"])
def test_what_only_has_the_name_of_a_leftover_goes(tmp_path: Path, kind: str) -> None:
    """It does not block, and what a link leads to stays."""
    serving = publish(tmp_path, "g1")
    leftover = tmp_path / GENERATIONS / f"g9{BUILDING}"
    make: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(leftover),
        "file": leftover.touch,
        "link": lambda: leftover.symlink_to(serving),
    }
    make[kind]()
    prune_generations(tmp_path, 1)
    assert not leftover.is_symlink()
    assert not leftover.exists()
    assert list_generations(tmp_path) == ["g1"]


def test_the_generation_in_use_is_kept(tmp_path: Path) -> None:
    """The generation in use is kept even if it is old; if none is in use, all are kept."""
    for number in range(1, 5):
        publish(tmp_path, f"g{number}")
    switch_current(tmp_path, "g1")
    prune_generations(tmp_path, 1)
    assert list_generations(tmp_path) == ["g1"]
    (tmp_path / CURRENT).write_text("../x", "utf-8")
    prune_generations(tmp_path, 1)
    assert list_generations(tmp_path) == ["g1"]


def test_rollback_goes_back_one_by_one(tmp_path: Path) -> None:
    """Each rollback returns to the next older generation, until there is none."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}")
    assert (roll_back(tmp_path).name, read_current_name(tmp_path)) == ("g2", "g2")
    assert (roll_back(tmp_path).name, read_current_name(tmp_path)) == ("g1", "g1")
    with pytest.raises(GenerationMissing, match="papers status"):
        roll_back(tmp_path)
    assert read_current_name(tmp_path) == "g1"


def test_rollback_goes_to_what_served_before(tmp_path: Path) -> None:
    """A rollback returns to the replaced generation, which is also the last to be removed."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}", replaced=f"g{number - 1}")
    assert roll_back(tmp_path).name == "g2"
    publish(tmp_path, "g4", replaced="g2")
    assert list_earlier(tmp_path, "g4") == ["g2", "g1", "g3"]
    prune_generations(tmp_path, 3)
    assert list_generations(tmp_path) == ["g2", "g3", "g4"]
    prune_generations(tmp_path, 2)
    assert list_generations(tmp_path) == ["g2", "g4"]
    assert roll_back(tmp_path).name == "g2"
    with pytest.raises(GenerationMissing):
        roll_back(tmp_path)


def test_rollback_passes_over_damage(tmp_path: Path) -> None:
    """A rollback skips a generation that has changed since it was written."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}")
    (tmp_path / GENERATIONS / "g2" / "engine" / "segment").write_bytes(b"CONTENT")
    assert roll_back(tmp_path).name == "g1"
    switch_current(tmp_path, "g2")
    (tmp_path / GENERATIONS / "g1" / MANIFEST).write_bytes(b"{")
    assert choose_earlier(tmp_path) == ("g3", ("g1",))  # better than the damaged one in use
    switch_current(tmp_path, "g3")
    with pytest.raises(GenerationMissing):
        roll_back(tmp_path)


def test_rollback_applies_a_check(tmp_path: Path) -> None:
    """A generation that a check refuses is passed over, and reported as such."""
    for number in range(1, 5):
        publish(tmp_path, f"g{number}")

    def check(folder: Path, _: Manifest) -> None:
        if folder.name != "g1":
            raise EngineMissing("another", ("tantivy",))

    assert choose_earlier(tmp_path, check) == ("g1", ("g3", "g2"))


def test_rollback_of_nothing(tmp_path: Path) -> None:
    """Without an index there is nothing to roll back to."""
    with pytest.raises(IndexMissing):
        roll_back(tmp_path)
