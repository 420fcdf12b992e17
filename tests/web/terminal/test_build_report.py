"""Test the text of build reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.records import Reject, Source
from index.settings import BuildSettings
from index.store.manifest import GLUED, Dump, Manifest, Report
from web.terminal.build_report import (
    MOST_LISTED,
    MOST_UNREAD,
    choose_engine,
    format_build,
    format_update,
    print_report,
)

if TYPE_CHECKING:
    from pathlib import Path

DUMP = Dump("a.jsonl", 9, "", "", "", 4)
MANIFEST = Manifest(
    "g", "2026-01-02T00:00:00Z", 3, 4, 4, "", "tantivy", "tantivy 1", (DUMP,), (), "0"
)
REPAIRS = {f"r{n}": 20 - n for n in range(MOST_LISTED + 1)} | {GLUED: 1}
REPORT = Report(
    read=5, indexed=3, merged=1, rejected=1, new=4, papers=3, seconds=2.0,
    repairs={"jsonl": REPAIRS},
    odd_values={"csl": {"author.given": 1, "issued": 1_200}}, unread_files=("notes.txt",),
    left_out={"encrypted": 2, "link": 1_200},
    first_rejects=(Reject(Source("a.jsonl", record=5), "has no title"),),
)  # fmt: skip


def test_a_build_accounts_for_every_record() -> None:
    """A build lists papers, dumps, speed, outcomes, repairs, odd values, rejects, unread files."""
    lines = format_build(MANIFEST, REPORT, "DIR").splitlines()
    repairs = ", ".join(f"r{n} {20 - n}" for n in range(MOST_LISTED))
    assert lines == [
        "3 papers from 4 records in DIR",
        "  dumps: a.jsonl",
        "  built 2026-01-02T00:00:00Z in 2.0 s, 2 records/s",
        "  5 read = 3 indexed + 1 merged + 0 unchanged + 0 skipped + 1 rejected",
        f"  repaired texts of jsonl: {repairs}, ...",
        "  repaired glued words of jsonl: 1 abstract",
        "  odd values of csl: issued 1,200, author.given 1",
        "  rejected: record 5 of a.jsonl has no title",
        "  files left out of the dumps: link 1,200, encrypted 2",
        "  files in no known format: notes.txt (build one alone to see why)",
    ]


def test_names_are_printable() -> None:
    """No name and no reason can begin a line or control the terminal."""
    name, shown = "x\n\x1b[2J\u202e", "x\\n\\x1b[2J\\u202e"
    dump = Dump(name, 9, "", "", "", 4)
    manifest = Manifest("g", "", 3, 4, 4, "", "tantivy", "tantivy 1", (dump,), (), "0")
    reject = Reject(Source(name, record=5), f"has {name}")
    report = Report(read=1, rejected=1, unread_files=(name,), first_rejects=(reject,))
    for text in (format_build(manifest, report, name), format_update(manifest, report, name)):
        assert "".join(text.split("\n")).isprintable()
        assert f" in {shown}\n" in text
        assert f"  rejected: record 5 of {shown} has {shown}\n" in text
        assert f"  files in no known format: {shown} (" in text


def test_files_beyond_the_first_are_counted() -> None:
    """Of many files in no known format, the first are listed."""
    files = tuple(f"{n}.txt" for n in range(MOST_UNREAD + 2))
    last = format_build(
        MANIFEST, Report(read=1, indexed=1, unread_files=files), "DIR"
    ).splitlines()[-1]
    assert last.endswith("4.txt and 2 more (build one alone to see why)")


@pytest.mark.parametrize(
    ("report", "first"),
    [
        (Report(new=1, papers=3), "1 new, 0 changed, 0 deleted records: 3 papers in DIR"),
        (Report(papers=3), "Nothing changed: 3 papers in DIR"),
        (Report(people=2, papers=1), "0 new, 0 changed, 0 deleted records: 1 paper in DIR"),
    ],
)
def test_an_update_counts_changes(report: Report, first: str) -> None:
    """An update counts new, changed and deleted records, or says that nothing changed."""
    assert format_update(MANIFEST, report, "DIR").splitlines()[0] == first


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_dry_run_is_announced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, dry_run: bool
) -> None:
    """The text of a dry run starts by saying that nothing was changed; JSON is the report."""
    settings = BuildSettings(dry_run=dry_run)
    print_report(format_build, (MANIFEST, REPORT), tmp_path, settings, as_json=False)
    assert capsys.readouterr().out.startswith("Dry run: nothing was changed.\n") is dry_run
    print_report(format_build, (MANIFEST, REPORT), tmp_path, settings, as_json=True)
    assert capsys.readouterr().out.startswith('{"read":5,')


def test_the_named_engine_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """An engine that the user names is used without a message."""
    assert choose_engine("whoosh") == "whoosh"
    assert capsys.readouterr().err == ""


def test_a_missing_engine_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the preferred engine is not installed, a message names the one used instead."""
    monkeypatch.setattr("web.terminal.build_report.default_engine", lambda: "whoosh")
    assert choose_engine(None) == "whoosh"
    expected = "Tantivy is not installed. Building with Whoosh, which is slower.\n"
    assert capsys.readouterr().err == expected
