r"""Undo the LaTeX in identifiers and addresses: ``10.1000/a{\_}b\%20c`` is ``10.1000/a_b%20c``."""

import re

_SIGNS = {
    "textless": "<", "langle": "<", "lt": "<", "textgreater": ">", "rangle": ">", "gt": ">",
    "textunderscore": "_", "textasciitilde": "~", "sim": "~", "textendash": "-", "slash": "/",
    "textbackslash": "", "allowbreak": "", "textquotesingle": "'", "textasciicircum": "^",
}  # fmt: skip
"""What commands print in an address; ``\\textbackslash`` results from escaping ``\\_`` again."""

_LATEX = re.compile(
    rf"\{{?\$?\\(?P<name>{'|'.join(_SIGNS)})(?![a-z])(?:\{{\}}| )?\$?\}}?"
    r"|\{?\$(?P<angle>[<>~])\$\}?"
    r"|\{?\\(?P<escaped>[_%#&;$<>~^])(?:\{\})?\}?"
    r"|\\\{(?P<doubled>[_%#&~])\\\}"
    r"|\{(?P<braced>[_%#&~$<>\[\]/.:-])\}"
    r"|\\(?:url|nolinkurl|path)\{(?P<address>[^{}]*)\}"
)


def unescape_latex(text: str) -> str:
    r"""Return an identifier or address with plain signs instead of LaTeX.

    Args:
        text: ``10.1000/a\_b``, ``{\_}``, ``\textless``, ``$<$``, ``\url{https://x.org/\%7Ea}``.
    """
    if "\\" not in text and "$" not in text and "{" not in text:  # nearly always
        return text
    return _LATEX.sub(_unescape, text)


def _unescape(found: re.Match[str]) -> str:
    if found["name"]:
        return _SIGNS[found["name"]]
    if (address := found["address"]) is not None:
        return unescape_latex(address)
    return found["angle"] or found["escaped"] or found["doubled"] or found["braced"]
