"""Reduce folded words to their stems, the same when indexing and when searching.

The stemmer is Snowball English (Porter2); spellings and plurals that it would keep apart
are rewritten first. Tokens with a digit or symbol are not stemmed.
"""

from collections.abc import Iterable

import Stemmer

from index.text.memo import Memo
from index.text.word_forms import normalise_form

_CACHED_STEMS = 200_000
"""Stems kept in memory; chosen, not measured."""

_STEMMER = Stemmer.Stemmer("english", 0)


def _compute_stem(token: str) -> str:
    return _STEMMER.stemWord(normalise_form(token)) if token.isalpha() else token


_STEMS = Memo(_compute_stem, _CACHED_STEMS)


stem = _STEMS.__getitem__
"""Stem one folded token; a token with a digit or symbol is returned unchanged."""


def stem_all(found: Iterable[str]) -> list[str]:
    """Stem folded tokens in order."""
    return list(map(_STEMS.__getitem__, found))
