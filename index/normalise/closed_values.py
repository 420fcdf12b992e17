"""Find the index's word for a type, a language or a status, however it is written.

Records, queries and selections use the same functions, so that ``journal-article`` in a dump and
``Journal Article`` in a query are the same value.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from index.normalise.raw_values import is_placeholder
from index.normalise.reference_words import find_first_language, find_listed_type

STATUSES = {
    "reject": "rejected",
    "desk reject": "rejected",
    "desk rejected": "rejected",
    "withdraw": "withdrawn",
    "retract": "retracted",
    "active": "",
}
"""Our word for the status words of dumps; other words are kept, in lower case."""

_PLURAL = re.compile("(?:eses|(?<=[a-z])s)$")
_JOINERS = re.compile(r"[-_]+")

_CACHED = 1 << 13
"""Words whose unified form is remembered, for each function; chosen."""


@lru_cache(_CACHED)
def unify_type(text: str) -> str:
    """Return our word for a kind of document, or an unknown word in lower case."""
    plain = _fold_case(_JOINERS.sub(" ", text))
    if is_placeholder(text) or is_placeholder(plain):
        return ""
    return find_listed_type(text) or find_listed_type(_PLURAL.sub(_write_singular, plain)) or plain


def _write_singular(ending: re.Match[str]) -> str:
    return "esis" if ending[0] == "eses" else ""


@lru_cache(_CACHED)
def unify_language(text: str) -> str:
    """Return the code of a language; empty for a text that names none."""
    code = find_first_language(text)
    return "" if is_placeholder(text) or is_placeholder(code) else code  # NA is not Nauru's


@lru_cache(_CACHED)
def unify_status(text: str) -> str:
    """Return our word for a status, or an unknown word in lower case."""
    status = _fold_case(" ".join(text.replace("_", " ").split()))
    return "" if is_placeholder(status) else STATUSES.get(status, status)


_UNIFIED: Mapping[str, Callable[[str], str]] = {
    "type": unify_type,
    "language": unify_language,
    "status": unify_status,
    "source": str.lower,
}


def unify_value(field: str, text: str) -> str:
    """Return a value as the index holds it.

    Args:
        field: The field; values of one without a closed list are returned unchanged.
        text: The value as typed or chosen. One that the field cannot have stays as it is, in lower
            case, so that it matches nothing.
    """
    unify = _UNIFIED.get(field)
    return (unify(text) or text.lower()) if unify else text


def _fold_case(text: str) -> str:
    """Return a word in lower case, without characters that cannot be printed."""
    plain = text if text.isprintable() else "".join(c for c in text if c.isprintable())
    return " ".join(plain.split()).lower()
