"""Match the tokens within some edits of a token on OpenSearch.

The fuzzy query of a cluster may leave out tokens that have no letter left in place: the edits must
be fewer than the letters of the shorter token. A regular expression finds these. They are few,
since only short tokens can be changed so much.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

MAX_EXPANSIONS = 1_000
"""Tokens that a fuzzy query stands for if it scores each; ours scores none and finds all of them. A
cluster refuses numbers above its limit of clauses, 1,024."""

_RESERVED = frozenset('.?+*|{}[]()"\\#@&<>~^$-')

Form: TypeAlias = tuple[str | None, ...]
"""The letters of a token; None stands for any letter."""


def match_near(field: str, token: str, distance: int) -> dict[str, Any]:
    """Return a query for papers with a token within a number of edits, a swap being one edit.

    Args:
        field: A field of tokens.
        token: The token.
        distance: The number of edits: 1 or 2.
    """
    asked = {
        "value": token,
        "fuzziness": distance,
        "prefix_length": 0,
        "max_expansions": MAX_EXPANSIONS,
        "transpositions": True,
        "rewrite": "constant_score",
    }
    fuzzy = {"fuzzy": {field: asked}}
    forms = list_short_forms(token, distance)
    if not forms:
        return fuzzy
    pattern = "|".join("".join(map(_escape, form)) for form in forms)
    return {"bool": {"should": [fuzzy, {"regexp": {field: {"value": pattern}}}]}}


def list_short_forms(token: str, distance: int) -> list[Form]:
    """List what a token can become by as many edits as the shorter of the two has letters.

    Args:
        token: The token.
        distance: The number of edits: 1 or 2.

    Returns:
        Forms of the token, of which some may be within fewer edits; none for long tokens.
    """
    if len(token) > 2 * distance:
        return []
    longest = len(token) + distance if len(token) <= distance else distance
    kept = {form for form in _edit(token, distance) if 0 < len(form) <= longest}
    return sorted(kept, key=lambda form: [letter or "" for letter in form])


def _edit(token: str, edits: int) -> Iterator[Form]:
    """Yield what a token can become by some edits, none of them between two swapped letters."""
    if not token:
        yield ()
    else:
        yield from ((token[0], *form) for form in _edit(token[1:], edits))
    if edits:
        yield from ((None, *form) for form in _edit(token, edits - 1))
        if token:
            for form in _edit(token[1:], edits - 1):
                yield form
                yield (None, *form)
        if token[1:]:
            yield from ((token[1], token[0], *form) for form in _edit(token[2:], edits - 1))


def _escape(letter: str | None) -> str:
    if letter is None:
        return "."
    return f"\\{letter}" if letter in _RESERVED else letter
