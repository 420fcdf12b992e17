"""Write the parts of a formula as a row of symbols: indices, accents, fractions and roots."""

import re

from index.text.latex_commands import format_script

_NUMBER = re.compile(r"[+\-−]?\d+[+\-−]?")
_RELATION = re.compile(r" ([=<>≤≥≠≈∼≃≅≡∈→±]) ")
_SCRIPTED = re.compile(r"[_^][^\W_]+\Z")
_PRIMES = ("′", "″", "'", "°")
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "∼": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "", "⃗": "",
}  # fmt: skip


def join_row(parts: list[str]) -> str:
    """Join symbols; separate words from letters by a space, as in ``sin x``."""
    row = before = ""
    for part in filter(None, parts):
        row += f" {part}" if before and _needs_space(before, part) else part
        before = part
    return row


def _needs_space(before: str, part: str) -> bool:
    """Return whether two adjacent symbols need a space between them."""
    if _SCRIPTED.search(before):
        return part[0].isalnum()
    if before[-1].isdecimal() and part[0].isdecimal():
        return True
    word = (len(before) > 1 and before[-2:].isalpha()) or (len(part) > 1 and part[:2].isalpha())
    return word and before[-1].isalpha() and part[0].isalpha()


def format_index(content: str, *, raised: bool) -> str:
    """Return an index: raised or lowered digits, or a text after ``^`` or ``_``."""
    content = _RELATION.sub(r"\1", content.strip())
    if not content or _NUMBER.fullmatch(content):
        return format_script(content, raised=raised)
    if raised and content.startswith(_PRIMES):
        return content
    return ("^" if raised else "_") + (content if content.isalnum() else f"{{{content}}}")


def add_below(base: str, content: str) -> str:
    """Add a lower index."""
    return base + format_index(content, raised=False)


def add_above(base: str, content: str) -> str:
    """Add an accent, or else what stands above a symbol as an upper index."""
    sign = content.strip()
    if sign in _ACCENTS and len(base) == 1:
        return base + _ACCENTS[sign]
    return base if sign in _ACCENTS else base + format_index(content, raised=True)


def add_raised(base: str, content: str) -> str:
    """Add an upper index or an exponent."""
    return base + format_index(content, raised=True)


def add_both(base: str, low: str, high: str) -> str:
    """Add a lower and an upper index."""
    return add_raised(add_below(base, low), high)


def parenthesise(content: str) -> str:
    """Put what is more than one word or number in brackets."""
    return content if content.isalnum() else f"({content})"


def divide(over: str, under: str) -> str:
    """Write a fraction."""
    return f"{parenthesise(over)}/{parenthesise(under)}"


def take_root(content: str) -> str:
    """Write a square root."""
    if len(content) > 1:
        content = f"({content})"
    return f"√{content}" if content else ""
