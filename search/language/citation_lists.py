"""Read a list of citations, as a text has it in brackets: ``(Moor et al., 2014; Fen, 2018)``.

Such a list means the papers of any of its citations.
"""

import re
from collections.abc import Iterator, Sequence

from search.language.tokens import Report, Token, TokenKind

LONGEST_LIST = 600
"""Characters of the longest list; chosen."""

_YEARS = r"['\u2019]?(?:(?:1[4-9]|20)\d\d[a-z]?|\d\d)[)\]]?(?:, ?pp?\. ?\d[\d\u2013-]*)?"
_CITATION = rf"[^\W\d_][^;\"\[\]:\d]{{1,90}}[\s,(]{_YEARS}"
_LIST = re.compile(
    rf"\s*[(\[]?\s*{_CITATION}(?:\s*;\s*{_CITATION})+\s*[)\]]?\s*\.?\s*", re.IGNORECASE
)
NOTICE = "Read as a list of citations: papers of any of them are found"


def join_citations(text: str, tokens: list[Token], report: Report) -> list[Token]:
    """Put OR between the citations of a list.

    Args:
        text: The query.
        tokens: Its tokens.
        report: Called with a notice if the query is a list.
    """
    if ";" not in text or len(text) > LONGEST_LIST or not _LIST.fullmatch(text):
        return tokens
    report(NOTICE, (0, len(text)))
    return list(_replace_semicolons(tokens))


def _replace_semicolons(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.kind is not TokenKind.CHUNK or not token.text.endswith(";"):
            yield token
            continue
        if len(token.text) > 1:
            yield token
        end = token.at[1]
        yield Token(TokenKind.OR, "OR", (end - 1, end))
