"""Test `papers rollback`, and what leads to it when `current` names no generation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.store.generations import CURRENT, GENERATIONS, read_current_name
from index.store.history import list_generations
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]


def _write_dump(path: Path) -> str:
    """Write a dump of five papers."""
    lines = [json.dumps({"id": f"p{n}", "title": f"Paper {n}", "year": 2020}) for n in range(5)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_rollback(papers: Papers, tmp_path: Path) -> None:
    """`rollback` returns to the generation before; with none older it fails and changes nothing."""
    index = tmp_path / "ix"
    papers("build", _write_dump(tmp_path / "d.jsonl"), index=index)
    older = read_current_name(index)
    papers("build", str(SAMPLE), index=index)
    assert papers("rollback", index=index).stdout == f"Generation {older} is now in use.\n"
    assert papers("status", index=index).stdout.startswith("5 papers in ")
    result = papers("rollback", index=index)
    assert result.exit_code == 1
    assert "has no older intact generation. Run `papers status`" in result.stderr
    assert read_current_name(index) == older


@pytest.mark.parametrize("content", [None, b"", b"../../etc", b"\xff\xfe", b"no-such-generation"])
def test_rollback_names_a_generation_again(
    papers: Papers, tmp_path: Path, content: bytes | None
) -> None:
    """If `current` names no generation, commands lead to `rollback`, which chooses the newest."""
    index = tmp_path / "ix"
    dump = _write_dump(tmp_path / "d.jsonl")
    for _ in range(2):
        papers("build", dump, index=index)
    older, newer = list_generations(index)
    (index / CURRENT).unlink()
    if content is not None:
        (index / CURRENT).write_bytes(content)
    for command in (["status"], ["status", "--json"], ["verify"], ["search", "x"], ["add", dump]):
        result = papers(*command, index=index)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "`papers rollback`" in result.stderr
    assert papers("rollback", index=index).stdout == (
        f"Generation {newer} is now in use, the newest intact one; 'current' named none.\n"
    )
    assert papers("add", dump, index=index).exit_code == 0
    assert papers("rollback", index=index).stdout == f"Generation {older} is now in use.\n"


def test_rollback_passes_over_unusable_generations(papers: Papers, tmp_path: Path) -> None:
    """Damaged generations, and those of an engine that is not installed, are passed over."""
    index, dump = tmp_path / "ix", _write_dump(tmp_path / "d.jsonl")
    for _ in range(4):
        papers("build", "--keep", "9", dump, index=index)
    oldest, other, damaged, _ = list_generations(index)
    (index / GENERATIONS / damaged / "words").write_bytes(b"")
    manifest = index / GENERATIONS / other / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"tantivy"', b'"another"'))
    assert papers("rollback", index=index).stdout.splitlines() == [
        f"Generation {damaged} was passed over, since it is damaged or unusable here.",
        f"Generation {other} was passed over, since it is damaged or unusable here.",
        f"Generation {oldest} is now in use.",
    ]
    assert papers("verify", index=index).exit_code == 0


def test_a_build_names_a_generation_again(papers: Papers, tmp_path: Path) -> None:
    """A build succeeds whatever is in the place of `current`."""
    index, dump = tmp_path / "ix", _write_dump(tmp_path / "d.jsonl")
    papers("build", dump, index=index)
    (index / CURRENT).unlink()
    (index / CURRENT).mkdir()
    assert papers("build", dump, index=index).exit_code == 0
    assert papers("verify", index=index).exit_code == 0
