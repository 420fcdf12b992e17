r"""Turn a text into tokens, the same when indexing and when searching.

One analyser serves every engine: it folds a text and splits it into words, and engines only split
its tokens at spaces; `index.text.stems` stems them. The rules:

- folding removes case, accents and width; ``ß`` becomes ``ss`` and ``ø`` becomes ``o``;
- a word is a run of letters and digits; apostrophes inside it are dropped (``O'Brien`` becomes
  ``obrien``); ``C++``, ``C#`` and the like keep their symbols;
- every other character separates words: ``Q-learning`` is ``q learning``, a phrase in a query;
- an elided article is a word of its own: ``l'image`` is ``l image``; in names it is not;
- a formula is one word: ``CO$_2$``, ``CO_2`` and ``CO₂`` are ``co2``; a digit above another one is
  not: ``10^6`` is ``10 6``; thousands are joined: ``10,000`` is ``10000``;
- each character of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese is one token, with the
  signs on it; simplified, traditional and Japanese forms of a Chinese character are one token;
- Greek letters become their names, alone or beside other letters and digits: ``β-VAE`` is
  ``beta vae``, ``IL-1β`` is ``il 1beta``, ``10 µm`` is ``10 um``; words in Greek stay.
"""

import re
import unicodedata
from collections.abc import Iterator

import Stemmer

from index.text.folding import CharacterTable, compose, find_foreign, translate_foreign
from index.text.memo import Memo
from index.text.notation import Place, apply_edits, apply_to_places, find_edits, has_notation
from index.text.scripts import SIGNS, UNSPACED, separate_character

ANALYSER_VERSION = f"3+snowball-{Stemmer.version()}"
"""Changes whenever a text may have different tokens; older indexes then ask to be rebuilt."""

MAX_TOKEN = 100
"""Characters of a token; longer tokens are truncated, since nobody types them."""

_CACHED_WORDS = 20_000
"""Typed words whose tokens are kept in memory; each is asked for about ten times while one query is
parsed, planned and marked. Chosen."""

_NO_WORD = r"\x00-/:-@\[-`{-\x7f"
"""A character class of the ASCII characters that separate words. Separated characters beyond ASCII
are all in words."""

_LETTER = f"[^{_NO_WORD}{UNSPACED}]"
_WORD_ASCII = re.compile(r"[a-z](?:\+\+|\#)(?![a-z0-9])|[a-z0-9]+(?:'+[a-z0-9]+)*")
_WORD = re.compile(
    rf"[a-z](?:\+\+|\#)(?![^{_NO_WORD}])|[{UNSPACED}][{SIGNS}]*|{_LETTER}+(?:'+{_LETTER}+)*",
)

_SHORT_RUNS = re.compile(rf"(?s)(?:.{{0,{MAX_TOKEN}}} )*+.{{0,{MAX_TOKEN}}}")
"""Matches a text without overlong tokens; skips from space to space, which is fast."""

_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
).split(), strict=True))  # fmt: skip
_GREEK_LETTER = re.compile("[α-ω]")
_GREEK_WORD = re.compile("[\u0370-\u03ff]{2,}")
_MICRO = re.compile("([0-9]*)μ((?:mol|pa|sv|gy|bar|ev|hz|[mglsavwfctj])[0-9]?)")
_OHM = re.compile("([0-9]*[kmg]?)(?<=[0-9kmg])ω")
"""Units: in them the Greek letter stands for a prefix or for the ohm."""

_CONTEXT = re.compile(
    '[\u200c·\u2022\u2027×\xa0\u066c\u2007-\u2009\u202f⁰¹²³⁴-⁹₀-₉"](?:'
    "(?P<gap>(?<=[\u0600-\u08ff]\u200c)(?=[\u0600-\u08ff]))"
    "|(?P<dot>(?<=[lL][·\u2022\u2027])(?=[lL]))"
    '|(?P<acronym>(?<=[א-ת]")(?=[א-ת]))'
    "|(?P<times>(?<=[0-9]×)(?=[0-9]))"
    "|(?P<digit>(?<=[⁰¹²³⁴-⁹]{2})|(?<=[₀-₉]{2}))"
    "|(?P<group>(?<=\\d[\xa0\u066c\u2007-\u2009\u202f])(?=\\d{2,3}(?!\\d))))"
)
"""Characters whose meaning depends on those around them: the zero-width non-joiner before an ending
in Persian, the middle dot of Catalan, the quotation mark that is typed for the gershayim of Hebrew
acronyms, a multiplication sign, a raised or lowered digit after another, and spaces that group
digits."""

_CONTEXTUAL = frozenset(
    "\u200c·\u2022\u2027×\xa0\u066c\u2007\u2008\u2009\u202f⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
    "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"
)
"""Characters that `_CONTEXT` may match or look at; they are looked for first, in a fifth of the
time."""

_IN_CONTEXT = {"gap": " ", "dot": "\xad", "acronym": "'", "times": "x", "group": ","}

_SEPARATE_FOREIGN = CharacterTable(separate_character)
_SEPARATE_ASCII = (
    "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
    .encode()
    .ljust(256)
)
"""Folds ASCII and replaces separators by spaces, as a table for `bytes.translate`, which takes half
the time of `str.translate`."""


