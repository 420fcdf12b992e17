"""Report words that have a meaning in other query languages but not in this one."""

import re

from search.language.fields import FieldKind, SearchField
from search.language.tokens import Report, Token, TokenKind

_OPERATORS = {
    "||": "OR", "|": "OR", "&&": "AND", "ANDNOT": "AND NOT", "ANDMAYBE": "OR", "REQUIRE": "AND",
    "hasabstract": "has:abstract",
}  # fmt: skip
_REGEX = re.compile(r"/[^/\s]*[.\])\w][*+?][^/\s]*/|/[^/\s]*\[[^/\s]*\][^/\s]*/")
_NEAR = re.compile(r"(?:near|onear|pre|w)/\d{1,2}|adj\d{1,2}", re.IGNORECASE)
_NO_EXCLUSION = '"!" does not exclude a word: write -word or NOT word'
_COMPARED = re.compile(r"[<>]=?\d")


def report_foreign_words(token: Token, field: SearchField | None, report: Report) -> None:
    """Report what a token would mean elsewhere, and what to type instead.

    Args:
        token: A CHUNK or RANGE.
        field: The field it is searched in, or None for any field.
        report: Called with the notice, if there is one.
    """
    if token.text.isalpha() and token.text not in _OPERATORS:
        return  # nearly all words
    if message := _describe(token, field):
        report(message, token.at)


def spell_out_regex(text: str) -> str:
    """Return the words of a regular expression, and any other text as it is."""
    if text[0] != "/" or not _REGEX.fullmatch(text):
        return text
    return re.sub(r"[^\w\s]|_", " ", text)


def _describe(token: Token, field: SearchField | None) -> str:
    text = token.text
    is_name = field is not None and field.kind is FieldKind.NAME
    cases = (
        (text in _OPERATORS, f'"{text}" is not an operator: write {_OPERATORS.get(text)}'),
        ("||" in text or "&&" in text, '"||" and "&&" are not operators: write OR and AND'),
        (
            _REGEX.fullmatch(text),
            "Regular expressions are searched as words: use * and ? in a word",
        ),
        (_NEAR.fullmatch(text), f'"{text}" is not an operator: write "two words"~3'),
        (text[0] == "!" and text[1:].strip("!?"), _NO_EXCLUSION),
        (
            token.kind is TokenKind.RANGE or _COMPARED.match(text),
            "A range needs a field, as in year:2019..2022",
        ),
        (text[0] in "[{" and field is not None, "Only numbers have ranges: searched as words"),
        (
            text[-1] == "," and is_name,
            f'Only "{text}" is searched as the author: quote a whole name, as in author:"Kumar, A"',
        ),
    )
    return next((message for holds, message in cases if holds), "")
