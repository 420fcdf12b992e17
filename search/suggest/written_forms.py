"""Find out how papers write a folded word: ``Überprüfung``, ``нейронные``, ``d'Urgell``.

The index and the vocabulary hold folded words. Their written form is read from a few papers that
contain them, only for words that are about to be suggested.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from index.records import Paper, decode_paper
from index.text.analyser import find_spans, has_plain_tokens, tokenise, tokenise_name
from index.text.memo import weaken_method
from search.engines.engine import Engine
from search.planning.plan import Plan, Term, any_of

MOST_PAPERS = 5
"""Papers that are read for one word, which takes about a millisecond; chosen."""

CACHED = 1_000
"""Words whose spellings are kept in memory: people misspell the same words. Chosen."""

_SPELT_OUT = re.compile("([aou])e")


class WrittenForms:
    """The written forms of words in one view of a generation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cached = lru_cache(CACHED)(weaken_method(self._find))

    def find(self, token: str, fields: tuple[str, ...]) -> str:
        """Return the most frequent spelling of a folded word, in lower case.

        Args:
            token: The folded word.
            fields: The index fields that contain it.

        Returns:
            The spelling; the folded word itself if none of the papers tells.
        """
        return self._cached(token, fields)

    def _find(self, token: str, fields: tuple[str, ...]) -> str:
        match = any_of([Term(field, token) for field in fields])
        hits = self._engine.find(Plan(match), None, 0, MOST_PAPERS).hits
        forms = Counter[str]()
        for _, record in hits:
            forms.update(_list_forms(decode_paper(record), token))
        best = sorted(forms, key=lambda form: (-forms[form], form))
        return best[0] if best else token


def contract_umlauts(token: str) -> str:
    """Return a folded word with ``ae``, ``oe`` and ``ue`` as umlauts are folded."""
    return _SPELT_OUT.sub(r"\1", token)


def _list_forms(paper: Paper, token: str) -> Iterator[str]:
    """Yield each place of a word in a paper's title, abstract and names, in lower case."""
    for text in (paper.title, paper.abstract):
        if text.isascii() and "'" not in text and has_plain_tokens(text):
            yield from [token] * tokenise(text).count(token)
        else:
            yield from (text[a:b].lower() for a, b, found in find_spans(text) if found == token)
    for part in (part for author in paper.authors for part in author.name.split()):
        # Names are indexed with their umlauts spelt out, too.
        if tokenise_name(part) in ([token], [contract_umlauts(token)]):
            yield part.strip(",.").lower()
