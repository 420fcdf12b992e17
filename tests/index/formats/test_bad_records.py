"""Answers: what becomes of a bad record between good ones, in every format?

One table for all: each format says how it writes a record and a file of them, each fault what it
makes of a record. The documented outcomes are those of "Bad records" in the index's README.
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
from tests.support.planted_samples import KINDS, Kind

GOOD = 5
"""Good records around the bad one, which stands behind the second."""

LONG = 10_000_000
"""Letters of a title that is no title."""

XML = ("dblp", "ACL Anthology", "OAI-PMH arXiv", "OAI-PMH Dublin Core", "PubMed")


def good(kind: Kind, number: int) -> bytes:
    """Write a good record."""
    return kind.write(str(number), f"Good {number}", "2001")


def read(kind: Kind, bad: bytes) -> list[Paper | Reject]:
    """Plant a record among good ones and read the file as a build does."""
    records = [good(kind, number) for number in range(1, GOOD + 1)]
    records.insert(2, bad)
    content = kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode()
    return outcomes(kind, content)


def outcomes(kind: Kind, content: bytes) -> list[Paper | Reject]:
    """Read a file that is recognised; what is no paper in the end is a reject."""
    stream = Stream("d.tar", kind.file, BytesIO(content))
    known = recognise_format(stream)
    assert known is not None
    assert known.short_name == kind.source
    return [*map(_outcome, known.read(stream))]


def _outcome(found: RawRecord | Reject) -> Paper | Reject:
    try:
        return found if isinstance(found, Reject) else normalise(found)
    except RecordError as error:
        return Reject(found.source, str(error))


def planted(kind: Kind, bad: bytes) -> list[Paper | Reject]:
    """Plant a record among good ones, read the file, and give the bad one's outcomes.

    Every good record has to be there, each once and as it is.
    """
    found = read(kind, bad)
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
    "byte that is no UTF-8": lambda kind: kind.write("9", "Bad \udcff nine", "2001"),
    "no title": lambda kind: kind.write("9", None, "2001"),
    "empty title": lambda kind: kind.write("9", " ", "2001"),
    "year 0": lambda kind: kind.write("9", "Bad 9", "0"),
    "year 99999": lambda kind: kind.write("9", "Bad 9", "99999"),
    "title of 10 MB": lambda kind: kind.write("9", "x" * LONG, "2001"),
    "NUL byte": lambda kind: kind.write("9", "Bad \0 nine", "2001"),
    "NUL in words": lambda kind: kind.write("9", NUL[family(kind)], "2001"),
}

Outcome = str | tuple[str, int | None]
"""Why it is rejected, the beginning of the reason; or the title and year of what is mended."""

OUTCOMES: dict[str, dict[str, Outcome]] = {
    "cut short": {
        "JSON": "is not a valid record",
        "XML": "is not well-formed XML",
        "bibtex": "is not valid BibTeX: Unexpectedly reached end of file",
        "CSV": "has a quoted cell that is never closed",
        # What is left of it is a record of its own.
        "TSV": ("Bad 9 is", None),
        "ris": ("Bad 9 is", None),
    },
    "byte that is no UTF-8": {"": ("Bad \ufffd nine", 2001), "text": ("Bad \u00ff nine", 2001)},
    "no title": {
        "": "has no title",
        "jsonl": "is not a valid record: Object missing required field `title`",
        "paperlists": "is not a valid record: Object missing required field `title`",
    },
    "empty title": {"": "has no title"},
    "year 0": {"": ("Bad 9", None), "OAI-PMH arXiv": ("Bad 9", 2007)},  # its number says 2007
    "year 99999": {"": ("Bad 9", None), "OAI-PMH arXiv": ("Bad 9", 2007)},
    "title of 10 MB": {"": "has a title of 10,000,000 characters, over 5,000"},
    "NUL byte": {"": ("Bad nine", 2001), "JSON": "is not a valid record: JSON is malformed"},
    "NUL in words": {"": ("Bad nine", 2001)},
}


def family(kind: Kind) -> str:
    """Tell the formats apart that are JSON, XML, and lines of text."""
    if kind in map(KINDS.get, XML):
        return "XML"
    return "text" if kind.source in ("bibtex", "ris", "csv") else "JSON"


def outcome(name: str, fault: str) -> Outcome:
    """Give what is documented, of the format itself before that of its family, and of all."""
    kind, known = KINDS[name], OUTCOMES[fault]
    found = next(known[key] for key in (name, kind.source, family(kind), "") if key in known)
    if kind.source == "paperlists" and isinstance(found, tuple):
        return found[0], 2024  # the year is the file's
    return found


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", KINDS)
def test_a_bad_record(name: str, fault: str) -> None:
    """It has one outcome, the documented one, and every good record is there."""
    (found,) = planted(KINDS[name], FAULTS[fault](KINDS[name]))
    expected = outcome(name, fault)
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
    """It has the same id twice, so that a build lets the later one take the earlier one's place."""
    found = [one.id for one in read(KINDS[name], good(KINDS[name], 2)) if isinstance(one, Paper)]
    assert found[1] == found[2]
    assert (len(found), len(set(found))) == (GOOD + 1, GOOD)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_breaks_off(name: str) -> None:
    """The records before its end are there, and the one that it ends in has one outcome."""
    kind = KINDS[name]
    bad = kind.write("9", "Bad 9 is cut", "2001")
    bad = bad[: bad.index(b"is cut") + 3]
    records = [*(good(kind, number) for number in range(1, GOOD + 1)), bad]
    found = outcomes(kind, kind.head.encode() + kind.between.encode().join(records))
    assert [one.title for one in found[:-1] if isinstance(one, Paper)] == GOOD_TITLES
    last, expected = found[-1], outcome(name, "cut short")
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
    """Whatever it is declared as, it is not known: nothing is expanded, and nothing fetched."""
    secret = tmp_path / "secret"
    secret.write_text("<!ENTITY bad 'never read'>", "utf-8")
    kind, declared = KINDS[name], DOCTYPES[doctype].replace("%file%", str(secret))
    head = kind.head.partition("?>")[2] or kind.head
    (found,) = planted(replace(kind, head=declared + head), kind.write("9", "T &bad;", "2001"))
    assert isinstance(found, Reject)
    assert found.reason == "uses the entity 'bad', which has no known meaning"
    assert "never read" not in repr(found)


