"""Check that the rows of a table are found, also around damaged ones."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord, Reject
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects


def make_stream(text: str | bytes, name: str = "d.csv") -> Stream:
    """Return a text as a file of a dump."""
    content = text.encode() if isinstance(text, str) else text
    return Stream(name, name, io.BufferedReader(io.BytesIO(content)))


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Recognise and read a table."""
    stream = make_stream(text)
    form = recognise_format(stream)
    assert form is not None
    assert form.short_name == "csv"
    return list(form.read(stream))


ROWS: list[tuple[str, list[str | None]]] = [
    ("A,Lee,2001\nB,Li,2002\n", ["A", "B"]),
    ("A,Lee,2001\n\n,,\n\nB", ["A", "B"]),
    ("A,Lee,2001,,\n", ["A"]),
    ("A,Lee,2001,more\nB,Li,2002\n", [None, "B"]),
    ('"A ""quoted"" one",Lee,2001\n', ['A "quoted" one']),
    ('"A\nbroken, long\n one",Lee,2001\nB,Li,2002\n', ["A\nbroken, long\n one", "B"]),
    ('A 5" disk,Lee,2001\nB,Li,2002\n', ['A 5" disk', "B"]),
    ('"Open,Lee,2001\nB,Li,2002\n', [None, "B"]),
    ('"Open,Lee,2001\n"B, b",Li,2002\nC,Li,2002\n', [None, "B, b", "C"]),
    ('A,Lee,"Open\nB,Li,2002\n', [None, "B"]),
    ('A,Lee,"Open\nof an abstract, cut\nB,Li,2002\n', [None, None, "B"]),
    ("A,Lee,2001\nTitle,Authors,Year\nB,Li,2002\n", ["A", "B"]),
    ('"A",  "Lee, Ann",2001\n', ["A"]),
]


@pytest.mark.parametrize(("written", "titles"), ROWS)
def test_rows(written: str, titles: list[str | None]) -> None:
    """A damaged row (None) is rejected, and those around it are read."""
    found = read(f"Title,Authors,Year\n{written}")
    assert [one.title if isinstance(one, RawRecord) else None for one in found] == titles
    numbers = [one.source.record for one in found]
    assert numbers == list(range(1, len(found) + 1))


def test_offsets_of_rows() -> None:
    """The offset of a record is that of its first byte."""
    text = '\ufeffTitle,Year\n\u00c9,2001\n"B\nb",2002\nC,2003\n'.encode()
    offsets = [one.source.offset for one in read(text)]
    assert offsets == [text.index(begin.encode()) for begin in ("\u00c9,2", '"B', "C,2")]


def test_planted_records(tmp_path: Path) -> None:
    """Bad rows are rejected or repaired one by one, and the counts add up."""
    rows = [
        *(f"Good {n},Ann Lee,2001" for n in range(30)),
        ",Ann Lee,2001",
        f"{'x' * 4_000_000},Ann Lee,2001",
        "Nul \0 title,Ann Lee,0",
        "Year,Ann Lee,99999",
        "Good 3,Ann Lee,2001",
        "B\u00e9 \udcff title,Ann Lee,2001",
        "Long,Ann Lee,2001,a,b",
        '"Cut short,ann.lee@planted.org',
    ]
    path = tmp_path / "d.csv"
    path.write_bytes("\n".join(["Title,Authors,Year", *rows]).encode("utf-8", "surrogateescape"))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0, max_rejects=0.2))[1]
    assert (report.read, report.indexed, report.merged, report.rejected) == (38, 33, 1, 4)
    rejects = list(read_rejects(find_current_folder(index)))
    assert [one.reason[:11] for one in rejects] == [
        "has no titl", "has a title", "has 5 cells", "has a quote",
    ]  # fmt: skip
    assert "planted" not in repr(rejects)


WILD = st.text(alphabet='",\n\r\0a1é;', max_size=60)


@given(WILD)
def test_any_text_yields_records_and_rejects(text: str) -> None:
    """No text raises an error, and a row after a closed one is read."""
    found = read(f"Title,Authors,Year\nFirst,,\n{text}")
    assert isinstance(found[0], RawRecord)
    for one in found:
        if isinstance(one, RawRecord):
            try:
                assert normalise(one).id
            except RecordError:
                continue
