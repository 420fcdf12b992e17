"""Test the tokens of a query."""

from dataclasses import FrozenInstanceError

import pytest

from search.language.tokens import Token, TokenKind


def test_a_token_is_a_value() -> None:
    """Two tokens with the same content at the same place are equal, and none can be changed."""
    token = Token(TokenKind.CHUNK, "word", (0, 4))
    assert token == Token(TokenKind.CHUNK, "word", (0, 4))
    assert token != Token(TokenKind.CHUNK, "word", (1, 5))
    with pytest.raises(FrozenInstanceError):
        token.text = "other"  # type: ignore[misc]
