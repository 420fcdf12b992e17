"""Say which characters make up words in the scripts of the world.

Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces between words. There each
character is a token, with the vowel signs and tone marks on it, and adjacent ones are searched as a
phrase. Segmenters exist for these scripts, but they need a dictionary, which lacks the terms of
papers, and they cut a word alone differently from the same word in a title.
"""

import unicodedata

from index.text.folding import fold_character
from index.text.han_variants import unify_variants

CJK = (
    "\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""A character class of Chinese, Japanese and Korean letters. Hangul is written with spaces, but
its words have endings, so that they too are found by any part."""

UNSPACED = f"{CJK}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""A character class of the scripts in which each letter is a token: the above, Thai, Lao, Khmer
and Burmese."""

SIGNS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d"
    "\u108f\u109a-\u109d\u17b4-\u17d3\u17dd\ua9e5\uaa7b-\uaa7d"
)
"""A character class of the vowel signs and tone marks of Thai, Lao, Khmer and Burmese, which belong
to the letter before them."""

MARKS = (
    "\u0900-\u0903\u093a-\u093b\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc"
    "\u09be-\u09c4\u09c7-\u09c8\u09cb-\u09cd\u09d7\u09e2-\u09e3\u09fe\u0a01-\u0a03\u0a3c"
    "\u0a3e-\u0a42\u0a47-\u0a48\u0a4b-\u0a4d\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc"
    "\u0abe-\u0ac5\u0ac7-\u0ac9\u0acb-\u0acd\u0ae2-\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c"
    "\u0b3e-\u0b44\u0b47-\u0b48\u0b4b-\u0b4d\u0b55-\u0b57\u0b62-\u0b63\u0b82\u0bbe-\u0bc2"
    "\u0bc6-\u0bc8\u0bca-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c44\u0c46-\u0c48"
    "\u0c4a-\u0c4d\u0c55-\u0c56\u0c62-\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cc4\u0cc6-\u0cc8"
    "\u0cca-\u0ccd\u0cd5-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d44"
    "\u0d46-\u0d48\u0d4a-\u0d4d\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca\u0dcf-\u0dd4\u0dd6"
    "\u0dd8-\u0ddf\u0df2-\u0df3\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84"
    "\u0f86-\u0f87\u0f8d-\u0f97\u0f99-\u0fbc\u0fc6"
)
"""A character class of the vowel signs of the scripts of India, Sri Lanka and Tibet."""

_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))

_SYMBOL_WORDS = {"∞": " infinity ", "™": "", "℠": "", "ŀ": "l", "Ŀ": "l"}
"""Symbols that stand for a word, that belong to none, or that need no other character."""

_SCRIPT_SIGNS = {"<super>": "^", "<sub>": "_"}


def separate_character(character: str) -> str:
    """Fold a character beyond ASCII for a search for words.

    Returns:
        Its letters; a space for a symbol; a digit that is raised or lowered as TeX writes it
        (``^2``), so that `index.text.notation` treats both alike.
    """
    if character in _SYMBOL_WORDS:
        return _SYMBOL_WORDS[character]
    folded = "".join(one if _is_in_word(one) else " " for one in fold_character(character))
    kind, _, rest = unicodedata.decomposition(character).partition(" ")
    if kind in _SCRIPT_SIGNS and folded.isdecimal():
        return _SCRIPT_SIGNS[kind] + folded
    if kind == "<fraction>":
        return f" {folded}"
    if len(folded) == 1 and any(first <= folded <= last for first, last in _HAN):
        return unify_variants(folded)
    return folded if rest or folded != " " else " "


def _is_in_word(character: str) -> bool:
    if character.isascii() or character.isalnum():
        return True
    return unicodedata.category(character)[0] == "M"
