"""Restore Crossref's own keys in copies whose keys other tools have written in their way.

Databases and statistics packages write ``container_title`` or ``container.title`` for
``container-title``, and ``doi`` for ``DOI``.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec.structs import fields

from index.dumps.streams import Stream
from index.formats.crossref_work import Date, Link, Person, Reference, Update, Work
from index.scanners.head import Head
from index.scanners.json_lines import Slices

_KEY = re.compile(rb'(?<=[{,\s])"([A-Za-z]{2,20}(?:[._][A-Za-z]{2,20}){0,3})"(?=\s*:)')
_KINDS = (Work, Person, Date, Link, Update, Reference)
_SIGNS = {"is-referenced-by-count", "published-online", "published-print"}
"""Keys that works of Crossref have and records of other sources have not, unlike
``reference-count``."""


def is_copy(head: Head) -> bool:
    """Return whether a file holds works of Crossref whose keys are written in another way."""
    written = {_unify(key): key for key in head.keys}
    known = _SIGNS & written.keys()
    if not known or "doi" not in written:
        return False
    return "DOI" not in head.keys or any(written[key] != key for key in known)


def restore_keys(find: Callable[[Stream], Slices]) -> Callable[[Stream], Slices]:
    """Return a function that finds the same records and restores their keys."""

    def find_restored(stream: Stream) -> Slices:
        keys = _list_keys()
        for offset, record, damage in find(stream):
            restored = _KEY.sub(lambda found: keys.get(_unify_bytes(found[1]), found[0]), record)
            yield offset, restored, damage

    return find_restored


def _unify(key: str) -> str:
    return re.sub(r"[._]", "-", key).lower()


def _unify_bytes(key: bytes) -> bytes:
    return _unify(key.decode()).encode()


@lru_cache(1)
def _list_keys() -> dict[bytes, bytes]:
    """Return Crossref's keys, in quotes, by their unified form."""
    names = (one.encode_name for kind in _KINDS for one in fields(kind))
    return {_unify(name).encode(): f'"{name}"'.encode() for name in names}
