"""Look up the identifiers of a query, which are looked for but never required.

Whoever pastes a reference wants the paper that has its identifier, whatever else was pasted. If no
paper has the identifier, the other words are searched, and a notice says so. A word such as
``PMC1234567`` is an identifier only if some paper has it. ORCID iDs name authors, so the words
beside them must match too.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeGuard

from index.normalise.identifier_keys import list_lookups
from index.normalise.identifier_search import (
    ADDRESS,
    FoundIdentifier,
    identify,
    identify_bare,
)
from index.normalise.identifiers import parse_identifier
from search.language.fields import BY_NAME
from search.language.lexer import read_identifier
from search.language.notices import Notice
from search.language.parser import Parsed
from search.language.tree import (
    And,
    Fuzzy,
    Leaf,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
    all_of,
    list_leaves,
    map_leaves,
)
from search.planning.plan import Exact, Flat, Node, Statistics, any_of
from search.planning.split_identifiers import (
    PAPER_FIELDS,
    has_split_identifier,
    join_split_identifiers,
    read_numbers,
    split_address,
)

FIELDS = PAPER_FIELDS | {"orcid"}

BARE_SCORE = 100.0
"""Score of a paper whose identifier is typed as a bare word. Chosen: above any score by words."""

LONG_NUMBER = 4
"""Digits of a number that hardly means a quantity; the papers of shorter ones score no more than by
a word, so that "IL 6" does not rank the sixth record of PubMed first."""

MOST_WORDS = 60
"""Words beside a known identifier that rank its papers. Chosen; nearly always it is one paper."""


Count = Callable[[str, str], int]
"""A function that counts the papers with a value in a field of the index."""


def names_paper(query: Query) -> TypeGuard[Value]:
    """Return whether a part of a query is an identifier of a paper."""
    return isinstance(query, Value) and query.field in PAPER_FIELDS


def is_plain(query: Query) -> bool:
    """Return whether a part of a query only ranks papers beside an identifier."""
    if isinstance(query, Word | Phrase | Wildcard | Fuzzy):
        return not query.field
    return isinstance(query, Value) and query.field == "orcid"


def match_bare_identifier(text: str, count: Count) -> list[Node]:
    """Return a node for the papers whose id or identifier is a word with digits, if there are any.

    Numbers and ids of any form are words first: the papers with the word in their texts match too.
    """
    if not any(map(str.isdigit, text)):
        return []
    ways = Exact("identifier", text.lower()), Exact("id", text)
    known: list[Node] = [way for way in ways if count(way.field, way.value)]
    score = 1.0 if text.isdecimal() and len(text) < LONG_NUMBER else BARE_SCORE
    return [Flat(any_of(known), score)] if known else []


def match_identifier(value: Value, count: Count) -> Node:
    """Return a node that matches the papers with an identifier.

    Args:
        value: A value of one of `FIELDS`.
        count: Counts the papers with a value in a field of the index.
    """
    ways = list(_list_ways(value))
    return any_of([*next((way for way in ways if _is_known(way, count)), ways[0])])


def resolve_identifiers(parsed: Parsed, statistics: Statistics) -> Parsed:
    """Replace the identifiers of a query by what the index has of them.

    An identifier that no paper has is dropped if it stands beside words or beside an identifier
    that some paper has. AND, OR, ``-`` and ``+`` keep it. An address that no paper has becomes its
    words, and a word that is an identifier of some paper becomes that.

    Args:
        parsed: The query as typed.
        statistics: Counts of the index.

    Returns:
        The query to search for, with a notice for each identifier that no paper has.
    """
    leaves = list_leaves(parsed.query, negated=True)
    if not any(map(_may_name_paper, leaves)) and not has_split_identifier(leaves):
        return parsed
    resolver = _Resolver(statistics.count_documents)
    query = parsed.query
    for _ in range(4):  # without an unknown identifier, numbers that are left may be identifiers
        before = query
        query = map_leaves(resolver.join_parts(query), resolver.recognise_word)
        query = map_leaves(resolver.drop_unknown(query), resolver.split_unknown)
        if query == before:
            break
    found = {*parsed.notices, *resolver.notices}
    notices = sorted(found, key=lambda notice: (notice.at, notice.message))
    return replace(parsed, query=query, notices=tuple(notices))


class _Resolver:
    """Resolves the identifiers of one query, and collects the notices about them."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._known: dict[Value, bool] = {}
        self.notices: list[Notice] = []

    def join_parts(self, query: Query) -> Query:
        """Join the identifiers that were split, and read numbers beside others as identifiers."""
        if not isinstance(query, And) or query.spelt:
            return query
        children = join_split_identifiers(query.children, self._knows)
        return all_of(read_numbers(children, self._knows))

    def recognise_word(self, leaf: Leaf) -> Query:
        """Return the identifier that a word is, if some paper has it; else the leaf."""
        if not isinstance(leaf, Word | Phrase) or not (found := _read_bare(leaf)):
            return leaf
        field, text = read_identifier(found)
        value = Value(field.name, text, leaf.at)
        return value if self._knows(value) else leaf

    def drop_unknown(self, query: Query) -> Query:
        """Drop the identifiers that no paper has from words that stand side by side.

        Beside one that some paper has, words only rank, so the first `MOST_WORDS` are enough.
        """
        if isinstance(query, And) and query.spelt:
            return query
        children = query.children if isinstance(query, And) else (query,)
        unknown = [c for c in children if isinstance(c, Value) and self._is_unknown(c)]
        dropped = set(unknown)
        kept = [child for child in children if child not in dropped]
        known = any(map(names_paper, kept))
        if known:
            plain = [child for child in kept if is_plain(child)]
            kept = [child for child in kept if child not in plain[MOST_WORDS:]]
        elif not any(map(_has_words, kept)):  # an address has words
            unknown = [value for value in unknown if not _is_address(value)]
            kept = [child for child in children if child not in unknown]
            if not any(map(_has_words, kept)):
                for value in unknown:
                    self._report(value, "nothing else to search for")
                return query
        for value in unknown:
            self._report(value, "ignored" if known else "searched for the other words")
        return all_of(kept)

    def split_unknown(self, leaf: Leaf) -> Query:
        """Return the words of an address that no paper has; else the leaf."""
        if not (isinstance(leaf, Value) and _is_address(leaf)) or self._knows(leaf):
            return leaf
        words = [part for word in split_address(leaf.text) if (part := self._read_part(word, leaf))]
        self._report(leaf, "searched for its words")
        return all_of([*words]) if words else leaf

    def _read_part(self, word: Word, address: Value) -> Query | None:
        """Return what a part of an address means alone; None if it is an unknown identifier."""
        found = identify(word.text)
        if found is None:
            return word
        field, text = read_identifier(found)
        value = Value(field.name, text, address.at)
        if self._knows(value):
            return value
        return word if found.scheme == ADDRESS else None

    def _is_unknown(self, value: Value) -> bool:
        """Return whether no paper has an identifier; what has no ``http`` may be no address."""
        if value.field not in FIELDS or self._knows(value):
            return False
        return not _is_address(value) or value.text.lower().startswith(("http", "www."))

    def _knows(self, value: Value) -> bool:
        if value not in self._known:
            self._known[value] = any(_is_known(way, self._count) for way in _list_ways(value))
        return self._known[value]

    def _report(self, value: Value, what: str) -> None:
        name = value.text if value.field == "id" else f"{value.field}:{value.text}"
        kind = "address" if _is_address(value) else "identifier"
        self.notices.append(Notice(f"No paper has the {kind} {name}: {what}", value.at))


