"""Check what the commands of LaTeX print."""

import pytest

from index.text.latex_commands import accent_letter, find_symbol, format_script, takes_argument


@pytest.mark.parametrize(
    ("content", "raised", "expected"),
    [
        ("2", True, "²"),
        ("-1", True, "⁻¹"),
        ("2", False, "₂"),
        ("nd", True, "nd"),
        ("TM", True, "™"),
        ("0.25", False, "₀.₂₅"),
        ("0.25", True, "^0.25"),
        ("max", False, "_max"),
        ("T", True, "^T"),
        (" ", True, ""),
    ],
)
def test_script_uses_unicode_digits(content: str, *, raised: bool, expected: str) -> None:
    """Numbers become raised or lowered digits; words follow ``^`` or ``_``."""
    assert format_script(content, raised=raised) == expected


def test_only_a_precomposed_letter_is_returned() -> None:
    """The result is empty if Unicode has no single character for letter and accent."""
    assert accent_letter('"', "o") == "ö"
    assert accent_letter("'", "i") == "í"
    assert accent_letter(",", "t") == "ț"
    assert accent_letter('"', "q") == accent_letter(",", "q") == ""


SYMBOLS = [
    ("alpha", "α"),
    ("textalpha", "α"),
    ("textless", "<"),
    ("cprime", "'"),
    ("textbf", ""),
    ("textit", ""),
    ("LaTeX", "LaTeX"),
    ("nosuchcommand", ""),
]


@pytest.mark.parametrize(("name", "symbol"), SYMBOLS)
def test_symbols(name: str, symbol: str) -> None:
    """Symbols are known; typefaces and unknown commands print none."""
    assert find_symbol(name) == symbol


@pytest.mark.parametrize("name", ["ss", "em", "alpha", "textendash", "cprime"])
def test_symbols_have_no_argument(name: str) -> None:
    """Braces after a letter, a switch or a symbol are not its argument."""
    assert not takes_argument(name)
    assert takes_argument("textbf")
