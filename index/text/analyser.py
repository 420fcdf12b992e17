"""Turn a text into tokens, the same when indexing and when searching.

One analyser serves every engine: it folds a text and splits it into words, and engines only split
its tokens at spaces; `index.text.stems` stems them. The rules:

- folding removes case, accents and width; ``ß`` becomes ``ss`` and ``ø`` becomes ``o``;
- a word is a run of letters and digits; apostrophes inside it are dropped (``O'Brien`` becomes
  ``obrien``); ``C++``, ``C#`` and the like keep their symbols;
- every other character separates words: ``Q-learning`` is ``q learning``, a phrase in a query;
- each Chinese, Japanese or Korean character is one token, however it is encoded;
- a single Greek letter becomes its name: ``β-VAE`` is ``beta vae``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

import Stemmer

ANALYSER_VERSION = f"2+snowball-{Stemmer.version()}"
"""Changes whenever a text may have different tokens; older indexes then ask to be rebuilt."""

MAX_TOKEN = 100
"""Characters of a token; longer tokens are truncated, since nobody types them."""

CJK = (
    "\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""A character class of the scripts that are written without spaces, and of Hangul."""

_WORD_ASCII = re.compile(r"[a-z](?:\+\+|\#)(?![a-z0-9])|[a-z0-9]+(?:'+[a-z0-9]+)*")
_WORD = re.compile(
    rf"[a-z](?:\+\+|\#)(?![^\W_])|[{CJK}]|[^\W_{CJK}]+(?:'+[^\W_{CJK}]+)*",
)

_SHORT_RUNS = re.compile(rf"(?s)(?:.{{0,{MAX_TOKEN}}} )*+.{{0,{MAX_TOKEN}}}")
"""Matches a text without overlong tokens; skips from space to space, which is fast."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SYMBOL = re.compile(rf"[^\x00-\x7f\w{CJK}]")

# Letters that do not decompose but that people type without their stroke or tail.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t", "’": "'", "‘": "'", "ʼ": "'", "′": "'",
}  # fmt: skip


_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
).split(), strict=True))  # fmt: skip
_GREEK_LETTER = re.compile("[α-ω]")

_JOINING = re.compile("[\u3099\u309a\u1161-\u1175\u11a8-\u11c2]")
"""Combining marks of kana and the later parts of decomposed Korean syllables."""


class _Table(dict[int, str]):
    """A table for `str.translate` that computes each character once."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, code: int) -> str:
        converted = self[code] = self._convert(chr(code))
        return converted


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", decomposed) if not _is_mark(c))
    return unicodedata.normalize("NFC", "".join(_LETTERS.get(c, c) for c in bare))


def _is_mark(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _separate_character(character: str) -> str:
    """Fold a character; a symbol beyond ASCII becomes a space."""
    return _SYMBOL.sub(" ", _fold_character(character))


_FOLD_FOREIGN = _Table(_fold_character)
_SEPARATE_FOREIGN = _Table(_separate_character)
_SEPARATE: dict[int, str | None] = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
} | {ord("'"): None, ord("`"): None}
"""Folds ASCII, replaces separators by spaces and drops apostrophes."""

_ASCII = {chr(code): chr(code).lower().replace("`", "'") for code in range(128)}


def fold(text: str) -> str:
    """Remove case, accents and width, character by character.

    Args:
        text: Any text.

    Returns:
        The folded text; its length may differ, since ``ß`` becomes two letters.
    """
    folded = text if text.isascii() else _translate_foreign(text, _FOLD_FOREIGN)
    return folded.lower().replace("`", "'")


def _translate_foreign(text: str, table: _Table) -> str:
    """Translate the characters beyond ASCII, usually few, and keep the runs between them."""
    folded = _NOT_ASCII.sub(lambda found: found[0].translate(table), text)
    joining = not folded.isascii() and _JOINING.search(folded)
    return "".join(_compose(list(folded))) if joining else folded


def _compose(pieces: list[str]) -> list[str]:
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


def tokenise(text: str) -> list[str]:
    """Return the folded words of a text in order, unstemmed."""
    folded = text if text.isascii() else _translate_foreign(text, _SEPARATE_FOREIGN)
    if folded.isascii() and "++" not in folded and "#" not in folded:
        # Most texts; has the same result as the pattern and is faster.
        folded = folded.translate(_SEPARATE)
        found = folded.split()
    else:
        folded = fold(folded)
        found = (_WORD_ASCII if folded.isascii() else _WORD).findall(folded)
        if "'" in folded:
            found = [word.replace("'", "") for word in found]
        if _GREEK_LETTER.search(folded):
            found = [_GREEK.get(word, word) for word in found]
    if not _SHORT_RUNS.fullmatch(folded):
        found = [word[:MAX_TOKEN] for word in found]
    return found


def find_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text with their positions.

    Yields:
        (start, end, token): offsets into `text`, and the token as `tokenise` returns it.
    """
    if text.isascii():
        folded, offsets = fold(text), None
        words = _WORD_ASCII
    else:
        pieces = _compose([fold(c) if c > "\x7f" else _ASCII[c] for c in text])
        folded = "".join(pieces)
        offsets = [at for at, piece in enumerate(pieces) for _ in piece]
        words = _WORD_ASCII if folded.isascii() else _WORD
    for match in words.finditer(folded):
        start, end = match.span()
        if offsets is not None:
            start, end = offsets[start], offsets[end - 1] + 1
        token = match.group().replace("'", "")[:MAX_TOKEN]
        yield start, end, _GREEK.get(token, token)
