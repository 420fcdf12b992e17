"""Test which brackets and exponents belong to a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.formulas import carries_power, find_word_end, has_power
from search.language.parser import parse

WORDS = [  # query, printed tree
    ("SL(2)-invariant measures", "SL(2) invariant measures"),
    ("(3+1)-dimensional waves", "3+1 dimensional waves"),
    ("g(y)-entropy", "g(y) entropy"),
    ("O(n)-space", "O(n) space"),
    ("O(n^3)-time", "O(n^3) time"),
    ("t-(v,k)-designs", "t-(v,k) designs"),
    ("(p)-(q)", "p q"),
    ("SU(3)xSU(2)xU(1)", "SU(3) xSU(2) xU(1)"),
    ("W(curl) space", "W(curl) space"),
    ("h(g(x)) rate", "h(g(x)) rate"),
    ("title:SO(5)", "title:SO(5)"),
    ("-SO(5) groups", "(NOT SO(5)) groups"),
    ('"exact"-ish', '"exact" ish'),
    ("[0,1]-valued", "0,1 valued"),
    ("{a}-free", "a free"),
    ("year:[2001 TO 2002]-x", "year:2001..2002 x"),
    ("Gauss(1809)", "Gauss 1809"),
    ("tree(s)", "tree s"),
    ("ranking(neural)", "ranking neural"),
    ("O(n log n)-time", "O n log n time"),
    ("sorting (-merge)", "sorting (NOT merge)"),
    ("sorting(-merge quick)", "sorting (NOT merge) quick"),
    ("(a b)(c d)", "a b c d"),
]
POWERS = [
    ("H^1 norms", "H^1 norms"),
    ("ℓ^p balls", "ℓ^p balls"),
    ("chi^2 tests", "chi^2 tests"),
    ("(chi)^2", "(chi)^2"),
    ("10^9 items", "10^9 items"),
    ("a^2+b^2=c^2", "a^2+b^2=c^2"),
    ("F=mv^2", "F=mv^2"),
    ("W^*-algebras", "W^*-algebras"),
    ("C^\\infty maps", "C^infinity maps"),
    ("Z^n-valued", "Z^n-valued"),
    ("GL(n)^2", "GL(n)^2"),
    ("L^2(R^n) bounds", "L^2(R^n) bounds"),
    ("title:H^1", "title:H^1"),
    ("v^2", "v^2"),
    ("(v)^2", "(v)^2"),
    ("(H^1)^2", "(H^1)^2"),
]
BOOSTS = ["tree^2", "tree^0.5", "GPT^2", "GPT-4^2", "k-means^2", "C++^2", "title:tree^2"]


@pytest.mark.parametrize(("typed", "tree"), WORDS + POWERS)
def test_brackets_and_exponents(typed: str, tree: str) -> None:
    """Brackets without a space belong to the word before them; a hyphen after one is no NOT."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.notices) == (tree, ())
    assert parse(tree).query == parsed.query


@pytest.mark.parametrize("typed", BOOSTS)
def test_a_number_after_a_word_is_a_boost(typed: str) -> None:
    """A caret after a word of several letters is a boost."""
    word, _, factor = typed.partition("^")
    assert not carries_power(word)
    assert parse(typed).query == parse(f"({word})^{factor}").query


@pytest.mark.parametrize("word", ["x", "7", "π", "3.5", "f(x)", "a=bc", "x_i", "$x", "n+m"])
def test_a_caret_after_a_formula_is_a_power(word: str) -> None:
    """A caret after a letter, a number or a formula raises it to a power."""
    assert carries_power(word)
    assert has_power(f"{word}^2")


@pytest.mark.parametrize("word", ["ab", "T5", "深", "x*", "GPT-4", "C#", ""])
def test_no_power(word: str) -> None:
    """Words, patterns and Chinese characters carry no power."""
    assert not carries_power(word)


@given(st.text("ax2()^*-_={}n ", min_size=1, max_size=30))
def test_a_word_ends_within_the_text(text: str) -> None:
    """A run is never empty and has no space, whatever follows it."""
    starts = [at for at, character in enumerate(text) if character not in ' "()^']
    ends = [find_word_end(text, at, takes_power=True) for at in starts]
    assert all(at < end <= len(text) for at, end in zip(starts, ends, strict=True))
    assert not any(" " in text[at:end] for at, end in zip(starts, ends, strict=True))


@pytest.mark.parametrize("typed", ['date:"0^"', 'year:"x^/"', 'date:"0 ^{"'])
def test_quoted_words_have_no_powers(typed: str) -> None:
    """A caret in a quoted text that is no date is dropped, so the printed query means the same."""
    query = parse(typed).query
    assert "^" not in str(query)
    assert parse(str(query)).query == query
