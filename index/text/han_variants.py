"""Find one form for the variants of a Chinese character.

圖, 図 and 图 are one character as written in Taiwan, in Japan and in mainland China. OpenCC knows
which characters are variants; here Japanese forms become traditional ones, and these simplified
ones. One simplified character may stand for several traditional ones (发 for 發 and 髮), which
then share a form too.
"""

from collections.abc import Callable
from functools import cache

_MOST_STEPS = 4
"""Conversions of one character; chosen. Five characters of the basic block need a second one."""


@cache
def _load_converters() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Load the tables; takes about 20 ms, so it is done when the first character is seen."""
    from opencc import OpenCC

    return OpenCC("jp2t").convert, OpenCC("t2s").convert


def unify_variants(character: str) -> str:
    """Return the form that a Chinese character shares with its variants.

    Args:
        character: One character.

    Returns:
        One character; the same for all variants, and for itself.
    """
    to_traditional, to_simplified = _load_converters()
    for _ in range(_MOST_STEPS):
        before, character = character, to_simplified(to_traditional(character))
        if character == before:
            break
    return character
