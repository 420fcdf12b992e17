"""Check that the records of an XML file are found, whole or damaged."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.scanners.excerpts import DAMAGED_BYTES
from index.scanners.record_size import MAX_RECORD, TOO_LONG
from index.scanners.xml_pieces import Layout, Piece, find_pieces

LAYOUT = Layout(("book", "paper"), context=("meta",), openings=("volume",))

FILE = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE books SYSTEM "books.dtd" [ <!ENTITY x "<book>y</book>"> ]>
<!-- <book key="out">never</book> -->
<books>
<book key="1"><booktitle>Caf\xe9</booktitle></book><book key="2"/>
<volume id="v" name="a > b">
<meta><year>1999</year></meta>
<x:paper id='3'><book-like/><!-- <meta> --><![CDATA[</not-the-end>]]></x:paper >
</volume></books>"""

PIECES = [
    (1, b'<book key="1"><booktitle>Caf\xe9</booktitle></book>', "iso8859-1"),
    (2, b'<book key="2"/>', "iso8859-1"),
    (0, b'<volume id="v" name="a > b">\n', "iso8859-1"),
    (0, b"<meta><year>1999</year></meta>", "iso8859-1"),
    (3, b"<x:paper id='3'><book-like/><!-- <meta> --><![CDATA[</not-the-end>]]></x:paper>",
     "iso8859-1"),
]  # fmt: skip


