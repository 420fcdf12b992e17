"""Answers: which tokens does a text become, at index and at query time alike?

One analyser serves every engine: text is folded, cut into words and stemmed here, and
engines are given tokens that only need to be split at spaces. The rules:

- folding: case, accents and width never matter; ``ß`` is ``ss``, ``ø`` is ``o``;
- a word is a run of letters and digits; apostrophes inside it are dropped (``O'Brien`` is
  ``obrien``); ``C++``, ``C#`` and their like keep their signs;
- every other sign separates: ``Q-learning`` is ``q learning``, a phrase in a query;
- each Chinese, Japanese or Korean character is a token of its own, however it is encoded;
- a Greek letter that is a word is its name: ``β-VAE`` is ``beta vae``;
- stems are Snowball English (Porter2); tokens with a digit or sign are never stemmed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import Stemmer

from index.text.memo import Memo

ANALYSER_VERSION = f"2+snowball-{Stemmer.version()}"
"""Changes whenever the same text may become other tokens: old indexes then say "rebuild"."""

MAX_TOKEN = 100
"""Longer tokens are cut to this many characters: nobody types them, and engines have limits."""

_CACHED_STEMS = 200_000
"""Stems kept in memory, so that it stays bounded; chosen, not measured."""

CJK = (
    "\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""The inside of a character class: scripts that are written without spaces, and Hangul."""

_WORD_ASCII = re.compile(r"[a-z](?:\+\+|\#)(?![a-z0-9])|[a-z0-9]+(?:'+[a-z0-9]+)*")
_WORD = re.compile(
    rf"[a-z](?:\+\+|\#)(?![^\W_])|[{CJK}]|[^\W_{CJK}]+(?:'+[^\W_{CJK}]+)*",
)

_FITTING = re.compile(rf"(?s)(?:.{{0,{MAX_TOKEN}}} )*+.{{0,{MAX_TOKEN}}}")
"""A text of runs that fit into a token; it jumps from space to space instead of counting all."""

_OTHERS = re.compile(r"[^\x00-\x7f]+")
_SIGN = re.compile(rf"[^\x00-\x7f\w{CJK}]")

# Letters that decomposition leaves alone but that people type without their stroke or tail.
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
"""Sound marks of kana and the later parts of Korean syllables, where each is a character."""


class _Table(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str:
        found = self[code] = self._become(chr(code))
        return found


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", decomposed) if not _is_mark(c))
    return unicodedata.normalize("NFC", "".join(_LETTERS.get(c, c) for c in bare))


def _is_mark(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _cut_character(character: str) -> str:
    """Fold a character; what beyond ASCII is no part of a word becomes a space."""
    return _SIGN.sub(" ", _fold_character(character))


_FOLDING = _Table(_fold_character)
_CUTTING_OTHERS = _Table(_cut_character)
_CUTTING: dict[int, str | None] = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
} | {ord("'"): None, ord("`"): None}
"""Folds ASCII and turns what separates words into spaces; apostrophes vanish inside words."""

_ASCII = {chr(code): chr(code).lower().replace("`", "'") for code in range(128)}


def fold(text: str) -> str:
    """Fold case, accents and width away, character by character.

    Args:
        text: Any text.

    Returns:
        The folded text; its length may differ (``ß`` becomes two letters).
    """
    folded = text if text.isascii() else _without_others(text, _FOLDING)
    return folded.lower().replace("`", "'")


def _without_others(text: str, table: _Table) -> str:
    """Replace what is not ASCII; mostly a few letters, so the rest is passed over in one go."""
    folded = _OTHERS.sub(lambda found: found[0].translate(table), text)
    joining = not folded.isascii() and _JOINING.search(folded)
    return "".join(_joined(list(folded))) if joining else folded


def _joined(pieces: list[str]) -> list[str]:
    """Join what continues a character to the piece before it, so that ``ｶﾞ`` is ``ガ``."""
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
    """Cut a text into folded words, in order, unstemmed."""
    folded = text if text.isascii() else _without_others(text, _CUTTING_OTHERS)
    if folded.isascii() and "++" not in folded and "#" not in folded:
        # The same as the pattern and quicker: most texts are like this.
        folded = folded.translate(_CUTTING)
        found = folded.split()
    else:
        folded = fold(folded)
        found = (_WORD_ASCII if folded.isascii() else _WORD).findall(folded)
        if "'" in folded:
            found = [word.replace("'", "") for word in found]
        if _GREEK_LETTER.search(folded):
            found = [_GREEK.get(word, word) for word in found]
    if not _FITTING.fullmatch(folded):
        found = [word[:MAX_TOKEN] for word in found]
    return found


def find_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into words and say where each stands.

    Yields:
        (start, end, token): offsets into `text`, and the token as `tokenise` gives it.
    """
    if text.isascii():
        folded, offsets = fold(text), None
        words = _WORD_ASCII
    else:
        pieces = _joined([fold(c) if c > "\x7f" else _ASCII[c] for c in text])
        folded = "".join(pieces)
        offsets = [at for at, piece in enumerate(pieces) for _ in piece]
        words = _WORD_ASCII if folded.isascii() else _WORD
    for match in words.finditer(folded):
        start, end = match.span()
        if offsets is not None:
            start, end = offsets[start], offsets[end - 1] + 1
        token = match.group().replace("'", "")[:MAX_TOKEN]
        yield start, end, _GREEK.get(token, token)


_STEMMER = Stemmer.Stemmer("english", 0)


def _made(token: str) -> str:
    return _STEMMER.stemWord(token) if token.isalpha() else token


_STEMS = Memo(_made, _CACHED_STEMS)


def stem(token: str) -> str:
    """Stem one folded token (Snowball English); digits and signs keep it as it is."""
    return _STEMS[token]


def stem_all(found: Iterable[str]) -> list[str]:
    """Stem folded tokens, in order."""
    return list(map(_STEMS.__getitem__, found))
