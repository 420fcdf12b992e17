"""Add people, their keys and their papers to the file in which the maintainer says who is who."""

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexUnwritable
from index.people.curation import CURATION, PAPER, Curation, Person
from index.people.curation_parser import PERSON, parse_curation, read_curation
from index.people.errors import CurationUnusable, Problem
from index.people.toml_lines import TomlLines
from index.temporary_files import replace_file

_LIST = re.compile(r"=\s*\[")
"""What opens the list of a key."""


def append_person(path: Path, person: Person) -> Curation:
    """Add an entry at the end of the file, and return what the file says then.

    Comments and the order of the entries stay. The file is replaced as a whole, so that nobody
    reads half of it, and processes that add entries at the same time wait for each other.

    Args:
        path: The file, which is created if it does not exist; a link to it stays.
        person: The entry.

    Raises:
        CurationUnusable: The file is wrong, or the entry is, or contradicts another one; the file
            stays as it was.
        IndexUnwritable: The file cannot be written.
    """

    def append(before: bytes, _: Curation) -> bytes:
        gap = b"\n" * (bool(before) + (before[-1:] not in (b"", b"\n")))
        return before + gap + format_person(person).encode()

    return _rewrite(path, append)


def extend_person(path: Path, person: Person, more: Person) -> Curation:
    """Add keys to ``same`` and ids to ``papers`` of an entry, and return what the file says then.

    Everything else stays, as for `append_person`.

    Args:
        path: The file.
        person: The entry as it was read.
        more: Further keys and papers; those that the entry has are left out.

    Raises:
        CurationUnusable: The file is wrong, has no such entry, or would be wrong with the keys; it
            stays as it was.
        IndexUnwritable: The file cannot be written.
    """

    def add(before: bytes, curation: Curation) -> bytes:
        if person not in curation.people:
            text = f"the entry of '{person.name[:50]}' has just been changed"
            raise CurationUnusable(str(path), [Problem(0, text)])
        number, named = curation.people.index(person), (*person.keys, *person.papers)
        named += tuple(f"{PAPER}:{paper}" for paper in person.papers)
        for key, values in (("same", more.keys), ("papers", more.papers)):
            missing = tuple(one for one in dict.fromkeys(values) if one not in named)
            before = _insert_values(before, number, (key, getattr(person, key)), missing)
        return before

    return _rewrite(path, add)


def _insert_values(
    content: bytes, number: int, known: tuple[str, tuple[str, ...]], values: tuple[str, ...]
) -> bytes:
    """Return the file with more values in a list of an entry, or with a list if it has none."""
    if not values:
        return content
    key, present = known
    lines = content.decode().split("\n")
    places = TomlLines(content.decode().removeprefix("\ufeff").replace("\r\n", "\n"), PERSON)
    written = _format_value(values)
    if present:
        at = places.find(number, key) - 1
        lines[at] = _LIST.sub(lambda found: f"{found[0]}{written[1:-1]}, ", lines[at], count=1)
    else:
        lines.insert(places.find(number), f"{key} = {written}")
    return "\n".join(lines).encode()


def _rewrite(path: Path, change: Callable[[bytes, Curation], bytes]) -> Curation:
    """Replace the file by what it becomes, if that is valid, while no other process does."""
    real = path.resolve()
    try:
        with _hold_folder(real.parent):
            known = read_curation(path)
            after = change(real.read_bytes() if real.exists() else b"", known)
            curation = parse_curation(after, str(path))
            with replace_file(real) as file:
                file.write(after)
    except OSError as error:
        raise IndexUnwritable(str(path.parent), error.strerror or str(error)) from error
    return curation


def link_curation(directory: Path, path: Path, *, dry_run: bool = False) -> None:
    """Let an index use a file that is kept elsewhere, by a link to it.

    Args:
        directory: The index, which is created if it does not exist.
        path: The file.
        dry_run: Whether only to check that this is possible.

    Raises:
        CurationUnusable: The file is missing or wrong, or the index has another one.
        IndexUnwritable: The link cannot be made.
    """
    here, target = directory / CURATION, path.absolute()
    if not path.exists():
        raise CurationUnusable(str(path), [Problem(0, "it does not exist")])
    read_curation(path)
    try:
        own = here.exists() and not here.is_symlink()
        if own and here.read_bytes() != path.read_bytes():
            text = f"the recipe names '{path}'; move the entries there and remove this file"
            raise CurationUnusable(str(here), [Problem(0, text)])
        if dry_run or (here.is_symlink() and here.readlink() == target):
            return
        directory.mkdir(parents=True, exist_ok=True)
        link = here.with_name(f".{CURATION}.link")
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        link.replace(here)
    except OSError as error:
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error


def format_person(person: Person) -> str:
    """Return the table of a person as TOML; keys without a value are left out."""
    keys = ("name", "id", "same", "different", "papers", "not_papers", "alias", "hidden", "note")
    values = ((key.replace("_", "-"), getattr(person, key)) for key in keys)
    lines = [f"{key} = {_format_value(value)}" for key, value in values if value]
    return "\n".join(["[[person]]", *lines, ""])


def _format_value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_format_value, value))}]"
    # A string of JSON is one of TOML, but for the character DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@contextmanager
def _hold_folder(folder: Path) -> Iterator[None]:
    """Wait until no other process adds an entry; a killed process releases its lock.

    The lock of the index would make the maintainer wait for the end of a build.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
