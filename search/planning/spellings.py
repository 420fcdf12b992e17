"""Find the other spellings of typed words: joined, with a hyphen or a space, or apart at digits.

``pretraining``, ``pre-training`` and ``pre training`` find the same papers, and so do ``IL6``,
``IL-6`` and ``IL 6``. The index stays as it is: the other spellings are added to the query, if
papers have them. Words in quotes are searched as written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, product

from index.text.analyser import tokenise_word
from index.text.stems import stem, stem_all
from search.language.fields import BY_NAME, FieldKind
from search.language.parser import Parsed
from search.language.stopwords import STOP_WORDS, is_stop_word
from search.language.tree import And, Boost, Not, Or, Query, Required, Row, Word, list_leaves
from search.planning.compounds import (
    PARTICLES,
    WITH_STOP_WORDS,
    is_frequent_part,
    may_be_part,
)
from search.planning.plan import Node, Statistics, Term, Tokens, Weighted, all_of

MOST_WORDS = 30
"""Words of a query whose other spellings are looked up, which takes 0.02 ms each."""

MOST_PIECES = 5
"""Runs of letters or digits of one word. All ways to join some of five are 16."""

MOST_SPLITS = 2
"""Splits of one joined word, the most frequent ones; chosen."""

RARER = 10
"""How much rarer than a joined word its parts may be. A split adds at most as many papers as its
rarer part is in; without this limit, ``demonstrate`` would be searched as "demon strate" too."""

_OTHER_FORMS = {
    stem(one): (other,)
    for pair in (("matrix", "matrices"), ("index", "indices"))
    for one, other in (pair, reversed(pair))
}
"""Plurals by the stem of the singular, and the reverse. With one stem for both, as other irregular
plurals have (`index.text.word_forms`), nDCG@10 on CACM falls from .530 to .514."""

SPLIT_WEIGHT = 0.5
"""Weight of the parts of a word that was typed joined. A phrase of two scores like two words, and
the word as typed should come first."""

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_LARGE = re.compile("[1-9][0-9]{4,8}")
_JOINED_FIELDS = {FieldKind.TEXT, FieldKind.WORDS}
_PAIR = 2


def add_spellings(parsed: Parsed, statistics: Statistics) -> Parsed:
    """Add the other spellings of the words of a query.

    Args:
        parsed: The query as typed.
        statistics: Counts of the index.

    Returns:
        The same query, with the other spellings in `Word.also`.
    """
    if len(list_leaves(parsed.query, negated=True)) > MOST_WORDS:
        return parsed
    return replace(parsed, query=_Speller(statistics).add(parsed.query))


def match_spelling(row: Row) -> Node:
    """Return a node that matches another spelling of a word in the text."""
    if len(row) == 1:
        return Term("text", stem(row[0]))
    return Weighted(Tokens("text", tuple(stem_all(row))), SPLIT_WEIGHT)


def match_stems(field: str, found: Sequence[str]) -> Node:
    """Match a word in a field of stems, which has no positions: those of the text must do."""
    terms: list[Node] = [Term(field, token) for token in stem_all(found)]
    return all_of([Tokens("text", tuple(stem_all(found))), *terms] if len(terms) > 1 else terms)


class _Speller:
    """Adds the spellings that papers of one index have."""

    def __init__(self, statistics: Statistics) -> None:
        self._count_documents = statistics.count_documents

    def add(self, query: Query) -> Query:
        """Return a query with other spellings added to its words."""
        match query:
            case And(children=children, spelt=spelt):
                added = tuple(map(self.add, children))
                return replace(query, children=added if spelt else self._join_neighbours(added))
            case Or(children=children):
                return replace(query, children=tuple(map(self.add, children)))
            case Not(child) | Required(child) | Boost(child, _):
                return replace(query, child=self.add(child))
            case Word(text, field, also=()) if _may_have_spellings(query):
                found = tuple(self._find_spellings(tuple(tokenise_word(text)), field))
                return replace(query, also=found) if found else query
            case _:
                return query

    def _count(self, token: str, field: str) -> int:
        """Count the papers with a word, stemmed unless the field holds words as written."""
        known = BY_NAME[field] if field else None
        if known is not None and known.kind is FieldKind.WORDS:
            return self._count_documents(known.index[0], token)
        return self._count_documents("text", stem(token))

    def _find_spellings(self, row: Row, field: str) -> Iterator[Row]:
        pieces = [piece for token in row for piece in _split_at_digits(token)]
        if len(pieces) == 1:
            if (form := _OTHER_FORMS.get(stem(row[0]))) and self._count(form[0], field):
                yield form
            yield from self._split_word(row[0], field)
            groups = _split_thousands(row[0])
            if groups and all(self._count(group, field) for group in groups):
                yield groups
        elif len(pieces) <= MOST_PIECES and not any(map(_is_whole_sign, pieces)):
            for other in _list_joins(pieces):
                parted = any(one in STOP_WORDS and one not in row for one in other)
                if other != row and not parted and all(self._count(one, field) for one in other):
                    yield other

    def _split_word(self, word: str, field: str) -> list[Row]:
        """Split a joined word in two, where papers have both parts."""
        if word in WITH_STOP_WORDS:
            return [WITH_STOP_WORDS[word]]
        if not word.isalpha() or word in STOP_WORDS:
            return []
        joined = self._count(word, field)
        if self._count_documents("author", word) > joined:
            return []
        found: list[tuple[int, Row]] = []
        for at in range(1, len(word) - 1):
            row = word[:at], word[at:]
            if rarer := self._count_rarer(row, field):
                needed = joined / RARER if is_frequent_part(*row) else joined
                if rarer >= needed and (at > 1 or not joined or is_frequent_part(*row)):
                    found.append((-rarer, row))
        return [row for _, row in sorted(found)[:MOST_SPLITS]]

    def _count_rarer(self, row: Row, field: str) -> int:
        """Count the papers with the rarer part of a split; 0 if it may not be split there."""
        if not all(map(may_be_part, row)):
            return 0
        rarer = self._count(row[0], field)
        return rarer and min(rarer, self._count(row[1], field))

    def _join_neighbours(self, children: tuple[Query, ...]) -> tuple[Query, ...]:
        """Add the joined spelling of neighbours, such as ``pre training``, to each of them.

        Both then match where the joined word stands, so a paper needs either both or that.
        """
        added = list(children)
        for length in (_PAIR, _PAIR + 1):
            for start in range(len(children) - length + 1):
                window = children[start : start + length]
                joined = _join_words(window)
                if joined and self._count(joined, getattr(window[0], "field", "")):
                    for at in range(start, start + length):
                        if isinstance(word := added[at], Word):
                            added[at] = replace(word, also=(*word.also, (joined,)))
        return tuple(added)


def _may_have_spellings(word: Word) -> bool:
    return not word.field or BY_NAME[word.field].kind in _JOINED_FIELDS


def _split_at_digits(token: str) -> list[str]:
    """Split a token between letters and digits; one with other signs stays whole."""
    return _PIECE.findall(token) if token.isalnum() else [token]


def _split_thousands(token: str) -> Row:
    """Split a number as it is written with spaces: ``10 000``; one of four digits may be a year."""
    if not _LARGE.fullmatch(token):
        return ()
    start = len(token) % 3 or 3
    return (token[:start], *(token[at : at + 3] for at in range(start, len(token), 3)))


def _is_whole_sign(piece: str) -> bool:
    """Return whether a piece is one character of a script that is written without spaces."""
    return len(piece) == 1 and not piece.isascii()


def _list_joins(pieces: Sequence[str]) -> Iterator[Row]:
    """Yield all ways to join neighbouring pieces, except two numbers."""
    for joins in product((False, True), repeat=len(pieces) - 1):
        row = [pieces[0]]
        for before, join, piece in zip(pieces, joins, pieces[1:], strict=False):
            if join and before.isdecimal() and piece.isdecimal():
                break
            row[-1:] = [row[-1] + piece] if join else [row[-1], piece]
        else:
            yield tuple(row)


def _join_words(words: tuple[Query, ...]) -> str:
    """Join neighbouring words of one field; return an empty text if they may not be joined."""
    fields = {word.field for word in words if isinstance(word, Word) and _may_have_spellings(word)}
    rows = [tokenise_word(word.text) for word in words if isinstance(word, Word)]
    if len(fields) != 1 or len(rows) < len(words) or any(len(row) != 1 for row in rows):
        return ""
    row = tuple(row[0] for row in rows)
    numbers = [token.isdecimal() for token in row]
    joined = "".join(row)
    if all(numbers):
        return joined if _split_thousands(joined) == row else ""
    if any(map(_is_whole_sign, row)) or (len(row) > _PAIR and not any(numbers)):
        return ""
    optional = [is_stop_word(word.text) for word in words if isinstance(word, Word)]
    allowed = all(token in PARTICLES for token in compress(row, optional)) and not all(optional)
    return joined if allowed or WITH_STOP_WORDS.get(joined) == row else ""
