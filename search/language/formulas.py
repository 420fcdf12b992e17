"""Find where a word with brackets or exponents ends, such as ``SE(3)`` or ``L^2``.

A bracket belongs to a word if it directly follows it and holds no space: ``SE(3)``, ``f(x)``,
``U(1)``, ``k-(n,m)``. It is a group otherwise, and so are the brackets that people put around a
year (``Turing(1936)``), a plural (``model(s)``) or a word behind a word (``search(semantic)``).

A caret raises to a power after a single letter, a number or a formula (``L^2``, ``chi^2``,
``10^6``, ``E=mc^2``, ``f(x)^2``). After any other word, ``^`` and a number is a boost: ``word^2``,
``GPT^2``.
"""

import re

from index.text.scripts import UNSPACED

_RUN = re.compile(r"[^\s\"()^]+")
_INNER = r"[^\s\"():~*?\[\]{}<>=]"
_BRACKETS = re.compile(
    r"\((?!(?:1[4-9]|20)\d\d[a-z]?\)|(?:e?s|ies)\))"
    rf"{_INNER}{{0,40}}(?:\({_INNER}{{0,40}}\){_INNER}{{0,40}}){{0,4}}\)"
)
"""Brackets without a space, nested once; not those of a year or of a plural."""

_POWER = re.compile(
    r"\^(?:\{[^{}\s\"()^~*?:\[\]<>=]{1,20}\}|[-+\u2212]?[^\W_]\w{0,7}(?:[.,/]\d{1,4})?|\\[A-Za-z]{1,20}|[*∞])"
)
_ENDS = re.compile(r"[^\W_]['\u2032]?\Z|[^\W_]-\Z")
"""What a bracket that belongs to a word follows; the hyphen is that of ``k-(n,m)``."""

_GLOSS = re.compile(r"(?:\A|.*[^\w])[^\W\d_]{4,}\([^\W\d_]{4,}\)", re.DOTALL)
"""A word of four letters or more and another one in brackets."""

_UNSAFE = re.compile(r"[:~*?\[\]<>]")
_FORMULA = re.compile(r"[=\\$]|(?<![^\W_])[^\W\d_]_")
_BASE_END = re.compile(r"[^\W_][$}|'\u2032]*\Z|\)\Z")
_SYMBOLS = frozenset(("chi", "eta", "ell", "phi", "pi", "psi", "xi"))
"""Greek letters that are mostly raised to powers when they are written out, as in ``chi^2``."""

_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SEPARATOR = re.compile(r"\W+")
_UNSPACED = re.compile(f"[{UNSPACED}]")


def find_word_end(text: str, at: int, *, takes_power: bool) -> int:
    """Return where a run of characters ends, with the brackets and exponents that belong to it.

    Args:
        text: The query.
        at: Where the run begins; its first character is no space, quotation mark or bracket.
        takes_power: Whether a caret may raise to a power here.
    """
    run = _RUN.match(text, at + (text[at] == "^"))
    end = run.end() if run else at
    is_formula = False
    while end < len(text) and text[end] in "(^":
        if text[end] == "(" and (bracket := _match_brackets(text, at, end)):
            end = bracket
            if text[end : end + 1] != "^":
                break
            continue
        power = _POWER.match(text, end) if text[end] == "^" and takes_power else None
        if power is None or not (is_formula or carries_power(text[at:end])):
            break
        is_formula, end = True, power.end()
        if (more := _RUN.match(text, end)) and not _UNSAFE.search(more[0]):
            end = more.end()
    return end


def carries_power(text: str) -> bool:
    """Return whether a caret after a word raises it to a power: it is a letter, number or formula.

    Args:
        text: The word, without spaces.
    """
    if not _BASE_END.search(text) or _UNSAFE.search(text) or _UNSPACED.search(text):
        return False
    if text[-1] == ")" or _FORMULA.search(text):
        return True
    parts = [part for part in _SEPARATOR.split(text) if part]
    return all(len(part) == 1 or part.isdecimal() or part in _SYMBOLS for part in parts)


def has_power(text: str) -> bool:
    """Return whether a run of `find_word_end` has an exponent, and is therefore one word."""
    return "^" in text[1:] and not _UNSAFE.search(text.replace("^*", "^"))


def _match_brackets(text: str, at: int, end: int) -> int | None:
    """Return where the brackets at `end` close, if they belong to the word before them."""
    head = text[at:end]
    found = _BRACKETS.match(text, end)
    if found is None or not _ENDS.search(head) or not _LETTER.search(head):
        return None
    if _GLOSS.fullmatch(head + found[0]) or not _LETTER_OR_DIGIT.search(found[0]):
        return None
    return found.end()
