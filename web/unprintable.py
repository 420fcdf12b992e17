"""Replace the characters that no page or feed may repeat, wherever a text comes from.

These are control characters, which XML forbids and terminals obey, those that turn the direction of
the text after them, halves of surrogate pairs, which cannot be encoded, and noncharacters.
"""

import re

from markupsafe import Markup

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def replace_unprintable(text: str) -> str:
    """Return a text with a replacement character for each character that is not allowed."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def finalize(value: object) -> object:
    """Return what a template is to write for a value: texts without unprintable characters."""
    if not isinstance(value, str) or value.isprintable():
        return value
    replaced = replace_unprintable(value)
    return Markup(replaced) if isinstance(value, Markup) else replaced  # noqa: S704 - as it was
