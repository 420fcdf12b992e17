"""Test the printing of JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.api.completions import CompletionsDocument
from web.terminal.documents import print_json

if TYPE_CHECKING:
    import pytest


def test_a_document_is_one_line_of_utf_8(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A document is printed as UTF-8 on one line."""
    print_json(CompletionsDocument("Łuk\n", ()))
    assert capfdbinary.readouterr().out == '{"query":"Łuk\\n","completions":[]}\n'.encode()
