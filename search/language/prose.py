"""Recognise pasted prose and split it into words.

In an abstract, a page or a bibliography, nobody means the signs of the query language: a dash
excludes nothing, quotes require nothing, and a word before a colon names no field. A text counts as
prose if it is long and has few operators for its length; a long query that somebody wrote, such as
two hundred ids joined by OR, has many.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import category

from index.normalise.identifier_search import match_identifier
from index.text.scripts import UNSPACED
from search.language.fields import BY_NAME, FIELDS, FieldKind
from search.language.lexer import read_identifier
from search.language.notices import Notice
from search.language.terms import parse_plain_word
from search.language.tree import Query, Span, Value, Word, all_of
from search.language.typed_text import clean_query

FEWEST_WORDS = 30
"""Words outside of quotes from which a text may be prose; hardly any title has as many. nDCG@10 of
CACM, whose questions have up to 79 words, is .514 without prose and .521 with 12 or 30 words."""

SHORTEST_PROSE = 45
"""Characters of the shortest prose: of a script without spaces, three are about two words."""

WORDS_PER_OPERATOR = 8
"""A text with an operator for every so many words is a query; chosen. An abstract in capitals has
one for 25 words, as every "and", "or" and "not" looks like one; a query for a systematic review has
one for two or three."""

READ_AS_PROSE = "Read as pasted text: its quotes and operators are searched as words"
"""The notice about a text that contains any."""

LONGEST_WORD = 4
"""Parts of a word with signs inside, as in ``state-of-the-art``; the parts of a longer one, such as
an address, are words by themselves. Chosen."""

_QUOTED = re.compile(r"(?<!\w)[\"“„«][^\"“”„«»]*[\"”“»](?!\w)")
_NAMED = "|".join(rf"(?<=(?<![^\s()+-]){name}:)" for name in BY_NAME)
"""Matches behind the colon of a field."""

_OPERATOR = re.compile(
    "|".join(
        (
            *(rf'{word}(?<![^\s()"]{word})(?![^\s()"])' for word in ("AND", "OR", "NOT")),
            *(rf"{sign}(?<![^\s(]{sign})(?=[^\s)+-])" for sign in (r"-", r"\+")),
            r"\*(?<=\w\w\w\*)(?![^\s)])",
            rf":(?=\S)(?:{_NAMED})",
        )
    )
)
"""Each kind begins with the sign itself and then looks back, which takes a tenth of the time."""

_VALUES = "|".join(field.name for field in FIELDS if field.kind is FieldKind.VALUE)
_PRINTED = re.compile(rf'({_VALUES}):"([^"]*\w[^"]*)"')
"""An identifier as the interpreted query shows it, which can be pasted again."""

_SPACED_WORD = re.compile(r'[^\W_][^\s"():^~*?\[\]{}<>=|]*')
_CHUNK = re.compile(r"[^\s\"“”„«»()<>\[\]{}]+")
_PIECE = re.compile(rf"[{UNSPACED}]+|[^\s\":^~*?\[\]{{}}<>=|{UNSPACED}]+")
_RUN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MARKED = re.compile(r"[\d:/]")
_EDGES = ".,;"


def is_prose(text: str) -> bool:
    """Return whether a text is prose rather than a query.

    Args:
        text: Any text.
    """
    if len(text) < SHORTEST_PROSE:
        return False
    bare = _QUOTED.sub('"', text)
    operators = _OPERATOR.findall(bare)
    # Operators count as words, since those that join nothing are searched as words.
    fields, signs = operators.count(":"), sum(map(operators.count, "-+*"))
    words = count_words(bare) - fields + signs
    return words >= FEWEST_WORDS and words > WORDS_PER_OPERATOR * len(operators)


def count_words(text: str) -> int:
    """Count the words of a text; three characters of a script without spaces are about two."""
    return len(_SPACED_WORD.findall(text)) + len(_UNSPACED.findall(text)) * 2 // 3


def parse_prose(text: str) -> tuple[Query, tuple[Notice, ...]]:
    """Parse prose into its words and identifiers.

    Args:
        text: Any text.

    Returns:
        The tree, and a notice if the text contains what would be operators in a query.
    """
    typed = clean_query(text)
    found = list(_parse_chunks(typed.text))
    if typed.places:
        found = [_move_leaf(leaf, typed.restore(leaf.at)) for leaf in found]
    has_operators = _OPERATOR.search(text) or _QUOTED.search(text)
    notices = (Notice(READ_AS_PROSE, (0, len(text)), whole=True),) if has_operators else ()
    return all_of([*found]), notices


def _move_leaf(leaf: Value | Word, at: Span) -> Value | Word:
    """Return a leaf with another span; for words in a tenth of the time of `replace`."""
    return Word(leaf.text, at=at) if isinstance(leaf, Word) else replace(leaf, at=at)


def _parse_chunks(text: str) -> Iterator[Value | Word]:
    """Yield the words and identifiers of prose that is cleaned."""
    end = 0
    for chunk in _CHUNK.finditer(text):
        start, word = chunk.start(), chunk[0].strip(_EDGES)
        if start < end:
            continue
        if chunk[0][-1] == ":" and (printed := _PRINTED.match(text, start)):
            end = printed.end()
            yield Value(BY_NAME[printed[1]].name, printed[2], printed.span())
        elif word.isascii() and word.isalpha() and not word.isupper():  # most words
            yield Word(word, at=chunk.span())
        # An identifier has a digit, or a prefix with a colon.
        elif _MARKED.search(chunk[0]) and (known := match_identifier(text, start)):
            field, value = read_identifier(known)
            end = known.span[1]
            yield Value(field.name, value, known.span)
        else:
            words = (parse_plain_word(*piece) for piece in _split_chunk(text, chunk.span()))
            yield from filter(None, words)


def _split_chunk(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the words of a chunk with their spans.

    Of a script without spaces, every two neighbours are a word: ``深度``, ``度学`` and ``学习`` for
    ``深度学习``. A clause of prose is too long to occur in another text.
    """
    for piece in _PIECE.finditer(text, *span):
        start, end = piece.span()
        if _UNSPACED.match(piece[0]):
            letters = [at for at in range(start + 1, end) if category(text[at])[0] != "M"]
            starts, ends = [start, *letters], [*letters, end]
            for first, last in zip(starts[:-1] or starts, ends[1:] or ends, strict=True):
                yield text[first:last], (first, last)
        elif len(runs := list(_RUN.finditer(text, start, end))) > LONGEST_WORD:
            yield from ((run[0], run.span()) for run in runs)
        else:
            yield piece[0], (start, end)
