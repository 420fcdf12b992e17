"""Fold the characters of a text: remove case, accents, width and invisible signs.

Folding works character by character, so it needs no dictionary and is the same for records and
queries:

- accents and the points of Arabic, Hebrew and Syriac are dropped, since people type without them;
  the vowel signs of Devanagari, Thai and the like are kept, since they distinguish words;
- alef with hamza or madda is alef, ta marbuta is ha, alef maksura and Persian ya are ya, Persian
  kaf is kaf, and a hamza above another letter is dropped;
- decimal digits of every script are 0 to 9;
- modifier letters and look-alikes of the apostrophe are apostrophes;
- soft hyphens, zero-width and bidirectional signs, variation selectors and tags vanish.
"""

import re
import unicodedata
from collections.abc import Callable

# Letters that do not decompose but that people type without their stroke or tail.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t",
    # Arabic and Persian: alef wasla, ta marbuta, alef maksura, Persian ya, kaf and forms of ha.
    "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه",
    # Letters of Malayalam and Bengali that are also written as a consonant and a virama.
    "ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്", "ৎ": "ত্",
    "\u0640": "",  # the line that stretches an Arabic word
}  # fmt: skip

_APOSTROPHES = (
    "’‘‛′‵"
    "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c0\u02c1\u02c8\u02ca\u02cb\ua78b\ua78c"
    "\xb4\u0384\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\u055a\u05f3\u05f4"
)
"""Quotation marks, primes, modifier letters and spacing accents that stand for an apostrophe. The
Hebrew geresh and gershayim are among them: inside a word they are dropped too."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Invisible letters of Hangul."""

_DROPPED_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711\u0730-\u074a\u08ca-\u08ff\u093c\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
"""Accents, points of Semitic scripts, the nukta of Devanagari and variation selectors; only
characters of the category Mark are dropped."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

_ASCII = bytes(range(128))

_FEW = 8
"""Different characters that are replaced one after another if they become ASCII. Of 913 texts with
characters beyond ASCII 835 have one or two, curly quotes and dashes; this takes a third of the time
of a pattern. Tried 2, 8, 99: the same."""

_JOINING = re.compile("[\u3099\u309a\u1161-\u1175\u11a8-\u11c2]")
"""Combining marks of kana and the later parts of decomposed Korean syllables."""

_COMPOSED = re.compile("[\u1100-\u11ff\u3099\u309a]")
"""Marks the pieces that are composed again. Vowel signs of Indic scripts stay decomposed, since a
sign of two parts may be typed as two characters."""


class CharacterTable(dict[int, str]):
    """A table for `str.translate` that computes each character once."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        """Create an empty table.

        Args:
            convert: Converts one character.
        """
        super().__init__()
        self._convert = convert

    def __missing__(self, code: int) -> str:
        converted = self[code] = self._convert(chr(code))
        return converted


def fold_character(character: str) -> str:
    """Fold one character beyond ASCII; the result may be empty or longer."""
    if character in _APOSTROPHES:
        return "'"
    if is_invisible(character):
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    parts = unicodedata.normalize("NFKD", decomposed)
    bare = "".join(_fold_part(part) for part in parts if not _is_dropped_mark(part))
    return unicodedata.normalize("NFC", bare) if _COMPOSED.search(bare) else bare


def _fold_part(part: str) -> str:
    return "'" if part in _APOSTROPHES else _LETTERS.get(part, part)


def _is_dropped_mark(character: str) -> bool:
    marked = _DROPPED_MARK.match(character)
    return marked is not None and unicodedata.category(character)[0] == "M"


def is_invisible(character: str) -> bool:
    """Return whether a character is a soft hyphen, a zero-width or a formatting sign."""
    return unicodedata.category(character) == "Cf" or character in _FILLERS


_FOLD_FOREIGN = CharacterTable(fold_character)


def fold(text: str) -> str:
    """Remove case, accents, width and invisible signs, character by character.

    Args:
        text: Any text.

    Returns:
        The folded text; its length may differ, since ``ß`` becomes two letters.
    """
    folded = text if text.isascii() else translate_foreign(text, _FOLD_FOREIGN, find_foreign(text))
    return folded.lower().replace("`", "'")


def find_foreign(text: str) -> set[str]:
    """Return the different characters of a text beyond ASCII."""
    encoded = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(encoded.decode("utf-8", "surrogatepass"))


def translate_foreign(text: str, table: CharacterTable, foreign: set[str]) -> str:
    """Translate the characters beyond ASCII, usually few, and keep the runs between them.

    Args:
        text: Any text.
        table: The table of the characters.
        foreign: What `find_foreign` returns for the text.
    """
    if len(foreign) <= _FEW:
        pieces = [(character, table[ord(character)]) for character in foreign]
        if all(piece.isascii() for _, piece in pieces):
            for character, piece in pieces:
                text = text.replace(character, piece)
            return text
    folded = _NOT_ASCII.sub(lambda found: found[0].translate(table), text)
    joining = not folded.isascii() and _JOINING.search(folded)
    return "".join(compose(list(folded))) if joining else folded


def compose(pieces: list[str]) -> list[str]:
    """Compose a character with a combining one after it, so that ``ｶﾞ`` becomes ``ガ``."""
    before = 0
    for at, piece in enumerate(pieces):
        if at and _JOINING.match(piece):
            whole = unicodedata.normalize("NFC", pieces[before] + piece[0])
            if len(whole) == len(pieces[before]):
                pieces[before], pieces[at] = whole, piece[1:]
        if pieces[at]:
            before = at
    return pieces
