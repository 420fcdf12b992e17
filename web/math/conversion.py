"""Convert one formula in TeX to MathML, if it is one that can be read within limits."""

import re

from web.math.elements import write_element

LONGEST_FORMULA = 300
"""Characters of a formula. Of 6,815 different ones in paperlists 4 are longer, and these are prose
between the dollar signs of two formulas."""

DEEPEST_GROUP = 15
"""Brackets inside each other. Chosen: formulas of paperlists have at most 6."""

_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}[,;.]? +[A-Za-z]{2,}[,;.]? +[A-Za-z]{2,}")
_TEXTS = re.compile(r"\\(?:text[a-z]*|mbox|mathrm|operatorname\*?)\s*\{[^{}]*\}")
"""Words that are meant to stand in a formula."""

_DEFINING = re.compile(r"\\(?:[gex]?def|let|(?:re)?newcommand|providecommand|Declare\w*|verb)")
"""Commands that define others, which can make a formula of any size, or quote what follows."""

_MACROS = {
    **dict.fromkeys(("eps", "epsi"), r"\epsilon"),
    **{name: rf"\mathbb{{{name[0]}}}" for name in ("R", "N", "Z", "Q", "RR", "NN", "ZZ", "EE")},
    **{f"bb{letter}": rf"\mathbb{{{letter}}}" for letter in "CENPQRZ"},
    **{f"b{letter}": rf"\mathbf{{{letter}}}" for letter in "duvwxyz"},
    **{f"c{letter}": rf"\mathcal{{{letter}}}" for letter in "ABCDEFGHLMNOPQRSTUVWXYZ"},
    **dict.fromkeys(("reals", "real", "Real", "Reals"), r"\mathbb{R}"),
    **{name: rf"\operatorname{{{name}}}" for name in (
        "arg", "diag", "opt", "OPT", "poly", "polylog", "rank", "sign", "tr", "Tr", "Var",
    )},
    "E": r"\mathbb{E}",
    "C": r"\mathbb{C}",
    "O": r"\mathcal{O}",
    "calo": r"\mathcal{O}",
    "order": r"\mathcal{O}",
    "mc": r"\mathcal",
    "half": r"\tfrac{1}{2}",
    "independent": r"\perp",
    "wt": r"\widetilde",
    "Tilde": r"\tilde",
    "Hat": r"\hat",
    "Bar": r"\bar",
    "nicefrac": r"\frac",
    "sfrac": r"\frac",
    "mleft": r"\left",
    "mright": r"\right",
    "bm": r"\boldsymbol",
    "mathbbm": r"\mathbb",
    **dict.fromkeys(("otilde", "Otilde", "Otil", "bigOtil", "Ot", "tlO"), r"\tilde{O}"),
}  # fmt: skip
"""Commands that authors define for themselves, with what nearly all mean by them; the most frequent
ones of paperlists that latex2mathml does not know."""

_PERCENT = re.compile(r"(?<!\\)%")
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def convert_formula(formula: str) -> str:
    """Convert a formula to MathML.

    Args:
        formula: The formula with its dollar signs.

    Returns:
        A ``math`` element, or nothing if the formula has to stay TeX.
    """
    tex = _PERCENT.sub(r"\\%", formula.strip("$").strip())
    if not _can_be_read(tex):
        return ""
    # Imported only for the first formula: it takes 40 ms, in which it reads a table of symbols.
    from latex2mathml.converter import Converter

    try:
        element = Converter().convert_to_element(_COMMAND.sub(_replace_macro, tex))
        return write_element(element, tex)
    except Exception:  # noqa: BLE001 - whatever a formula makes latex2mathml raise, it stays TeX
        return ""


def _can_be_read(tex: str) -> bool:
    return (
        0 < len(tex) <= LONGEST_FORMULA
        and not _DEFINING.search(tex)
        and not _WORDS.search(_TEXTS.sub("", tex))
        and _measure_depth(tex) <= DEEPEST_GROUP
    )


def _measure_depth(tex: str) -> int:
    deepest = depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest


def _replace_macro(found: re.Match[str]) -> str:
    return _MACROS.get(found[1], found[0])
