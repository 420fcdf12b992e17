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

_FONTS = frozenset((
    "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal text textrm "
    "textbf textit textsf texttt ce textup textnormal operatorname mbox hbox rm bf it sf cal "
    "boldsymbol bm ensuremath pmb hat tilde widehat widetilde bar overline underline vec dot ddot "
    "left right"
).split())  # fmt: skip
"""Commands that change the look of a formula, not what it says."""

_GREEK = {
    name: name.removeprefix("var")
    for name in (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
        "xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta "
        "Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    ).split()
}
_NAMES = {"ell": "l", "infty": "infinity"}
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_STYLE = rf"\\(?:{'|'.join(sorted(_FONTS, reverse=True))})(?![A-Za-z])\*?\s?\{{?"
_STYLE_END = re.compile(r"\*?\s?\{?")
_GREEK_END = re.compile(r"\s?[}$]+(?=[A-Z0-9])|")
_MICRO_END = re.compile(
    rf"(?:[}}$]+|\s?)(?:{_STYLE})?(?=(?:mol|Pa|Sv|Gy|bar|eV|Hz|[mglsAVWFCTJ])(?![A-Za-z]))"
)
_FACTOR = re.compile(r"\s?(?=[0-9])")

_LETTER = re.compile(
    r"\$(?<![A-Za-z0-9]\$)(?=[A-Za-z]\$(?:[A-Z]|th\b))|\$(?<=\$[A-Za-z]\$)(?=[A-Z]|th\b)"
)
"""The dollar signs around a letter that begins a word: ``$k$NN``, ``$n$th``."""

_INDEX = re.compile(rf"[_^](?:[{{$]|{_STYLE})*([A-Za-z0-9]+)")
_BASE = re.compile(r"((?:\}\{)?(?:\$ ?)?|[}$]{1,3})([^\W_]+\\?)")
"""The base of an index and the markup between, for the text before the index read backwards."""

_CLOSING = re.compile(rf"[}}$]+(?:{_STYLE}|\$?\{{)?(?=[A-Z])")
_COUNTED = re.compile("[^A-Z][a-km-z]")
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


_LAST_LETTERS = "".join(sorted({article[-1] for article in _ARTICLES}))

_ELISION = re.compile(
    r"'(?:(?<=[sS]')[sS](?![^\W_])"
    r"|(?=[^\W\d_])(?!(?:[stdmSTDM]|ll|re|ve)(?![^\W_]))"
    rf"(?<=[{_LAST_LETTERS}{_LAST_LETTERS.upper()}]')(?:"
    + "|".join(
        "(?<=" + r"(?<!\w)(?<!\w')(?:" + "|".join(map(_match_any_case, words)) + ")')"
        for length in range(1, 8)
        if (words := [word for word in _ARTICLES if len(word) == length])
    )
    + "))"
)
"""The ending of ``Bayes's``, also written ``Bayes'``, or the apostrophe after an article; an
English ending such as ``'s`` follows no article. The cheap conditions come first."""


def has_notation(text: str) -> bool:
    """Return whether `find_edits` may find anything; fast for most texts."""
    return (
        "'" in text
        or "$" in text
        or "_" in text
        or "^" in text
        or "\\" in text
        or ("," in text and _GROUPED.search(text) is not None)
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
    return keep_apart(found) if len(found) > 1 else found


def find_formula_edits(text: str) -> list[Edit]:
    """Find the edits that write formulas as plain words: ``CO$_2$`` as ``CO2``."""
    return keep_apart(list(_find_formula_edits(text)))


def _find_formula_edits(text: str) -> Iterator[Edit]:
    if "\\" in text:
        yield from _find_commands(text)
    if "$" in text:
        yield from (Edit(*sign.span()) for sign in _LETTER.finditer(text))
    if "_" in text or "^" in text:
        yield from _find_scripts(text)


def _find_commands(text: str) -> Iterator[Edit]:
    r"""Find the commands of formulas that belong to a word or change its look."""
    for found in _COMMAND.finditer(text):
        name, start, end = found[1], *found.span()
        before = text[start - 1] if start else ""
        if name in _FONTS:
            # A command that touches another one is set apart: \in\mathbb{R}.
            yield Edit(start, _match_end(_STYLE_END, text, end), " " if before.isalpha() else "")
        elif name in _GREEK:
            yield from _join_greek(text, name, start, end)
        elif name in _NAMES:
            yield Edit(start, end, f" {_NAMES[name]}" if before.isalpha() else _NAMES[name])
        elif name == "times" and (factor := _FACTOR.match(text, end)):
            start -= before.isspace()
            if text[max(0, start - 1) : start].isdecimal():
                yield Edit(start, factor.end(), "x")


def _join_greek(text: str, name: str, start: int, end: int) -> Iterator[Edit]:
    r"""Join a Greek letter to what it touches: ``IL-1$\beta$``, ``$\Lambda$CDM``."""
    micro = _MICRO_END.match(text, end) if name == "mu" else None
    last = micro.end() if micro else _match_end(_GREEK_END, text, end)
    first, written = start, "u" if micro else _GREEK[name]
    before = text[max(0, start - 2) : start]
    if before[-1:] == "$" and (
        (text.startswith("$", end) and before[0].isalnum()) or (micro and before[0].isdecimal())
    ):
        first -= 1
    if before[-1:].isalpha():
        written = f" {written}"
    if micro or first < start or last > end or written != name:
        yield Edit(first, last, written)
    elif before[-1:].isdecimal():
        yield Edit(start, start + 1)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def remove_articles(word: str) -> str:
    """Return a word without an elided article and without apostrophes, for patterns: ``l'app*``."""
    edits = list(_find_elisions(word, drop_articles=True)) if "'" in word else []
    return apply_edits(word, edits).replace("'", "").strip()


def keep_apart(found: list[Edit]) -> list[Edit]:
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
        start, end = found.span()
        if end - start > 1:
            yield Edit(start, end)
            continue
        while drop_articles and start and text[start - 1].isalpha():
            start -= 1
        yield Edit(start, end, " ")


def _find_scripts(text: str) -> Iterator[Edit]:
    """Find the signs of subscripts and superscripts between a base and its index."""
    for index in _INDEX.finditer(text):
        at, content = index.start(), index[1]
        if _COUNTED.match(text, max(0, at - 2), at) and content[0].islower():
            continue  # a_n, \theta_t: most indices
        found = _BASE.match(text[max(0, at - _LONGEST_BASE) : at][::-1])
        base = found[2][::-1] if found else ""
        start = at - len(found[1]) if found else at
        if not base or (text[start] == " " and not _ELEMENTS.fullmatch(base)):
            joined = content.isdecimal() and _CLOSING.match(text, index.end()) is not None
        else:
            counts = text[at] == "_" and len(base) == 1 and content in _COUNTERS
            braced = index.start(1) > at + 1 or start < at
            joined = not counts and _is_joined(base, content, braced=braced)
            if joined:
                yield Edit(start, index.start(1))
        if joined and (closing := _CLOSING.match(text, index.end())):
            yield Edit(*closing.span())


def _is_joined(base: str, content: str, *, braced: bool) -> bool:
    """Return whether a base and its index are one word: ``CO_2``, but not ``10^6`` or ``a_n``."""
    name = base.removeprefix("\\")
    if name not in {base, "ell"} and name not in _GREEK:
        return False
    if content[0].isdecimal():
        if name[-1].isdecimal():
            return False
        return name != base or not name.isascii() or _FORMULA.fullmatch(name) is not None
    if name in {"l", "ell"}:
        return content in {"p", "q", "r"}
    # Prose has names such as UCF_CC; of those without braces only NO_x is an index.
    known = braced or len(name) == 1 or (content == "x" and _ELEMENTS.fullmatch(name) is not None)
    return known and _is_joined_to_letters(name, content)


def _is_joined_to_letters(name: str, content: str) -> bool:
    if len(content.rstrip("0123456789")) > _MOST_LETTERS:
        return False
    return name[-1].isupper() or content[0].isupper() or _ELEMENT.search(name) is not None