def tokenise(text: str) -> list[str]:
    """Return the folded words of a text in order, unstemmed."""
    separated = text if text.isascii() and "`" not in text else _separate(text)
    if has_notation(separated):
        separated = apply_edits(separated, find_edits(separated))
    return _split(separated)


def tokenise_word(text: str) -> list[str]:
    """Return the words that a typed word asks for: ``l'image`` also means ``image``.

    Args:
        text: A word without a space, not in quotes.
    """
    return list(_TYPED[text])


def _tokenise_typed(text: str) -> tuple[str, ...]:
    separated = _separate(text)
    if has_notation(separated):
        separated = apply_edits(separated, find_edits(separated, drop_articles=True))
    return tuple(_split(separated))


_TYPED = Memo(_tokenise_typed, _CACHED_WORDS)


def tokenise_name(text: str) -> list[str]:
    """Return the words of a name: ``D'Amico`` is one word there, and nothing is a formula."""
    return _split(_separate(text))


def _separate(text: str) -> str:
    """Fold the characters beyond ASCII; those that separate words become spaces."""
    if text.isascii():
        separated = text
    else:
        resolved, foreign = _resolve_context(text)
        separated = translate_foreign(resolved, _SEPARATE_FOREIGN, foreign)
    return separated.replace("`", "'") if "`" in separated else separated


def _resolve_context(text: str) -> tuple[str, set[str]]:
    """Replace characters whose meaning depends on their neighbours; the length stays.

    Returns:
        The text, and its different characters beyond ASCII.
    """
    foreign = find_foreign(text)
    if _CONTEXTUAL.isdisjoint(foreign):
        return text, foreign
    resolved = _CONTEXT.sub(_resolve_character, text)
    return resolved, find_foreign(resolved)


def _resolve_character(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    return str(unicodedata.digit(found[0])) if kind == "digit" else _IN_CONTEXT[kind]


def _split(separated: str) -> list[str]:
    if separated.isascii() and "++" not in separated and "#" not in separated:
        # Most texts; has the same result as the pattern and is faster.
        folded = separated.encode().translate(_SEPARATE_ASCII, b"'").decode()
        found = folded.split()
    else:
        folded = separated.lower()
        found = (_WORD_ASCII if folded.isascii() else _WORD).findall(folded)
        if "'" in folded:
            found = [word.replace("'", "") for word in found]
        if _GREEK_LETTER.search(folded):
            found = [_spell_greek(word) for word in found]
    if not _SHORT_RUNS.fullmatch(folded):
        found = [word[:MAX_TOKEN] for word in found]
    return found


def _spell_greek(word: str) -> str:
    """Return a word with Greek letters spelt out, unless it is a word in Greek."""
    if word.isascii() or _GREEK_WORD.fullmatch(word):
        return word
    if unit := _MICRO.fullmatch(word):
        return f"{unit[1]}u{unit[2]}"
    if unit := _OHM.fullmatch(word):
        return f"{unit[1]}ohm"
    return "".join(_GREEK.get(letter, letter) for letter in word)


def find_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text with their positions.

    Yields:
        (start, end, token): offsets into `text`, and the token as `tokenise` returns it.
    """
    separated, places = _separate_with_places(text)
    if has_notation(separated) and (edits := find_edits(separated)):
        places = apply_to_places(places or [(at, at + 1) for at in range(len(text))], edits)
        separated = apply_edits(separated, edits)
    folded = separated.lower()
    words = _WORD_ASCII if folded.isascii() else _WORD
    plain = folded.isascii() and "'" not in folded
    for match in words.finditer(folded):
        start, end = match.span()
        if places:
            start, end = places[start][0], places[end - 1][1]
        token = match[0] if plain else _spell_greek(match[0].replace("'", ""))
        yield start, end, token[:MAX_TOKEN]


def _separate_with_places(text: str) -> tuple[str, list[Place]]:
    """Return a text as `_separate` does, and where each character comes from if they differ."""
    if text.isascii():
        return text.replace("`", "'"), []
    resolved, _ = _resolve_context(text)
    pieces = compose([_SEPARATE_FOREIGN[ord(c)] if c > "\x7f" else c for c in resolved])
    places = [(at, at + 1) for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces).replace("`", "'"), places


def has_plain_tokens(text: str) -> bool:
    """Return whether the tokens of a text are its runs of letters and digits.

    Then each character is folded to one character, and a token begins and ends where a run does.
    """
    if text.isascii():
        return not (has_notation(text) and find_edits(text))
    if _CONTEXT.search(text):
        return False
    pieces = {c: _SEPARATE_FOREIGN[ord(c)] for c in set(text) if c > "\x7f"}
    if any(len(piece) != 1 or _NOT_PLAIN.match(piece) for piece in pieces.values()):
        return False
    return not (has_notation(separated := _separate(text)) and find_edits(separated))


_NOT_PLAIN = re.compile(rf"[{UNSPACED}α-ω]|[^\w\x00-\x7f]")
"""Matches a letter that is a token by itself or is spelt out, and a mark."""
