"""Write MathML of which every element and every attribute is in a table."""

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import category

from markupsafe import escape

from web.math.alphabets import replace_letters

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ELEMENTS = 400
"""Elements of a formula. Chosen: the largest of 6,800 different formulas of paperlists has 110."""

LONG = 40
"""Elements from which a formula may be wider than a phone. Browsers neither break a formula nor let
it scroll, so it is in an element that does. Chosen: 40 are some 300 pixels wide."""

DEEPEST = 25
"""Elements around the innermost one; chosen: twice as many as in formulas of paperlists."""

LONGEST_LENGTH = 3.0
"""Ems of a space, a shift or a bracket; chosen, so that a formula covers nothing beside it."""

_SWITCH = re.compile("true|false")
_LENGTH = re.compile(r"0(?:p[tx])?|-?\d{0,3}(?:\.\d{1,6})?e[mx]")
_LEVEL = re.compile(r"[0-3]")
_LENGTHS = {"width": _LENGTH, "height": _LENGTH, "depth": _LENGTH}

_ELEMENTS: dict[str, dict[str, re.Pattern[str]]] = {
    "mfrac": {"linethickness": _LENGTH},
    "mi": {"mathvariant": re.compile("normal")},
    "mn": {},
    "mo": {
        "accent": _SWITCH,
        "fence": _SWITCH,
        "form": re.compile("prefix|infix|postfix"),
        "largeop": _SWITCH,
        "maxsize": _LENGTH,
        "minsize": _LENGTH,
        "movablelimits": _SWITCH,
        "separator": _SWITCH,
        "stretchy": _SWITCH,
    },
    "mover": {"accent": _SWITCH},
    "mpadded": {**_LENGTHS, "lspace": _LENGTH, "voffset": _LENGTH},
    "mroot": {},
    "mrow": {},
    "mspace": _LENGTHS,
    "msqrt": {},
    "mstyle": {"displaystyle": _SWITCH, "scriptlevel": _LEVEL},
    "msub": {},
    "msubsup": {},
    "msup": {},
    "mtable": {},
    "mtd": {},
    "mtext": {},
    "mtr": {},
    "munder": {"accentunder": _SWITCH},
    "munderover": {"accent": _SWITCH, "accentunder": _SWITCH},
}
"""The elements that a formula may have, with their attributes and the values of these."""

_PARTS = {
    **dict.fromkeys(("mfrac", "mover", "mroot", "msub", "msup", "munder"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
"""The children of the elements that must have as many."""

_LEAVES = {"mi", "mn", "mo", "mtext"}
_INVISIBLE_OPERATORS = "\u2061\u2062\u2063\u2064"
_REFERENCE = re.compile(r"&#x[0-9A-Fa-f]{1,6};")


class ElementRefused(Exception):
    """Signals that a formula has an element, a text or a size that is not allowed."""


def write_element(element: "Element", tex: str) -> str:
    """Write a formula as MathML.

    Args:
        element: The ``math`` element that latex2mathml made of it.
        tex: The formula in TeX, for the annotation.

    Raises:
        ElementRefused: A part of the formula is not allowed.
    """
    count = sum(1 for _ in element.iter())
    if count > MOST_ELEMENTS:
        raise ElementRefused
    inside = "".join(part for child in element for part in _write(child, 1))
    annotation = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    math = f"<math><semantics>{inside}{annotation}</semantics></math>"
    return f'<span class="formula">{math}</span>' if count > LONG else math


def _write(element: "Element", depth: int) -> Iterator[str]:
    tag = element.tag
    if tag not in _ELEMENTS or len(element) != _PARTS.get(tag, len(element)) or depth > DEEPEST:
        raise ElementRefused
    yield f"<{tag}{''.join(_write_attributes(element))}>"
    if tag in _LEAVES:
        yield str(escape(_read_text(element)))
    for child in element:
        yield from _write(child, depth + 1)
    yield f"</{tag}>"


def _write_attributes(element: "Element") -> Iterator[str]:
    """Yield the attributes that are in the table; others are dropped."""
    allowed = _ELEMENTS[element.tag]
    for name, value in element.attrib.items():
        if name in allowed and allowed[name].fullmatch(value):
            if allowed[name] is _LENGTH and not _is_short(value):
                continue
            yield f' {name}="{value}"'


def _is_short(length: str) -> bool:
    number = length.rstrip("emptx")
    return any(map(str.isdigit, number)) and abs(float(number)) <= LONGEST_LENGTH


def _is_control(sign: str) -> bool:
    return category(sign).startswith("C") and sign not in _INVISIBLE_OPERATORS


def _read_text(element: "Element") -> str:
    r"""Return the text of a leaf; its characters may be written as references: ``&#x0221E;``.

    Raises:
        ElementRefused: It is a command that latex2mathml does not know, or has a character that
            controls how the text around it is shown.
    """
    text = _REFERENCE.sub(lambda found: html.unescape(found[0]), element.text or "")
    if ("\\" in text and text != "\\") or any(map(_is_control, text)):
        raise ElementRefused
    return replace_letters(text, element.get("mathvariant", "normal"))
