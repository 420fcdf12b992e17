"""Repair damaged characters, and find the signs of damage in a text.

The damage comes from encodings, PDF readers and old databases: entities, UTF-8 read in another
encoding, control characters, ligatures, accents beside their letters, glyphs without names.
"""

import re
from functools import lru_cache
from html import unescape
from html.entities import html5
from unicodedata import category, is_normalized

from index.text.latex_commands import accent_letter, format_script

_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
# The first two bytes of a UTF-8 sequence decoded as Latin-1 or Windows-1252, or one byte of
# Windows-1252 decoded as Latin-1.
_MISREADABLE = re.compile("[\x80-\x84\x86-\x9f\xc2-\xf4]")
_MISREAD = re.compile(
    _MISREADABLE.pattern + "(?:(?<=[\x80-\x9f])|[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])"
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
    "|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"  # Persian needs these
)
_SPACE = re.compile(
    "[\t\x0b\x0c\xa0\u1680\u2000-\u200a\u205f\u3000]"
    r"|\u202f(?:(?<!\d\u202f)|(?!\d{3}(?!\d)))"
)
_GROUPING_SPACE = re.compile(r"[\xa0\u2007-\u2009](?<=\d.)(?=\d{3}(?!\d))")
"""A space between the digits of a number; a plain one would make two numbers of it."""

_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACING_ACCENTS = "¨´˝ˇ˘¸"
_ACCENT_NAMES = dict(zip(SPACING_ACCENTS, "\"'Hvuc", strict=True))
_SPACING_ACCENT = re.compile(rf"(?<=[^\W\d_])([{SPACING_ACCENTS}])(?=([A-Za-zı]))\2")

_IEEE_SYMBOL = re.compile(r"/spl ([A-Za-z][\w.]{0,15})/")
_IEEE_SCRIPT = re.compile(r"/su([pb]) (\d{1,2}/\d{1,2}|[^/\s]{1,20}) ?/")
_IEEE_NAMES = {"les": "≤", "ges": "≥", "epsi": "ε", "phi": "φ"}
_SOFT_GLYPH = re.compile(r"\(cid:173\)(?<=[a-z]\(cid:173\))\s{1,20}(?=[a-z])")
_SOFT_BREAK = re.compile(r"\xad(?<=[a-z]\xad)\s{1,20}(?=[a-z])")
_CID = re.compile(r"\(cid:(\d{1,5})\)(?=([a-z])?)")
_CID_LIGATURES = {
    "2": "fi", "3": "fl", "11": "ff", "12": "fi", "13": "fl", "14": "ffi", "15": "ffl",
}  # fmt: skip
_CID_SYMBOLS = {"0": "-", "96": "ℓ", "147": "“", "148": "”"}

GAP = "two spaces"
LOOSE_SPACE = "space before a space or one of ,;.:?!)"
OPENED = "space after ("
HYPHENS = "- before a space or -"
GLYPH = "(cid:"
HOST = "www."
POINT = "full stop before a space and a digit, a comma or the letter of an abbreviation"
ESCAPED = "\\n as the end of a line"
MISREAD = "character that UTF-8 turns into in another encoding"
UNPRINTABLE = "unprintable character"
UNCOMPOSED = "character that can combine with the one before it"
LIGATURE = "ligature"
ACCENT = "spacing accent"
SOFT_HYPHEN = "soft hyphen"
"""Signs of damage, as `find_signs` returns them; a rare ASCII character is its own sign."""

CONTROLS = "".join(map(chr, {*range(0x20), 0x7F} - {ord("\n")}))
_RARE = "&<\\{]`'\"~*_/@"
_HARMLESS = bytes({*range(0x100)} - set((CONTROLS + _RARE).encode()))
_ASCII = bytes(range(0x80))

ESCAPED_BREAK = re.compile(r"\\(?<=[.!?:]\\)(?:r\\)?n(?=[A-Z0-9])")
# One pattern for each sign: alternatives in one pattern take two to four times as long.
_PATTERNS = (
    (LOOSE_SPACE, re.compile(r" [ ,;.:?!)]").search),
    (OPENED, re.compile(r"\( ").search),
    (HYPHENS, re.compile(r"-[- ]").search),
    (GLYPH, re.compile(r"\(cid:").search),
    (HOST, re.compile(r"www\.").search),
    (POINT, re.compile(r"\.(?= (?:\d|[gedrtka]\.|,))").search),
)


