"""Answers: which characters of a text are damage, and which stood there before?

What encodings, PDF readers and old records do to single signs: entities, UTF-8 read as
something else, control signs, ligatures, accents beside their letter, glyphs without a name.
"""

import re
from html import unescape
from html.entities import html5

from index.latex import accented, script

_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
# The first byte of a UTF-8 sequence and a later one, as Latin-1 or Windows-1252 shows them; or
# a byte of Windows-1252 as Latin-1 shows it.
_MISREAD = re.compile(
    "[\x80-\x84\x86-\x9f\xc2-\xf4](?:(?<=[\x80-\x9f])|[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])"
)
_LOST = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
    "|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"  # they shape Persian
)
_SPACE = re.compile("[\t\x0b\x0c\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")

LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_LIGATURES = str.maketrans(
    dict(zip(LIGATURES, ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
SPACING_ACCENTS = "¨´˝ˇ˘¸"
_ACCENT_NAMES = dict(zip(SPACING_ACCENTS, "\"'Hvuc", strict=True))
_SPACING_ACCENT = re.compile(rf"(?<=[^\W\d_])([{SPACING_ACCENTS}])(?=([A-Za-zı]))\2")

_IEEE_SYMBOL = re.compile(r"/spl ([A-Za-z][\w.]{0,15})/")
_IEEE_SCRIPT = re.compile(r"/su([pb]) (\d{1,2}/\d{1,2}|[^/\s]{1,20}) ?/")
_IEEE_NAMES = {"les": "≤", "ges": "≥", "epsi": "ε", "phi": "φ"}
_SOFT_BREAK = re.compile(r"(?<=[a-z])(?:\(cid:173\)|\xad)\s{1,20}(?=[a-z])")
_CID = re.compile(r"\(cid:(\d{1,5})\)(?=([a-z])?)")
_CID_LIGATURES = {
    "2": "fi", "3": "fl", "11": "ff", "12": "fi", "13": "fl", "14": "ffi", "15": "ffl",
}  # fmt: skip
_CID_SIGNS = {"0": "-", "96": "ℓ", "147": "“", "148": "”"}


def decoded(text: str) -> str:
    """Write ``&amp;`` and its like as the signs they stand for, however often it was encoded."""

    def character(found: re.Match[str]) -> str:
        known = found[0][1] == "#" or found[0][1:] in html5
        return unescape(found[0]) if known else found[0]

    return _ENTITY.sub(character, _AMPERSAND.sub("&", text))


def misread(text: str) -> bool:
    """Tell whether a text could be UTF-8 that was read as something else."""
    return _MISREAD.search(text) is not None


def reread(text: str) -> str:
    """Read such a text as what it was, unless that makes it no better."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return fix_encoding(text) if is_bad(text) else text


def unprintable(text: str) -> bool:
    """Tell whether a text has more than printable characters and line feeds."""
    return not text.replace("\n", " ").isprintable()


def printable(text: str) -> str:
    """Leave control and invisible signs out; all sorts of space become one sort."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _SPACE.sub(" ", _LOST.sub("", _NEWLINE.sub("\n", text)))


def without_ligatures(text: str) -> str:
    """Write ``ﬁ`` as two letters."""
    return text.translate(_LIGATURES)


def over_letters(text: str) -> str:
    """Put an accent that stands before its letter over it: ``Schr¨odinger``."""
    return _SPACING_ACCENT.sub(lambda m: accented(_ACCENT_NAMES[m[1]], m[2]) or m[0], text)


def without_ieee_codes(text: str) -> str:
    """Read the codes of old IEEE Xplore records: ``/spl alpha/``, ``m/sup 2/``."""

    def symbol(found: re.Match[str]) -> str:
        return _IEEE_NAMES.get(found[1]) or html5.get(f"{found[1]};", found[1])

    text = _IEEE_SYMBOL.sub(symbol, text)
    return _IEEE_SCRIPT.sub(lambda found: script(found[2], raised=found[1] == "p"), text)


def named_glyphs(text: str) -> str:
    """Read what a PDF reader wrote for glyphs without a name, ``(cid:12)``."""

    def glyph(found: re.Match[str]) -> str:
        ligature = _CID_LIGATURES.get(found[1]) if found[2] else ""
        return ligature or _CID_SIGNS.get(found[1], "")

    return _CID.sub(glyph, _SOFT_BREAK.sub("- ", text))
