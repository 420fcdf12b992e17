"""Clean the text of a dump by applying repair rules until none changes it.

The signs of damage in a text are found first, and only the rules for these signs are tried, so
cleaning an undamaged text is fast.
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
"""Rounds after which repair stops; real texts need two or three."""

_Step = tuple[int, Rule, bool]
"""A rule's position, the rule, and whether it only joins the lines of this text."""

_PLAIN = r"!\"#$%'()*+,\-./0-9;=>?@A-Z\[\]^_`a-z|}"
_ACCENTED = "À-ÖØ-öø-őŔ-şŢ-ŷŹ-ż"
"""Latin letters except š, ž and œ, which also result from UTF-8 read as Windows-1252."""
_PLAIN_WORD = rf"[{_PLAIN}{_ACCENTED}]++"
_PLAIN_NAME = re.compile(rf"{_PLAIN_WORD}(?: {_PLAIN_WORD})*+")
"""Matches a name, place or topic that no rule changes."""

_PLAIN_TITLE = re.compile(r"[A-Za-z0-9]++(?:(?:-|[,:]?[ \n]++)[A-Za-z0-9]++)*+[.?!]?")
"""Matches a title that no rule but ``lines`` changes."""
_ONLY_LINES = ("lines",)

_PLAIN_ADDRESS = re.compile(r"[!#-%'-;=?-\[\]-z|~]*+")


def repair(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[str, ...]]:
    """Apply rules to a text until none changes it.

    Args:
        text: Any text; it may hold control characters and lone surrogates.
        rules: The rules in the order in which to try them.

    Returns:
        The repaired text, and the names of the rules that changed it, in order of effect.
    """
    changed: dict[str, None] = {}
    last, rounds = -1, 0
    flat, steps = _inspect(text, rules)
    while found := _apply_next(text, flat, steps, last):
        at, after = found
        rounds += at <= last
        if rounds == PASSES:
            break
        changed[rules[at].name] = None
        text, last = after, at
        if text != flat:
            flat, steps = _inspect(text, rules)
    return text, tuple(changed)


def _inspect(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[_Step, ...]]:
    """Return a text as one line, and the rules that can change it according to its signs.

    The signs are those of the one line, in which a hard wrap is a space. So once the lines are
    joined, the signs need not be found again.
    """
    flat = text.strip(" \n").replace("\n", " ")
    if "$" in flat and (parts := split_formulas(flat)):
        outside = find_signs(parts[0])
        return flat, _select_rules(rules, outside | find_signs(parts[1]), outside)
    signs = find_signs(flat)
    return flat, _select_rules(rules, signs, signs)


@lru_cache(1 << 12)
def _select_rules(
    rules: tuple[Rule, ...], signs: frozenset[str], outside: frozenset[str]
) -> tuple[_Step, ...]:
    """Return the rules that can change a text with these signs, all and outside of formulas."""
    even = not signs & UNEVEN
    return tuple(
        (at, rule, rule.joins and even)
        for at, rule in enumerate(rules)
        if not rule.signs or rule.signs & (outside if rule.shielded else signs)
    )


def _apply_next(
    text: str, flat: str, steps: tuple[_Step, ...], last: int
) -> tuple[int, str] | None:
    """Apply the rules in turn, starting after the last effective one, until one changes the text.

    Returns:
        The position of that rule and the changed text, or None if no rule changes it.
    """
    if last >= 0:
        later = [step for step in steps if step[0] > last]
        steps = (*later, *steps[: len(steps) - len(later)])
    for at, rule, joins in steps:
        if joins:
            if text != flat:
                return at, flat
        elif (rule.test is None or rule.test(text)) and (after := rule.repair(text)) != text:
            return at, after
    return None


def repair_title(text: str) -> tuple[str, tuple[str, ...]]:
    """Repair a title as `repair` does, with a short cut for titles of plain words."""
    if not _PLAIN_TITLE.fullmatch(text):
        return repair(text, TITLE_RULES)
    line = " ".join(text.split()) if "\n" in text or "  " in text else text
    return line, (_ONLY_LINES if line != text else ())


def clean_title(text: str) -> str:
    """Make a title one line of clean Unicode.

    Args:
        text: The title as the dump has it.

    Returns:
        The title; formulas remain ``$TeX$``, and a final full stop is kept.
    """
    return repair_title(text)[0]


def clean_abstract(text: str) -> str:
    """Make an abstract paragraphs of clean Unicode without hard wraps.

    Args:
        text: The abstract as the dump has it.

    Returns:
        The abstract, its paragraphs separated by a blank line; formulas remain ``$TeX$``.
    """
    return repair(text, ABSTRACT_RULES)[0]


def clean_name(text: str) -> str:
    r"""Make an author's name clean Unicode: ``Bal\'azs`` becomes ``Balázs``.

    Args:
        text: The name as the dump has it.

    Returns:
        The name on one line; hyphens, digits and stars are part of a name and are kept.
    """
    return text if _PLAIN_NAME.fullmatch(text) else repair(text, NAME_RULES)[0]


def clean_url(text: str) -> str:
    """Join a web address that was split, such as ``https: //x. github. io``.

    Args:
        text: One address as the dump has it.

    Returns:
        The address without white space, control characters and entities.
    """
    return text if _PLAIN_ADDRESS.fullmatch(text) else repair(text, URL_RULES)[0]
