"""Test that a language has one code, whatever a dump calls it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.languages import find_language

TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
).split()
"""The codes of ISO 639-1 that are in use."""

THREE_LETTERS = (
    "alb sqi sq arm hye hy baq eus eu bur mya my chi zho zh cze ces cs dut nld nl fre fra fr geo "
    "kat ka ger deu de gre ell el ice isl is mac mkd mk mao mri mi may msa ms per fas fa rum ron "
    "ro slo slk sk tib bod bo wel cym cy"
).split()
"""Where the two codes of ISO 639-2 differ: bibliographic, terminological, ISO 639-1."""

WRITTEN = [
    ("eng", "en"), ("ENG", "en"), (" en ", "en"), ("en_US", "en"), ("en-GB-oed", "en"),
    ("zh-Hans", "zh"), ("nno", "nn"), ("ben", "bn"), ("tam", "ta"), ("tgl", "tl"),
    ("English", "en"), ("english", "en"), ("French", "fr"), ("German", "de"), ("Spanish", "es"),
    ("Chinese", "zh"), ("Japanese", "ja"), ("français", "fr"), ("Deutsch", "de"),
    ("español", "es"), ("italiano", "it"), ("português", "pt"), ("Türkçe", "tr"),
    ("русский", "ru"), ("日本語", "ja"), ("English (US)", "en"), ("ngerman", "de"),
    ("usenglish", "en"), ("brazilian", "pt"),
    ("grc", "grc"), ("gsw", "gsw"), ("xyz", "xyz"),
    ("", ""), ("und", ""), ("mul", ""), ("zxx", ""), ("und-Latn", ""), ("none", ""), ("e", ""),
    ("x" * 10_000, ""), ("12", ""), ("\0", ""),
]  # fmt: skip


@pytest.mark.parametrize("code", TWO_LETTERS)
def test_a_code_of_two_letters_stays(code: str) -> None:
    """Every code of ISO 639-1 is its own code."""
    assert find_language(code) == code


@pytest.mark.parametrize(("library", "terms", "code"), [
    THREE_LETTERS[at : at + 3] for at in range(0, len(THREE_LETTERS), 3)
])  # fmt: skip
def test_both_codes_of_three_letters_are_known(library: str, terms: str, code: str) -> None:
    """Libraries may use either code of ISO 639-2."""
    assert (find_language(library), find_language(terms)) == (code, code)


@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_language(written: str, expected: str) -> None:
    """Codes, tags and names lead to one code; what names no language is empty."""
    assert find_language(written) == expected


@given(st.text(max_size=12))
def test_any_text_is_read(text: str) -> None:
    """Whatever a dump writes, the result is a code of two or three letters, or empty."""
    code = find_language(text)
    assert code == "" or (2 <= len(code) <= 3 and code.islower())
