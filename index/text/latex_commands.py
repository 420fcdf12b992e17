r"""Know what the commands of LaTeX print.

Symbols and accents are looked up in pylatexenc; what it lacks is in the tables here.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from unicodedata import normalize

_NO_SYMBOL = re.compile(r"[%\\]|<.")
_SCRIPT = re.compile(r"[+\-−]?\d+[+\-−]?")
_DECIMAL = re.compile(r"\d+\.\d+")

ACCENTS = {
    "tilde": "~", "widetilde": "~", "hat": "^", "widehat": "^", "bar": "=", "overline": "=",
    "dot": ".", "ddot": '"', "acute": "'", "grave": "`", "check": "v", "breve": "u",
    "polhk": "k", "udot": "d", "soft": "v", "cftil": "^", "ogonek": "k", "textcommabelow": ",",
}  # fmt: skip
"""Commands that put an accent on their argument, with the accent's short name."""

LETTERS = frozenset(
    "ss o O l L ae AE oe OE aa AA i j th TH dh DH dj DJ ng NG cprime cdprime Dbar dbar".split()
)
"""Letters; the space after such a command is not printed."""

SWITCHES = frozenset(
    "em it bf tt sc sl sf rm cal tiny small footnotesize scriptsize normalsize large Large "
    "displaystyle textstyle scriptstyle itshape bfseries scshape ttfamily sffamily noindent par "
    "item left right big Big bigg Bigg bigl bigr mleft mright limits nolimits protect centering "
    "smallskip medskip bigskip newline linebreak xspace relax".split()
) | {
    edge + environment
    for edge in ("begin", "end")
    for environment in ("", "itemize", "enumerate", "description", "center", "abstract")
}
"""Commands that print nothing and have no argument."""

_TEXTS = {
    "ie": "i.e.", "eg": "e.g.", "etc": "etc.", "etal": "et al.", "textbackslash": "∖",
    "today": "today", "copyright": "©", "S": "§", "P": "¶", "Re": "ℜ", "eps": "ε", "euro": "€",
    "quad": " ", "qquad": " ", "space": " ", "slash": "/", "epsilon": "ε", "phi": "φ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "pounds": "£",
    "texttildelow": "~", "textasciicircum": "^", "textasciigrave": "`", "textdollar": "$",
    "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚", "textnumero": "№",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "texteuro": "€",
    "textohm": "Ω", "textcelsius": "°C", "celsius": "°C", "degree": "°",
    "angstrom": "Å", "textperthousand": "‰", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textordfeminine": "ª", "textordmasculine": "º",
    "textlangle": "⟨", "textrangle": "⟩", "textleftarrow": "←", "textrightarrow": "→",
    "nobreakspace": " ", "hyp": "-", "LaTeXe": "LaTeX2e", "textellipsis": "…",
    "cprime": "'", "cdprime": '"', "Dbar": "Đ", "dbar": "đ", "cydot": "·",
} | {
    logo: logo
    for logo in ("TeX", "LaTeX", "BibTeX", "XeTeX", "LuaTeX", "XeLaTeX", "pdfTeX", "ConTeXt")
}  # fmt: skip
"""Texts of commands that pylatexenc lacks or prints otherwise; the last line is of MathSciNet."""

ESCAPED = {character: character for character in "%&_#$(){}[]'\"`^~=.*"} | {
    "|": "‖", "\\": " ", " ": " ", "\n": "\n", ",": " ", ";": " ", ":": " ",
    "!": "", "/": "", "-": "", "@": "",
}  # fmt: skip
"""What a backslash before another sign than a letter prints."""

TWO_ARGUMENTS = frozenset(
    {"href", "frac", "tfrac", "dfrac", "textcolor", "color", "texorpdfstring", "foreignlanguage"}
)
"""Commands with two arguments, of which the last is printed."""

UNPRINTED = frozenset({"noopsort", "label", "vspace", "hspace", "phantom", "vphantom", "hphantom"})
"""Commands of which the argument is not printed; ``noopsort`` only sorts a bibliography."""

_SUPER = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUB = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


def format_script(content: str, *, raised: bool) -> str:
    """Format a superscript or subscript in Unicode digits, else after ``^`` or ``_``."""
    content = content.strip()
    if _SCRIPT.fullmatch(content):
        return content.translate(_SUPER if raised else _SUB)
    if not raised and _DECIMAL.fullmatch(content):  # Unicode lowers digits only
        return content.translate(_SUB)
    if content in {"", "st", "nd", "rd", "th"}:
        return content
    if raised and content in {"TM", "R"}:
        return "™" if content == "TM" else "®"
    return ("^" if raised else "_") + content


@cache
def accent_letter(mark: str, letter: str) -> str:
    """Return one accented letter.

    Args:
        mark: The accent's LaTeX name, for example ``"`` or ``v``; ``,`` is a comma below.
        letter: One ASCII letter.

    Returns:
        One character, or an empty text if Unicode has no such letter.
    """
    if mark == ",":
        character = normalize("NFC", f"{letter}\N{COMBINING COMMA BELOW}")
        return character if len(character) == 1 else ""
    from pylatexenc.latex2text import LatexNodes2Text

    command = f"\\{mark}{{\\{letter}}}" if letter in "ij" else f"\\{mark}{{{letter}}}"
    character = normalize("NFC", LatexNodes2Text().latex_to_text(command))
    return character if len(character) == 1 and not character.isascii() else ""


@lru_cache(1 << 12)
def find_symbol(name: str) -> str:
    """Return the text of a command without argument, or an empty text."""
    known = _TEXTS.get(name) or _symbol_table()(name)
    if not known and name.startswith("text"):
        greek = _symbol_table()(name.removeprefix("text"))  # \textalpha
        return greek if greek and "\u0370" <= greek <= "\u03ff" else ""
    return known


@cache
def _symbol_table() -> Callable[[str], str]:
    """Return a function that looks up commands for characters in pylatexenc."""
    from pylatexenc.latex2text import get_default_latex_context_db

    known = get_default_latex_context_db()

    def symbol(name: str) -> str:
        text = getattr(known.get_macro_spec(name), "simplify_repl", None)
        plain = isinstance(text, str) and not _NO_SYMBOL.search(text)  # no "<cit.>", "%s"
        return str(text) if plain else ""

    return symbol


def takes_argument(name: str) -> bool:
    r"""Return whether the braces after a command hold its argument: not those of ``\ss{}``."""
    return bool(name) and not (name in LETTERS or name in SWITCHES or find_symbol(name))
