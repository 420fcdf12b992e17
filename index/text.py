"""Answers: how does the dirty text of a dump become clean Unicode?

One look at a text tells which signs it has, and so which rules could apply at all: clean text
costs little more. A text is passed through its rules until nothing changes any more.
"""

import re
from functools import lru_cache

from index.repairs import ABSTRACT_RULES, NAME_RULES, TITLE_RULES, URL_RULES, Rule, signs_of

PASSES = 10
"""Rounds before a text is taken as it is; real texts settle in two or three."""

_PLAIN = r"[!\"#$%'()*+,\-./0-9;=>?@A-Z\[\]^_`a-z|}]++"
_PLAIN_NAME = re.compile(rf"{_PLAIN}(?: {_PLAIN})*+")
"""A name, place or topic that none of their rules is about."""

_PLAIN_ADDRESS = re.compile(r"[!#-%'-;=?-\[\]-z|~]*+")


def repair(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[str, ...]]:
    """Pass a text through rules until nothing changes any more.

    Args:
        text: Any text; it may hold control characters and lone surrogates.
        rules: In the order in which they are tried.

    Returns:
        The repaired text, and the names of the rules that changed it, in order of effect.
    """
    changed: dict[str, None] = {}
    start = rounds = 0
    while found := _next_change(text, rules, start):
        at, after = found
        rounds += at < start
        if rounds == PASSES:
            break
        changed[rules[at].name] = None
        text, start = after, at + 1
    return text, tuple(changed)


def _next_change(text: str, rules: tuple[Rule, ...], start: int) -> tuple[int, str] | None:
    """Give the first rule from `start` on, and round to it, that changes a text, and the result."""
    for at, rule in _possible(rules, start, signs_of(text)):
        if rule.test(text) and (after := rule.repair(text)) != text:
            return at, after
    return None


@lru_cache(4096)
def _possible(
    rules: tuple[Rule, ...], start: int, signs: frozenset[int]
) -> tuple[tuple[int, Rule], ...]:
    numbered = list(enumerate(rules))
    turned = numbered[start:] + numbered[:start]
    return tuple((at, rule) for at, rule in turned if not rule.marks or rule.marks & signs)


def clean_title(text: str) -> str:
    """Make a title one line of clean Unicode.

    Args:
        text: As the dump has it.

    Returns:
        The title; formulas stay as ``$TeX$``, and a final full stop stays.
    """
    return repair(text, TITLE_RULES)[0]


def clean_abstract(text: str) -> str:
    """Make an abstract flowing paragraphs of clean Unicode.

    Args:
        text: As the dump has it, often hard-wrapped.

    Returns:
        The abstract, its paragraphs apart by one blank line; formulas stay as ``$TeX$``.
    """
    return repair(text, ABSTRACT_RULES)[0]


def clean_name(text: str) -> str:
    r"""Make an author's name clean Unicode: ``Bal\'azs`` becomes ``Balázs``.

    Args:
        text: As the dump has it.

    Returns:
        The name on one line. Hyphens, digits and stars are names' own and stay.
    """
    return text if _PLAIN_NAME.fullmatch(text) else repair(text, NAME_RULES)[0]


def clean_url(text: str) -> str:
    """Close up an address that was torn apart: ``https: //x. github. io``.

    Args:
        text: One address, as the dump has it.

    Returns:
        The address without white space, control characters and entities.
    """
    return text if _PLAIN_ADDRESS.fullmatch(text) else repair(text, URL_RULES)[0]
