r"""Parse the blocks of a BibTeX file, and repair what exporters and people often get wrong.

The grammar, in which everything between blocks is a comment::

    block = "@" type ("{" fields "}" | "(" fields ")")
    fields = [key] {"," [name "=" value]}
    value = part {"#" part}
    part = "{" text "}" | '"' text '"' | word

Repaired are a missing key, missing or superfluous commas, a missing equals sign, text between
fields, a brace or quote too few or too many in a value, and a missing brace at the end. A value
that is never closed ends where a line begins another field; without such a line, a title is
damaged beyond repair, and another value is dropped.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MAX_REPAIRS = 20
"""Values of a block that are searched for their end; each search may read the whole block."""

MAX_FIELDS = 10_000
"""Fields of a block; what follows them is skipped."""

MAX_VALUE = 8 << 20
"""Characters of a value that is concatenated from parts."""

_TYPE = r"@[ \t]*([A-Za-z][\w-]*)\s*"
_OPENING = re.compile(rf"(?<![\w.@]){_TYPE}([{{(])")
_KEY = re.compile(r"\s*([^\s,={}][^,={}\n]*?)?[ \t]*(?:,|(?=\n|\}|\)\s*\Z|\Z))")
_GAP = re.compile(r"[\s,;\ufeff]*")
_NAME = re.compile(r"([^\s=,;{}\"#][^=,{}\"\n]{0,99}?)\s*=\s*|([A-Za-z][\w-]{1,40})[ \t]*(?=\{)")
_SKIPPED = re.compile(r"[^,\n{})]+|.", re.DOTALL)
_WORDS = {
    closing: re.compile(
        rf"[^\s#,{{}}\"{inside}]++(?:[ \t]+(?!\w[\w-]*+\s*=)[^\s#,{{}}\"{inside}]++)*+"
    )
    for closing, inside in (("}", ""), (")", ")"))
}
_JOIN = re.compile(r"\s*#\s*")
_FIELD = r"[A-Za-z][\w-]*+\s*=\s*[{\"\d]"
_MORE = re.compile(rf"[\s,}})]*(?={_FIELD})")
_ENDED = re.compile(rf"\s*(?:[,;}})]|\Z|{_FIELD}|[A-Za-z][\w-]*+\s*=\s*[a-z]+\s*[,}}#])")
_BOUNDARY = re.compile(rf",?[ \t]*\n\s*(?={_FIELD})")
_CLOSED = re.compile(r",?\s*[})]\s*\Z")
_LONGEST_END = 100
"""Characters at the end of a text in which its last closing brace is searched."""

_FOLLOWED = {
    opening: re.compile(rf"{end}(?=\s*(?:,\s*{_FIELD}|,?\s*[}})]\s*\Z))")
    for opening, end in (("{", r"\}"), ('"', '"'))
}
"""The end of a value, by what opens it, which another field or the end of the block follows."""

_SWALLOWED = re.compile(rf"[,\n]\s*{_FIELD}")
"""Other fields inside a value, which lacks its closing brace or quote."""

_BRACE = re.compile(r"[{}]")
_PLAIN_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"[{}]|(?<!\\)\"|\"(?=\s*(?:[,})#]|\Z))")


class Block(NamedTuple):
    """One block.

    Attributes:
        type: The type in lower case: ``inproceedings``, ``string``.
        key: The citation key as written; empty if there is none.
        fields: Lower-case names and values, in order, without the enclosing braces or quotes.
        damage: Why the block cannot be read; empty if it can.
    """

    type: str
    key: str
    fields: list[tuple[str, str]]
    damage: str = ""


def parse_blocks(text: str, strings: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a text, without comments and preambles.

    Args:
        text: Blocks with their comments.
        strings: Values by lower-case name; they are looked up when a block is parsed, so that
            those of the blocks before it may be added.
    """
    at = 0
    while opening := _OPENING.search(text, at):
        kind = opening[1].lower()
        if kind in {"comment", "preamble"}:
            at = _find_brace(text, opening.end()) + 1 or len(text)
            continue
        reader = _BlockReader(text, opening.end(), "}" if opening[2] == "{" else ")", strings)
        yield reader.read(kind)
        at = reader.at


