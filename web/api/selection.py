"""Select the keys of papers in an answer, so that programs load no more than they use."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Struct

from search.errors import ChoiceUnknown
from web.api.authors import MentionDocument, NameDocument
from web.api.papers import CitingPaperDocument
from web.api.results import HitDocument, RankedDocument, ResultsDocument
from web.api.similar import SimilarDocument

Listed = TypeVar("Listed", ResultsDocument, SimilarDocument, NameDocument)

SELECTED: dict[type[Struct], type[Struct]] = {
    ResultsDocument: HitDocument,
    SimilarDocument: RankedDocument,
    CitingPaperDocument: CitingPaperDocument,
    NameDocument: MentionDocument,
}
"""The answers that can be cut down, and the struct whose keys are chosen from."""


def parse_fields(text: str, kind: type[Struct]) -> tuple[str, ...]:
    """Parse the parameter ``fields``, names joined by commas; empty if none is given.

    Args:
        text: The value of the parameter.
        kind: The struct that has the keys.

    Raises:
        ChoiceUnknown: The struct has no key of that name.
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in kind.__struct_fields__:
            raise ChoiceUnknown("field", name, kind.__struct_fields__)
    return names


def select_hits(document: Listed, fields: Iterable[str]) -> Listed:
    """Return a list of papers with only some keys of each; with all keys if none is named."""
    names = tuple(fields)
    if not names:
        return document
    hits: Any = tuple(select_keys(hit, names) for hit in document.hits)
    return msgspec.structs.replace(document, hits=hits)


def select_keys(document: Struct, fields: Iterable[str]) -> object:
    """Return a document with only some keys; the whole document if none is named."""
    found = {name: getattr(document, name) for name in fields}
    if not found:
        return document
    return {name: value for name, value in found.items() if value is not UNSET}
