"""Answers: how does the dirty text of a dump become clean Unicode?

Each repair is a small named rule with a cheap test of whether it could apply, so that clean
text costs a few searches. A text is passed through its rules until nothing changes any more.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from unicodedata import is_normalized, normalize

from index.latex import accented, delatex, dollar_formulas, script
from index.prose import (
    bare_address,
    close_up,
    join_addresses,
    join_numbers,
    join_words,
    plain_links,
    plain_markdown,
    shielded,
    tex_dashes,
    tex_quotes,
    untie,
)

PASSES = 10
"""Rounds before a text is taken as it is; real texts settle in two or three."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One repair.

    Attributes:
        name: What is repaired, in one word.
        applies: A cheap test; where it is False, `repair` would change nothing.
        repair: The change; a text without the damage comes back as it is.
    """

    name: str
    applies: Callable[[str], bool]
    repair: Callable[[str], str]


_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
# The first byte of a UTF-8 sequence and a later one, as Latin-1 or Windows-1252 shows them.
_MISREAD = re.compile("[\xc2-\xf4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LOST = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
    "|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"  # they shape Persian
)
_SPACE = re.compile("[\t\x0b\x0c\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SPACING_ACCENT = re.compile(r"(?<=[^\W\d_])([¨´˝ˇ˘¸])(?=([A-Za-zı]))\2")
_ACCENT_NAMES = {"¨": '"', "´": "'", "˝": "H", "ˇ": "v", "˘": "u", "¸": "c"}

_INLINE = (
    "i|b|u|em|strong|sub|sup|inf|tt|span|a|italic|bold|sc|scp|monospace|font|small|xref|code"
    "|ext-link|mml:[a-z]{1,20}"
)
_BLOCK = "p|div|title|sec|list|list-item|ul|ol|li|h[1-6]|blockquote|abstract|label"
_ATTRIBUTES = r"(?:\s+[\w:-]{1,40}\s*=[^<>]{0,400})?\s?/?>"
_HEADING = re.compile(
    r"<((?:jats:)?(?:title|h[1-6]|b|strong))>\s?(?i:abstract|summary)[:.]?\s?</\1>\s?"
)
_RAISED = re.compile(
    r"(?<=[\w)\]])<(?:jats:)?(sup|sub|inf)>([+\-−]?\d{1,20}[+\-−]?)</(?:jats:)?\1>"
)
_INLINE_TAG = re.compile(rf"</?(?:jats:)?(?i:{_INLINE}){_ATTRIBUTES}")
_LINE_TAG = re.compile(r"(?i:<br\s?/?>)")
_BLOCK_TAG = re.compile(rf"\s?</?(?:jats:)?(?i:{_BLOCK}){_ATTRIBUTES}\s?")

_IEEE_SYMBOL = re.compile(r"/spl ([A-Za-z][\w.]{0,15})/")
_IEEE_SCRIPT = re.compile(r"/su([pb]) (\d{1,2}/\d{1,2}|[^/\s]{1,20}) ?/")
_IEEE_NAMES = {"les": "≤", "ges": "≥", "epsi": "ε", "phi": "φ"}
_SOFT_BREAK = re.compile(r"(?<=[a-z])(?:\(cid:173\)|\xad)\s{1,20}(?=[a-z])")
_CID = re.compile(r"\(cid:(\d{1,5})\)(?=([a-z])?)")
_CID_LIGATURES = {
    "2": "fi", "3": "fl", "11": "ff", "12": "fi", "13": "fl", "14": "ffi", "15": "ffl",
}  # fmt: skip
_CID_SIGNS = {"0": "-", "96": "ℓ", "147": "“", "148": "”"}
_ESCAPED_BREAK = re.compile(r"(?<=[.!?:])(?:\\r)?\\n(?=[A-Z0-9])")
_BLANK_LINES = re.compile(r"\n\s*\n")


def _unescape(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        known = found[0][1] == "#" or found[0][1:] in html5
        return unescape(found[0]) if known else found[0]

    return _ENTITY.sub(character, _AMPERSAND.sub("&", text))


def _misread(text: str) -> bool:
    return not text.isascii() and _MISREAD.search(text) is not None


def _reread(text: str) -> str:
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return fix_encoding(text) if is_bad(text) else text


def _printable(text: str) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _SPACE.sub(" ", _LOST.sub("", _NEWLINE.sub("\n", text)))


def _accents(text: str) -> str:
    return _SPACING_ACCENT.sub(lambda m: accented(_ACCENT_NAMES[m[1]], m[2]) or m[0], text)


def _untag(text: str) -> str:
    text = _HEADING.sub("", text)
    text = _RAISED.sub(lambda found: script(found[2], raised=found[1] == "sup"), text)
    text = _LINE_TAG.sub(" ", text)
    return _BLOCK_TAG.sub("\n\n", _INLINE_TAG.sub("", text))


def _ieee(text: str) -> str:
    """Read the codes of old IEEE Xplore records: ``/spl alpha/``, ``m/sup 2/``."""

    def symbol(found: re.Match[str]) -> str:
        return _IEEE_NAMES.get(found[1]) or html5.get(f"{found[1]};", found[1])

    text = _IEEE_SYMBOL.sub(symbol, text)
    return _IEEE_SCRIPT.sub(lambda found: script(found[2], raised=found[1] == "p"), text)


def _glyphs(text: str) -> str:
    """Read what a PDF reader wrote for glyphs without a name, ``(cid:12)``."""

    def glyph(found: re.Match[str]) -> str:
        ligature = _CID_LIGATURES.get(found[1]) if found[2] else ""
        return ligature or _CID_SIGNS.get(found[1], "")

    return _CID.sub(glyph, _SOFT_BREAK.sub("- ", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Undo hard wraps; a blank line is the only break that stays."""
    if "\\n" in text:
        text = _ESCAPED_BREAK.sub("\n", text)
    if "\n" not in text:
        return _one_line(text)
    flows = (_one_line(part) for part in _BLANK_LINES.split(text))
    return "\n\n".join(flow for flow in flows if flow)