def _may_name_paper(leaf: Leaf) -> bool:
    if isinstance(leaf, Value):
        return leaf.field in FIELDS
    return isinstance(leaf, Word | Phrase) and _read_bare(leaf) is not None


def _read_bare(leaf: Word | Phrase) -> FoundIdentifier | None:
    """Return the identifier that a word or a whole phrase may be, if some paper has it."""
    if leaf.field == "author" and (found := identify_bare(leaf.text)) and found.scheme == "orcid":
        return found
    if leaf.field or not ("." in leaf.text or any(map(str.isdigit, leaf.text))):
        return None
    if isinstance(leaf, Phrase) and (found := identify(leaf.text)):
        return found
    return identify_bare(leaf.text)


def _is_address(value: Value) -> bool:
    found = identify(value.text) if value.field == "id" else None
    return found is not None and found.scheme == ADDRESS


def _has_words(query: Query) -> bool:
    """Return whether there is something to search for; an address may become words."""
    return any(
        isinstance(leaf, Word | Phrase | Wildcard | Fuzzy)
        or (isinstance(leaf, Value) and _is_address(leaf))
        for leaf in list_leaves(query)
    )


def _is_known(way: tuple[Exact, ...], count: Count) -> bool:
    return any(count(one.field, one.value) for one in way)


def _list_ways(value: Value) -> Iterator[tuple[Exact, ...]]:
    """Yield groups of nodes; the first group that matches papers tells those that are meant."""
    found, text = _read_value(value), value.text
    typed: tuple[Exact, ...] = ()
    if value.field == "id":
        typed = (Exact("id", text), Exact("identifier", text.lower()))
        scheme, _, rest = text.partition(":")
        if found is None and scheme.isalnum() and rest:  # mag:123, as exports write it
            typed += (Exact("identifier", rest.lower()),)
    if found is None:
        name = "identifier" if value.field == "id" else BY_NAME[value.field].index[0]
        yield typed or (Exact(name, text.lower()),)
        return
    if found.scheme != ADDRESS:
        typed += (Exact("id", f"{found.scheme}:{found.value}"),)
    for keys in list_lookups(found):
        yield (*typed, *(Exact("identifier", key) for key in keys))
        typed = ()


def _read_value(value: Value) -> FoundIdentifier | None:
    if value.field == "id":
        return identify(value.text) or identify_bare(value.text)
    text = parse_identifier(value.field, value.text)
    return FoundIdentifier(value.field, text, (0, len(value.text))) if text else None