def find_signs(text: str) -> frozenset[str]:
    """Return the signs of damage in a text, so that only the rules for them are tried.

    Args:
        text: Any text; it may hold control characters and lone surrogates.

    Returns:
        The signs of this module and rare ASCII characters. A superfluous sign only costs time; a
        missing one hides damage from the rules.
    """
    data = text.encode("utf-8", "surrogatepass")
    signs = set(data.translate(None, _HARMLESS).decode("ascii"))
    for sign, search in _PATTERNS:
        if search(text):
            signs.add(sign)
    if LOOSE_SPACE in signs and "  " in text:
        signs.add(GAP)
    if "\\" in signs and ESCAPED_BREAK.search(text):
        signs.add(ESCAPED)
    if len(data) != len(text):
        signs |= _find_foreign_signs(frozenset(_keep_foreign(data)))
    return frozenset(signs)


def _keep_foreign(data: bytes) -> str:
    return data.translate(None, _ASCII).decode("utf-8", "surrogatepass")


@lru_cache(1 << 12)
def _find_foreign_signs(characters: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*map(_find_character_signs, characters))


@lru_cache(1 << 12)
def _find_character_signs(character: str) -> frozenset[str]:
    combines = category(character)[0] == "M" or "\u1100" <= character <= "\u11ff"  # Hangul's parts
    found = {
        MISREAD: _MISREADABLE.match(character),
        UNPRINTABLE: not character.isprintable(),
        UNCOMPOSED: combines or not is_normalized("NFC", character),
        LIGATURE: character in LIGATURES,
        ACCENT: character in SPACING_ACCENTS,
        SOFT_HYPHEN: character == "\xad",
    }
    return frozenset(sign for sign, has in found.items() if has)


def decode_entities(text: str) -> str:
    """Replace entities such as ``&amp;`` by their characters, however often they were encoded."""

    def character(found: re.Match[str]) -> str:
        known = found[0][1] == "#" or found[0][1:] in html5
        return unescape(found[0]) if known else found[0]

    return _ENTITY.sub(character, _AMPERSAND.sub("&", text))


def fix_mojibake(text: str) -> str:
    """Decode a text again that was decoded in the wrong encoding, if ftfy finds it damaged."""
    foreign = _keep_foreign(text.encode("utf-8", "surrogatepass"))  # usually short
    if not (_MISREAD.search(foreign) and _MISREAD.search(text)):
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return fix_encoding(text) if is_bad(text) else text


def replace_surrogates(text: str) -> str:
    """Join pairs of surrogates, and replace a lone one, which has no UTF-8, by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def remove_unprintable(text: str) -> str:
    """Remove control and invisible characters, and replace every kind of space by a plain one.

    Only a space that groups the digits of a number becomes a narrow no-break space.
    """
    text = replace_surrogates(text)
    text = _INVISIBLE.sub("", _NEWLINE.sub("\n", text))
    return _SPACE.sub(" ", _GROUPING_SPACE.sub("\u202f", text))


def expand_ligatures(text: str) -> str:
    """Replace ligatures by their letters: ``ﬁ`` becomes ``fi``."""
    for ligature, letters in LIGATURES.items():  # takes a tenth of the time of str.translate
        text = text.replace(ligature, letters)
    return text


def compose_accents(text: str) -> str:
    """Compose an accent with the letter after it, as in ``Schr¨odinger``."""
    return _SPACING_ACCENT.sub(lambda m: accent_letter(_ACCENT_NAMES[m[1]], m[2]) or m[0], text)


def decode_ieee_codes(text: str) -> str:
    """Replace the codes of old IEEE Xplore records: ``/spl alpha/``, ``m/sup 2/``."""

    def symbol(found: re.Match[str]) -> str:
        return _IEEE_NAMES.get(found[1]) or html5.get(f"{found[1]};", found[1])

    text = _IEEE_SYMBOL.sub(symbol, text)
    return _IEEE_SCRIPT.sub(lambda found: format_script(found[2], raised=found[1] == "p"), text)


def decode_glyphs(text: str) -> str:
    """Replace the codes that PDF readers write for nameless glyphs, such as ``(cid:12)``."""

    def glyph(found: re.Match[str]) -> str:
        ligature = _CID_LIGATURES.get(found[1]) if found[2] else ""
        return ligature or _CID_SYMBOLS.get(found[1], "")

    return _CID.sub(glyph, _SOFT_BREAK.sub("- ", _SOFT_GLYPH.sub("- ", text)))