def _any_of(*marks: str) -> Callable[[str], bool]:
    def applies(text: str) -> bool:
        for mark in marks:  # noqa: SIM110 - any() costs twice as much, in every text
            if mark in text:
                return True
        return False

    return applies


def _found(pattern: str) -> Callable[[str], bool]:
    search = re.compile(pattern).search  # fast only if the pattern starts with plain text
    return lambda text: search(text) is not None


_SPACED = _found(r" [,;.:?!)]")


def _foreign(marks: str) -> Callable[[str], bool]:
    return lambda text: not text.isascii() and any(mark in text for mark in marks)


def _loose(text: str) -> bool:
    return "\n" in text or "  " in text or "\\n" in text or text != text.strip()


_ENTITIES = Rule("entities", lambda text: "&" in text, _unescape)
_PRINTABLE = Rule("characters", lambda text: not text.replace("\n", " ").isprintable(), _printable)
_CHARACTERS = (
    _ENTITIES,
    Rule("mojibake", _misread, _reread),
    Rule("glyphs", lambda text: "(cid:" in text or "\xad" in text, _glyphs),
    _PRINTABLE,
    Rule("composition", lambda text: not is_normalized("NFC", text), lambda t: normalize("NFC", t)),
    Rule("ligatures", _foreign("ﬀﬁﬂﬃﬄﬅﬆ"), lambda text: text.translate(_LIGATURES)),
    Rule("accents", _foreign("¨´˝ˇ˘¸"), _accents),
    Rule("tags", lambda text: "<" in text, shielded(_untag, addresses=False)),
)
_LINES = Rule("lines", _loose, _one_line)
_FLOWS = Rule("paragraphs", _loose, _paragraphs)
_MARKUP = (
    Rule("ieee", _found(r"/s(?:pl|up|ub) "), _ieee),
    Rule("formulas", _found(r"\\[(\[]"), dollar_formulas),
    Rule("links", _any_of("](", "{"), plain_links),
    Rule("latex", _any_of("\\", "{"), shielded(delatex)),
    Rule("quotes", _any_of("`", "''", '""'), shielded(tex_quotes)),
    Rule("dashes", lambda text: "--" in text, shielded(tex_dashes)),
    Rule("ties", lambda text: "~" in text, shielded(untie)),
)
_PROSE = (
    Rule("words", lambda text: "- " in text, shielded(join_words)),
    Rule("numbers", _found(r"\. \d"), shielded(join_numbers)),
    Rule("addresses", _any_of("http", "www."), join_addresses),
    Rule("markdown", _any_of("*", "_", "`"), shielded(plain_markdown)),
    Rule("spaces", lambda text: "( " in text or _SPACED(text), shielded(close_up)),
)

ABSTRACT_RULES = (*_CHARACTERS, _FLOWS, *_MARKUP, *_PROSE)
TITLE_RULES = (*_CHARACTERS, _LINES, *_MARKUP, *_PROSE)
NAME_RULES = (
    *_CHARACTERS,
    Rule("markup", _any_of("\\", "{", "~"), lambda text: untie(delatex(text))),
    _LINES,
)
URL_RULES = (_ENTITIES, _PRINTABLE, Rule("address", bool, bare_address))
RULES = tuple(dict.fromkeys(ABSTRACT_RULES + TITLE_RULES + NAME_RULES + URL_RULES))
"""Every rule there is, once."""


def repair(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[str, ...]]:
    """Pass a text through rules until nothing changes any more.

    Args:
        text: Any text; it may hold control characters and lone surrogates.
        rules: In the order in which they are tried.

    Returns:
        The repaired text, and the names of the rules that changed it, in order of effect.
    """
    changed: dict[str, None] = {}
    for _ in range(PASSES):
        before = text
        for rule in rules:
            if rule.applies(text) and (after := rule.repair(text)) != text:
                changed[rule.name] = None
                text = after
        if text == before:
            break
    return text, tuple(changed)


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
    return repair(text, NAME_RULES)[0]


def clean_url(text: str) -> str:
    """Close up an address that was torn apart: ``https: //x. github. io``.

    Args:
        text: One address, as the dump has it.

    Returns:
        The address without white space, control characters and entities.
    """
    return repair(text, URL_RULES)[0]
