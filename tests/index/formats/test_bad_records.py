"""Check what becomes of a bad record between good ones, in every format.

Every fault is planted in every format: `planted_samples` writes a format's records and files, and
`FAULTS` damages a record. The outcomes are documented under "Bad records" in the room's README.
"""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.registry import list_formats, recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from tests.support.paths import ROOT
from tests.support.planted_samples import KINDS, Kind

README = (ROOT / "index" / "formats" / "README.md").read_text("utf-8")

GOOD = 5
"""Number of good records; the bad one is planted after the second."""

LONG = 7_000_000
"""Characters of a title that is too long."""

XML = tuple(name for name, kind in KINDS.items() if kind.head.startswith("<"))


def write_good(kind: Kind, number: int) -> bytes:
    """Return a good record."""
    return kind.write(str(number), f"Good {number}", "2001")


def plant(kind: Kind, bad: bytes) -> list[Paper | Reject]:
    """Plant a record among good ones and read the file as a build does."""
    records = [write_good(kind, number) for number in range(1, GOOD + 1)]
    records.insert(2, bad)
    content = kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode()
    return read_file(kind, content)


def read_file(kind: Kind, content: bytes) -> list[Paper | Reject]:
    """Return the papers and rejects of a file, which must be recognised."""
    stream = Stream("d.tar", kind.file, BytesIO(content))
    known = recognise_format(stream)
    assert known is not None
    assert known.short_name == kind.format
    return [*map(_normalise, known.read(stream))]


def _normalise(found: RawRecord | Reject) -> Paper | Reject:
    try:
        return found if isinstance(found, Reject) else normalise(found)
    except RecordError as error:
        return Reject(found.source, str(error))


def find_outcomes(kind: Kind, bad: bytes) -> list[Paper | Reject]:
    """Plant a record among good ones, read the file and return the bad record's outcomes.

    Every good record must be read once, unchanged.
    """
    found = plant(kind, bad)
    titles = [one.title for one in found if isinstance(one, Paper)]
    assert [title for title in titles if title.startswith("Good")] == GOOD_TITLES
    return [one for one in found if isinstance(one, Reject) or one.title not in GOOD_TITLES]


GOOD_TITLES = [f"Good {number}" for number in range(1, GOOD + 1)]

NUL = {"JSON": "Bad \\u0000 nine", "XML": "Bad &#0; nine", "text": "Bad \x01 nine"}

Fault = Callable[[Kind], bytes]
FAULTS: dict[str, Fault] = {
    "cut short": lambda kind: (whole := kind.write("9", "Bad 9 is cut", "2001"))[
        : whole.index(b"is cut") + 3
    ],
    "byte that is not UTF-8": lambda kind: kind.write("9", "Bad \udcff nine", "2001"),
    "no title": lambda kind: kind.write("9", None, "2001"),
    "empty title": lambda kind: kind.write("9", " ", "2001"),
    "year 0": lambda kind: kind.write("9", "Bad 9", "0"),
    "year 99999": lambda kind: kind.write("9", "Bad 9", "99999"),
    "title of 7 MB": lambda kind: kind.write("9", "x" * LONG, "2001"),
    "NUL byte": lambda kind: kind.write("9", "Bad \0 nine", "2001"),
    "escaped NUL": lambda kind: kind.write("9", NUL[family(kind)], "2001"),
}

Outcome = str | tuple[str, int | None]
"""The beginning of the reason for a rejection, or the title and year of a repaired record."""

OUTCOMES: dict[str, dict[str, Outcome]] = {
    "cut short": {
        "JSON": "is not a valid record",
        "XML": "is not well-formed XML",
        "bibtex": "is not valid BibTeX: a brace or quote is never closed",
        "CSV": "has a quoted cell that is never closed",
        # The rest of the record is valid.
        "TSV": ("Bad 9 is", None),
        "ris": ("Bad 9 is", None),
        "medline": ("Bad 9 is", None),
        "refer": ("Bad 9 is", None),
    },
    "byte that is not UTF-8": {"": ("Bad \ufffd nine", 2001), "text": ("Bad \u00ff nine", 2001)},
    "no title": {
        "": "has no title",
        "jsonl": "is not a valid record: Object missing required field `title`",
        "paperlists": "is not a valid record: Object missing required field `title`",
    },
    "empty title": {"": "has no title"},
    "year 0": {"": ("Bad 9", None), "OAI-PMH arXiv": ("Bad 9", 2007)},  # its number says 2007
    "year 99999": {"": ("Bad 9", None), "OAI-PMH arXiv": ("Bad 9", 2007)},
    "title of 7 MB": {"": "has a title of 7,000,000 characters, over 5,000"},
    "NUL byte": {"": ("Bad nine", 2001)},
    "escaped NUL": {"": ("Bad nine", 2001)},
}


def family(kind: Kind) -> str:
    """Return whether a format is JSON, XML or lines of text."""
    if kind in map(KINDS.get, XML):
        return "XML"
    return "text" if kind.format in ("bibtex", "ris", "refer", "medline", "csv") else "JSON"


