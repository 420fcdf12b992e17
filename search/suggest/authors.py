"""Answers: which authors could a name that is still being typed be of?"""

from collections import Counter
from collections.abc import Iterator

import msgspec

from index.fields import BARE
from index.records import Author
from index.text.analyser import tokenise
from search.engines.engine import Engine
from search.planning.plan import Exact, Plan, Term, all_of
from search.suggest.partial_input import Beginning

LOOKED_AT = 160
"""Papers in which bearers of a name are looked for: all of a rare name's, and of a common name's
enough to meet most of its frequent bearers. Counting all of Wang's takes 37 ms at 95,000 papers."""

GLANCED_AT = 20
"""The same for a word that has only begun; more letters soon say which is meant."""

TOKENS = 4
"""Words that a last word is the beginning of, the most frequent ones."""


class _Signed(msgspec.Struct):
    """The one field of a paper that names its authors."""

    authors: tuple[Author, ...] = ()


_DECODE = msgspec.msgpack.Decoder(_Signed).decode


def author_names(engine: Engine, typed: Beginning, limit: int) -> Iterator[tuple[str, int]]:
    """Give authors by the words of their names, in any order, the last perhaps unfinished.

    Args:
        engine: The generation's.
        typed: Words of a name.
        limit: At most so many.

    Yields:
        (name as written, papers) pairs, the most frequent first.
    """
    if not typed.words:
        return
    shown = _bearers(engine, typed)
    found = dict(engine.complete("author_key", typed.text, limit))
    found |= {key: engine.count_documents("author_key", key) for key in shown}
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    for key, count in ranked:
        yield shown.get(key) or _display(engine, key), count


def _bearers(engine: Engine, typed: Beginning) -> dict[str, str]:
    """Look into some papers for authors with these words; give names as written by key."""
    others = typed.words[:-1]
    lasts = [typed.words[-1]] if typed.whole else _endings(engine, typed.words)
    shown: dict[str, str] = {}
    for last in lasts:
        wanted = Counter((*others, last))
        match = all_of([Term("author", word) for word in (*others, last)])
        limit = LOOKED_AT if last == typed.words[-1] else GLANCED_AT
        for _, record in engine.find(Plan(match), None, 0, limit).hits:
            for author in _DECODE(record).authors:
                if last not in author.key or author.key in shown:
                    continue
                if wanted <= Counter(tokenise(author.name)):
                    shown[author.key] = author.name
    return shown


def _endings(engine: Engine, words: tuple[str, ...]) -> list[str]:
    within = all_of([Term("author", word) for word in words[:-1]]) if len(words) > 1 else None
    found = engine.complete("author", words[-1], 2 * TOKENS, within)
    return [token for token, _ in found if len(token) > 1 and token[-1] != BARE][:TOKENS]


def _display(engine: Engine, key: str) -> str:
    hits = engine.find(Plan(Exact("author_key", key), scored=False), None, 0, 1).hits
    names = [author.name for _, r in hits for author in _DECODE(r).authors if author.key == key]
    return names[0] if names else key
