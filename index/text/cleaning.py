"""Answers: how does the dirty text of a dump become clean Unicode?

One look at a text tells which signs it has, and so which rules could apply at all: clean text
costs little more. A text is passed through its rules until nothing changes any more.
"""

import re
from functools import lru_cache

from index.text.characters import find_signs
from index.text.formulas import split_formulas
from index.text.rules import (
    ABSTRACT_RULES,
    NAME_RULES,
    TITLE_RULES,
    UNEVEN,
    URL_RULES,
    Rule,
)

PASSES = 10
"""Rounds before a text is taken as it is; real texts settle in two or three."""

_Step = tuple[int, Rule, bool]
"""A rule's place, the rule, and whether all it does is to join the lines of the text."""

_PLAIN = r"!\"#$%'()*+,\-./0-9;=>?@A-Z\[\]^_`a-z|}"
_ACCENTED = "À-ÖØ-öø-őŔ-şŢ-ŷŹ-ż"
"""Latin letters but those that are also what UTF-8 looks like in Windows-1252: š, ž, œ."""
_PLAIN_WORD = rf"[{_PLAIN}{_ACCENTED}]++"
_PLAIN_NAME = re.compile(rf"{_PLAIN_WORD}(?: {_PLAIN_WORD})*+")
"""A name, place or topic that none of their rules is about."""

_PLAIN_TITLE = re.compile(r"[A-Za-z0-9]++(?:(?:-|[,:]?[ \n]++)[A-Za-z0-9]++)*+[.?!]?")
"""A title that no rule but ``lines`` is about."""
_JOINED = ("lines",)

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
    last, rounds = -1, 0
    flat, possible = _look(text, rules)
    while found := _next_change(text, flat, possible, last):
        at, after = found
        rounds += at <= last
        if rounds == PASSES:
            break
        changed[rules[at].name] = None
        text, last = after, at
        if text != flat:
            flat, possible = _look(text, rules)
    return text, tuple(changed)


def _look(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[_Step, ...]]:
    """Give a text as one line, and the rules that its signs allow to change it.

    The signs are those of the line, in which a hard wrap is a space as others: when the lines
    are joined, the text need not be looked at again.
    """
    flat = text.strip(" \n").replace("\n", " ")
    if "$" in flat and (parts := split_formulas(flat)):
        outside = find_signs(parts[0])
        return flat, _possible(rules, outside | find_signs(parts[1]), outside)
    signs = find_signs(flat)
    return flat, _possible(rules, signs, signs)


@lru_cache(1 << 12)
def _possible(
    rules: tuple[Rule, ...], signs: frozenset[str], outside: frozenset[str]
) -> tuple[_Step, ...]:
    """Give the rules that can change a text of these signs, there and outside of formulas."""
    even = not signs & UNEVEN
    return tuple(
        (at, rule, rule.joins and even)
        for at, rule in enumerate(rules)
        if not rule.signs or rule.signs & (outside if rule.shielded else signs)
    )


def _next_change(
    text: str, flat: str, possible: tuple[_Step, ...], last: int
) -> tuple[int, str] | None:
    """Give the first rule after the last one, and round to it, that changes a text; the result."""
    if last >= 0:
        later = [step for step in possible if step[0] > last]
        possible = (*later, *possible[: len(possible) - len(later)])
    for at, rule, joins in possible:
        if joins:
            if text != flat:
                return at, flat
        elif (rule.test is None or rule.test(text)) and (after := rule.repair(text)) != text:
            return at, after
    return None


def repair_title(text: str) -> tuple[str, tuple[str, ...]]:
    """Pass a title through its rules, as `repair` does; most are nothing but words."""
    if not _PLAIN_TITLE.fullmatch(text):
        return repair(text, TITLE_RULES)
    line = " ".join(text.split()) if "\n" in text or "  " in text else text
    return line, (_JOINED if line != text else ())


def clean_title(text: str) -> str:
    """Make a title one line of clean Unicode.

    Args:
        text: As the dump has it.

    Returns:
        The title; formulas stay as ``$TeX$``, and a final full stop stays.
    """
    return repair_title(text)[0]


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