def expected_outcome(name: str, fault: str) -> Outcome:
    """Return the outcome listed for a format, or else for its family, or else for all formats."""
    kind, known = KINDS[name], OUTCOMES[fault]
    found = next(known[key] for key in (name, kind.format, family(kind), "") if key in known)
    if kind.format == "paperlists" and isinstance(found, tuple):
        return found[0], 2024  # the year in the file's name
    return found


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", KINDS)
def test_a_bad_record(name: str, fault: str) -> None:
    """A bad record has one outcome, the documented one, and no good record is lost."""
    (found,) = find_outcomes(KINDS[name], FAULTS[fault](KINDS[name]))
    expected = expected_outcome(name, fault)
    if isinstance(expected, str):
        assert isinstance(found, Reject)
        assert found.reason.startswith(expected)
        assert found.source.record == 3
        assert len(found.excerpt) <= 400
    else:
        assert isinstance(found, Paper), found
        assert (found.title, found.shown.year) == expected


@pytest.mark.parametrize("name", KINDS)
def test_a_record_twice(name: str) -> None:
    """A repeated record has the same id both times, so the later one replaces the earlier."""
    papers = plant(KINDS[name], write_good(KINDS[name], 2))
    found = [one.id for one in papers if isinstance(one, Paper)]
    assert found[1] == found[2]
    assert (len(found), len(set(found))) == (GOOD + 1, GOOD)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_breaks_off(name: str) -> None:
    """Records before the end of a truncated file are read; the last one has one outcome."""
    kind = KINDS[name]
    bad = kind.write("9", "Bad 9 is cut", "2001")
    bad = bad[: bad.index(b"is cut") + 3]
    records = [*(write_good(kind, number) for number in range(1, GOOD + 1)), bad]
    found = read_file(kind, kind.head.encode() + kind.between.encode().join(records))
    assert [one.title for one in found[:-1] if isinstance(one, Paper)] == GOOD_TITLES
    last, expected = found[-1], expected_outcome(name, "cut short")
    if isinstance(expected, str):
        assert isinstance(last, Reject)
    else:
        assert isinstance(last, Paper)
        assert (last.title, last.shown.year) == expected


DOCTYPES = {
    "cyclic": '<!DOCTYPE x [<!ENTITY bad "&b;"><!ENTITY b "&bad;">]>',
    "external": '<!DOCTYPE x [<!ENTITY bad SYSTEM "file://%file%">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "file://%file%">',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file://%file%"> %p;]>',
    "billion laughs": "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11))
    + "<!ENTITY bad '&a10;'>]>",
    "quadratic": f"<!DOCTYPE x [<!ENTITY bad '{'x' * 5_000}'>]>",
}


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("name", XML)
def test_an_entity_of_the_file(name: str, doctype: str, tmp_path: Path) -> None:
    """An entity that a file declares is unknown: nothing is expanded and nothing fetched."""
    secret = tmp_path / "secret"
    secret.write_text("<!ENTITY bad 'never read'>", "utf-8")
    kind, declared = KINDS[name], DOCTYPES[doctype].replace("%file%", str(secret))
    head = kind.head.partition("?>")[2] or kind.head
    bad = kind.write("9", "T &bad;", "2001")
    (found,) = find_outcomes(replace(kind, head=declared + head), bad)
    assert isinstance(found, Reject)
    assert found.reason == "uses the entity 'bad', which has no known meaning"
    assert "never read" not in repr(found)


WIDE = [name for name, kind in KINDS.items() if family(kind) != "JSON"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", WIDE)
def test_utf_16(name: str, encoding: str) -> None:
    """A file in UTF-16 is read like any other; only XML may lack the byte order mark."""
    kind = KINDS[name]
    records = [kind.write(str(number), f"Göod 𝒳 {number}", "2001") for number in range(1, 3)]
    text = kind.head + kind.between.join(map(bytes.decode, records)) + kind.tail
    marked = "" if encoding == "utf-16" or name in XML else "\ufeff"
    found = read_file(kind, (marked + text).encode(encoding))
    titles = [one.title for one in found if isinstance(one, Paper)]
    assert titles == ["Göod 𝒳 1", "Göod 𝒳 2"]
    sources = [one.shown.source for one in found if isinstance(one, Paper)]
    assert [source and source.offset for source in sources] == [-1, -1]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in WIDE])
def test_json_in_utf_16(name: str) -> None:
    """JSON must be UTF-8 by its standard, so a file in UTF-16 is not recognised."""
    kind = KINDS[name]
    text = kind.head + write_good(kind, 1).decode() + kind.tail
    assert recognise_format(Stream("d", kind.file, BytesIO(text.encode()))) is not None
    assert recognise_format(Stream("d", kind.file, BytesIO(text.encode("utf-16")))) is None


def test_every_format_is_in_the_table() -> None:
    """Every format has a sample, so that a new format is tested with bad records."""
    assert {kind.format for kind in KINDS.values()} == {
        known.short_name for known in list_formats()
    }


OTHER_FAULTS = {
    "cut short by the end of the file": test_a_file_that_breaks_off,
    "the same id again": test_a_record_twice,
    "entity that the file declares": test_an_entity_of_the_file,
    "UTF-16": test_utf_16,
}
"""Faults of the README's table that have a test of their own."""


def test_the_readme_lists_every_fault() -> None:
    """The README's table lists the faults that are tested here, and no other."""
    table = README.split("## Bad records")[1].split("|---|---|\n")[1].split("\n\n")[0]
    rows = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()]
    listed = ", ".join(rows).split(", ")
    assert sorted(listed) == sorted([*FAULTS, *OTHER_FAULTS])
