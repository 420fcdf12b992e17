r"""Write text as values of BibTeX that classic BibTeX and biber read alike.

Letters of every script stay UTF-8. Signs that LaTeX reads as commands are escaped, formulas stay
``$TeX$``, and braces are balanced whatever the text is: BibTeX counts an escaped brace too, so a
brace outside formulas becomes a command (``\lbrace``).
"""

import re
from itertools import pairwise

from index.text.formulas import split_formulas

_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\lbrace}",
        "}": r"{\rbrace}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
    }
)
_HYPHENS = re.compile("-+")
_BRACE = re.compile(r"[{}]")
_BARE_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]+"
)
_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in '"\\^`{|}'}
"""Signs that no address holds as they are. Braces and backslashes would end a value early."""

_WORD = re.compile(r"\S+")
_WITH_DIGIT = re.compile(r"[A-Z]\d|\d\w*[A-Z]")
_PARTS = re.compile(r"([-\u2010-\u2015/]+)")
_LETTER = re.compile(r"[^\W\d_]")
_EDGES = "()[]{}.,:;!?\"'\u2018\u2019\u201c\u201d"
_LONG = 4
"""Letters of the words that show whether a title is in title case; chosen, as short words are in
lower case there too."""

_SAID_IN_CAPITALS = 0.5
"""Share of the words in capitals from which on a title is written in capitals; chosen."""

_ENDS_SENTENCE = (":", ".", "?", "!")


def collapse_spaces(text: str) -> str:
    """Return a text in one line without characters that no format can hold."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def escape_text(text: str) -> str:
    """Return prose as a value of BibTeX; a dollar sign in it is a currency."""
    return collapse_spaces(text).translate(_ESCAPES)


def escape_pages(text: str) -> str:
    """Return pages as a value of BibTeX, with two hyphens between the first and the last."""
    return _HYPHENS.sub("--", escape_text(text))


def escape_address(text: str) -> str:
    """Return an address or a DOI, in which LaTeX commands are not read, as a value of BibTeX."""
    return "".join(_UNPRINTABLE.sub("", text).split()).translate(_IN_ADDRESSES)


def write_title(title: str) -> str:
    """Return a title as a value of BibTeX, with its formulas and with capitals protected."""
    title = collapse_spaces(title)
    parted = split_formulas(title) if "$" in title else None
    if parted is None:
        return _protect_capitals(title)
    prose, formulas = (part.split("$") for part in parted)
    if not all(map(_is_balanced, formulas)):
        return _protect_capitals(title)
    written = [_protect_capitals(piece, opens=not at) for at, piece in enumerate(prose)]
    for at, formula in enumerate(formulas):
        written[at] += f"{{${_BARE_PERCENT.sub(_escape_percent, formula)}$}}"
    return "".join(written)


def _escape_percent(found: re.Match[str]) -> str:
    return rf"{found[1]}\%"


def _is_balanced(formula: str) -> bool:
    """Return whether every brace of a formula has its partner, and no backslash ends it."""
    depth = 0
    for brace in _BRACE.findall(formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    backslashes = len(formula) - len(formula.rstrip("\\"))
    return not depth and not backslashes % 2


def _protect_capitals(text: str, *, opens: bool = True) -> str:
    """Put braces around the words whose capitals a style must not change.

    Args:
        text: Prose.
        opens: Whether the text begins the title, so that its first word has a capital anyway.
    """
    words = _WORD.findall(text)
    if _is_in_capitals(words):
        return text.translate(_ESCAPES)
    names: frozenset[str] = frozenset()
    if _is_sentence(words):
        follows = [*pairwise(words)] if opens else [("", words[0]), *pairwise(words)]
        names = frozenset(
            word
            for before, word in follows
            if word[:1].isupper() and not before.endswith(_ENDS_SENTENCE)
        )
    return _WORD.sub(lambda word: _protect_word(word[0], is_name=word[0] in names), text)


def _protect_word(word: str, *, is_name: bool) -> str:
    """Return a word with braces around its parts whose capitals must stay."""
    parts = _PARTS.split(word)
    return "".join(
        _brace_core(part)
        if _has_own_capital(part) or (is_name and part[:1].isupper())
        else part.translate(_ESCAPES)
        for part in parts
    )


def _brace_core(part: str) -> str:
    """Return a part of a word in braces, without the punctuation around it."""
    core = part.strip(_EDGES) or part
    before, _, after = part.partition(core)
    return f"{before.translate(_ESCAPES)}{{{core.translate(_ESCAPES)}}}{after.translate(_ESCAPES)}"


def _has_own_capital(part: str) -> bool:
    """Return whether a word, or a part of one with hyphens, has a capital of its own.

    That is one after another letter or a digit (BERT, mRNA), or a letter that stands alone
    (Q-learning, I), except the article.
    """
    core = part.strip(_EDGES)
    letters = _LETTER.findall(core)
    if len(letters) == 1:
        return core != "A" and letters[0].isupper()
    return any(letter.isupper() for letter in letters[1:]) or bool(_WITH_DIGIT.search(core))


def _is_in_capitals(words: list[str]) -> bool:
    """Return whether a title is written in capitals, so that none of them distinguishes a word."""
    long = [word for word in words if len(_LETTER.findall(word)) >= _LONG]
    capitals = sum(word.isupper() for word in long)
    return len(long) > 1 and capitals > _SAID_IN_CAPITALS * len(long)


def _is_sentence(words: list[str]) -> bool:
    """Return whether a title has capitals as a sentence does, so that others begin names."""
    long = [word for word in words[1:] if len(_LETTER.findall(word)) >= _LONG]
    small = sum(word[:1].islower() for word in long)
    return small > len(long) / 2
