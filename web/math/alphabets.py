"""Replace letters by those of the mathematical alphabets of Unicode: bold, script, double-struck.

Browsers ignore the attribute ``mathvariant`` unless it says ``normal``, so a bold letter has to be
a character of its own.
"""

import unicodedata
from functools import lru_cache

_NAMES = {
    "bold": ("MATHEMATICAL BOLD",),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC",),
    "italic": ("MATHEMATICAL ITALIC",),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "bold-script": ("MATHEMATICAL BOLD SCRIPT",),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "bold-fraktur": ("MATHEMATICAL BOLD FRAKTUR",),
    "sans-serif": ("MATHEMATICAL SANS-SERIF",),
    "bold-sans-serif": ("MATHEMATICAL SANS-SERIF BOLD",),
    "sans-serif-italic": ("MATHEMATICAL SANS-SERIF ITALIC",),
    "sans-serif-bold-italic": ("MATHEMATICAL SANS-SERIF BOLD ITALIC",),
    "monospace": ("MATHEMATICAL MONOSPACE",),
}
"""How the names of characters begin, by the value of ``mathvariant``. The letters that Unicode had
before these alphabets, such as the double-struck R, have names of their own."""

_SCRIPTS = ("LATIN ", "GREEK ")


def replace_letters(text: str, variant: str) -> str:
    """Return a text in another alphabet; what has no letter there stays.

    Args:
        text: A few letters or digits.
        variant: A value of ``mathvariant``.
    """
    return "".join(_replace(letter, variant) for letter in text)


@lru_cache(1 << 11)
def _replace(letter: str, variant: str) -> str:
    name = unicodedata.name(letter, "").replace(" LETTER ", " ")
    for script in _SCRIPTS:
        name = name.removeprefix(script)
    for beginning in _NAMES.get(variant, ()):
        try:
            return unicodedata.lookup(f"{beginning} {name}")
        except KeyError:
            continue
    return letter