class _BlockReader:
    """Reads one block."""

    def __init__(self, text: str, at: int, closing: str, strings: Mapping[str, str]) -> None:
        self.text = text
        self.at = at
        self.strings = strings
        self.closing = closing
        self.fields: list[tuple[str, str]] = []
        self.repairs = 0
        self.last = -1  # where the last value starts

    def read(self, kind: str) -> Block:
        key = ""
        if kind != "string" and (found := _KEY.match(self.text, self.at)):
            key, self.at = found[1] or "", found.end()
        damage = self._read_fields(keyed=bool(key) or kind == "string")
        return Block(kind, key.strip(), self.fields, damage)

    def _read_fields(self, *, keyed: bool) -> str:
        """Read the fields up to the end of the block; return the damage, if any."""
        text = self.text
        while True:
            self.at = _GAP.match(text, self.at).end()  # type: ignore[union-attr]
            if self.at == len(text):
                if not self._reopen():
                    return self._describe_end()
            elif text[self.at] == self.closing:
                self.at += 1
                if not (more := _MORE.match(text, self.at)):
                    return ""
                self.at = more.end()  # a brace too many
            elif len(self.fields) > MAX_FIELDS:
                self.at = len(text)
                return self._describe_end()
            elif name := _NAME.match(text, self.at):
                words = (name[1] or name[2]).lower()
                self.at = name.end()
                self._read_field(words if keyed or self.fields else words.split()[-1])
            else:
                self._skip()

    def _read_field(self, name: str) -> None:
        self.last = self.at
        value, end = self._read_value()
        if end < 0 or not _ENDED.match(self.text, end):
            value, end = self._repair_value(value, end)
        self.fields.append((name, value.strip()))
        self.at = end

    def _skip(self) -> None:
        """Skip something that is no field."""
        end = -1
        if self.text[self.at] == "%":
            end = self.text.find("\n", self.at)
        elif self.text[self.at] == "{" and self.repairs < MAX_REPAIRS:
            self.repairs += 1
            end = _find_brace(self.text, self.at + 1)
        self.at = end + 1 or _SKIPPED.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _read_value(self) -> tuple[str, int]:
        """Return the value at the present position and its end, -1 if it is never closed."""
        parts: list[str] = []
        at, size = self.at, 0
        while True:
            part, at = self._read_part(at)
            size += len(part)
            if part and size <= MAX_VALUE:
                parts.append(part)
            joined = at >= 0 and _JOIN.match(self.text, at)
            if not joined:
                return "".join(parts), at
            at = joined.end()

    def _read_part(self, at: int) -> tuple[str, int]:
        text = self.text
        opening = text[at : at + 1]
        if opening in ("{", '"') and opening:
            end = (_find_brace if opening == "{" else _find_quote)(text, at + 1)
            return text[at + 1 : end], end + 1 if end >= 0 else -1
        words = _WORDS[self.closing].match(text, at)
        if not words:
            return "", at
        word = words[0].rstrip(";")
        return self.strings.get(word.lower(), word), words.end()

    def _repair_value(self, value: str, end: int) -> tuple[str, int]:
        """Find the end of a value that is never closed (-1), or that text follows."""
        self.repairs += 1
        if self.repairs <= MAX_REPAIRS:
            for found, after in self._list_endings():
                if not _SWALLOWED.search(found):
                    return found, after
        return (value, end) if end >= 0 else ("", len(self.text))

    def _list_endings(self) -> Iterator[tuple[str, int]]:
        """Yield what the present value may be, with its end, the most probable first."""
        text, start = self.text, self.at
        if text[start] == "{":
            at = _find_brace(text, start + 1, _PLAIN_BRACE)
            if at >= 0 and _ENDED.match(text, at + 1):
                yield text[start + 1 : at], at + 1
        followed = _FOLLOWED.get(text[start])
        if followed and (found := followed.search(text, start + 1)):
            yield text[start + 1 : found.start()], found.end()
        if found := _BOUNDARY.search(text, start):
            yield _strip_delimiters(text[start : found.start()]), found.end()
        elif found := _CLOSED.search(text, max(start, len(text) - _LONGEST_END)):
            yield _strip_delimiters(text[start : found.start()]), found.start()

    def _reopen(self) -> bool:
        """Reread the last value if other fields are inside it, since the block is not closed."""
        if self.last < 0 or self.repairs >= MAX_REPAIRS:
            return False
        name, value = self.fields[-1]
        if not _SWALLOWED.search(value):
            return False
        self.at = self.last
        repaired, end = self._repair_value(value, -1)
        self.fields[-1] = (name, repaired.strip())
        self.at, self.last = end, -1
        return end < len(self.text)

    def _describe_end(self) -> str:
        """Return what is wrong with a block that is not closed and lacks a title."""
        if any(name == "title" and value for name, value in self.fields):
            return ""
        return "a brace or quote is never closed"


def _strip_delimiters(written: str) -> str:
    """Strip the braces or quotes around a value of which one may be missing."""
    written = written.strip()
    if written[:1] == '"':
        return written[1:].removesuffix('"')
    if written[:1] == "{":
        inside = written[1:]
        return inside[:-1] if inside.count("}") > inside.count("{") else inside
    return written


def _find_brace(text: str, at: int, braces: re.Pattern[str] = _BRACE) -> int:
    """Return the position of the brace that closes the one before `at`, or -1."""
    depth = 1
    for brace in braces.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return -1


def _find_quote(text: str, at: int) -> int:
    """Return the position of the first quote outside braces, or -1."""
    depth = 0
    for sign in _QUOTE.finditer(text, at):
        if sign[0] != '"':
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0:
            return sign.start()
    return -1
