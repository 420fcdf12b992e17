"""Test `papers rebuild`: which dumps a recipe selects, where it builds, what it prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.store.generations import find_current_folder
from index.store.history import list_generations
from index.store.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder of the commands: a recipe and two dumps under one licence."""
    for month, count in (("2026-9", 2), ("2026-10", 3)):
        lines = [json.dumps({"id": f"p{n}", "title": f"Thing {n}"}) for n in range(count)]
        dump = tmp_path / "dumps" / f"things-{month}.jsonl"
        dump.parent.mkdir(exist_ok=True)
        dump.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write_recipe(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write_recipe(folder: Path, head: str, tail: str = "") -> None:
    dump = f'[[dump]]\npath = "dumps/*.jsonl"\nlicence = "CC0-1.0"\n{tail}'
    (folder / "papers.toml").write_text(f"{head}\n[build]\nprocesses = 0\n{dump}", "utf-8")


def _count_papers(index: Path) -> int:
    return read_manifest(find_current_folder(index)).papers


def test_default_recipe(papers: Papers, folder: Path) -> None:
    """By default the recipe is papers.toml in the working folder; matching dumps are listed."""
    result = papers("rebuild", index=folder / "ix")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "papers.toml names 2 dumps:",
        "  dumps/things-2026-9.jsonl  CC0-1.0",
        "  dumps/things-2026-10.jsonl  CC0-1.0",
        f"3 papers in {folder / 'ix'}",
    ]
    assert lines[-1].startswith("  5 read = 3 indexed + 2 merged")
    manifest = read_manifest(find_current_folder(folder / "ix"))
    assert [dump.licence for dump in manifest.dumps] == ["CC0-1.0", "CC0-1.0"]


def test_new_files_are_included(papers: Papers, folder: Path) -> None:
    """A file added since is part of the next build; the recipe need not change."""
    papers("rebuild", index=folder / "ix")
    new = '{"id": "new", "title": "New thing"}\n'
    (folder / "dumps" / "things-2026-11.jsonl").write_text(new, encoding="utf-8")
    assert papers("rebuild", index=folder / "ix").exit_code == 0
    assert _count_papers(folder / "ix") == 4


def test_only_the_newest(papers: Papers, folder: Path) -> None:
    """With `newest` only the last file in natural order is built, and listed with its date."""
    _write_recipe(folder, "", "newest = true\ndate = 2026-10-31\n")
    lines = papers("rebuild", index=folder / "ix").stdout.splitlines()
    assert lines[:2] == [
        "papers.toml names 1 dump:",
        "  dumps/things-2026-10.jsonl  2026-10-31  CC0-1.0",
    ]
    assert read_manifest(find_current_folder(folder / "ix")).dumps[0].date == "2026-10-31"


def test_which_index(papers: Papers, folder: Path) -> None:
    """--index takes precedence over the recipe, and the recipe over the environment."""
    _write_recipe(folder, 'index = "named"')
    assert papers("rebuild", "--index", "given", index=folder / "set").exit_code == 0
    assert [name for name in ("given", "named", "set") if (folder / name).exists()] == ["given"]
    assert papers("rebuild", index=folder / "set").exit_code == 0
    assert not (folder / "set").exists()
    assert _count_papers(folder / "named") == _count_papers(folder / "given") == 3


def test_another_recipe(papers: Papers, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in the file that --recipe names are relative to it, not to the working folder."""
    _write_recipe(folder, 'index = "named"')
    (folder / "papers.toml").rename(folder / "mine.toml")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    result = papers("rebuild", "--recipe", "../mine.toml", index=folder / "set")
    assert result.exit_code == 0, result.output
    assert _count_papers(folder / "named") == 3


def test_quiet(papers: Papers, folder: Path) -> None:
    """--quiet omits the list of dumps and prints only the result."""
    result = papers("rebuild", "--quiet", index=folder / "ix")
    assert result.stdout.startswith(f"3 papers in {folder / 'ix'}\n")


def test_json(papers: Papers, folder: Path) -> None:
    """--json prints the report and nothing else."""
    report = json.loads(papers("rebuild", "--json", index=folder / "ix").stdout)
    assert (report["read"], report["papers"]) == (5, 3)


def test_dry_run(papers: Papers, folder: Path) -> None:
    """--dry-run prints the report and makes no generation."""
    papers("rebuild", index=folder / "ix")
    before = list_generations(folder / "ix")
    result = papers("rebuild", "--dry-run", index=folder / "ix")
    assert result.exit_code == 0, result.output
    assert "5 read = 3 indexed" in result.stdout
    assert list_generations(folder / "ix") == before


def test_resume(papers: Papers, folder: Path) -> None:
    """--resume without an interrupted build builds everything."""
    result = papers("rebuild", "--resume", index=folder / "ix")
    assert result.exit_code == 0, result.output
    assert _count_papers(folder / "ix") == 3


def test_build_settings(papers: Papers, folder: Path) -> None:
    """The recipe's build settings apply, here `max-rejects` and `engine`."""
    with (folder / "dumps" / "things-2026-9.jsonl").open("a", encoding="utf-8") as dump:
        dump.write("no record\n")
    recipe = (folder / "papers.toml").read_text("utf-8")
    strict = recipe.replace("processes", 'engine = "whoosh"\nmax-rejects = 0\nprocesses')
    (folder / "papers.toml").write_text(strict, encoding="utf-8")
    result = papers("rebuild", index=folder / "ix")
    assert result.exit_code == 1
    assert "1 of 6 records were rejected; the limit is 0%" in result.stderr
    (folder / "papers.toml").write_text(strict.replace("= 0\nproc", "= 50\nproc"), "utf-8")
    assert papers("rebuild", index=folder / "ix").exit_code == 0
    assert read_manifest(find_current_folder(folder / "ix")).engine == "whoosh"


def test_unusable_recipe(papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing or invalid recipe is a usage error of one line, and no index is made."""
    monkeypatch.chdir(tmp_path)
    result = papers("rebuild", index=tmp_path / "ix")
    assert result.exit_code == 2
    assert result.stderr.startswith("papers: No such recipe: 'papers.toml'. Choose another with ")
    (tmp_path / "papers.toml").write_text("[build]\nkep = 2\n", encoding="utf-8")
    result = papers("rebuild", index=tmp_path / "ix")
    assert result.exit_code == 2
    assert result.stderr == (
        "papers: Cannot use the recipe 'papers.toml': "
        "unknown key 'kep' in build (did you mean 'keep'?). Correct the file.\n"
    )
    assert not (tmp_path / "ix").exists()


def test_the_file_of_people(papers: Papers, folder: Path) -> None:
    """The index uses the file that the recipe names, and keeps it through later builds."""
    (folder / "who.toml").write_text('[[person]]\nname = "Ada"\nid = "s2:1"\n', "utf-8")
    _write_recipe(folder, 'authors = "who.toml"')
    for _ in range(3):
        assert papers("rebuild", index=folder / "ix").exit_code == 0
    assert (folder / "ix" / "authors.toml").readlink() == folder / "who.toml"
    assert papers("rollback", index=folder / "ix").exit_code == 0
    assert "  authors.toml: 1 person\n" in papers("status", index=folder / "ix").stdout
    (folder / "who.toml").write_text("[[person]]\n", "utf-8")
    refused = papers("rebuild", index=folder / "ix")
    assert refused.exit_code == 1
    assert "line 1: the person has no name" in refused.stderr
