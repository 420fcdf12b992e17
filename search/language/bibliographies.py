"""Recognise a bibliography that is named in a query: ``in:mylib.bib``."""

from search.language.fields import SearchField
from search.language.tokens import Token
from search.language.tree import Value

BIBLIOGRAPHY = "in"
"""The field of a `Value` that names a file; ``in:`` with another value asks for a venue."""

_VENUE = "venue"
_SUFFIX = ".bib"


def parse_bibliography(token: Token, field: SearchField | None) -> list[Value]:
    """Return the bibliography that a token names, as the only item, or nothing.

    Args:
        token: A word or a phrase.
        field: The field it is searched in.
    """
    name = token.text.strip()
    if field is None or field.name != _VENUE or not name.lower().endswith(_SUFFIX):
        return []
    return [Value(BIBLIOGRAPHY, name, token.at)]
