"""Check that a record is bounded before it is decoded, in JSON lines, arrays and XML."""

import gzip
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from index.build.batching import read_batches
from index.build.messages import LineBatch, Origin, RecordBatch
from index.dumps.streams import Stream, open_dump
from index.formats.registry import recognise_format
from index.records import RawRecord, Reject
from index.scanners.record_size import (
    JSON_MARKS,
    MAX_CHARACTERS,
    MAX_RECORD,
    MAX_VALUES,
    SMALL,
    TOO_LONG,
    TOO_MANY,
    XML_MARKS,
    count_marks,
    describe_excess,
)

OWN = '{"id": "%s", "title": "A paper %s"}'
DBLP = '<article key="a/b/%s"><title>A paper %s</title></article>\n'
BIBTEX = "@misc{%s, title = {A paper %s}}\n"
RIS = "TY  - JOUR\nID  - %s\nTI  - A paper %s\nER  - \n"
TABLE = "%s,A paper %s,Kay\n"

FILES: dict[str, tuple[str, str, str, Callable[[bytes], bytes], str]] = {
    "line of many authors": (
        "",
        f"{OWN}\n",
        "",
        lambda filler: b'{"id": "n", "title": "t", "authors": ["a"' + filler + b"]}\n",
        ',"b"',
    ),
    "long line": (
        "",
        f"{OWN}\n",
        "",
        lambda text: b'{"id": "n", "title": "' + text + b'"}\n',
        "ab ",
    ),
    "array of many objects": (
        "[",
        f"{OWN},\n",
        "{}]",
        lambda filler: b'{"id": "n", "title": "t", "authors": [{}' + filler + b"]},\n",
        ",{}",
    ),
    "long record of an array": (
        "[",
        f"{OWN},\n",
        "{}]",
        lambda text: b'{"id": "n", "title": "' + text + b'"},\n',
        "word ",
    ),
    "elements": (
        "<dblp>",
        DBLP,
        "</dblp>",
        lambda filler: b'<article key="a/b/n">' + filler + b"</article>\n",
        "<author/>",
    ),
    "attributes": (
        "<dblp>",
        DBLP,
        "</dblp>",
        lambda filler: b'<article key="a/b/n"' + filler + b"></article>\n",
        ' a=""',
    ),
    "references": (
        "<dblp>",
        DBLP,
        "</dblp>",
        lambda filler: b'<article key="a/b/n"><title>' + filler + b"</title></article>\n",
        "&uuml;",
    ),
    "entry": ("", BIBTEX, "", lambda text: b"@misc{n, title = {" + text + b"}}\n", "A B and "),
    "lines of a record": (
        "",
        RIS,
        "",
        lambda lines: b"TY  - JOUR\nTI  - t\n" + lines + b"ER  - \n",
        "AU  - B\n",
    ),
    "line of a record": (
        "",
        RIS,
        "",
        lambda text: b"TY  - JOUR\nTI  - " + text + b"\nER  - \n",
        "word ",
    ),
    "cells": ("id,title,authors\n", TABLE, "", lambda cells: b"n,t" + cells + b"\n", ",ab"),
    "cell": ("id,title,authors\n", TABLE, "", lambda cell: b'n,t,"' + cell + b'"\n', "ab "),
}
"""By name the head of a file, a record, the tail, a function that writes a record around what is
repeated, and what is repeated."""


