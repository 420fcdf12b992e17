"""Check which characters make up words in the scripts of the world."""

import re
import unicodedata

import pytest

from index.text.folding import fold
from index.text.scripts import CJK, MARKS, SIGNS, UNSPACED, separate_character

SEPARATED = [
    ("é", "e"),
    ("–", " "),
    ("€", " "),
    ("²", "^2"),
    ("₂", "_2"),
    ("ⁿ", "n"),
    ("½", " 1 2"),
    ("∞", " infinity "),
    ("™", ""),
    ("№", "no"),
    ("ि", "ि"),
    ("圖", "图"),
    ("が", "が"),
    ("한", "한"),
    ("\xad", ""),
    ("।", " "),
    ("་", " "),
    ("😀", " "),
]


@pytest.mark.parametrize(("character", "expected"), SEPARATED)
def test_a_character_is_folded_for_words(character: str, expected: str) -> None:
    """Letters and signs on letters stay, symbols separate, raised digits are written as TeX."""
    assert separate_character(character) == expected


@pytest.mark.parametrize("script", ["THAI", "LAO", "KHMER", "MYANMAR"])
def test_the_signs_of_scripts_without_spaces_are_known(script: str) -> None:
    """Each combining sign of these scripts belongs to the letter before it."""
    block = [chr(code) for code in range(0x0E00, 0x1800)]
    letters = [c for c in block if unicodedata.name(c, "").startswith(f"{script} ")]
    combining = [c for c in letters if unicodedata.category(c) in {"Mn", "Mc"}]
    assert combining
    assert all(re.match(f"[{SIGNS}]", c) for c in combining)
    assert all(re.match(f"[{UNSPACED}]", c) for c in letters)


def test_hangul_and_han_are_without_spaces() -> None:
    """Chinese, Japanese and Korean letters are in both classes, Latin and Hindi in none."""
    assert all(re.match(f"[{CJK}]", c) and re.match(f"[{UNSPACED}]", c) for c in "深がカ한")
    assert not any(re.match(f"[{UNSPACED}]", c) for c in "aλकم")


@pytest.mark.parametrize("block", [range(0x0900, 0x0E00), range(0x0F00, 0x1000)])
def test_the_marks_of_india_and_tibet_are_known(block: range) -> None:
    """A pattern of words contains their vowel signs."""
    combining = [chr(c) for c in block if unicodedata.category(chr(c)) in {"Mn", "Mc"}]
    assert len(combining) > 20
    assert all(re.match(f"[{MARKS}]", c) or fold(c) == "" for c in combining)
