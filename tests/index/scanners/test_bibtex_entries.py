"""Check how the values of BibTeX entries are read, and that damaged entries affect no others."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.dumps.streams import Stream, open_dump
from index.errors import RecordError
from index.formats import bibtex
from index.normalise.paper import normalise
from index.records import RawRecord, Reject
from index.scanners.bibtex_entries import MAX_STRING, BibEntry, find_entries
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects


def make_stream(text: str | bytes, name: str = "d.bib") -> Stream:
    """Return a text as a file of a dump."""
    content = text.encode() if isinstance(text, str) else text
    return Stream(name, name, io.BufferedReader(io.BytesIO(content)))


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Read a BibTeX text."""
    return list(bibtex.FORMAT.read(make_stream(text)))


def entry(kind: str = "article", key: str = "k", **fields: str) -> str:
    """Return an entry with each field in braces."""
    inner = "".join(
        f",\n  {name} = {{{text}}}" for name, text in ({"title": "A Title"} | fields).items()
    )
    return f"@{kind}{{{key}{inner}\n}}\n"


MACROS = r"""@string{ jx = "Journal " # {of {X}} }
@STRING(short = "JX (new)")
"""
VALUES = [
    ("jx", "Journal of {X}"),
    ("JX", "Journal of {X}"),
    ('jx # ", " # short', "Journal of {X}, JX (new)"),
    ("short", "JX (new)"),
    ("{C# and F#}", "C# and F#"),
    ('"a # b"', "a # b"),
    ("unknown", "unknown"),
    ("2004", "2004"),
    ('"one" # 2 # {three}', "one2three"),
    ("{a {nested {deeply}} b}", "a {nested {deeply}} b"),
    ('"quotes {"}inside{"}, and commas"', 'quotes {"}inside{"}, and commas'),
    ('{x = y, z = "w"}', 'x = y, z = "w"'),
    ("{mail @ home\n @foo too}", "mail @ home\n @foo too"),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_values(written: str, value: str) -> None:
    """Strings are substituted, parts concatenated, and symbols in braces and quotes are text."""
    text = f"{MACROS}@misc{{k, note = {written}, title = {{T}}}}"
    (found,) = find_entries(make_stream(text))
    assert isinstance(found, BibEntry)
    assert found.fields == {"note": value, "title": "T"}


def test_strings_are_bounded() -> None:
    """Strings that double forty times stay small, and the entry is read."""
    strings = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40))
    text = "@string{a0 = {abcdefgh}}\n" + strings + "@misc{k, note = a39 # a39, title = {T}}"
    (found,) = find_entries(make_stream(text))
    assert isinstance(found, BibEntry)
    assert len(found.fields["note"]) == 2 * MAX_STRING
    assert found.fields["title"] == "T"


DAMAGED = [
    ("@article{k, title = {Open, year = 2001\n}\n", False),
    ('@article{k, title = "Open, year = 2001\n}\n', False),
    ("@article{k, title = {Open\n", False),
    ("@article{k, author = {Open, title = {A Title}, year = 2001\n}\n", False),
    ("@article{k\n title = {A Title}, year = 2001}\n", True),
    ("@article{title = {A Title}, year = 2001}\n", True),
    ("@article{,\n title = {A Title},\n year = 2001\n}\n", True),
    ("@article{ ,, title = {A Title}, , year = 2001; }\n", True),
    ("@article{k key = {x}, title = {A Title}, year = 2001}\n", True),
    ("@article\n{k, title = {A Title}, year = 2001}\n", True),
    ("[7] @article{k, title = {A Title}, year = 2001}\n", True),
    ("\ufeff@article{k, title = {A Title}, year = 2001}\n", True),
    ("@article{k, title {A Title}, year = 2001}\n", True),
    ("@article{k, note = {ten}, title = {A Title} by hand, year = 2001}\n", True),
    ("@article{k, note = , title = {A Title}, year = 2001}\n", True),
    ("@article{k, a note: {ten}, {}, title = {A Title}, year = 2001}\n", True),
    ("@article{k, %old = {ten},\n 2nd.title/full = {B}, title = A Title, year = 2001}\n", True),
    ("@article{k,\n title = {A Title,\n year = 2001\n}\n", True),
    ('@article{k,\n title = "A Title,\n year = "2001"\n}\n', True),
    ("@article{k,\n title = {A Title}},\n year = 2001\n}\n", True),
    ("@article{k,\n abstract = {All} of it},\n title = {A Title},\n year = 2001}\n", True),
    ("@article{k,\n abstract = {If \\{ it},\n title = {A Title},\n year = 2001}\n", True),
    ("@article{k, title = {A Title}, year = 2001, abstract = {Open\n", True),
    ("@article{k, title = {A Title}, year = 2001\n", True),
    ("@article{k, title = {A Title}\n year = 2001\n}\n", True),
    ("@article{k, title = {A Title}, title = {Again}, year = 2001}\n", True),
    ("@article(k, title = {A Title}, year = 2001)\n", True),
    ("  @ARTICLE {k , Title={A Title} , Year=2001 , }\r\n", True),
    ("@article{k, title = {A Title}, year = 2001}}}\n", True),
    ("@comment{ @article{k, title = {A Title}, year = 2001}}\n", None),
    ("@preamble{ {open }\n", None),
]


