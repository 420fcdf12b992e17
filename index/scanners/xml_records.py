"""Parse XML records safely, one small tree at a time.

Serves the readers of XML formats, most of which only need `read_xml`::

    def convert(record: Element, source: Source) -> Iterator[RawRecord]:
        yield RawRecord(source, NAME, id=record.get("key", ""), title=text_of(record.find("title")))

    read_xml(stream, Layout(("article", "book")), convert)

`index.scanners.xml_pieces` cuts out the records, and expat parses them one by one, so a damaged
record is rejected alone. Names lose their prefixes: ``dc:title`` becomes ``title``. Nothing is
ever fetched, and an entity expands to two characters at most: no DOCTYPE reaches the parser, and
character entities (``&uuml;``) are looked up in HTML's table. Depth and size are bounded.

Repaired: bytes invalid in the declared encoding are replaced, control characters are removed, a
bare ``&`` is kept as text, and UTF-16 is recoded as UTF-8, which loses offsets. Rejected: tags that
do not match, a record without start or end tag, an unknown entity, and a record beyond the bounds
below.
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
    "read_texts",
    "read_xml",
]

MAX_DEPTH = 100
"""Levels of nesting; MathML needs about thirty."""

MAX_ELEMENTS = 250_000
"""Elements of one record: the largest collaborations have 5,000 authors of about ten each."""

_MATH = "math"
"""The element whose content is kept as markup."""

SCRIPTS = {"sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>")}
"""Tags that `read_text` keeps by default, since text repair understands H<sub>2</sub>O."""

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
    """One element taken from a file.

    Attributes:
        source: Its location; the record number is 0 for context, openings and
            parts.
        element: The element; for an opening, the start tag alone.
        piece: The bytes from which it was parsed.
    """

    source: Source
    element: Element
    piece: Piece

    def make_reject(self, reason: str) -> Reject:
        """Return a reject of this element with a reason written as a clause, "has no key"."""
        return Reject(self.source, reason, decode_excerpt(self.piece.content, self.piece.encoding))


def read_xml(stream: Stream, layout: Layout, convert: Convert) -> Iterator[RawRecord | Reject]:
    """Read a file of XML records.

    Args:
        stream: The file.
        layout: Which elements are records, context, openings and parts; `convert` receives all.
        convert: Turns an element and its source into records, usually one; raises RecordError.

    Yields:
        The records, or a reject with the reason.
    """
    for found in find_elements(stream, layout):
        if isinstance(found, Reject):
            yield found
            continue
        try:
            records = [*convert(found.element, found.source)]
        except RecordError as error:
            records = [found.make_reject(str(error))]
        yield from records


def find_elements(stream: Stream, layout: Layout) -> Iterator[FoundElement | Reject]:
    """Yield every element that a layout names, for readers that keep track of context.

    Args:
        stream: The file.
        layout: Which elements to take.

    Yields:
        The elements in the order of the file, with a reject in place of each damaged one;
        damaged parts are left out.
    """
    inner, wide = stream.inner_name, detect_utf16(stream.head(8))
    file = open_chunks(recode_chunks(stream.file, wide)) if wide else stream.file
    for piece in find_pieces(file, layout):
        source = Source(stream.dump, inner, piece.number, -1 if wide else piece.offset)
        try:
            yield FoundElement(source, _parse(piece), piece)
        except RecordError as error:
            if not piece.part:
                yield Reject(source, str(error), decode_excerpt(piece.content, piece.encoding))


def read_text(
    element: Element | None, marks: Mapping[str, tuple[str, str]] = SCRIPTS, default: str = ""
) -> str:
    """Return all text inside an element with its white space unchanged.

    Args:
        element: An element, or None if it is missing.
        marks: The text to write before and after elements of a name; other tags are dropped.
        default: The text to return for None.

    Returns:
        The text; formulas are kept as MathML.
    """
    if element is None:
        return default
    parts = [element.text or ""]
    for child in element:
        if child.tag == _MATH:
            parts += _serialise(child), child.tail or ""
            continue
        before, after = marks.get(child.tag, ("", ""))
        parts += before, read_text(child, marks), after, child.tail or ""
    return "".join(parts)


def read_texts(element: Element, path: str) -> list[str]:
    """Return the texts of all elements at a path, stripped and without empty ones."""
    return [text for found in element.findall(path) if (text := read_text(found).strip())]


def _serialise(formula: Element) -> str:
    """Return a formula as markup, for the rule that converts it (`index.text.mathml`)."""
    alone = Element(formula.tag, formula.attrib)
    alone.text = formula.text
    alone.extend(formula)
    return tostring(alone, encoding="unicode")


def find_root(head: Head) -> str:
    """Return the name of a file's first element without its prefix; empty if there is none."""
    if head.start != b"<":
        return ""
    at = 0
    while skipped := _PROLOGUE.match(head.beginning, at):
        at = skipped.end()
    found = _ROOT.match(head.beginning, at)
    return found[1].decode("ascii", "replace") if found else ""


def _parse(piece: Piece) -> Element:
    """Parse a piece into a tree.

    Raises:
        RecordError: The piece is damaged.
    """
    if piece.damage:
        raise RecordError(piece.damage)
    text = _CONTROL.sub("", piece.content.decode(piece.encoding, "replace"))
    if "&" in text:
        text = _REFERENCE.sub(_resolve_reference, text)
    return _Tree().parse(text, opened=piece.opened)


def _resolve_reference(found: re.Match[str]) -> str:
    """Return a reference in a form that needs no declaration."""
    if found[0] == "&":
        return "&amp;"
    if number := found["hex"] or found["decimal"]:
        character = int(number, 16 if found["hex"] else 10)
        return found[0] if _is_allowed(character) else ""
    name = found["name"]
    if not name or name in _BASIC:
        return found[0]
    if characters := html5.get(f"{name};"):
        return "".join(f"&#{ord(character)};" for character in characters)
    message = f"uses the entity '{name[:40]}', which has no known meaning"
    raise RecordError(message)


def _is_allowed(character: int) -> bool:
    if character > 0x10FFFF or 0xD800 <= character <= 0xDFFF:  # noqa: PLR2004 - Unicode's bounds
        return False
    return not _CONTROL.match(chr(character))


class _Tree:
    """Builds the tree of one record while expat parses it."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = self._elements = 0
        self._root: Element | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data

    def parse(self, text: str, *, opened: bool) -> Element:
        """Parse the first element; if `opened`, only its start tag."""
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
            attributes = {_strip_prefix(key): value for key, value in stated if key[:5] != "xmlns"}
        element = self._builder.start(_strip_prefix(name), attributes)
        self._root = element if self._root is None else self._root

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_strip_prefix(name))


def _strip_prefix(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
