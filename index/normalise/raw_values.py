"""Read values that several dumps write alike, and recognise those that stand for none."""

import re

Texts = tuple[str | None, ...] | str | None
"""A list of texts, or one text: sources and copies of them write one thing in both ways."""

_PLACEHOLDERS = frozenset((
    "", "-", "--", "\u2013", "\u2014", ".", "?", "??", "na", "n/a", "n.a.", "n.a", "#n/a", "<na>",
    "nan", "nat", "none", "null", "nil", "(null)", "<null>", "\\n", "undefined", "not available",
    "not applicable", "[not available]", "#value!", "#ref!", "#name?",
))  # fmt: skip
"""What R, pandas, databases, spreadsheets and people write for no value, in lower case."""

_WRITTEN_BY_PROGRAMS = frozenset((
    "", "NA", "N/A", "n/a", "#N/A", "<NA>", "nan", "NaT", "NULL", "(null)", "\\N", "undefined",
    "#VALUE!", "#REF!", "#NAME?", "Not Available", "Not available", "not available",
))  # fmt: skip
"""Those that are no text either. Of the others, ``None`` may be a title and ``Na`` a name."""

_NO_ABSTRACT = re.compile(
    r"\W*(?:(?:there is )?no (?:abstract|summary)(?: (?:is )?(?:available|provided|found|given))?"
    r"|abstract (?:is )?(?:not|un) ?available|[-.?\u2013\u2014]*|none|null|nan)\W*",
    re.IGNORECASE,
)
_LONGEST = 60
"""Characters; a longer text says something. Chosen: it is over all of the above."""


def is_placeholder(text: str) -> bool:
    """Return whether an identifier, a number or another word stands for no value: ``N/A``."""
    return len(text) < _LONGEST and text.strip().lower() in _PLACEHOLDERS


def is_placeholder_text(text: str) -> bool:
    """Return whether a title or a name stands for none: ``NA``, but not ``Na`` or ``None``."""
    return len(text) < _LONGEST and text.strip() in _WRITTEN_BY_PROGRAMS


def is_placeholder_abstract(text: str) -> bool:
    """Return whether an abstract says that there is none: ``[No abstract available]``."""
    if len(text) >= _LONGEST:
        return False
    return is_placeholder_text(text) or _NO_ABSTRACT.fullmatch(text) is not None


def drop_empty(values: dict[str, str]) -> dict[str, str]:
    """Return the identifiers or links that have a value."""
    return {name: value for name, value in values.items() if value}


def last_segment(address: str | int | None) -> str:
    """Return what follows the last slash: ``W1`` for ``https://openalex.org/W1``."""
    return str(address or "").rstrip("/").rpartition("/")[2]


def list_texts(texts: Texts) -> list[str]:
    """Return the texts of a list or a single text, without empty ones and surrounding space."""
    listed = (texts,) if isinstance(texts, str) else texts or ()
    return [stripped for text in listed if text and (stripped := text.strip())]


def find_first_text(texts: Texts) -> str:
    """Return a single text or the first of a list; empty if there is none."""
    return next(iter(list_texts(texts)), "")
