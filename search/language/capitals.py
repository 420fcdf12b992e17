"""Read a title that is typed in capitals, in which NOT, OR and AND are words.

A query in capitals is a title if an ordinary word is in it (``WHY NOT GRID SEARCH?``); a query of
acronyms keeps its operators (``BERT NOT GPT``), and so does one with quotes, fields, signs or
operators inside brackets.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.folding import fold
from search.language.stopwords import STOP_WORDS, has_ordinary_word, is_in_capitals
from search.language.tokens import Report, Token, TokenKind
from search.language.tree import And, Boost, Not, Or, Query, Required, Word, list_leaves

_RUN = re.compile(r"(?<![^\W_])(?<!\\)[^\W_]{2,}+(?!\()(?:['\u2019][^\W_]+)*")
_OPERATORS = {TokenKind.AND, TokenKind.OR, TokenKind.NOT}
_STRUCTURE = {TokenKind.FIELD, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.BOOST, TokenKind.PLUS}
"""The kinds of tokens that a title does not have."""

_WRITTEN = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.IDENTIFIER}


def read_capitals(tokens: list[Token], report: Report) -> list[Token]:
    """Make words of the operators of a title in capitals.

    Args:
        tokens: All tokens of the query.
        report: Called if NOT or OR is read as a word.
    """
    if not is_in_capitals("".join(token.text for token in tokens if token.kind in _WRITTEN)):
        return tokens
    operators = [token for token in tokens if token.kind in _OPERATORS]
    if not operators or _is_query(tokens):
        return tokens
    if meant := next((token for token in operators if token.kind is not TokenKind.AND), None):
        report(
            f"{meant.text} is read as a word, since all words are in capitals: to use it as an "
            "operator, write the other words in small letters",
            meant.at,
        )
    return [_make_word(token) if token.kind in _OPERATORS else token for token in tokens]


def write_stop_words_small(query: Query) -> Query:
    """Write the stop words of a query small if all of it is in capitals.

    CAN and WHO are acronyms beside words in small letters, but hardly ever in such a text.
    """
    texts = [getattr(leaf, "text", "") for leaf in list_leaves(query, negated=True)]
    # The words that were operators are small already.
    written = "".join(text for text in texts if text not in {"and", "or", "not"})
    return _write_small(query) if is_in_capitals(written) else query


def _is_query(tokens: Sequence[Token]) -> bool:
    """Return whether the operators of a text in capitals are meant."""
    words = [token.text for token in tokens if token.kind is TokenKind.CHUNK]
    return (
        any(token.kind in _STRUCTURE for token in tokens)
        or not has_ordinary_word(words)
        or _has_inner_operator(tokens)
    )


def _has_inner_operator(tokens: Sequence[Token]) -> bool:
    """Return whether an operator is inside brackets."""
    depth = 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth > 0 and token.kind in _OPERATORS:
            return True
    return False


def _make_word(operator: Token) -> Token:
    return replace(operator, kind=TokenKind.CHUNK, text=operator.text.lower())


def _write_small(query: Query) -> Query:
    match query:
        case Word(text):
            return replace(query, text=_RUN.sub(_write_stop_word_small, text))
        case And(children=children) | Or(children=children):
            return replace(query, children=tuple(map(_write_small, children)))
        case Not(child) | Required(child) | Boost(child, _):
            return replace(query, child=_write_small(child))
        case _:
            return query


def _write_stop_word_small(found: re.Match[str]) -> str:
    return found[0].lower() if fold(found[0]) in STOP_WORDS else found[0]
