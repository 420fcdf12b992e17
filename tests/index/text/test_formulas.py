"""Check which dollar signs delimit a formula, and that repairs leave formulas alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.formulas import (
    convert_delimiters,
    join_formula_numbers,
    shield,
    split_formulas,
    unwrap_words,
)

SHIELDED = [
    ("so $x$ and $\\alpha b$", "SO $x$ AND $\\alpha b$"),
    ("so $$x$$ and https://x.org/a b", "SO $$x$$ AND https://x.org/a B"),
    ("a price of $5 or $10", "A PRICE OF $5 OR $10"),
    ("$some words in here$", "$SOME WORDS IN HERE$"),
    ("\\$5 and $x$", "\\$5 AND $x$"),
    ("$x", "$X"),
    ("$x\n\ny$", "$X\n\nY$"),
]


@pytest.mark.parametrize(("text", "repaired"), SHIELDED)
def test_shield(text: str, repaired: str) -> None:
    """Formulas and addresses are not repaired; prose and prices are."""
    assert shield(str.upper)(text) == repaired


def test_a_repair_may_move_formulas() -> None:
    """Formulas follow their placeholders; a text that loses one is not repaired."""
    swap = shield(lambda text: " ".join(reversed(text.split(" "))))
    assert swap("$a$ and $b$") == "$b$ and $a$"
    assert shield(lambda text: text[:1])("a $x$ b") == "a $x$ b"


def test_addresses_can_be_left_unshielded() -> None:
    """A repair of tags, for example, also applies to web addresses."""
    assert shield(str.upper, addresses=False)("at www.x.org $x$") == "AT WWW.X.ORG $x$"


SPLIT = [
    ("so $x$ and $y$.", ("so $ and $.", "x$y")),
    ("so $x", None),
    ("from $5 to $10 it", None),
    ("so $$x$$", None),
    ("so \\$x$ y$", None),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_split(text: str, parts: tuple[str, str] | None) -> None:
    """A text is split only if each of its dollar signs clearly delimits a formula."""
    assert split_formulas(text) == parts


@given(st.text("a$\\ {}5\n", max_size=30))
def test_a_shielded_repair_without_effect_changes_nothing(text: str) -> None:
    """Masking and restoring formulas returns the text."""
    assert shield(lambda masked: f" {masked}")(text) in {f" {text}", text}


def test_repairs_of_formulas() -> None:
    """Delimiters become dollar signs, split decimals are joined, bold words are unwrapped."""
    assert convert_delimiters(r"the \(k\) best \[ x \]") == "the $k$ best  $$x$$ "
    assert join_formula_numbers("at 0. 9 and $0. 9$") == "at 0. 9 and $0.9$"
    assert unwrap_words(r"$\textbf{R}$ecursive $\bf{u}$") == r"Recursive $\bf{u}$"
