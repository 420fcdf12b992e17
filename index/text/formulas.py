r"""Find the formulas of a text and shield them from repairs of prose.

A repair of prose must not change a formula or a web address, so it receives the text with
placeholders in their places. Formulas have repairs of their own: other delimiters become dollar
signs, and words that are between dollar signs only to be bold or italic lose these.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

MASK = "\ufdd0"
"""Begins the placeholder of a shielded span; a noncharacter, so no clean text contains it."""

MAX_SPANS = 65_000
"""Spans shielded in one text; each needs a private-use character of its own."""

_FIRST = 0xF0000
_PLACEHOLDER = re.compile(MASK + "([\U000f0000-\U000ffffd])")
_DOLLAR = re.compile(r"[$\\](?:(?<=\\).)?", re.DOTALL)
_ANY_DOLLAR = re.compile(r"\$")
_ADDRESS = re.compile(r"(?:https?://|(?<!\w)www\.(?=\w))[^\s<>\"{}\\^`|$*()\[\]]+")
_MONEY = re.compile(r"\d[\d,.]*")
_WORDS = re.compile(r"\b[A-Za-z]{2,}[,;]? [A-Za-z]{2,}[,;]? [A-Za-z]{2,}")

_DISPLAY = re.compile(r"\\\[((?:[^\\$]++|\\[^\[\]$])*+)\\\]")
_INLINE = re.compile(r"\\\(((?:[^\\$]++|\\[^()$])*+)\\\)")
_ENSURED = re.compile(r"\\ensuremath\s?\{((?:[^{}$\n]|\{[^{}$\n]*\}){1,300})\}")
_INDEXED = re.compile(r"[\^_]|\\[A-Za-z]+\s?\{")
_TYPE = r"\\(?:text(?:it|bf|sc|tt|sf|rm|sl)?|emph|bf|it)"
_WORDS_IN_TYPE = re.compile(
    rf"\$\s?((?:{_TYPE}\s?\{{){{1,3}})([^{{}}$\\]{{1,200}})(\}}{{1,3}})\s?\$"
)
_IN_TEXT = re.compile(r"\\(?:text|emph)")
_SPLIT_NUMBER = re.compile(r"\.(?<=\d\.) (?=\d)")


def shield(
    repair: Callable[[str], str], marks: str = "", *, addresses: bool = True
) -> Callable[[str], str]:
    """Return a repair that leaves formulas and web addresses alone.

    Args:
        repair: A repair of running text; it may move placeholders.
        marks: Characters of which the text outside formulas needs at least one for `repair` to
            change it; empty if it may change any text.
        addresses: Whether to shield web addresses too.

    Returns:
        The repair for whole texts; if `repair` loses a placeholder, it returns the text unchanged.
    """

    def repair_shielded(text: str) -> str:
        masked, kept = _mask(text, addresses)
        if not kept:
            return repair(text)
        if marks and not any(mark in masked for mark in marks):
            return text
        repaired = repair(masked)
        if repaired == masked:
            return text
        parts = repaired.split(MASK)
        placeholders = tuple([MASK + part[:1] for part in parts[1:]])
        if placeholders == _make_placeholders(len(kept)):  # nearly always
            return parts[0] + "".join([kept[at] + part[1:] for at, part in enumerate(parts[1:])])
        numbers = sorted(ord(found) - _FIRST for found in _PLACEHOLDER.findall(repaired))
        if numbers != list(range(len(kept))):
            return text
        return _PLACEHOLDER.sub(lambda found: kept[ord(found[1]) - _FIRST], repaired)

    return repair_shielded


@lru_cache(2)  # rules are applied to a text one after the other
def _mask(text: str, addresses: bool) -> tuple[str, tuple[str, ...]]:  # noqa: FBT001 - a key
    """Return a text with placeholders, and the formulas and addresses that they replace."""
    if not (addresses and ("://" in text or "www." in text)):
        if "$" not in text:
            return "", ()
        if pieces := _split_at_dollars(text):
            kept = pieces[1::2]
            pieces[1::2] = _make_placeholders(len(kept))
            return "".join(pieces), tuple([f"${formula}$" for formula in kept])
    spans = _find_spans(text, addresses=addresses)[:MAX_SPANS]
    if not spans:
        return "", ()
    masked: list[str] = []
    end = 0
    for number, (start, stop) in enumerate(spans):
        masked += text[end:start], MASK, chr(_FIRST + number)
        end = stop
    return "".join([*masked, text[end:]]), tuple(text[start:stop] for start, stop in spans)


@lru_cache(1 << 8)
def _make_placeholders(count: int) -> tuple[str, ...]:
    return tuple(MASK + chr(_FIRST + number) for number in range(count))


def split_formulas(text: str) -> tuple[str, str] | None:
    """Split a text into prose and formulas if all its dollar signs clearly delimit formulas.

    Args:
        text: One line with dollar signs.

    Returns:
        The prose and the formulas, the parts of each separated by dollar signs; None if a dollar
        sign may be a currency or a formula is displayed (``$$``).
    """
    if not (pieces := _split_at_dollars(text)):
        return None
    formulas = "$".join(pieces[1::2])
    return None if "  " in formulas else ("$".join(pieces[::2]), formulas)  # may be a blank line


def _split_at_dollars(text: str) -> list[str]:
    """Return prose and formulas in turn, or nothing if a dollar sign may delimit no formula."""
    pieces = text.split("$")
    if not len(pieces) % 2 or len(pieces) > MAX_SPANS or "\\$" in text:
        return []
    for at in range(1, len(pieces), 2):
        inside = pieces[at]
        if inside.isalpha() or ("\\" in inside and "\n" not in inside):  # nearly always
            continue
        if not inside or not _is_formula(inside, pieces[at + 1][:1]):
            return []
    return pieces


def _find_spans(text: str, *, addresses: bool) -> list[tuple[int, int]]:
    """Return the (start, stop) of all formulas and of addresses outside them, in order."""
    formulas = list(find_formulas(text)) if "$" in text else []
    if not addresses or ("://" not in text and "www." not in text):
        return formulas
    starts = [start for start, _ in formulas]
    outside = []
    for address in _ADDRESS.finditer(text):
        before = bisect_right(starts, address.start()) - 1
        if before < 0 or formulas[before][1] <= address.start():
            outside.append(address.span())
    return sorted(formulas + outside)


def find_formulas(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, stop) of formulas; except pairs of dollar signs around prose."""
    if "\\$" in text:
        dollars = [found.start() for found in _DOLLAR.finditer(text) if found[0] == "$"]
    else:  # most texts, in half the time
        dollars = [found.start() for found in _ANY_DOLLAR.finditer(text)]
    at = 0
    while at + 1 < len(dollars):
        start, stop = dollars[at], dollars[at + 1]
        if stop == start + 1:  # $$ opens a displayed formula
            closed = at + 3 < len(dollars) and dollars[at + 3] == dollars[at + 2] + 1
            if closed:
                yield start, dollars[at + 3] + 1
            at += 4 if closed else 2
        elif _is_formula(text[start + 1 : stop], text[stop + 1 : stop + 2]):
            yield start, stop + 1
            at += 2
        else:
            at += 1


