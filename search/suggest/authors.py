"""Complete the names of authors."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from index.fields import BARE
from index.names.matching import TypedName
from index.names.query_forms import MOST_WORDS
from index.records import Author
from index.text.analyser import tokenise_name
from search.engines.engine import Engine
from search.planning.author_names import plan_name
from search.planning.plan import NOTHING, Exact, Plan, Term, all_of
from search.suggest.partial_input import Prefix

COMPLETE_PAPERS = 160
"""Papers that are read for a complete word: all papers of a rare name, and enough of a common name
to find most of its frequent bearers. Counting all papers of Wang takes 37 ms at 95,000 papers."""

PARTIAL_PAPERS = 20
"""Papers that are read for each completion of an incomplete word; the next letters narrow it."""

SHORT_WORD = 3
"""Letters of a word that may be initials or the beginning of a surname: ``lj``, ``van``, ``O``."""

TOKENS = 4
"""Completions of an incomplete word that are tried."""


class _Authors(msgspec.Struct):
    """The authors of a paper, decoded without the rest."""

    authors: tuple[Author, ...] = ()


_decode = msgspec.msgpack.Decoder(_Authors).decode


def decode_authors(record: bytes) -> tuple[Author, ...]:
    """Return the authors of an encoded paper without decoding the rest."""
    return _decode(record).authors


def complete_authors(engine: Engine, typed: Prefix, limit: int) -> Iterator[tuple[str, int]]:
    """Complete the words of an author's name, in any order.

    Args:
        engine: The engine of the generation.
        typed: Words of a name; the last one may be incomplete.
        limit: The most names to return.

    Yields:
        (name as written, papers) pairs, the most frequent first.
    """
    typed = replace(typed, words=tuple(tokenise_name(typed.typed)))
    if not typed.words:
        return
    names = _find_bearers(engine, typed)
    found = dict(engine.complete("author_key", typed.text, limit))
    if not (names or found):
        names = _find_whole_name(engine, typed)
    found |= {key: engine.count_documents("author_key", key) for key in names}
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    for key, count in ranked:
        yield names.get(key) or find_written_name(engine, key), count


def _find_bearers(engine: Engine, typed: Prefix) -> dict[str, str]:
    """Find authors with these words in some papers; return names as written by author key."""
    others = typed.words[:-1]
    lasts = [typed.words[-1]] if typed.complete else _complete_last(engine, typed.words)
    names: dict[str, str] = {}
    for last in lasts:
        wanted = Counter((*others, last))
        match = all_of([Term("author", word) for word in (*others, last)])
        limit = COMPLETE_PAPERS if last == typed.words[-1] else PARTIAL_PAPERS
        for _, record in engine.find(Plan(match), None, 0, limit).hits:
            for author in decode_authors(record):
                if author.key in names or (last.isascii() and last not in author.key):
                    continue
                if wanted <= Counter(tokenise_name(author.name)):
                    names[author.key] = author.name
    return names


def _find_whole_name(engine: Engine, typed: Prefix) -> dict[str, str]:
    """Find authors by a whole name whose words are not all words of the author: ``roux jl``."""
    if len(typed.words) > MOST_WORDS or min(map(len, typed.words)) > SHORT_WORD:
        return {}
    match = plan_name(typed.typed, engine, first=False, exact=True)
    if match == NOTHING:
        return {}
    name = TypedName(typed.typed)
    hits = engine.find(Plan(match), None, 0, COMPLETE_PAPERS).hits
    authors = (author for _, record in hits for author in decode_authors(record))
    return {author.key: author.name for author in authors if name.matches(author.name)}


def _complete_last(engine: Engine, words: tuple[str, ...]) -> list[str]:
    within = all_of([Term("author", word) for word in words[:-1]]) if len(words) > 1 else None
    found = engine.complete("author", words[-1], 2 * TOKENS, within)
    return [token for token, _ in found if len(token) > 1 and token[-1] != BARE][:TOKENS]


def find_written_name(engine: Engine, key: str) -> str:
    """Return the name of an author key as one of the papers writes it; the key without a paper."""
    hits = engine.find(Plan(Exact("author_key", key), scored=False), None, 0, 1).hits
    authors = (author for _, record in hits for author in decode_authors(record))
    return next((author.name for author in authors if author.key == key), key)
