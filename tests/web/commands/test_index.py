"""Test `papers build`, `status` and `verify`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from index.people.curation import CURATION
from index.store.generations import GENERATIONS, find_current_folder, read_current_name
from index.store.history import list_generations
from index.store.manifest import read_manifest, read_report
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]

SAMPLE = str(ROOT / "index" / "sample" / "papers.jsonl")


def _write_dump(path: Path, good: int, bad: int = 0) -> str:
    lines = [json.dumps({"id": f"p{n}", "title": f"Paper {n}", "year": 2020}) for n in range(good)]
    lines += [json.dumps({"id": f"b{n}", "title": ""}) for n in range(bad)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def _build(papers: Papers, index: Path, *arguments: str, **others: Any) -> Result:  # noqa: ANN401 - the runner's own
    return papers("build", *arguments, index=index, **others)


def test_build_prints_its_report(papers: Papers, tmp_path: Path) -> None:
    """A build prints the number of papers, the dumps, its speed and what became of the records."""
    result = _build(papers, tmp_path / "ix", SAMPLE)
    assert result.exit_code == 0
    assert re.fullmatch(
        rf"417 papers in {re.escape(str(tmp_path / 'ix'))}\n"
        r"  dumps: papers\.jsonl\n"
        r"  built [\d-]{10}T[\d:]{8}Z in [\d.]+ s, [\d,]+ records/s\n"
        r"  417 read = 417 indexed \+ 0 merged \+ 0 unchanged \+ 0 skipped \+ 0 rejected\n"
        r"  repaired texts of jsonl: .+\n",
        result.stdout,
    )
    assert result.stderr == ""


def test_build_as_json(papers: Papers, tmp_path: Path) -> None:
    """--json prints the report; its counts add up, in total and for each source."""
    dump = _write_dump(tmp_path / "d.jsonl", good=20, bad=2)
    printed = json.loads(_build(papers, tmp_path / "ix", "--json", dump).stdout)
    assert (printed["read"], printed["indexed"], printed["rejected"]) == (22, 20, 2)
    for counts in (printed, *printed["sources"].values()):
        parts = ("indexed", "merged", "unchanged", "skipped", "rejected")
        assert counts["read"] == sum(counts[part] for part in parts)
    assert {"seconds", "sources", "unread_files", "first_rejects"} <= set(printed)
    assert list(printed["sources"]) == ["jsonl"]


def test_rejects_are_listed(papers: Papers, tmp_path: Path) -> None:
    """The first five rejects are listed with record, file and reason, then where to find all."""
    dump = _write_dump(tmp_path / "d.jsonl", good=200, bad=7)
    lines = _build(papers, tmp_path / "ix", dump).stdout.splitlines()
    assert "  rejected: record 201 of d.jsonl has no title" in lines
    assert sum(line.startswith("  rejected: ") for line in lines) == 5
    assert lines[-1] == "  all rejected records: rejects.jsonl.zst in the generation's folder"


def test_too_many_rejects_change_nothing(papers: Papers, tmp_path: Path) -> None:
    """More rejects than --max-rejects allows are an error of one line and change no index."""
    index = tmp_path / "ix"
    assert _build(papers, index, SAMPLE).exit_code == 0
    before = read_current_name(index)
    dump = _write_dump(tmp_path / "d.jsonl", good=80, bad=20)
    result = _build(papers, index, dump)
    assert result.exit_code == 1
    assert result.stderr.startswith("papers: 20 of 100 records were rejected; the limit is 5%")
    assert "(the first one has no title)" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (read_current_name(index), list_generations(index)) == (before, [before])
    assert _build(papers, index, "--max-rejects", "20", dump).exit_code == 0
    assert _build(papers, index, "--max-rejects", "0", dump).exit_code == 1


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_keep(papers: Papers, tmp_path: Path, keep: int) -> None:
    """The newest --keep generations are kept."""
    dump = _write_dump(tmp_path / "d.jsonl", good=3)
    names = []
    for _ in range(4):
        assert _build(papers, tmp_path / "ix", "--keep", str(keep), dump).exit_code == 0
        names.append(read_current_name(tmp_path / "ix"))
    assert list_generations(tmp_path / "ix") == names[-keep:]


def test_licence_and_date(papers: Papers, tmp_path: Path) -> None:
    """The manifest and every paper's source record --licence and --date."""
    index = tmp_path / "ix"
    options = ["--licence", "CC0-1.0", "--date", "2024-05-06"]
    _build(papers, index, *options, _write_dump(tmp_path / "d.jsonl", good=3))
    dump = read_manifest(find_current_folder(index)).dumps[0]
    assert (dump.licence, dump.date) == ("CC0-1.0", "2024-05-06")
    paper = json.loads(papers("show", "--json", "p1", index=index).stdout)
    source = paper["appearances"][0]["source"]
    assert (source["licence"], source["date"], source["record"]) == ("CC0-1.0", "2024-05-06", 2)


@pytest.mark.parametrize(
    "arguments",
    [["--keep", "0"], ["--max-rejects", "101"], ["--max-rejects", "-1"], ["--date", "yesterday"],
     ["--date", "2024-02-30"]],
    ids=" ".join,
)  # fmt: skip
def test_options_out_of_bounds(papers: Papers, tmp_path: Path, arguments: list[str]) -> None:
    """An option value out of its bounds is a usage error, and no index is made."""
    assert _build(papers, tmp_path / "ix", *arguments, SAMPLE).exit_code == 2
    assert not (tmp_path / "ix").exists()


