"""Find the other spellings of typed words: joined, with a hyphen or a space, or apart at digits.

``pretraining``, ``pre-training`` and ``pre training`` find the same papers, and so do ``IL6``,
``IL-6`` and ``IL 6``. The index stays as it is: the other spellings are added to the query, if
papers have them. Words in quotes are searched as written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from operator import is_
from typing import NamedTuple

from index.text.analyser import tokenise_word
from index.text.memo import Memo, weaken_method
from index.text.stems import stem
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
from search.planning.plan import Statistics

MOST_WORDS = 30
"""Words of a query whose other spellings are looked up."""

MOST_PIECES = 5
"""Runs of letters or digits of one word. All ways to join some of five are 16."""

SHORTEST_PART = 3
"""Letters of a part of a compound that is not listed; with two, 12 % of the words were split."""

CACHED = 10_000
"""Words whose spellings are kept in memory."""

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

_DOTTED = {"US": ("u", "s"), "UK": ("u", "k")}
"""Acronyms in capitals that papers also write with dots. ``U.S.`` does not find ``us``, which is
mostly a word."""

_LETTER = r"[^\W\d_]"
_GREEK = f"(?:alpha|beta|gamma|delta|epsilon|theta|kappa|lambda|sigma|omega)(?!{_LETTER})"
_PIECE = re.compile(rf"\d+|{_GREEK}|{_LETTER}+?(?={_GREEK}|\d|$)")
"""A run of digits or letters, with the name of a Greek letter apart: ``TGFβ1`` is ``tgfbeta1``."""
_LARGE = re.compile("[1-9][0-9]{4,8}")
_JOINED_FIELDS = {FieldKind.TEXT, FieldKind.WORDS}
_PAIR = 2


class _Part(NamedTuple):
    """A word that may be a part of a compound: of one token, or several beside a number.

    Attributes:
        field: The field that it is searched in.
        row: Its tokens.
        optional: Whether it is a stop word.
    """

    field: str
    row: Row
    optional: bool


class Speller:
    """Adds the spellings that papers of one generation have to the words of queries."""

    def __init__(self, statistics: Statistics) -> None:
        """Prepare to look up spellings.

        Args:
            statistics: Counts of the index.
        """
        self._count_documents = statistics.count_documents
        self._plain = Memo(weaken_method(self._find_plain), CACHED)

    def add_spellings(self, parsed: Parsed) -> Parsed:
        """Return the same query with the other spellings of its words in `Word.also`."""
        if len(list_leaves(parsed.query, negated=True)) > MOST_WORDS:
            return parsed
        return replace(parsed, query=self._add(parsed.query))

    def _add(self, query: Query) -> Query:
        match query:
            case And(children=children, spelt=spelt):
                added = tuple(map(self._add, children))
                joined = added if spelt else self._join_neighbours(added)
                same = all(map(is_, joined, children))
                return query if same else replace(query, children=joined)
            case Or(children=children):
                return replace(query, children=tuple(map(self._add, children)))
            case Not(child) | Required(child) | Boost(child, _):
                return replace(query, child=self._add(child))
            case Word(text, field, also=()) if _may_have_spellings(query):
                found = self._find_all(text, field) if field else self._plain[text]
                return replace(query, also=found) if found else query
            case _:
                return query

    def _find_plain(self, text: str) -> tuple[Row, ...]:
        return self._find_all(text, "")

    def _find_all(self, text: str, field: str) -> tuple[Row, ...]:
        dotted = _DOTTED.get(text, ())
        found = self._find_spellings(tuple(tokenise_word(text)), field)
        return (*found, dotted) if dotted and self._has_all(dotted, field) else tuple(found)

    def _count(self, token: str, field: str) -> int:
        """Count the papers with a word, stemmed unless the field holds words as written."""
        if field and (known := BY_NAME[field]).kind is FieldKind.WORDS:
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
        elif 1 < len(pieces) <= MOST_PIECES and not any(map(_is_whole_sign, pieces)):
            for other in _list_joins(pieces):
                parted = any(one in STOP_WORDS and one not in row for one in other)
                if other != row and not parted and self._has_all(other, field):
                    yield other
            yield from self._split_letters(pieces, field)

    def _has_all(self, row: Row, field: str) -> bool:
        return all(self._count(token, field) for token in row)

    def _split_letters(self, pieces: Sequence[str], field: str) -> Iterator[Row]:
        """Split letters beside a number that no paper has together: ``sarscov2``."""
        for at, piece in enumerate(pieces):
            if len(piece) >= 2 * SHORTEST_PART and not self._count(piece, field):
                for split in self._split_word(piece, field):
                    for row in _list_joins([*pieces[:at], *split, *pieces[at + 1 :]]):
                        if self._has_all(row, field):
                            yield row

    def _split_word(self, word: str, field: str) -> list[Row]:
        """Split a joined word in two, where papers have both parts."""
        if not word.isalpha() or word in STOP_WORDS:
            return []
        joined = self._count(word, field)
        if self._count_documents("author", word) > joined:
            return []
        found: list[tuple[int, Row]] = []
        for row in _list_splits(word, known=joined > 0):
            rarer_allowed = is_frequent_part(*row) and word not in WITH_STOP_WORDS
            needed = max(1.0, joined / RARER if rarer_allowed else joined)
            rarer = self._count(row[0], field)
            if rarer >= needed and (second := self._count(row[1], field)) >= needed:
                found.append((-min(rarer, second), row))
        return [row for _, row in sorted(found)[:MOST_SPLITS]]

    def _join_neighbours(self, children: tuple[Query, ...]) -> tuple[Query, ...]:
        """Add the joined spelling of neighbours, such as ``pre training``, to each of them.

        Both then match where the joined word stands, so a paper needs either both or that.
        """
        added, parts = list(children), [_read_part(child) for child in children]
        # Three words are only joined if there is a number among them.
        longest = _PAIR + any(part.row[0].isdecimal() for part in parts if part)
        for start, length in product(range(len(parts)), range(_PAIR, longest + 1)):
            window = [part for part in parts[start : start + length] if part]
            joined = _join_parts(window) if len(window) == length else ()
            if joined and self._has_all(joined, window[0].field) and not self._is_name(window):
                for at in range(start, start + length):
                    if isinstance(word := added[at], Word):
                        added[at] = replace(word, also=(*word.also, joined))
        return tuple(added)

    def _is_name(self, parts: Sequence[_Part]) -> bool:
        """Return whether all words are names more often than words."""
        count = self._count_documents
        tokens = [token for part in parts for token in part.row]
        return all(count("author", token) > count("text", stem(token)) for token in tokens)


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


def _list_splits(word: str, *, known: bool) -> Iterator[Row]:
    """Yield the ways to split a word in two; parts may be shorter if no paper has the word."""
    if word in WITH_STOP_WORDS:
        yield WITH_STOP_WORDS[word]
    for at in range(1, len(word) - 1):
        row = word[:at], word[at:]
        shorter = len(row[1]) if not known else min(map(len, row))
        if (shorter >= SHORTEST_PART or is_frequent_part(*row)) and all(map(may_be_part, row)):
            yield row


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


def _read_part(query: Query) -> _Part | None:
    if not isinstance(query, Word) or not _may_have_spellings(query):
        return None
    row = tuple(tokenise_word(query.text))
    if not row or any(map(_is_whole_sign, row)):
        return None
    return _Part(query.field, row, is_stop_word(query.text))


def _join_parts(parts: Sequence[_Part]) -> Row:
    """Join neighbouring words of one field; return an empty row if they may not be joined."""
    if any(len(part.row) > 1 for part in parts):
        return _join_number(parts)
    row = tuple(part.row[0] for part in parts)
    joined = "".join(row)
    numbers = sum(token.isdecimal() for token in row)
    if numbers == len(row):
        return (joined,) if _split_thousands(joined) == row else ()
    if len(row) > _PAIR and not numbers:
        return ()
    optional = [part.row[0] for part in parts if part.optional]
    if len({part.field for part in parts}) > 1 or len(optional) == len(parts):
        return ()
    allowed = PARTICLES.issuperset(optional) or WITH_STOP_WORDS.get(joined) == row
    return (joined,) if allowed else ()


def _join_number(parts: Sequence[_Part]) -> Row:
    """Join a number to the word beside it: ``2.5 GHz``, ``PM 2.5``, ``SARS-CoV 2``."""
    if len(parts) != _PAIR or parts[0].field != parts[1].field:
        return ()
    one, other = (part.row for part in parts)
    if len(one + other) > MOST_PIECES or one[-1].isdecimal() == other[0].isdecimal():
        return ()
    if not any(all(token.isdecimal() for token in row) for row in (one, other)):
        return ()
    return (*one[:-1], one[-1] + other[0], *other[1:])
