"""Read a title that is typed in capitals, in which NOT, OR and AND are words.

A query in capitals is a title if an ordinary word is in it (``WHY NOT GRID SEARCH?``); a query of
acronyms keeps its operators (``BERT NOT GPT``), and so does one with quotes, fields, signs or
operators inside brackets.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.folding import fold
from search.language.lexer import Report, Token, TokenKind
from search.language.stopwords import STOP_WORDS, has_ordinary_word, is_in_capitals

_RUN = re.compile(r"[^\W_]{2,}+(?!\()(?:['\u2019][^\W_]+)*")
_OPERATORS = {TokenKind.AND, TokenKind.OR, TokenKind.NOT}
_STRUCTURE = {TokenKind.FIELD, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.BOOST, TokenKind.PLUS}
"""The kinds of tokens that a title does not have."""

_WRITTEN = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.IDENTIFIER}


def read_capitals(tokens: list[Token], report: Report) -> list[Token]:
    """Make words of the operators of a title in capitals, and write stop words small.

    In a text that is all in capitals, CAN and WHO are hardly ever acronyms.

    Args:
        tokens: All tokens of the query.
        report: Called if NOT or OR is read as a word.
    """
    if not is_in_capitals("".join(token.text for token in tokens if token.kind in _WRITTEN)):
        return tokens
    operators = [token for token in tokens if token.kind in _OPERATORS]
    small = [_write_small(token) if token.kind is TokenKind.CHUNK else token for token in tokens]
    if operators and _is_query(tokens):
        return small
    if meant := next((token for token in operators if token.kind is not TokenKind.AND), None):
        report(
            f"{meant.text} is read as a word, since all words are in capitals: write the other "
            "words small to use operators",
            meant.at,
        )
    return [_make_word(token) if token.kind in _OPERATORS else token for token in small]


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


def _write_small(token: Token) -> Token:
    return replace(token, text=_RUN.sub(_write_stop_word_small, token.text))


def _write_stop_word_small(found: re.Match[str]) -> str:
    return found[0].lower() if fold(found[0]) in STOP_WORDS else found[0]