def test_several_dumps_and_standard_input(papers: Papers, tmp_path: Path) -> None:
    """Several dumps make one index, `-` reads standard input, and the report names all."""
    first = _write_dump(tmp_path / "first.jsonl", good=3)
    line = json.dumps({"id": "in", "title": "From standard input"})
    result = _build(papers, tmp_path / "ix", first, SAMPLE, "-", stdin=line + "\n")
    assert result.stdout.startswith("421 papers in ")
    assert "  dumps: first.jsonl, papers.jsonl, stdin\n" in result.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "contains no records"),
        (b"plain words\n", "is not in a supported format"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not in a supported format"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b", "is damaged or incomplete"),
    ],
    ids=["empty", "words", "picture", "cut gzip"],
)
def test_unusable_dump(papers: Papers, tmp_path: Path, content: bytes, reason: str) -> None:
    """An unusable dump is an error of one line, and the index in use stays intact."""
    index = tmp_path / "ix"
    _build(papers, index, SAMPLE)
    before = read_current_name(index)
    (tmp_path / "dump").write_bytes(content)
    result = _build(papers, index, str(tmp_path / "dump"))
    assert result.exit_code == 1
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1
    assert read_current_name(index) == before
    assert papers("verify", index=index).exit_code == 0


def test_no_bar_without_a_terminal(tmp_path: Path) -> None:
    """Without a terminal on standard error no progress bar is drawn, with or without --quiet."""
    dump = _write_dump(tmp_path / "d.jsonl", good=3)
    for options in ([], ["--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", "build", *options, dump],
            cwd=ROOT, env={**os.environ, "PAPERS_INDEX": str(tmp_path / "ix")},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""


def test_status(papers: Papers, tmp_path: Path) -> None:
    """`status` repeats the build's report and marks generations that commands lead to."""
    index = tmp_path / "ix"
    first = _build(papers, index, _write_dump(tmp_path / "d.jsonl", good=5)).stdout
    assert papers("status", index=index).stdout.startswith(first)
    _build(papers, index, SAMPLE)
    lines = papers("status", index=index).stdout.splitlines()
    older, newer = list_generations(index)
    assert lines[0].startswith("417 papers in ")
    assert lines[-2] == f"  {GENERATIONS}/{older}  kept; `papers rollback` switches to it"
    assert lines[-1] == f"  {GENERATIONS}/{newer}  in use"
    papers("rollback", index=index)
    lines = papers("status", index=index).stdout.splitlines()
    assert lines[-2] == f"  {GENERATIONS}/{older}  in use"
    assert lines[-1] == f"  {GENERATIONS}/{newer}  kept"


def test_status_as_json(papers: Papers, sample_index: Path) -> None:
    """--json prints the manifest."""
    printed = json.loads(papers("status", "--json").stdout)
    assert printed["papers"] == 417
    assert printed["name"] == read_current_name(sample_index)
    assert {"engine", "dumps", "files", "analyser", "format_version"} <= set(printed)
    assert read_report(find_current_folder(sample_index)).adds_up()


def test_verify(papers: Papers, tmp_path: Path) -> None:
    """`verify` confirms an intact index, and names the file of which one byte was changed."""
    index = tmp_path / "ix"
    _build(papers, index, SAMPLE)
    name = read_current_name(index)
    assert papers("verify", index=index).stdout == f"Generation {name} is intact: 417 papers.\n"
    folder = find_current_folder(index)
    largest = max(read_manifest(folder).files, key=lambda file: file.size)
    damaged = bytearray((folder / largest.name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / largest.name).write_bytes(damaged)
    result = papers("verify", index=index)
    assert result.exit_code == 1
    assert result.stderr == (
        f"papers: Generation {name} is damaged ({largest.name} has changed since it was written). "
        "Run `papers rollback` to return to an older one, or `papers build DUMP`, where the "
        "index can be written.\n"
    )


@pytest.mark.parametrize("command", ["verify", "build", "add"])
def test_a_wrong_file_of_people_is_named(papers: Papers, tmp_path: Path, command: str) -> None:
    """Nothing is built beside a wrong file; its lines are named, by `status` too."""
    dump, index = _write_dump(tmp_path / "d.jsonl", good=2), tmp_path / "ix"
    _build(papers, index, dump)
    before = read_current_name(index)
    path = index / CURATION
    path.write_text('[[person]]\nname = "Ada"\nid = "s2:1"\n' * 2, "utf-8")
    refused = papers(command, *([] if command == "verify" else [dump]), index=index)
    assert refused.exit_code == 1
    assert " ".join(refused.stderr.split()).endswith(
        "line 4: 's2:1' is also in the entry of 'Ada' in line 1. Correct the file."
    )
    assert read_current_name(index) == before
    assert "line 4" in papers("status", index=index).stdout
    path.write_text('[[person]]\nname = "Ada"\nid = "s2:1"\n', "utf-8")
    accepted = papers(command, *([] if command == "verify" else [dump]), index=index)
    assert accepted.exit_code == 0
    assert "  authors.toml: 1 person\n" in papers("status", index=index).stdout
    assert papers("verify", index=index).stdout.endswith(": 2 papers, 1 person in authors.toml.\n")
