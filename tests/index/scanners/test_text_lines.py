"""Check that lines are read in any common encoding and with any line end."""

import codecs
import io

import pytest

from index.dumps.streams import Stream
from index.scanners import text_lines
from index.scanners.text_lines import Line, decode_beginning, decode_line, make_source, read_lines


def read(content: bytes) -> list[Line]:
    """Read the lines of a file."""
    return list(read_lines(Stream("d", "d", io.BytesIO(content))))


FILES = [
    (b"a\nb\n", [Line(0, "a\n"), Line(2, "b\n")]),
    (b"a\r\nb\rc", [Line(0, "a\n"), Line(3, "b\n"), Line(5, "c")]),
    (b"a\n\nb", [Line(0, "a\n"), Line(2, "\n"), Line(3, "b")]),
    (codecs.BOM_UTF8 + b"a\nb", [Line(0, "a\n"), Line(5, "b")]),
    ("\ufeffä\r\nb\n".encode("utf-16-le"), [Line(-1, "ä\n"), Line(-1, "b\n")]),
    ("a\u2028b\x0cc\nd\x85\n".encode(), [Line(0, "a\u2028b\x0cc\n"), Line(8, "d\x85\n")]),
    ("\u2028\u2028\r\n".encode(), [Line(0, "\u2028\u2028\n")]),
    (b"\xdf\n\xc3\xbc\r\n", [Line(0, "\u00df\n"), Line(2, "\u00fc\n")]),
    (codecs.BOM_UTF8 + b"\xdf\nb\n", [Line(0, "\u00df\n"), Line(5, "b\n")]),
    (codecs.BOM_UTF8, [Line(0, "")]),
    (b"", []),
]


@pytest.mark.parametrize(("content", "lines"), FILES)
def test_lines(content: bytes, lines: list[Line]) -> None:
    """Each line ends with a newline, and its offset counts bytes of the file."""
    assert read(content) == lines


TEXTS = [
    ("Größe".encode(), "Größe"),
    ("Größe – “x”".encode("cp1252"), "Größe – “x”"),
    (b"Gr\xc3\xb6\xdfe", "Grö\ufffde"),
]


@pytest.mark.parametrize(("raw", "text"), TEXTS)
def test_decoding(raw: bytes, text: str) -> None:
    """Bytes that are not UTF-8 are Windows-1252, unless UTF-8 is in them too."""
    assert decode_line(raw) == decode_beginning(raw) == text


def test_a_long_line_is_yielded_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the bound does not grow in memory, and offsets stay right."""
    monkeypatch.setattr(text_lines, "MAX_LINE", 4)
    monkeypatch.setattr(text_lines, "CHUNK", 3)
    found = read(b"x" * 20 + b"\ny\n")
    assert "".join(line.text for line in found) == "x" * 20 + "\ny\n"
    assert len(found) > 3
    assert found[-1] == Line(21, "y\n")


def test_a_source_names_the_file_inside_its_dump() -> None:
    """The location of a record has a path inside the dump only if there is one."""
    member = make_source(Stream("d.zip", "a/b.bib", io.BytesIO()), 2, 40)
    assert (member.dump, member.file, member.record, member.offset) == ("d.zip", "a/b.bib", 2, 40)
    assert make_source(Stream("d.bib", "d.bib", io.BytesIO()), 1, 0).file == ""