class Drip(io.BytesIO):
    """A file that returns only a few bytes at a time."""

    step = 1

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most `step` bytes."""
        return super().read(min(self.step, size or 0))


def list_pieces(content: bytes) -> list[Piece]:
    """Return the pieces of a file."""
    return list(find_pieces(io.BytesIO(content), LAYOUT))


def test_pieces_of_a_file() -> None:
    """Elements are yielded whole and in order, and none from comments, CDATA or a DOCTYPE."""
    found = list_pieces(FILE)
    assert [(one.number, one.content, one.encoding) for one in found] == PIECES
    assert all(FILE[one.offset :].startswith(one.content[:-1]) for one in found)
    assert [one.opened for one in found] == [False, False, True, False, False]
    assert not [one for one in found if one.damage]


@settings(max_examples=60)
@given(step=st.integers(1, 400))
def test_where_a_read_ends_does_not_matter(step: int) -> None:
    """The end of a read may split a tag, comment or declaration."""
    file = Drip(FILE)
    file.step = step
    assert list(find_pieces(file, LAYOUT)) == list_pieces(FILE)


def test_concatenated_documents() -> None:
    """The declaration of a document applies to its own records; numbers continue."""
    first = '<?xml version="1.0" encoding="latin-1"?><a><book>é</book></a>'.encode("latin-1")
    second = '<?xml version="1.0"?><a><book>é</book></a>'.encode()
    found = list_pieces(first + second)
    assert [one.content.decode(one.encoding) for one in found] == ["<book>é</book>"] * 2
    assert [one.number for one in found] == [1, 2]


ENCODINGS = [
    ("ISO-8859-1", "iso8859-1"),
    ("windows-1252", "cp1252"),
    ("us-ascii", "ascii"),
    ("UTF-8", "utf-8"),
    ("utf-16", "utf-8"),
    ("utf-7", "utf-7"),
    ("rot13", "utf-8"),
    ("hex", "utf-8"),
    ("idna", "utf-8"),
    ("klingon", "utf-8"),
]


@pytest.mark.parametrize(("declared", "codec"), ENCODINGS)
def test_only_a_possible_encoding_is_used(declared: str, codec: str) -> None:
    """An encoding in which tags are not ASCII, or that is not of text, counts as UTF-8."""
    (found,) = list_pieces(f'<?xml version="1.0" encoding="{declared}" ?><book/>'.encode())
    assert found.encoding == codec


BROKEN = [
    ("never closed", b"<book>1<a> <book>2</book>", [b"<book>1<a> ", b"<book>2</book>"]),
    ("comment never closed", b"<book><!-- 1</book> <book>2</book>",
     [b"<book><!-- 1</book>", b"<book>2</book>"]),
    ("comment that would swallow", b"<book><!-- 1</book> <book>2<!-- --></book>",
     [b"<book><!-- 1</book>", b"<book>2<!-- --></book>"]),
    ("CDATA never closed", b"<book><![CDATA[ 1</book> <book>2</book>",
     [b"<book><![CDATA[ 1</book>", b"<book>2</book>"]),
    ("comment outside", b"<!-- <book>1</book>", [b"<book>1</book>"]),
    ("DOCTYPE outside", b"<!DOCTYPE x [ <book>1</book>", [b"<book>1</book>"]),
    ("comment after an empty one", b"<book/> <!-- <book></book> --> <book>2</book>",
     [b"<book/>", b"<book>2</book>"]),
    ("comment inside a comment", b"<!-- <book>1</book> <!-- --> <book>2</book>",
     [b"<book>1</book>", b"<book>2</book>"]),
    ("comment that ends inside", b"<!-- <book>1 --></book> <book>2</book>",
     [b"<book>1 --></book>", b"<book>2</book>"]),
    ("CDATA outside", b"<![CDATA[ <book>1</book> ]]> <book>2</book>",
     [b"<book>1</book>", b"<book>2</book>"]),
    ("instruction outside", b"<? <book>1</book> <?x?> <book>2</book>",
     [b"<book>1</book>", b"<book>2</book>"]),
    ("DOCTYPE that would swallow", b"<!DOCTYPE x [ <book>1</book> <book> ]> <book>2</book>",
     [b"<book>1</book>", b"<book> ]> ", b"<book>2</book>"]),
    ("a volume out of use", b'<!-- <volume id="1"><meta/><book>1</book></volume> --><book/>',
     [b"<book/>"]),
    ("cut short", b"<book>1</book><book>2", [b"<book>1</book>", b"<book>2"]),
    ("cut in a tag", b"<book>1</book><boo", [b"<book>1</book>"]),
    ("other record's end", b"<book>1</paper></book>", [b"<book>1</paper></book>"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in BROKEN],
                         ids=[case[0] for case in BROKEN])  # fmt: skip
def test_damage_ends_at_the_next_record(content: bytes, expected: list[bytes]) -> None:
    """An unclosed element or section ends at the start of the next record."""
    assert [one.content for one in list_pieces(content)] == expected


def test_an_end_tag_without_start_tag() -> None:
    """A record whose start tag is damaged is reported, not skipped."""
    first, lost, last = list_pieces(b"<book>1</book> <bok>2</book>\n<book>3</book>")
    assert (first.number, lost.number, last.number) == (1, 2, 3)
    assert (lost.content, lost.offset) == (b"<bok>2", 15)
    assert lost.damage == "ends with </book>, but does not begin"
    assert last.content == b"<book>3</book>"


@pytest.mark.parametrize("closed", [b"</book>", b""])
def test_a_record_that_is_too_long(closed: bytes) -> None:
    """A record over the bound is truncated and reported once, and the next one is read."""
    long = b"<book>" + b"x" * (MAX_RECORD + 10)
    one, two = list_pieces(long + closed + b"<paper>2</paper>")
    assert one.damage == TOO_LONG
    assert one.content == long[:DAMAGED_BYTES]
    assert (two.content, two.number, two.damage) == (b"<paper>2</paper>", 2, "")


BEGINNINGS = (b"<!-- ", b"<![CDATA[", b"<!DOCTYPE x [ ", b"<? ", b"<book ", b"<book></book ",
              b"</book ", b"<book><!-- ", b"<volume ", b"<!-- <book></book> ", b"<!-- </book> ",
              b"<!DOCTYPE x [ <book></book> ", b"<!DOCTYPE x [ <book> ]>",
              b"<![CDATA[ <book></book>", b"<!-- <volume><book/> ")  # fmt: skip


@pytest.mark.parametrize("start", BEGINNINGS)
def test_a_file_of_start_tags(start: bytes) -> None:
    """A missing end is searched for once, and no byte is yielded twice."""
    content = start * 30_000
    found = list_pieces(content)
    assert [one for one in found[:10] if one.content[:-1] not in content] == []
    assert sum(len(one.content) - 1 for one in found) <= len(content)


def test_a_file_without_records(tmp_path: Path) -> None:
    """A long file without records yields none."""
    path = tmp_path / "long.xml"
    path.write_bytes(b"<other>" * 400_000)
    with path.open("rb") as file:
        assert list(find_pieces(file, LAYOUT)) == []
    assert list_pieces(b"") == []
