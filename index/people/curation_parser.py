"""Read the file in which the maintainer of an index says who is who.

It is a TOML file with a table for each person::

    [[person]]
    name = "Ada Lovelace"                  # the name to show
    id = "orcid:0000-0002-1825-0097"       # the key of the identity; optional, as all that follows
    same = ["openreview:~Ada_Lovelace1"]   # other identities that are this person
    different = ["dblp:ada lovelace 0002"] # identities that are not
    papers = ["arxiv:2006.04779"]          # papers that the person wrote
    not-papers = ["arxiv:2107.00001"]      # papers that the person did not write
    alias = ["Ada King"]                   # other names of the person
    hidden = ["Ada Byron"]                 # former names, which are never shown
    note = "asked by mail on 1 March"      # a remark for the maintainer
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.normalise.check_digits import canonicalise_orcid
from index.people.contradictions import find_contradictions
from index.people.curation import SCHEMES, Curation, Person, make_name_key
from index.people.errors import CurationUnusable, Problem
from index.people.toml_lines import TomlLines

MOST_BYTES = 10_000_000
"""Bytes of the file; chosen: room for 50,000 people."""

LONGEST_TEXT = 500
"""Characters of a name, a key or an id; chosen."""

LONGEST_NOTE = 5_000
"""Characters of a note; chosen."""

PERSON = "person"
"""The name of the tables."""

_TEXTS = ("name", "id", "note")
_LISTS = ("same", "different", "papers", "not-papers", "alias", "hidden")
_KEYS = (*_TEXTS, *_LISTS)
_OF_KEYS = ("id", "same", "different")
_OF_NAMES = ("name", "alias", "hidden")
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9Xx]")
_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


def read_curation(path: Path) -> Curation:
    """Read the file; without it, nothing is said about anybody.

    Args:
        path: The file, which is named `index.people.curation.CURATION` in the folder of an index.

    Raises:
        CurationUnusable: The file cannot be read, or something in it is wrong.
    """
    try:
        # A pipe in its place must not block.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        if not path.is_symlink():
            return Curation()
        raise CurationUnusable(str(path), [Problem(0, "it links to a missing file")]) from error
    except OSError as error:
        reason = f"it cannot be read ({error.strerror or error})"
        raise CurationUnusable(str(path), [Problem(0, reason)]) from error
    return parse_curation(content, str(path))


def parse_curation(content: bytes, path: str) -> Curation:
    """Parse the content of the file.

    Args:
        content: The bytes of the file.
        path: Its name, for messages.

    Raises:
        CurationUnusable: Something in it is wrong; all of that is listed, each with its line.
    """
    problems: list[Problem] = []
    people = _parse(content, problems)
    problems += find_contradictions(people)
    if problems:
        raise CurationUnusable(path, sorted(problems))
    return Curation(people)


def _parse(content: bytes, problems: list[Problem]) -> list[Person]:
    """Return the people in whose entries nothing is wrong, and append what is in the others."""
    text = _decode(content, problems)
    tables = {} if problems else _load(text, problems)
    lines = TomlLines("" if problems else text, PERSON)
    problems += _check_top(tables, lines)
    people = tables.get(PERSON, [])
    if not isinstance(people, list) or lines.tables != len(people):
        text = f"a person is written [[{PERSON}]], in double brackets"
        problems.append(Problem(lines.find_first(PERSON), text))
        return []
    entries = (_Entry(table, at, lines).parse(problems) for at, table in enumerate(people))
    return [person for person in entries if person]


def _decode(content: bytes, problems: list[Problem]) -> str:
    if len(content) > MOST_BYTES:
        problems.append(Problem(0, f"it has more than {MOST_BYTES:,} bytes"))
        return ""
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(line, "a byte is not UTF-8"))
        return ""
    return text.replace("\r\n", "\n")


def _load(text: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(_describe_syntax(error, text))
    except RecursionError:
        problems.append(Problem(0, "its values are nested too deeply"))
    return {}


def _describe_syntax(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    message = str(error)
    found = _LINE.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    clause = _LINE.sub("", message)
    return Problem(line, f"{clause[:1].lower()}{clause[1:]}")


def _check_top(tables: Mapping[str, Any], lines: TomlLines) -> Iterator[Problem]:
    for key in tables:
        if key != PERSON:
            line = lines.find_first(key)
            yield Problem(line, f"unknown key '{key[:50]}' (every person is a table [[{PERSON}]])")


class _Entry:
    """One table, which becomes a person."""

    def __init__(self, table: Mapping[str, Any], number: int, lines: TomlLines) -> None:
        """Keep the table.

        Args:
            table: Its keys and values.
            number: Its number, from 0.
            lines: Tells where it is.
        """
        self._table, self._number, self._lines = table, number, lines
        self._problems: list[Problem] = []

    def parse(self, problems: list[Problem]) -> Person | None:
        """Return the person; if something is wrong, append it and return None."""
        self._check_keys()
        values: dict[str, Any] = {key: self._read_text(key) for key in _TEXTS}
        values |= {key.replace("-", "_"): self._read_list(key) for key in _LISTS}
        if "name" not in self._table:
            self._report("the person has no name")
        problems += self._problems
        if self._problems:
            return None
        return Person(**values, line=self._lines.find(self._number))

    def _check_keys(self) -> None:
        for key in self._table:
            if key not in _KEYS:
                near = get_close_matches(key, _KEYS, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(_KEYS)}"
                self._report(f"unknown key '{key[:50]}' ({hint})", key)

    def _read_text(self, key: str) -> str:
        value = self._table.get(key, "")
        if not isinstance(value, str):
            self._report(f"{key} is no text in quotes", key)
            return ""
        if key == "note":
            if len(value) > LONGEST_NOTE:
                self._report(f"the note is longer than {LONGEST_NOTE:,} characters", key)
            return value
        return self._check_value(key, value, -1) if key in self._table else ""

    def _read_list(self, key: str) -> tuple[str, ...]:
        values = self._table.get(key, [])
        if not (isinstance(values, list) and all(isinstance(one, str) for one in values)):
            self._report(f'{key} is no list of texts, such as {key} = ["..."]', key)
            return ()
        found = (self._check_value(key, value, at) for at, value in enumerate(values))
        return tuple(dict.fromkeys(found))

    def _check_value(self, key: str, value: str, item: int) -> str:
        """Return a value in its canonical form, and report what is wrong with it."""
        written = " ".join(value.split())
        if not written:
            self._report(f"{key} is empty" if item < 0 else f"{key} has an empty text", key, item)
        elif len(value) > LONGEST_TEXT:
            self._report(f"{key} is longer than {LONGEST_TEXT:,} characters", key, item)
        elif not written.isprintable():
            self._report(f"{key} has a character that cannot be printed", key, item)
        elif key in _OF_KEYS:
            try:
                return canonicalise_key(written)
            except ValueError as error:
                self._report(str(error), key, item)
        elif key in _OF_NAMES and not make_name_key(written):
            self._report(f"'{written[:50]}' is no name", key, item)
        return written

    def _report(self, text: str, key: str = "", item: int = -1) -> None:
        self._problems.append(Problem(self._lines.find(self._number, key, item), text))


def canonicalise_key(key: str) -> str:
    """Write the key of an identity as `search.authors` does.

    Raises:
        ValueError: It is no key; the message is a clause that says why.
    """
    scheme, colon, value = key.partition(":")
    scheme, value = scheme.lower(), value.strip()
    if not (colon and value):
        message = f"'{key[:50]}' has no scheme (write {', '.join(f'{one}:...' for one in SCHEMES)})"
        raise ValueError(message)
    if scheme not in SCHEMES:
        message = f"'{key[:50]}' has an unknown scheme (choose {', '.join(SCHEMES)})"
        raise ValueError(message)
    if scheme == "orcid":
        value = canonicalise_orcid(value) if _ORCID.fullmatch(value) else ""
        if not value:
            message = f"'{key[:50]}' is no ORCID iD (such as orcid:0000-0002-1825-0097)"
            raise ValueError(message)
    is_name = scheme == "dblp" and "/" not in value  # else it is that of a page: h/AdaKing
    return f"{scheme}:{value.lower() if is_name else value}"
