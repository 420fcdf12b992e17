"""The stop words, which are optional in a query that has other words."""

import re
from collections.abc import Iterable

from index.text.folding import fold

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by can cannot could did do does doing down during each etc few for "
    "from further had has have having he her here him his how i if in into is it its itself just "
    "like made make many may me might more most much must my no nor not now of off on once one "
    "only or other our out over own same she should so some such than that the their them then "
    "there these they this those through thus to too under until up upon us use used using very "
    "via was we were what when where whether which while who whom whose why will with within "
    "without would you your".split()
)
"""The function words of English. They are indexed, so they can be searched in quotes."""

_ACRONYMS = frozenset(
    "all am an and as at be can do has he if in it me may no not off or so us we who".split()
)
"""Stop words that are also acronyms (CAN, US, WHO) or operators. They do not show that a text in
capitals is prose; chosen."""

_ORDINARY = re.compile(
    r"[^\W\d_]{2,}(?:ing|tion|sion|ment|ness|ity|ance|ence|able|ible|ism|logy|ical|ally|ous|ive|"
    r"work)s?"
)
"""Words with an ending that acronyms do not have; chosen."""

_MOSTLY = 9
"""Capitals for each small letter of a text in capitals, such as ``A SURVEY OF DRAMs``; chosen."""


def is_stop_word(text: str) -> bool:
    """Return whether a typed word need not match."""
    return fold(text) in STOP_WORDS and not is_meant(text)


def is_meant(text: str) -> bool:
    """Return whether a stop word is meant, since it is in capitals: CAN, US, WHO.

    In a query that is all in capitals, the parser writes stop words small.
    """
    return len(text) > 1 and text.isupper()


def is_in_capitals(text: str) -> bool:
    """Return whether a text is in capitals, but for a few letters."""
    if text.isupper():
        return True
    capitals = sum(map(str.isupper, text))
    return capitals > 0 and sum(map(str.islower, text)) * _MOSTLY <= capitals


def has_ordinary_word(words: Iterable[str]) -> bool:
    """Return whether words in capitals are prose, as in a title, rather than acronyms."""
    for word in words:
        folded = fold(word).strip(".,;:!?()")
        if len(folded) > 1 and folded in STOP_WORDS - _ACRONYMS:
            return True
        if _ORDINARY.fullmatch(folded):
            return True
    return False
