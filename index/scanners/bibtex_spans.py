r"""Find where each entry and each value of a BibTeX text begins and ends, so that it can be edited.

Unlike `index.scanners.bibtex_blocks`, which repairs what it reads, this scanner reads only what is
well formed: an entry with a missing brace, comma or equals sign is *broken*, and nobody should
change it. An entry ends before the next line that opens another one, so a broken entry hides no
other::

    entry = "@" type ("{" | "(") key {"," field} [","] ("}" | ")")
    field = name "=" part {"#" part}
    part = "{" balanced text "}" | '"' balanced text '"' | word
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_FIELDS = 1_000
"""Fields of an entry; one with more is broken. Chosen."""

MAX_VALUE = 1 << 20
"""Characters of a value with its macros replaced; the rest is cut, since strings built from
strings grow exponentially."""

_OPENING = re.compile(r"(?<![\w.@\\])@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_NEXT = re.compile(r"^[ \t\ufeff]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,={}\"#%]*)\s*")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/'*-]*)\s*=\s*")
_WORD = re.compile(r"[^\s,#{}()\"=%]+")
_JOIN = re.compile(r"\s*#\s*")
_END = re.compile(r"[\s,]*")
_SEPARATOR = re.compile(r"\s*,")
_BRACES = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_SKIPPED = frozenset(("comment", "preamble"))


class WrittenField(NamedTuple):
    """A field where it is written.

    Attributes:
        name: Its name in lower case: ``booktitle``.
        text: Its value without delimiters, macros replaced, parts joined.
        start: Where the name begins.
        name_end: Where the name ends.
        value_start: Where the value begins, with its delimiter.
        end: Where the value ends, behind its delimiter.
    """

    name: str
    text: str
    start: int
    name_end: int
    value_start: int
    end: int


class WrittenEntry(NamedTuple):
    """An entry where it is written.

    Attributes:
        type: Its type in lower case: ``inproceedings``.
        key: Its key as written; may be empty.
        start: Where its ``@`` is.
        type_start: Where the type begins.
        type_end: Where the type ends.
        head_end: Where the key ends.
        end: Behind the closing brace; where the next entry begins if it is broken.
        fields: Its fields in order, those of one name each; empty if it is broken.
        broken: Whether it is not well formed.
    """

    type: str
    key: str
    start: int
    type_start: int
    type_end: int
    head_end: int
    end: int
    fields: tuple[WrittenField, ...] = ()
    broken: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """Return the values by name; of a repeated field the first that is not empty."""
        found: dict[str, str] = {}
        for field in self.fields:
            if field.text:
                found.setdefault(field.name, field.text)
        return found

    def find_field(self, name: str) -> WrittenField | None:
        """Return the field of a name whose value counts, or None."""
        named = [field for field in self.fields if field.name == name]
        return next((field for field in named if field.text), named[0] if named else None)


def find_written_entries(text: str) -> Iterator[WrittenEntry]:
    """Yield every entry of a text, without strings, preambles and comments."""
    strings: dict[str, str] = {}
    at = 0
    while opening := _OPENING.search(text, at):
        kind = opening[1].lower()
        following = _NEXT.search(text, opening.end())
        limit = following.start() if following else len(text)
        reader = _EntryReader(text, opening.end(), limit, strings)
        if kind in _SKIPPED:
            at = reader.skip_braces()
            continue
        entry = reader.read(opening, kind)
        if kind != "string":
            yield entry
        elif not entry.broken:
            strings.update((field.name, field.text) for field in entry.fields)
        at = entry.end


class _Broken(Exception):
    """The entry is not well formed."""


class _EntryReader:
    """Reads one entry."""

    def __init__(self, text: str, at: int, limit: int, strings: dict[str, str]) -> None:
        self.text, self.at, self.limit, self.strings = text, at, limit, strings
        self.key, self.head_end = "", at

    def skip_braces(self) -> int:
        """Return where a comment or preamble ends."""
        try:
            return self._find_closing(self.at) + 1
        except _Broken:
            return self.limit

    def read(self, opening: re.Match[str], kind: str) -> WrittenEntry:
        """Read the entry that an opening begins."""
        places = (opening.start(), opening.start(1), opening.end(1))
        try:
            fields = self._read_fields("}" if opening[2] == "{" else ")", keyed=kind != "string")
        except _Broken:
            return WrittenEntry(kind, self.key, *places, self.head_end, self.limit, broken=True)
        return WrittenEntry(kind, self.key, *places, self.head_end, self.at, fields)

    def _read_fields(self, closing: str, *, keyed: bool) -> tuple[WrittenField, ...]:
        text, fields = self.text, list[WrittenField]()
        if keyed:
            self._read_key(closing)
        while found := _NAME.match(text, self.at, self.limit):
            if (fields and not _SEPARATOR.match(text, self.at)) or len(fields) >= MAX_FIELDS:
                raise _Broken
            value, end = self._read_value(found.end())
            fields.append(WrittenField(found[1].lower(), value, *found.span(1), found.end(), end))
            self.at = end
        self.at = self._match(_END, self.at).end()
        if text[self.at : self.at + 1] != closing or self.at >= self.limit:
            raise _Broken
        self.at += 1
        return tuple(fields)

    def _read_key(self, closing: str) -> None:
        found = self._match(_KEY, self.at)
        self.key = found[1].removesuffix(")") if closing == ")" else found[1]
        self.head_end = found.start(1) + len(self.key)
        self.at = self._match(re.compile(r"\s*"), self.head_end).end()
        if self.text[self.at : self.at + 1] not in (",", closing):
            raise _Broken

    def _read_value(self, at: int) -> tuple[str, int]:
        """Return the value at a place and its end."""
        parts = []
        while True:
            part, at = self._read_part(at)
            parts.append(part)
            joined = _JOIN.match(self.text, at, self.limit)
            if not joined:
                value = "".join(parts)[:MAX_VALUE]
                return (" ".join(value.split()) if len(parts) > 1 else value.strip()), at
            at = joined.end()

    def _read_part(self, at: int) -> tuple[str, int]:
        text = self.text
        if text[at : at + 1] == "{":
            end = self._find_closing(at + 1)
            return text[at + 1 : end], end + 1
        if text[at : at + 1] == '"':
            end = self._find_quote(at + 1)
            return text[at + 1 : end], end + 1
        word = self._match(_WORD, at)
        return self.strings.get(word[0].lower(), word[0]), word.end()

    def _find_closing(self, at: int) -> int:
        """Return the place of the brace that closes the one before a place."""
        depth = 1
        for brace in _BRACES.finditer(self.text, at, self.limit):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                return brace.start()
        raise _Broken

    def _find_quote(self, at: int) -> int:
        """Return the place of the next quote outside braces."""
        depth = 0
        for sign in _QUOTE.finditer(self.text, at, self.limit):
            if sign[0] != '"':
                depth += 1 if sign[0] == "{" else -1
                if depth < 0:
                    break
            elif not depth:
                return sign.start()
        raise _Broken

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        found = pattern.match(self.text, at, self.limit)
        if found is None:
            raise _Broken
        return found
