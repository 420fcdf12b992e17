"""Answers: how does a file of XML records become one small tree a record, safely?

For the readers of XML formats. `read_xml` is all that most of them need::

    def convert(record: Element, source: Source) -> Iterator[RawRecord]:
        yield RawRecord(source, NAME, id=record.get("key", ""), title=text_of(record.find("title")))

    read_xml(stream, Layout(("article", "book")), convert)

Records are cut out by `index.scanners.xml_pieces` and parsed one by one with expat, so that a
damaged one costs itself only. Names lose their prefixes: ``dc:title`` is ``title``. Nothing is
ever fetched, and an entity stands for two characters at most: no DOCTYPE reaches the parser,
and names of characters (``&uuml;``) are looked up in HTML's table. Depth and size are bounded.

What is mended: a byte that is not in the declared encoding is replaced, control characters are
left out, a bare ``&`` stands for itself; UTF-16 is read as UTF-8, without offsets. What is
rejected: tags that do not match, a record that has no beginning or no end, an entity without a
known name, more than the bounds below.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from index.dumps.raw_files import open_chunks
from index.dumps.streams import Stream
from index.errors import RecordError
from index.records import RawRecord, Reject, Source
from index.scanners.encodings import detect_utf16, recode_chunks
from index.scanners.excerpts import decode_excerpt
from index.scanners.head import Head
from index.scanners.xml_pieces import Layout, Piece, find_pieces

__all__ = [
    "SCRIPTS",
    "FoundElement",
    "Layout",
    "find_elements",
    "find_root",
    "read_text",
    "read_xml",
]

MAX_DEPTH = 100
"""Elements inside each other; MathML needs some thirty."""

MAX_ELEMENTS = 250_000
"""Elements of one record: the largest collaborations have 5,000 authors of some ten each."""

_MATH = "math"
"""The element whose inside is kept as it is written."""

SCRIPTS = {"sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>")}
"""Marks that `read_text` keeps unless told otherwise: the texts' repair knows H<sub>2</sub>O."""

Convert = Callable[[Element, Source], Iterable[RawRecord | Reject]]

