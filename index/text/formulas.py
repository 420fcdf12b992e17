r"""Answers: where are the formulas of a text, and how do repairs leave them alone?

A repair of prose must not touch a formula or a web address: it is given the text with stand-ins
for them. Here too is what is done to formulas themselves: other ways to open one become dollars,
words in dollars for the sake of their type lose them.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

MASK = "\ufdd0"
"""Opens the stand-in of a shielded span; no clean text holds it, being no character at all."""

MAX_SPANS = 65_000
"""Spans shielded in one text: each needs its own private-use character."""

_FIRST = 0xF0000
_STANDIN = re.compile(MASK + "([\U000f0000-\U000ffffd])")
_DOLLAR = re.compile(r"[$\\](?:(?<=\\).)?", re.DOTALL)
_ANY_DOLLAR = re.compile(r"\$")
_ADDRESS = re.compile(r"(?:https?://|(?<!\w)www\.(?=\w))[^\s<>\"{}\\^`|$*()\[\]]+")
_MONEY = re.compile(r"\d[\d,.]*")
_WORDS = re.compile(r"\b[A-Za-z]{2,}[,;]? [A-Za-z]{2,}[,;]? [A-Za-z]{2,}")

_DISPLAY = re.compile(r"\\\[((?:[^\\$]++|\\[^\[\]$])*+)\\\]")
_INLINE = re.compile(r"\\\(((?:[^\\$]++|\\[^()$])*+)\\\)")
_TYPE = r"\\(?:text(?:it|bf|sc|tt|sf|rm|sl)?|emph|bf|it)"
_WORDS_IN_TYPE = re.compile(
    rf"\$\s?((?:{_TYPE}\s?\{{){{1,3}})([^{{}}$\\]{{1,200}})(\}}{{1,3}})\s?\$"
)
_IN_TEXT = re.compile(r"\\(?:text|emph)")
_SPLIT_NUMBER = re.compile(r"\.(?<=\d\.) (?=\d)")


def shield(
    repair: Callable[[str], str], marks: str = "", *, addresses: bool = True
) -> Callable[[str], str]:
    """Make a repair leave formulas and web addresses alone.

    Args:
        repair: A change of running text; it may move a stand-in but not lose one.
        marks: Signs of which the text outside must have one for the repair to change it;
            empty if it may change any.
        addresses: Whether web addresses are shielded too.

    Returns:
        The repair for whole texts; a text whose stand-ins got lost is returned unchanged.
    """

    def run(text: str) -> str:
        masked, kept = _masked(text, addresses)
        if not kept:
            return repair(text)
        if marks and not any(mark in masked for mark in marks):
            return text
        repaired = repair(masked)
        if repaired == masked:
            return text
        parts = repaired.split(MASK)
        if tuple([MASK + part[:1] for part in parts[1:]]) == _standins(len(kept)):  # as nearly all
            return parts[0] + "".join([kept[at] + part[1:] for at, part in enumerate(parts[1:])])
        numbers = sorted(ord(found) - _FIRST for found in _STANDIN.findall(repaired))
        if numbers != list(range(len(kept))):
            return text
        return _STANDIN.sub(lambda found: kept[ord(found[1]) - _FIRST], repaired)

    return run


@lru_cache(2)  # a text is passed from rule to rule
def _masked(text: str, addresses: bool) -> tuple[str, tuple[str, ...]]:  # noqa: FBT001 - a key
    """Give a text with stand-ins for its formulas and addresses, and what they stand for."""
    if not (addresses and ("://" in text or "www." in text)):
        if "$" not in text:
            return "", ()
        if pieces := _pieces(text):
            kept = pieces[1::2]
            pieces[1::2] = _standins(len(kept))
            return "".join(pieces), tuple([f"${formula}$" for formula in kept])
    spans = _spans(text, addresses=addresses)[:MAX_SPANS]
    if not spans:
        return "", ()
    masked: list[str] = []
    end = 0
    for number, (start, stop) in enumerate(spans):
        masked += text[end:start], MASK, chr(_FIRST + number)
        end = stop
    return "".join([*masked, text[end:]]), tuple(text[start:stop] for start, stop in spans)


@lru_cache(1 << 8)
def _standins(count: int) -> tuple[str, ...]:
    return tuple(MASK + chr(_FIRST + number) for number in range(count))


def split_formulas(text: str) -> tuple[str, str] | None:
    """Part a text at its dollars, if it is easily told that each opens or closes a formula.

    Args:
        text: One line with dollars in it.

    Returns:
        (the prose, the formulas), a dollar between what stood apart; or None: a dollar is one
        of money, or formulas are displayed (``$$``).
    """
    if not (pieces := _pieces(text)):
        return None
    formulas = "$".join(pieces[1::2])
    return None if "  " in formulas else ("$".join(pieces[::2]), formulas)  # a blank line, maybe


def _pieces(text: str) -> list[str]:
    """Give prose and formulas by turns, if each dollar is one of a formula's two; else nothing."""
    pieces = text.split("$")
    if not len(pieces) % 2 or len(pieces) > MAX_SPANS or "\\$" in text:
        return []
    for at in range(1, len(pieces), 2):
        inside = pieces[at]
        if inside.isalpha() or ("\\" in inside and "\n" not in inside):  # as nearly all
            continue
        if not inside or not _is_formula(inside, pieces[at + 1][:1]):
            return []
    return pieces


