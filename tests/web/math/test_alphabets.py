"""Test that letters have their counterparts in other alphabets."""

import pytest

from web.math.alphabets import replace_letters


@pytest.mark.parametrize(
    ("text", "variant", "replaced"),
    [
        ("Ab1", "bold", "𝐀𝐛𝟏"),
        ("θ", "bold", "𝛉"),
        ("RNx", "double-struck", "ℝℕ𝕩"),
        ("OL", "script", "𝒪ℒ"),
        ("gC", "fraktur", "𝔤ℭ"),
        ("A", "sans-serif", "𝖠"),
        ("x+é", "monospace", "𝚡+é"),
        ("x", "normal", "x"),
        ("x", "no such alphabet", "x"),
        ("", "bold", ""),
    ],
)
def test_letters_of_an_alphabet(text: str, variant: str, replaced: str) -> None:
    """Letters and digits are replaced; what the alphabet does not have stays."""
    assert replace_letters(text, variant) == replaced
