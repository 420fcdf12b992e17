r"""Find the signs inside words that do not belong to them.

A formula is one word however it is written: ``CO$_2$``, ``$\mathrm{CO}_2$`` and ``CO_2`` are
``CO2``. So is a number with separated thousands, ``10,000``. An elided article is a word of its
own: ``l'apprentissage`` is ``l apprentissage``. Each sign is found as an edit of the text, so
that positions in the text stay known.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Edit(NamedTuple):
    """A replacement of a part of a text."""

    start: int
    end: int
    text: str = ""


Place = tuple[int, int]
"""The (start, end) of the characters that one character comes from."""

_FONTS = (
    r"math(?:rm|bf|it|sf|tt|cal|bb|frak|scr|normal)|text(?:rm|bf|it|sf|tt|up|normal)?"
    r"|operatorname|mbox|hbox|rm|bf|it|sf|cal|boldsymbol|bm|ensuremath|pmb"
    r"|(?:wide)?(?:hat|tilde)|bar|overline|underline|vec|d?dot|left|right"
)
"""Commands that change the look of a formula, not what it says."""

_GREEK = (
    r"(?:var)?(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho"
    r"|sigma|tau|upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi"
    r"|Omega)"
)
_STYLE = rf"\\(?:{_FONTS})(?![A-Za-z])\*?\s?\{{?"
_COMMAND = re.compile(
    rf"\\(?:(?P<font>{_STYLE[2:]})"
    rf"|(?P<micro>mu(?![A-Za-z])(?:[}}$]+|\s?)(?:{_STYLE})?"
    r"(?=(?:mol|Pa|Sv|Gy|bar|eV|Hz|[mglsAVWFCTJ])(?![A-Za-z])))"
    rf"|(?P<greek>{_GREEK}(?![A-Za-z])(?:\s?[}}$]+(?=[A-Z0-9]))?)"
    r"|(?P<ell>ell(?![A-Za-z]))"
    r"|(?P<infinity>infty(?![A-Za-z]))"
    r"|(?P<times>times(?![A-Za-z])\s?(?=[0-9])))"
)
"""The commands that are part of a word, each with the markup that joins it to what follows."""

_REPLACED = {"font": "", "micro": "u", "ell": "l", "infinity": "infinity", "times": "x"}
_GREEK_NAME = re.compile(_GREEK)
_LETTER = re.compile(
    r"\$(?<![A-Za-z0-9]\$)(?=[A-Za-z]\$(?:[A-Z]|th\b))|\$(?<=\$[A-Za-z]\$)(?=[A-Z]|th\b)"
)
"""The dollar signs around a letter that begins a word: ``$k$NN``, ``$n$th``."""

_OPERATOR = re.compile(r"[_^]")
_BEFORE = re.compile(r"(?: ?\$)?(?:\{\})?\Z|[}$]{1,3}\Z")
_OPENING = re.compile(rf"(?:[{{$]|{_STYLE})*")
_CONTENT = re.compile(r"[A-Za-z0-9]+")
_CLOSING = re.compile(rf"[}}$]+(?:{_STYLE}|\$?\{{)?(?=[A-Z])")
_BASE = re.compile(r"(?:\\)?[^\W_]+\Z")
_LONGEST_BASE = 40

_COUNTERS = frozenset("ijkntxy")
"""Subscripts that count: ``X_i`` is two words, since ``xi`` is another one."""

_MOST_LETTERS = 2
"""Letters of an index that is joined to its base: ``H_{c2}``, ``f_{NL}``, but not ``T_{max}``."""

_ELEMENT = re.compile("[A-Z][a-z]$")
_ELEMENTS = re.compile(r"(?:[A-Z][a-z]?|[0-9])+")
_FORMULA = re.compile(rf"[A-Za-z]{{1,3}}|{_ELEMENTS.pattern}")
"""A letter, an abbreviation or a row of chemical elements; other words carry no index."""

_GROUPS = re.compile(
    r"(?<![0-9])(?<![0-9][.,])(?:[1-9][0-9]{0,2}(?:\{?,\}?[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})"
    r"(?![0-9]|,[0-9])"
)
_COMMA = re.compile(r"\{?,\}?")
_GROUPED = re.compile(r",(?<=[0-9{],)\}?[0-9]{2,3}(?![0-9])")
"""Matches wherever `_GROUPS` does; begins with a comma, which is found fast."""

_ARTICLES = (
    "l d j m t s n c qu jusqu lorsqu puisqu quoiqu quelqu presqu entr "
    "un dell nell all dall sull coll pell quell quest bell sant gl degl agl dagl negl sugl "
    "ch cos com dov anch tutt mezz nient senz nessun ciascun alcun"
).split()
"""Elided articles, pronouns, prepositions of French, Italian and Catalan."""


def _match_any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


_ELISION = re.compile(
    "'(?:"
    + "|".join(
        "(?<=" + r"(?<!\w)(?<!\w')(?:" + "|".join(map(_match_any_case, words)) + ")')"
        for length in range(1, 8)
        if (words := [word for word in _ARTICLES if len(word) == length])
    )
    + r")(?=[^\W\d_])(?!(?:[stdmSTDM]|ll|re|ve)(?![^\W_]))"
)
"""The apostrophe after an article; an English ending such as ``'s`` follows no article."""

_POSSESSIVE = re.compile(r"'(?<=[sS]')[sS](?![^\W_])")
"""The ending of ``Bayes's``, which is also written ``Bayes'``."""


def has_notation(text: str) -> bool:
    """Return whether `find_edits` may find anything; fast for most texts."""
    return (
        "'" in text
        or "$" in text
        or "_" in text
        or "^" in text
        or "\\" in text
        or _GROUPED.search(text) is not None
    )