WIDE = [name for name, kind in KINDS.items() if family(kind) != "JSON"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", WIDE)
def test_utf_16(name: str, encoding: str) -> None:
    """A file in UTF-16 is read like any other; without its mark only XML is known for that."""
    kind = KINDS[name]
    records = [kind.write(str(number), f"Göod 𝒳 {number}", "2001") for number in range(1, 3)]
    text = kind.head + kind.between.join(map(bytes.decode, records)) + kind.tail
    marked = "" if encoding == "utf-16" or name in XML else "\ufeff"
    found = outcomes(kind, (marked + text).encode(encoding))
    titles = [one.title for one in found if isinstance(one, Paper)]
    assert titles == ["Göod 𝒳 1", "Göod 𝒳 2"]
    sources = [one.shown.source for one in found if isinstance(one, Paper)]
    assert [source and source.offset for source in sources] == [-1, -1]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in WIDE])
def test_json_in_utf_16(name: str) -> None:
    """JSON is UTF-8 by its standard: a file in UTF-16 is told to be in no known format."""
    kind = KINDS[name]
    text = kind.head + good(kind, 1).decode() + kind.tail
    assert recognise_format(Stream("d", kind.file, BytesIO(text.encode()))) is not None
    assert recognise_format(Stream("d", kind.file, BytesIO(text.encode("utf-16")))) is None


def test_every_format_is_in_the_table() -> None:
    """A new format has to say how it takes bad records."""
    assert {kind.source for kind in KINDS.values()} == {
        known.short_name for known in list_formats()
    }
