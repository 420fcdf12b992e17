"""Check that the variants of a Chinese character share one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.han_variants import unify_variants

VARIANTS = [
    "圖図图",
    "學学",
    "澤沢泽",
    "廣広广",
    "機机",
    "藝芸艺",
    "裏裡里",
    "為爲为",
    "發発髮髪发",
]


@pytest.mark.parametrize("characters", VARIANTS)
def test_variants_share_a_form(characters: str) -> None:
    """Traditional, Japanese and simplified forms are one character."""
    assert len(set(map(unify_variants, characters))) == 1


def test_other_characters_stay_apart() -> None:
    """Characters that are no variants of each other keep their own forms."""
    distinct = "李力人大小深度网络语言"
    assert len(set(map(unify_variants, distinct))) == len(distinct)


@given(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF))
def test_the_form_is_stable(character: str) -> None:
    """The form is one character, and its own form."""
    form = unify_variants(character)
    assert len(form) == 1
    assert unify_variants(form) == form