@pytest.mark.parametrize(("written", "kept"), DAMAGED)
def test_a_damaged_entry_affects_no_other(written: str, *, kept: bool | None) -> None:
    """The entries around a damaged one are read, and some damage is repaired."""
    before, *middle, after = read(entry(key="a") + written + entry(key="z"))
    assert all(isinstance(one, RawRecord) for one in (before, after))
    if kept is None:
        assert not middle
        return
    (found,) = middle
    assert isinstance(found, RawRecord) is kept
    if isinstance(found, RawRecord):
        assert (found.title, found.year) == ("A Title", "2001")
    else:
        assert found.reason.startswith("is not valid BibTeX: ")
        assert found.source.record == 2


def test_planted_records(tmp_path: Path) -> None:
    """Bad records are rejected or repaired one by one, and the counts add up."""
    texts = [
        *(entry(key=f"good{n}", title=f"Good {n}").encode() for n in range(30)),
        entry(key="utf8").encode().replace(b"A Title", b"B\xc3\xa9 \xff Title"),
        entry(key="latin").encode().replace(b"A Title", b"Latin \xe9"),
        entry(key="none", title="").encode(),
        entry(key="year", title="Odd year", year="99999").encode(),
        entry(key="long", title="x" * 4_000_000).encode(),
        entry(key="nul", title="Nul \0 title").encode(),
        entry(key="good1", title="Good 1").encode(),
        b"@article{mail, author = {Lee <ann.lee@planted.org>}, title = {broken\n",
        entry(key="last", title="Last").encode(),
    ]
    path = tmp_path / "planted.bib"
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(texts))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0, max_rejects=0.2))[1]
    assert (report.read, report.indexed, report.merged) == (39, 35, 1)
    assert (report.unchanged, report.skipped, report.rejected) == (0, 0, 3)
    rejects = list(read_rejects(find_current_folder(index)))
    assert [one.reason[:12] for one in rejects] == ["has no title", "has a title ", "is not valid"]
    assert "planted" not in repr([one.excerpt for one in rejects])


def test_a_long_file_is_streamed(tmp_path: Path) -> None:
    """Reading the first entry does not read the whole file."""
    path = tmp_path / "long.bib"
    path.write_text("".join(entry(key=f"k{n}", abstract="a" * 1000) for n in range(3000)), "utf-8")
    consumed = 0

    def count(size: int) -> None:
        nonlocal consumed
        consumed += size

    for stream in open_dump(str(path), count):
        assert next(iter(bibtex.FORMAT.read(stream)))
        break
    assert 0 < consumed < path.stat().st_size


WILD = st.text(alphabet='@{}()",=#\\ \nab1é%$_', max_size=60)


@given(st.lists(WILD, max_size=4))
def test_any_text_yields_records_and_rejects(parts: list[str]) -> None:
    """No text raises an error, and an entry on a line of its own after it is read."""
    text = "\n".join(f"@article{{{part}" for part in parts)
    found = read(f"{text}\n{entry(key='last', title='The last')}")
    for one in found:
        if isinstance(one, RawRecord) and not one.deleted:
            try:
                assert normalise(one).id
            except RecordError:
                continue
    assert any(isinstance(one, RawRecord) and one.title == "The last" for one in found)
