"""Find and list the values of a facet over the whole index, whatever their number.

An index may have a million topics. So nothing here walks through all of them: values are listed by
their number of papers, by how they begin, or by their words.
"""

from index.text.analyser import tokenise
from search.answers.restrictions import NOT_HIDDEN
from search.engines.engine import Engine, ValueCounts, rank_values
from search.planning.plan import Node, Term, Tokens, all_of, any_of
from search.request.facets import Selection, find_index_field, normalise_selections

WORDS = {"venue": "venue_words", "topic": "topic_words", "institution": "institution_words"}
"""The field of the words of each facet whose values can be looked up by them."""

MOST = 1_000
"""Values of one list at most. Chosen: they are ten pages."""

ENDINGS = 50
"""Words that the last, perhaps unfinished word of a search for values may become; chosen."""

LONGEST = 1_000
"""Characters of a value that is looked up: as many as an index keeps of one."""

_MOST_TOKENS = 20
_CANDIDATES = 200


def find_value(engine: Engine, name: str, typed: str) -> str | None:
    """Return a value as the index writes it, or None if no paper has it.

    Args:
        engine: The engine.
        name: A facet of `WORDS`.
        typed: The value in any case, or a name by which a venue is known: ``nips``.
    """
    typed = " ".join(typed[:LONGEST].split())
    if not typed:
        return None
    field = find_index_field(name)
    selected = normalise_selections({name: Selection((typed,))}, engine)[name]
    for value in (typed, *selected.values):
        if engine.count_documents(field, value):
            return value
    found = _count(engine, name, _match_words(name, tokenise(typed)), _CANDIDATES)
    alike = [value for value, _ in found if value.casefold() == typed.casefold()]
    return alike[0] if alike else None


def list_frequent(engine: Engine, name: str, limit: int = MOST) -> ValueCounts:
    """List the values of a facet that the most papers have."""
    field = find_index_field(name)
    return engine.count_facets(NOT_HIDDEN, {field: None}, limit)[field]


def list_beginning(engine: Engine, name: str, letter: str, limit: int = MOST) -> ValueCounts:
    """List the values of a facet that begin with a letter, in upper or lower case.

    Args:
        engine: The engine.
        name: A facet.
        letter: One letter.
        limit: The most values; the less frequent ones are left out.
    """
    field = find_index_field(name)
    starts = dict.fromkeys((letter.upper(), letter.lower()))
    found = [pair for start in starts for pair in engine.complete(field, start, limit, NOT_HIDDEN)]
    ranked = rank_values(found, limit)
    return ValueCounts(ranked.counts, complete=len(found) < limit)


def list_containing(engine: Engine, name: str, text: str, limit: int = MOST) -> ValueCounts:
    """List the values of a facet that contain words, of which the last may be unfinished.

    Args:
        engine: The engine.
        name: A facet of `WORDS`.
        text: The words.
        limit: The most values; the less frequent ones are left out.
    """
    tokens = tokenise(text[:LONGEST])[:_MOST_TOKENS]
    if not tokens:
        return ValueCounts([])
    field, last = WORDS[name], tokens[-1]
    endings = [token for token, _ in engine.complete(field, last, ENDINGS)]
    matches: list[Node] = [Term(field, token) for token in tokens[:-1]]
    matches.append(any_of([Term(field, token) for token in dict.fromkeys((last, *endings))]))
    found = _count(engine, name, all_of(matches), MOST)
    kept = [(value, count) for value, count in found if _contains(tokenise(value), tokens)]
    return rank_values(kept, limit)


def _contains(words: list[str], tokens: list[str]) -> bool:
    """Return whether a value has every word, and one that begins like the last."""
    *whole, last = tokens
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)


def _match_words(name: str, tokens: list[str]) -> Node:
    tokens = tokens[:_MOST_TOKENS]
    if len(tokens) > 1:
        return Tokens(WORDS[name], tuple(tokens))
    return any_of([Term(WORDS[name], token) for token in tokens])


def _count(engine: Engine, name: str, match: Node, limit: int) -> list[tuple[str, int]]:
    """Count the values of the papers that match and are not hidden, the most frequent first."""
    field = find_index_field(name)
    return engine.count_facets(all_of([match, NOT_HIDDEN]), {field: None}, limit)[field].counts