_BASIC = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?:#(?:[xX](?P<hex>[0-9a-fA-F]{1,7})|(?P<decimal>\d{1,8}));|(?P<name>[A-Za-z][\w.-]*);)?",
    re.DOTALL,
)
_PROLOGUE = re.compile(
    rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s+", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True, slots=True)
class FoundElement:
    """One element that was taken out of a file.

    Attributes:
        source: Where it stands; its record number is 0 for context and openings.
        element: The element; of an opening, the start tag alone.
        piece: The bytes that it was parsed from.
    """

    source: Source
    element: Element
    piece: Piece

    def rejected(self, reason: str) -> Reject:
        """Say why this is no record of ours, as a clause: "has no key"."""
        return Reject(self.source, reason, decode_excerpt(self.piece.content, self.piece.encoding))


def read_xml(stream: Stream, layout: Layout, convert: Convert) -> Iterator[RawRecord | Reject]:
    """Read a file of XML records.

    Args:
        stream: The file.
        layout: Which elements are records; its context and openings come to `convert` too.
        convert: An element and its source to our records, mostly one; raises RecordError.

    Yields:
        The records, or a reject that says what is wrong with one.
    """
    for found in find_elements(stream, layout):
        if isinstance(found, Reject):
            yield found
            continue
        try:
            records = [*convert(found.element, found.source)]
        except RecordError as error:
            records = [found.rejected(str(error))]
        yield from records


def find_elements(stream: Stream, layout: Layout) -> Iterator[FoundElement | Reject]:
    """Give every element that a layout names, for readers that keep track of context.

    Args:
        stream: The file.
        layout: Which elements to take out.

    Yields:
        The elements in the order of the file, and rejects in the places of damaged ones.
    """
    inner, wide = stream.inner_name, detect_utf16(stream.head(8))
    file = open_chunks(recode_chunks(stream.file, wide)) if wide else stream.file
    for piece in find_pieces(file, layout):
        source = Source(stream.dump, inner, piece.number, -1 if wide else piece.offset)
        try:
            yield FoundElement(source, _parse(piece), piece)
        except RecordError as error:
            yield Reject(source, str(error), decode_excerpt(piece.content, piece.encoding))


def read_text(
    element: Element | None, marks: Mapping[str, tuple[str, str]] = SCRIPTS, default: str = ""
) -> str:
    """Give all text inside an element, its white space as it stands.

    Args:
        element: An element, or None where there is none.
        marks: What is written before and after elements of a name; other tags vanish.
        default: What is given for None.

    Returns:
        The text.
    """
    if element is None:
        return default
    parts = [element.text or ""]
    for child in element:
        if child.tag == _MATH:
            parts += _written(child), child.tail or ""
            continue
        before, after = marks.get(child.tag, ("", ""))
        parts += before, read_text(child, marks), after, child.tail or ""
    return "".join(parts)


def _written(formula: Element) -> str:
    """Give a formula as it is written, for the rule that reads it (`index.text.mathml`)."""
    alone = Element(formula.tag, formula.attrib)
    alone.text = formula.text
    alone.extend(formula)
    return tostring(alone, encoding="unicode")


def find_root(head: Head) -> str:
    """Give the name of the first element of a file, without its prefix; else ``""``."""
    if head.start != b"<":
        return ""
    at = 0
    while passed := _PROLOGUE.match(head.beginning, at):
        at = passed.end()
    found = _ROOT.match(head.beginning, at)
    return found[1].decode("ascii", "replace") if found else ""


def _parse(piece: Piece) -> Element:
    """Give a piece as a tree.

    Raises:
        RecordError: It is damaged.
    """
    if piece.damage:
        raise RecordError(piece.damage)
    text = _CONTROL.sub("", piece.content.decode(piece.encoding, "replace"))
    if "&" in text:
        text = _REFERENCE.sub(_resolved, text)
    return _Tree().grown(text, opened=piece.opened)


def _resolved(found: re.Match[str]) -> str:
    """Give a reference in a form that needs no declaration."""
    if found[0] == "&":
        return "&amp;"
    if number := found["hex"] or found["decimal"]:
        character = int(number, 16 if found["hex"] else 10)
        return found[0] if _allowed(character) else ""
    name = found["name"]
    if not name or name in _BASIC:
        return found[0]
    if characters := html5.get(f"{name};"):
        return "".join(f"&#{ord(character)};" for character in characters)
    message = f"uses the entity '{name[:40]}', which has no known meaning"
    raise RecordError(message)


def _allowed(character: int) -> bool:
    if character > 0x10FFFF or 0xD800 <= character <= 0xDFFF:  # noqa: PLR2004 - Unicode's bounds
        return False
    return not _CONTROL.match(chr(character))


class _Tree:
    """One record on its way from text to a tree."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = self._elements = 0
        self._root: Element | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data

    def grown(self, text: str, *, opened: bool) -> Element:
        """Parse to the end of the first element, or only its start tag."""
        damage = "is not well-formed XML: it breaks off"
        try:
            self._parser.Parse(text, not opened)
        except expat.ExpatError as error:
            damage = f"is not well-formed XML: {expat.ErrorString(error.code)}"
        complete = opened or (self._elements and not self._depth)
        if self._root is None or not complete:
            raise RecordError(damage)
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            message = f"has over {MAX_ELEMENTS:,} elements, or {MAX_DEPTH} inside each other"
            raise RecordError(message)
        if attributes:
            stated = attributes.items()
            attributes = {_local(key): value for key, value in stated if key[:5] != "xmlns"}
        element = self._builder.start(_local(name), attributes)
        self._root = element if self._root is None else self._root

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_local(name))


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
