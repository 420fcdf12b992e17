"""Check that characters fold to what people type."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import (
    CharacterTable,
    compose,
    find_foreign,
    fold,
    fold_character,
    is_invisible,
)

FOLDED = [
    ("Ünïcødé ẞ", "unicode ss"),
    ("Ｗｉｄｅ ﬂow", "wide flow"),
    ("Erdo\u030bs", "erdos"),
    ("٣ ۴ ३ ৩ ๓ ໓ ᠓ １", "3 4 3 3 3 3 3 1"),
    ("ʻAulani ʿAlī Raʾūf Solʹ O’Neill", "'aulani 'ali ra'uf sol' o'neill"),
    ("`quoted´", "'quoted'"),
    ("soft\xadhyphen", "softhyphen"),
    ("\ufeff\u200ezero\u200bwidth\u2060 \u2067bidi\u2069", "zerowidth bidi"),
    ("heart\ufe0f tag\U000e0041", "heart tag"),
    ("كِتَابٌ كتـــاب", "كتاب كتاب"),
    ("أحمد إيمان آمال ٱلله", "احمد ايمان امال الله"),
    ("مكتبة موسى یار کتاب مؤمن", "مكتبه موسي يار كتاب مومن"),
    ("ﻛﺘﺎﺏ", "كتاب"),
    ("שָׁלוֹם", "שלום"),
    ("ܫܠܳܡܳܐ", "ܫܠܡܐ"),
    ("किताब की", "किताब की"),
    ("फ़िल्म फिल्म", "फिल्म फिल्म"),
    ("ব\u09c7\u09beন ব\u09cbন", "ব\u09c7\u09beন ব\u09c7\u09beন"),
    ("അവൻ അവന്\u200d", "അവന് അവന്"),
    ("ภาษาไทย", "ภาษาไทย"),
    ("Ⅳ № ªº", "iv no ao"),
    ("한국 가", "한국 가"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold(text: str, expected: str) -> None:
    """Case, accents, points, width and invisible signs go; vowel signs of Indic scripts stay."""
    assert fold(text) == expected


@given(st.characters())
def test_a_folded_character_folds_to_itself(character: str) -> None:
    """Folding is idempotent for every character."""
    once = fold(character)
    assert fold(once) == once


@given(st.characters(categories=["Cf"]))
def test_formatting_signs_vanish(character: str) -> None:
    """A formatting sign is invisible and leaves nothing."""
    assert is_invisible(character)
    assert fold(character) == ""


@given(st.characters(categories=["Nd"]))
def test_every_decimal_digit_is_ascii(character: str) -> None:
    """The digits of every script fold to 0 to 9."""
    assert fold(character) == str(unicodedata.decimal(character))


def test_a_table_computes_each_character_once() -> None:
    """A converted character is kept."""
    asked: list[str] = []

    def convert(character: str) -> str:
        asked.append(character)
        return fold_character(character)

    assert "ééé".translate(CharacterTable(convert)) == "eee"
    assert asked == ["é"]


@given(
    st.lists(
        st.sampled_from(["a", "e\u0301", "é", "’", "–", "ß", "ø", "ｶ\uff9e", "臺", "β", "\xad"])
    )
)
def test_few_and_many_characters_fold_alike(parts: list[str]) -> None:
    """Replacing a few different characters gives what folding each character gives."""
    text = "".join(parts)
    pieces = [fold_character(c) if c > "\x7f" else c for c in text]
    assert fold(text) == "".join(compose(pieces))
    assert find_foreign(text) == {c for c in text if c > "\x7f"}
