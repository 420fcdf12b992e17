"""Test `papers export`: formats, ids from standard input, files and broken pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT
from web.exports.formats import FORMATS
from web.exports.table import BYTE_ORDER_MARK
from web.failures import FOUND, NOTHING_FOUND, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    Papers = Callable[..., Result]

VASWANI, KINGMA = "vaswani-2017-attention", "kingma-2015-adam"


def _list_ids(result: Result) -> list[str]:
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_file_of_the_page(papers: Papers, client: FlaskClient, name: str) -> None:
    """The command and the server write the same bytes."""
    result = papers("export", "--format", name, "--sort", "title", "--venue", "ICML", "learning")
    address = f"/search{FORMATS[name].suffix}?q=learning&sort=title&venue=ICML"
    assert result.exit_code == FOUND
    assert result.stdout_bytes == client.get(address).data


def test_ids_are_read_from_standard_input(papers: Papers) -> None:
    """Lines may also hold titles; one that names nothing is reported and passed over."""
    lines = f"{KINGMA}\n\nnothing at all\nAttention Is All You Need\n"
    result = papers("export", "--format", "jsonl", "-", stdin=lines)
    assert _list_ids(result) == [KINGMA, VASWANI]
    assert result.exit_code == NOTHING_FOUND
    assert "nothing at all" in result.stderr


def test_a_limit_ends_the_export(papers: Papers) -> None:
    """The first hits are those of the first page."""
    shown = json.loads(papers("search", "--json", "--limit", "3", "learning").stdout)["hits"]
    result = papers("export", "--format", "jsonl", "--limit", "3", "learning")
    assert _list_ids(result) == [hit["id"] for hit in shown]


def test_nothing_found(papers: Papers) -> None:
    """The exit code says that the file has no papers."""
    result = papers("export", "zzzzqqqq")
    assert (result.stdout, result.exit_code) == ("", NOTHING_FOUND)


def test_keys_follow_a_pattern(papers: Papers) -> None:
    """One that is not valid is refused before anything is written."""
    written = papers("export", "--key-pattern", "{id}", "--limit", "1", VASWANI)
    assert written.stdout.startswith(f"@inproceedings{{{VASWANI},")
    refused = papers("export", "--key-pattern", "{nothing}", VASWANI)
    assert (refused.exit_code, refused.stdout) == (USAGE, "")
    assert "{family}" in refused.stderr


def test_a_table_may_begin_with_a_byte_order_mark(papers: Papers) -> None:
    """Other formats never do."""
    assert papers("export", "--bom", "--format", "csv").stdout.startswith(BYTE_ORDER_MARK)
    assert papers("export", "--bom").stdout.startswith("@")


def test_a_file_is_replaced_when_it_is_complete(papers: Papers, tmp_path: Path) -> None:
    """A failure leaves the file as it was, and nothing else beside it."""
    file = tmp_path / "papers.bib"
    file.write_text("before")
    failed = papers("export", "--output", str(file), "--sort", "title", "a" * 20_001)
    assert (failed.exit_code, file.read_text()) == (USAGE, "before")
    assert papers("export", "--output", str(file), VASWANI).exit_code == FOUND
    assert file.read_text("utf-8").startswith("@")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("place", ["missing/papers.bib", "."])
def test_a_file_that_cannot_be_written(papers: Papers, tmp_path: Path, place: str) -> None:
    """One line names the file."""
    result = papers("export", "--output", str(tmp_path / place), VASWANI)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_early_is_no_failure(sample_index: Path) -> None:
    """`papers export | head` prints no error."""
    command = [sys.executable, "-m", "web.cli", "export", "--index", str(sample_index), "--hidden"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"@")
        process.stdout.close()
        assert process.stderr.read() == b""