def _spans(text: str, *, addresses: bool) -> list[tuple[int, int]]:
    """List the formulas, and the addresses outside them, as (start, stop) in order."""
    formulas = list(_formulas(text)) if "$" in text else []
    if not addresses or ("://" not in text and "www." not in text):
        return formulas
    starts = [start for start, _ in formulas]
    outside = []
    for address in _ADDRESS.finditer(text):
        before = bisect_right(starts, address.start()) - 1
        if before < 0 or formulas[before][1] <= address.start():
            outside.append(address.span())
    return sorted(formulas + outside)


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    """Pair the dollars: a pair round money or plain prose is no formula."""
    if "\\$" in text:
        at = [found.start() for found in _DOLLAR.finditer(text) if found[0] == "$"]
    else:  # most texts, in half the time
        at = [found.start() for found in _ANY_DOLLAR.finditer(text)]
    here = 0
    while here + 1 < len(at):
        start, stop = at[here], at[here + 1]
        if stop == start + 1:
            closed = here + 3 < len(at) and at[here + 3] == at[here + 2] + 1
            if closed:
                yield start, at[here + 3] + 1
            here += 4 if closed else 2
        elif _is_formula(text[start + 1 : stop], text[stop + 1 : stop + 2]):
            yield start, stop + 1
            here += 2
        else:
            here += 1


def _is_formula(inside: str, after: str) -> bool:
    if "\n\n" in inside:
        return False
    if "\\" in inside:
        return True
    if (after.isdigit() or inside[-1] == " ") and _MONEY.match(inside):
        return False
    return not _WORDS.search(inside)


def convert_delimiters(text: str) -> str:
    r"""Write ``\(x\)`` as ``$x$`` and ``\[x\]`` as ``$$x$$``."""

    def dollars(found: re.Match[str]) -> str:
        inside = found[1].strip()
        if not inside:
            return " "
        if found[0].startswith("\\["):
            return f" $${inside}$$ "
        glued = found.string.startswith("{", found.end())  # "\\(x\\){is}": the space got lost
        return f"${inside}$ " if glued else f"${inside}$"

    return _INLINE.sub(dollars, _DISPLAY.sub(dollars, text))


def unwrap_words(text: str) -> str:
    r"""Write words that are a formula only for their type, ``$\textbf{R}$ecursive``, as words."""
    return _WORDS_IN_TYPE.sub(_typed, text)


def _typed(found: re.Match[str]) -> str:
    closed = found[1].count("{") == len(found[3])
    vector = len(found[2]) == 1 and not _IN_TEXT.search(found[1])
    return found[2] if closed and not vector else found[0]


def join_formula_numbers(text: str) -> str:
    """Close ``$0. 9$`` up: in a formula a full stop ends no sentence."""
    if "$" not in text:
        return text
    parts: list[str] = []
    end = 0
    for start, stop in _formulas(text):
        parts += text[end:start], _SPLIT_NUMBER.sub(".", text[start:stop])
        end = stop
    return "".join([*parts, text[end:]])
