"""Find out which field each column of a table holds.

The known headers are in ``table_columns.toml``: those of databases, of tools and of plain tables.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from index.normalise.tables import read_table

MIN_TAGS = 5
"""Number of Web of Science's own headers, or of RIS's tags, that makes them count in a table."""

_RIS_TYPE = "TY"
"""The tag of RIS that Web of Science does not have."""

MAX_LINES_BEFORE = 8
"""Rows that may precede the header, such as a search's address or ``sep=;``. Chosen."""


class Columns(NamedTuple):
    """The fields that the columns of one table hold.

    Attributes:
        places: The columns of each field, counted from 0, the best one first.
        headers: The header's cells as written.
        plain_headers: The same without punctuation and case.
    """

    places: Mapping[str, tuple[int, ...]]
    headers: tuple[str, ...]
    plain_headers: frozenset[str]


class _Known(NamedTuple):
    """The known headers, each with its field and its rank among the headers of that field.

    Attributes:
        fields: The fields in the order of the data file.
        headers: By plain header.
        tags: By Web of Science's header of two capitals.
        ris: By the tag of RIS.
    """

    fields: tuple[str, ...]
    headers: Mapping[str, tuple[str, int]]
    tags: Mapping[str, tuple[str, int]]
    ris: Mapping[str, tuple[str, int]]


@cache
def _load_known() -> _Known:
    table = read_table("table_columns", __file__)
    headers, tags = table["headers"], table["web_of_science"]
    ranked = map(_rank_headers, (headers, tags, table["ris"]))
    return _Known(tuple(headers), *ranked)


def _rank_headers(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, int]]:
    return {
        header: (field, rank)
        for field, headers in table.items()
        for rank, header in enumerate(headers)
    }


def list_fields() -> tuple[str, ...]:
    """List the fields that a column can hold, as ``papers build --map`` names them."""
    return _load_known().fields


def simplify_header(header: str) -> str:
    """Return a header in lower case with punctuation as spaces: ``Author(s)``, ``author s``."""
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def find_columns(headers: Sequence[str], assigned: Mapping[str, str]) -> Columns | None:
    """Find the columns of each field.

    Args:
        headers: The cells of the table's first row.
        assigned: Fields by header, as the user assigned them; they precede the known headers.

    Returns:
        The columns, or None if the row does not name a title and another field, and so is not a
        header.
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    for at, found in enumerate(_identify_headers(headers, assigned)):
        if found:
            field, rank = found
            ranked.setdefault(field, []).append((rank, at))
    if "title" not in ranked or len(ranked) < 2:  # noqa: PLR2004 - a title and another field
        return None
    places = {field: tuple(at for _, at in sorted(columns)) for field, columns in ranked.items()}
    return Columns(places, tuple(headers), frozenset(map(simplify_header, headers)))


def _identify_headers(
    headers: Sequence[str], assigned: Mapping[str, str]
) -> list[tuple[str, int] | None]:
    """Return the field of each header, and its rank among the headers of that field."""
    fields = {simplify_header(header): (field, -1) for header, field in assigned.items()}
    known = _load_known()
    tags = known.ris if _RIS_TYPE in headers else known.tags
    tagged = sum(header in tags for header in headers) >= MIN_TAGS
    return [
        fields.get(plain := simplify_header(header))
        or (tags.get(header) if tagged else known.headers.get(plain))
        for header in headers
    ]


def list_known_columns(headers: Sequence[str], assigned: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of those headers that are known or assigned, by header."""
    found = zip(headers, _identify_headers(headers, assigned), strict=True)
    return {header: known[0] for header, known in found if known}


def find_missing(columns: Columns, assigned: Mapping[str, str]) -> list[str]:
    """Return the headers that the user assigned and the table lacks."""
    return [header for header in assigned if simplify_header(header) not in columns.plain_headers]
