"""Check that XML records are parsed safely and independently."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dumps.streams import Stream, open_dump
from index.errors import RecordError
from index.records import RawRecord, Reject, Source
from index.scanners.head import parse_head
from index.scanners.xml_pieces import Layout
from index.scanners.xml_records import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    find_root,
    read_text,
    read_texts,
    read_xml,
)

LAYOUT = Layout(("book",), context=("meta",), openings=("shelf",))

BOMB = """<!DOCTYPE books [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&d;"><!ENTITY file SYSTEM "secret.txt">]>
"""


def convert(book: Element, source: Source) -> Iterator[RawRecord]:
    """Yield the title and the key of a book."""
    if book.tag == "book":
        if "key" not in book.attrib:
            message = "has no key"
            raise RecordError(message)
        yield RawRecord(source, "books", id=book.attrib["key"], title=read_text(book.find("title")))


def read(path: Path, content: str | bytes) -> list[RawRecord | Reject]:
    """Write a file and read it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    streams = open_dump(str(path))
    return [found for stream in streams for found in read_xml(stream, LAYOUT, convert)]


def book(key: object, title: str = "T", *, rest: str = "") -> str:
    """Return a book."""
    return f'<book key="{key}"><title>{title}</title>{rest}</book>\n'


def list_titles(found: list[RawRecord | Reject]) -> list[str]:
    """Return the title of each record, and the reason of each reject."""
    return [one.reason if isinstance(one, Reject) else one.title for one in found]


def test_records(tmp_path: Path) -> None:
    """Records have a location; context and openings are not records."""
    written = f"<l:shelf xmlns:l='u'><meta/>{book(1)}{book(2, 'U')}</l:shelf>"
    one, two = read(tmp_path / "books.xml", written)
    assert isinstance(one, RawRecord)
    assert isinstance(two, RawRecord)
    assert (one.id, one.title, two.id, two.title) == ("1", "T", "2", "U")
    assert two.source == Source("books.xml", "", 2, written.index('<book key="2"'))


TITLES = [
    ("M&uuml;ller &amp; S&ouml;hne", "Müller & Söhne"),
    ("&lt;b&gt; &#233; &#xE9; &quot;&apos;", "<b> é é \"'"),
    ("&times;&reg;&micro;&yuml;&eth;", "×®µÿð"),
    ("R&D at AT&T", "R&D at AT&T"),
    ("A & B &", "A & B &"),
    ("&LT;&AMP;&Hat;", "<&^"),
    ("&#0;&#x1F;&#xD800;&#xFFFE;&#99999999;x", "x"),
    ("a\x00b\x0cc\x1b[2Jd", "abc[2Jd"),
    ("<![CDATA[a < b & &uuml;]]>", "a < b & &uuml;"),
    ("a<!-- & &nothing; -->b", "ab"),
    ("H<sub>2</sub>O and x<sup>2</sup>", "H<sub>2</sub>O and x<sup>2</sup>"),
    ("<i>all</i> <tt>the <b>marks</b></tt> go", "all the marks go"),
    ("<m:i xmlns:m='u'>x</m:i>", "x"),
    ("two\n  lines", "two\n  lines"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "read_as"), TITLES)
def test_text(tmp_path: Path, written: str, read_as: str) -> None:
    """Character references, tags and repaired damage are read as expected."""
    assert list_titles(read(tmp_path / "d", book(1, written))) == [read_as]


def test_bytes_invalid_in_the_encoding(tmp_path: Path) -> None:
    """Invalid bytes are replaced, and the record is kept."""
    assert list_titles(read(tmp_path / "d", b'<book key="1"><title>a\xffb</title></book>')) == [
        "a�b"
    ]


BAD = [
    ('<book key="1"><title>T</book>', "is not well-formed XML: mismatched tag"),
    ('<book key="1" key="1"></book>', "is not well-formed XML: duplicate attribute"),
    ('<book key="1><title>T</title></book>', "is not well-formed XML: not well-formed"),
    ('<book key="1"><title>T', "is not well-formed XML: "),
    ("<book><title>T</title></book>", "has no key"),
    (book(1, "&c;"), "uses the entity 'c', which has no known meaning"),
    (book(1, "&d;"), "uses the entity 'd', which has no known meaning"),
    (book(1, "&file;"), "uses the entity 'file', which has no known meaning"),
    (book(1, "<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH), "has over 250,000 elements, or 100 inside"),
    (book(1, "<a/>" * MAX_ELEMENTS), "has over 250,000 elements, or 100 inside each other"),
    ('<book key="1"><!DOCTYPE x [<!ENTITY y "z">]></book>', "is not well-formed XML: "),
    ('<book key="1">', "is not well-formed XML: "),
    ('<book key="1">&' + "<!-- " * 50_000 + "</book>", "is not well-formed XML: "),
    ('<meta key="1"><a></meta>', "is not well-formed XML: mismatched tag"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_damaged_record_affects_no_other(tmp_path: Path, bad: str, reason: str) -> None:
    """It is rejected with a reason, the others are read, and no entity is expanded."""
    (tmp_path / "secret.txt").write_text("never read")
    found = read(tmp_path / "d", f"{BOMB}<shelf>{book(0)}{bad}{book(2)}</shelf>")
    before, wrong, after = list_titles(found)
    assert (before, after) == ("T", "T")
    assert wrong.startswith(reason)


def test_an_excerpt_holds_no_personal_address(tmp_path: Path) -> None:
    """The excerpt of a rejected record ends before the first e-mail address."""
    for secret in ("<email>a</email>", "ann.lee@example.org", "<x:Email>b</x:Email>"):
        (found,) = read(tmp_path / "d", f"<book><title>T</title>by {secret}</book>")
        assert isinstance(found, Reject)
        assert found.excerpt == "<book><title>T</title>by "


ROOTS = [
    ("<dblp>", "dblp"),
    ("\ufeff \n<?xml version='1.0'?>\n<!-- <a> -->\n<?pi x?><oai:OAI-PMH x='1'>", "OAI-PMH"),
    (BOMB + "<books a='b'>", "books"),
    ("<!DOCTYPE a PUBLIC '-//x//EN' 'y.dtd'>\n<a/>", "a"),
    ("{}", ""),
    ("", ""),
    ("<", ""),
    ("<!-- never closed", ""),
]


@pytest.mark.parametrize(("beginning", "root"), ROOTS)
def test_find_root(beginning: str, root: str) -> None:
    """The first element is found after comments, instructions and declarations."""
    assert find_root(parse_head(beginning.encode())) == root


@settings(max_examples=300)
@given(st.data())
def test_damage_in_a_record_affects_no_other(data: st.DataObject) -> None:
    """Whatever replaces bytes of one record, all others are read unchanged."""
    books = [book(at, f"T{at}", rest="<!-- note --><a b='c'>&amp;</a>").encode() for at in range(3)]
    victim = books[1]
    start = data.draw(st.integers(0, len(victim) - 1))
    stop = data.draw(st.integers(start, len(victim)))
    junk = data.draw(
        st.binary(max_size=6) | st.text("<>/-[]&;'\"?book", max_size=6).map(str.encode)
    )
    books[1] = victim[:start] + junk + victim[stop:]
    content = b"<shelf>" + b"".join(books) + b"</shelf>"
    stream = Stream("d", "d", BytesIO(content))
    found = list(read_xml(stream, LAYOUT, convert))
    read_well = {one.id: one.title for one in found if isinstance(one, RawRecord)}
    assert read_well["0"] == "T0"
    assert read_well["2"] == "T2"


def test_texts_of_a_path() -> None:
    """All texts of a path are read in their order, stripped, and empty ones are left out."""
    record = fromstring("<r><a> one </a><b><a>in b</a></b><a/><a>\n</a><a>t<sub>w</sub>o</a></r>")  # noqa: S314 - a constant
    assert read_texts(record, "a") == ["one", "t<sub>w</sub>o"]
    assert read_texts(record, "b/a") == ["in b"]
    assert read_texts(record, "c") == []
