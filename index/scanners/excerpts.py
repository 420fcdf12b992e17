"""Keep the beginning of a rejected record, without anything personal."""

import re

from index.text.emails import cut_before_mail

EXCERPT = 200
"""Characters of a rejected record that are kept."""

DAMAGED_BYTES = 4 * EXCERPT
"""Bytes that are kept of a record that is damaged as a whole: an excerpt in UTF-8."""

_PERSONAL = re.compile(
    r'(?i:"(?:authorids|gender|home_?page|linkedin|google_scholar|or_profile|position)")'
    r"|(?:^|\n)EM(?= )"
)
"""Keys of JSON dumps with personal values, and the tag for e-mail in Web of Science's files."""


def make_excerpt(text: str) -> str:
    """Return the beginning of a record, up to the first personal detail in it.

    Args:
        text: The record as written, as far as it can be decoded.

    Returns:
        At most `EXCERPT` characters, without the white space before and after the record.
    """
    return cut_before_mail(_PERSONAL.split(text[:EXCERPT].strip(), maxsplit=1)[0])


def decode_excerpt(content: bytes, encoding: str = "utf-8") -> str:
    """Return the excerpt of an encoded record."""
    return make_excerpt(content[:DAMAGED_BYTES].decode(encoding, "replace"))