def find_edits(text: str, *, drop_articles: bool = False) -> list[Edit]:
    """Find what to replace in a text before it is cut into words.

    Args:
        text: A text in which characters beyond ASCII are folded.
        drop_articles: Whether elided articles are removed rather than separated.

    Returns:
        The edits in order, without overlaps.
    """
    found = [*_find_groups(text), *_find_formula_edits(text)]
    if "'" in text:
        found += _find_elisions(text, drop_articles=drop_articles)
    return _keep_apart(found) if len(found) > 1 else found


def find_formula_edits(text: str) -> list[Edit]:
    """Find the edits that write formulas as plain words: ``CO$_2$`` as ``CO2``."""
    return _keep_apart(list(_find_formula_edits(text)))


def _find_formula_edits(text: str) -> Iterator[Edit]:
    if "\\" in text:
        yield from _find_commands(text)
    if "$" in text:
        yield from (Edit(*sign.span()) for sign in _LETTER.finditer(text))
    if "_" in text or "^" in text:
        yield from _find_scripts(text)


def _find_commands(text: str) -> Iterator[Edit]:
    r"""Find the commands of formulas; a command that touches another one is set apart."""
    for found in _COMMAND.finditer(text):
        kind, (start, end) = str(found.lastgroup), found.span()
        before = text[max(0, start - 2) : start]
        if kind == "times" and not (before.rstrip()[-1:].isdecimal()):
            continue
        if kind == "times":
            start -= before[-1:].isspace()
        whole = kind == "greek" and text.startswith("$", start + len(found["greek"]) + 1)
        if before[-1:] == "$" and (
            (whole and before[0].isalnum()) or (kind == "micro" and before[0].isdecimal())
        ):
            start -= 1
        name = _GREEK_NAME.match(text, found.start() + 1) if kind == "greek" else None
        written = name[1] if name else _REPLACED[kind]
        apart = start == found.start() and before[-1:].isalpha()
        yield Edit(start, end, f" {written}" if apart else written)


def _keep_apart(found: list[Edit]) -> list[Edit]:
    """Sort edits and drop those that overlap an earlier one."""
    kept: list[Edit] = []
    before = 0
    for edit in sorted(found):
        start, end, _ = edit
        if start >= before:
            kept.append(edit)
            before = end
    return kept


def apply_edits(text: str, edits: list[Edit]) -> str:
    """Return a text with its edits applied."""
    parts, at = [], 0
    for start, end, replacement in edits:
        parts += [text[at:start], replacement]
        at = end
    return "".join([*parts, text[at:]])


def apply_to_places(places: list[Place], edits: list[Edit]) -> list[Place]:
    """Return where each character of the edited text comes from.

    Args:
        places: Where each character before comes from.
        edits: The edits, as for `apply_edits`.
    """
    parts, at = [], 0
    for start, end, replacement in edits:
        parts += places[at:start]
        parts += [(places[start][0], places[end - 1][1])] * len(replacement)
        at = end
    return [*parts, *places[at:]]


def _find_groups(text: str) -> Iterator[Edit]:
    end = 0
    for comma in _GROUPED.finditer(text):
        start = comma.start()
        while start and (text[start - 1].isdecimal() or text[start - 1] == "{"):
            start -= 1
        number = _GROUPS.match(text, start) if start >= end else None
        if number is not None:
            end = number.end()
            yield from (Edit(*sign.span()) for sign in _COMMA.finditer(text, start, end))


def _find_elisions(text: str, *, drop_articles: bool) -> Iterator[Edit]:
    for found in _ELISION.finditer(text):
        start = found.start()
        while drop_articles and start and text[start - 1].isalpha():
            start -= 1
        yield Edit(start, found.end(), " ")
    for found in _POSSESSIVE.finditer(text):
        yield Edit(*found.span())


def _find_scripts(text: str) -> Iterator[Edit]:
    """Find the signs of subscripts and superscripts between a base and its index."""
    for operator in _OPERATOR.finditer(text):
        at = operator.start()
        before = _BEFORE.search(text, max(0, at - _LONGEST_BASE), at)
        start = before.start() if before else at
        opening = _OPENING.match(text, operator.end())
        content = _CONTENT.match(text, opening.end()) if opening else None
        if content is None:
            continue
        base = _BASE.search(text, max(0, start - _LONGEST_BASE), start)
        braced = content.start() > operator.end() or start < at
        if base is None or (text[start] == " " and not _ELEMENTS.fullmatch(base[0])):
            joined = content[0].isdecimal() and _CLOSING.match(text, content.end()) is not None
        else:
            counts = operator[0] == "_" and len(base[0]) == 1 and content[0] in _COUNTERS
            joined = not counts and _is_joined(base[0], content[0], braced=braced)
            if joined:
                yield Edit(start, content.start())
        if joined and (closing := _CLOSING.match(text, content.end())):
            yield Edit(*closing.span())


def _is_joined(base: str, content: str, *, braced: bool) -> bool:
    """Return whether a base and its index are one word: ``CO_2``, but not ``10^6`` or ``a_n``."""
    name = base.removeprefix("\\")
    if name not in {base, "ell"} and not _GREEK_NAME.fullmatch(name):
        return False
    if content[0].isdecimal():
        if name[-1].isdecimal():
            return False
        return name != base or not name.isascii() or _FORMULA.fullmatch(name) is not None
    if name in {"l", "ell"}:
        return content in {"p", "q", "r"}
    return (braced or len(name) == 1) and _is_joined_to_letters(name, content)


def _is_joined_to_letters(name: str, content: str) -> bool:
    if len(content.rstrip("0123456789")) > _MOST_LETTERS:
        return False
    return name[-1].isupper() or content[0].isupper() or _ELEMENT.search(name) is not None