def write_file(path: Path, name: str) -> None:
    """Write a file of three records, of which the second is beyond a bound, as gzip."""
    head, record, tail, wrap, filler = FILES[name]
    most = MAX_RECORD if filler in ("ab ", "word ") else MAX_CHARACTERS
    content = [record % (one, one) for one in ("x1", "x2")]
    with gzip.open(path, "wb", 1) as file:
        file.write(head.encode() + content[0].encode())
        file.write(wrap(filler.encode() * (most // len(filler) + 1)))
        file.write(content[1].encode() + tail.encode())


def read_file(path: Path) -> tuple[list[str], list[str]]:
    """Return the titles of the records that are read in batches, and the reasons of rejects."""
    titles, reasons = [], []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        for found, _ in read_batches(stream, form, Origin(form.short_name), None):
            if isinstance(found, Reject):
                reasons.append(found.reason)
                continue
            read: Iterable[RawRecord | Reject] = ()
            if isinstance(found, RecordBatch):
                read = found.records
            elif isinstance(found, LineBatch):
                read = form.read(Stream("d", "d", cast("BinaryIO", io.BytesIO(found.lines))))
            for one in read:
                if isinstance(one, Reject):
                    reasons.append(one.reason)
                else:
                    titles.append(one.title)
    return titles, reasons


@pytest.mark.parametrize("name", FILES)
def test_a_huge_record_is_rejected_alone(name: str, tmp_path: Path) -> None:
    """The records around it are read, and the reason says which bound it is beyond."""
    path = tmp_path / "d.gz"
    write_file(path, name)
    titles, reasons = read_file(path)
    assert [title.rstrip(".")[-2:] for title in titles if title] == ["x1", "x2"]
    assert re.match("is over .* long|has over", reasons[0])
    assert len(reasons) == 1 + (name.startswith("array") or "of an array" in name)


MEASURE = """
import atexit, re, sys
from pathlib import Path
from web.cli import main

@atexit.register
def print_peak():
    # Not ru_maxrss, which begins with that of the process that started this one.
    status = Path("/proc/self/status").read_text()
    print(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1], file=sys.stderr)

main()
"""


def test_memory_is_bounded(tmp_path: Path) -> None:
    """A build of one line of eight million authors takes less than 200 MB."""
    path = tmp_path / "d.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(b'{"id": "a", "title": "A paper"}\n{"id": "b", "title": "A paper", "authors": [')
        for _ in range(64):
            file.write(b'"A B",' * (1 << 17))
        file.write(b'"C"]}\n{"id": "c", "title": "Another paper"}\n')
    options = ["--quiet", "--processes", "0", "--index", str(tmp_path / "ix"), str(path)]
    command = [sys.executable, "-c", MEASURE, "build", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "2 papers" in done.stdout or "1 rejected" in done.stderr + done.stdout
    assert int(done.stderr.split()[-1]) < 200 * 1024


def test_values_are_counted_in_large_records_only() -> None:
    """A record is measured by its length, and one over a mebibyte by its values too."""
    assert describe_excess(b"," * SMALL, JSON_MARKS) == ""
    assert describe_excess(b"," * (SMALL + 1), JSON_MARKS) == TOO_MANY
    assert describe_excess(b"x" * MAX_RECORD, XML_MARKS) == ""
    assert describe_excess(b"x" * (MAX_RECORD + 1), XML_MARKS) == TOO_LONG


def test_fifteen_thousand_authors_are_within_the_bounds() -> None:
    """The longest list of authors that a paper has had is read, with all that OpenAlex writes."""
    author = (
        b'{"author_position":"middle","author":{"id":"https://openalex.org/A5000000000",'
        b'"display_name":"Name Of An Author","orcid":"https://orcid.org/0000-0000-0000-0000"},'
        b'"institutions":[{"id":"https://openalex.org/I0000000000","display_name":"A University",'
        b'"ror":"https://ror.org/000000000","country_code":"XX","type":"education","lineage":'
        b'["https://openalex.org/I0000000000"]}],"countries":["XX"],"is_corresponding":false,'
        b'"raw_author_name":"N. O. Author","raw_affiliation_strings":["Department, A University, '
        b'City, Land"],"affiliations":[{"raw_affiliation_string":"Department, A University, City, '
        b'Land","institution_ids":["https://openalex.org/I0000000000"]}]},'
    )
    record = author * 15_000
    assert describe_excess(record, JSON_MARKS) == ""
    assert count_marks(record, JSON_MARKS) < MAX_VALUES * 3 // 4