def _is_formula(inside: str, after: str) -> bool:
    if "\n\n" in inside:
        return False
    if "\\" in inside:
        return True
    if (after.isdigit() or inside[-1] == " ") and _MONEY.match(inside):
        return False
    return not _WORDS.search(inside)


def convert_delimiters(text: str) -> str:
    r"""Replace ``\(x\)`` and ``\ensuremath{x^2}`` by ``$x$``, and ``\[x\]`` by ``$$x$$``."""

    def dollars(found: re.Match[str]) -> str:
        inside = found[1].strip()
        if not inside:
            return " "
        if found[0].startswith("\\["):
            return f" $${inside}$$ "
        glued = found.string.startswith("{", found.end())  # "\\(x\\){is}": a space is missing
        return f"${inside}$ " if glued else f"${inside}$"

    if "\\ensuremath" in text:
        text = _ENSURED.sub(_delimit_ensured, text)
    return _INLINE.sub(dollars, _DISPLAY.sub(dollars, text))


def _delimit_ensured(found: re.Match[str]) -> str:
    r"""Return a formula in dollar signs; a mere symbol (``\ensuremath{\alpha}``) is none."""
    return f"${found[1]}$" if _INDEXED.search(found[1]) else found[0]


def unwrap_words(text: str) -> str:
    r"""Remove dollar signs around words that are only bold or italic: ``$\textbf{R}$ecursive``."""
    return _WORDS_IN_TYPE.sub(_unwrap, text)


def _unwrap(found: re.Match[str]) -> str:
    closed = found[1].count("{") == len(found[3])
    vector = len(found[2]) == 1 and not _IN_TEXT.search(found[1])
    return found[2] if closed and not vector else found[0]


def join_formula_numbers(text: str) -> str:
    """Join split decimals in formulas (``$0. 9$``), where a full stop ends no sentence."""
    if "$" not in text:
        return text
    parts: list[str] = []
    end = 0
    for start, stop in find_formulas(text):
        parts += text[end:start], _SPLIT_NUMBER.sub(".", text[start:stop])
        end = stop
    return "".join([*parts, text[end:]])
