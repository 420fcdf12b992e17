"""Check that texts become the tokens that people search for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.analyser import (
    MAX_TOKEN,
    find_spans,
    has_plain_tokens,
    tokenise,
    tokenise_name,
    tokenise_word,
)
from index.text.folding import fold

ODD = "cC+#'’_-| ^éßİŉ½ﬁ李が가x1βΣ" + "ｶﾞﾟカ\u3099\u309a\u1112\u1161\u11a8\u0301"
MOSTLY_ASCII = "aB é“”–×²αΣ_-'’#+.\u0301"
SIGNS = "aCsl12 ,'’$_^{}\\₂³µmΩ·\u200c\u202fक\u093f\u094dกะิ圖\xad"
TEXTS = (
    st.text(max_size=200)
    | st.text(ODD, max_size=40)
    | st.text(MOSTLY_ASCII, max_size=40)
    | st.text(SIGNS, max_size=40)
    | st.lists(st.sampled_from([*SIGNS, "\\mu", "\\mathrm{", "\\alpha", "O$_", "qu'"])).map("".join)
)

TOKENS = [
    ("", ""),
    ("Deep Learning", "deep learning"),
    ("C++", "c++"),
    ("C++ and C#", "c++ and c#"),
    ("Objective-C++, F#.", "objective c++ f#"),
    ("c++_x", "c++ x"),
    ("李 c++_x", "李 c++ x"),
    ("C＋＋", "c++"),
    ("C++17", "c 17"),
    ("libc++", "libc"),
    ("T5", "t5"),
    ("GPT-4", "gpt 4"),
    ("ＧＰＴ４", "gpt4"),
    ("Q-learning", "q learning"),
    ("β-VAE", "beta vae"),
    ("α–β Μ ϵ-greedy", "alpha beta mu epsilon greedy"),
    ("αβ", "αβ"),
    ("ｶﾞｿﾘﾝ が パ", "ガ ソ リ ン が パ"),
    ("한국", "한 국"),
    ("각 가́ᆨ", "각 각"),
    ("x²", "x2"),
    ("½", "1 2"),
    ("snake_case", "snake case"),
    ("O'Brien", "obrien"),
    ("O’Brien", "obrien"),
    ("O`Brien O′Brien OʼBrien", "obrien obrien obrien"),
    ("don''t 'quoted'", "dont quoted"),
    ("Müller", "muller"),
    ("Mu\u0308ller", "muller"),
    ("Straße STRASSE", "strasse strasse"),
    ("naïve façade", "naive facade"),
    ("œuvre Æther", "oeuvre aether"),
    ("Türkçe İstanbul ısı", "turkce istanbul isi"),
    ("Łódź Gdańsk", "lodz gdansk"),
    ("Øre Ångström Đorđe Þór", "ore angstrom dorde thor"),
    ("ﬁne eﬃcient", "fine efficient"),
    ("深度学习", "深 度 学 习"),
    ("BERT模型2", "bert 模 型 2"),
    ("ひらがな", "ひ ら が な"),
    ("한국어", "한 국 어"),
    ("Ελληνικά Привет", "ελληνικα привет"),
    ("$\\alpha$ | ^ \0 \n\t", "alpha"),
    ('צה"ל, צה״ל, דו"חות ו"שלום"', "צהל צהל דוחות ושלום"),
    ('a"b, "שלום" רב', "a b שלום רב"),
    (r"\ce{CO2}, $\ce{H2O}$", "co2 h2o"),
    ("CO$_2$, $\\mathrm{CO}_2$, CO_2, CO₂, CO2", "co2 co2 co2 co2 co2"),
    ("L^2 L² $L^2$ $\\ell_2$ ℓ₂ SO(3)", "l2 l2 l2 l2 l2 so 3"),
    ("10^6 10⁶ 10^{-6} 10⁻⁶ 10¹²", "10 6 10 6 10 6 10 6 10 12"),
    ("¹³C Ca²⁺ note¹ 1½", "13c ca2 note 1 1 1 2"),
    ("ℝⁿ $\\mathbb{R}^n$ H∞ $H_\\infty$", "rn rn h infinity h infinity"),
    ("IL-1β NF-κB ΛCDM $\\Lambda$CDM", "il 1beta nf kappab lambdacdm lambdacdm"),
    ("10 µm, 10μm, 10 um, μ-law, μSR, 5 kΩ", "10 um 10um 10 um mu law musr 5 kohm"),
    ("10,000 10\u202f000 10\xa0000 3,14", "10000 10000 10000 3 14"),
    ("3×3 but 3 × 3", "3x3 but 3 3"),
    ("l'image L’Œuvre d`eau d'Orsay", "l image l oeuvre d eau d orsay"),
    ("Parkinson's Bayes' Bayes's", "parkinsons bayes bayes"),
    ("intel·ligència col·lecció a·b", "intelligencia colleccio a b"),
    ("trans\xadformer zero\u200bwidth \ufeffx", "transformer zerowidth x"),
    ("किताब का इतिहास।", "किताब का इतिहास"),
    ("বাংলা தமிழ் తెలుగు ಕನ್ನಡ മലയാളം", "বাংলা தமிழ் తెలుగు ಕನ್ನಡ മലയാളം"),
    ("ภาษาไทย2", "ภ า ษ า ไ ท ย 2"),
    ("ภาษาที่ดี ລາວ", "ภ า ษ า ที่ ดี ລ າ ວ"),
    ("ខ្មែរ မြန်မာ", "ខ្ មែ រ မြ န် မာ"),
    ("བོད་ཡིག", "བོད ཡིག"),
    ("کتاب\u200cها", "كتاب ها"),
    ("צה״ל שָׁלוֹם", "צהל שלום"),
    ("機械学習 机器學習", "机 械 学 习 机 器 学 习"),
    ("GPT™ №5 Ⅳ ٣", "gpt no5 iv 3"),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens(text: str, expected: str) -> None:
    """A text is split into folded words without case, accents and most symbols."""
    assert tokenise(text) == expected.split()


SPANS = [
    ("A C++ book", ["A", "C++", "book"]),
    ("O'Brien’s", ["O'Brien’s"]),
    ("die Straße, groß", ["die", "Straße", "groß"]),
    ("ﬁne 深度", ["ﬁne", "深", "度"]),
    ("½", ["½", "½"]),
    ("e\u0301te\u0301", ["e\u0301te"]),
    ("ｶﾞｿ β-x", ["ｶ", "ｿ", "β", "x"]),
    ("on CO$_2$ and $\\mathrm{TiO}_2$", ["on", "CO$_2", "and", "TiO}_2"]),
    ("d’images, 10,000", ["d", "images", "10,000"]),
    ("trans\xadformer किताब का", ["trans\xadformer", "किताब", "का"]),
    ("$H_\\infty$ 10µm", ["H", "\\infty", "10µm"]),
    ("ที่ดี", ["ที่", "ดี"]),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_spans_are_positions_in_the_original(text: str, expected: list[str]) -> None:
    """A span is a slice of the text as written, even if folding changes its length."""
    assert [text[start:end] for start, end, _ in find_spans(text)] == expected


def test_a_long_token_is_truncated() -> None:
    """A token has at most `MAX_TOKEN` characters, in lists and in spans."""
    text = "x" * (MAX_TOKEN + 50) + " " + "é" * (MAX_TOKEN + 1)
    assert tokenise(text) == ["x" * MAX_TOKEN, "e" * MAX_TOKEN]
    assert [token for _, _, token in find_spans(text)] == tokenise(text)


LENGTHS = st.integers(MAX_TOKEN - 2, MAX_TOKEN + 2) | st.integers(1, 3 * MAX_TOKEN)


@given(st.lists(LENGTHS, max_size=9), st.sampled_from([" ", "-", "–"]))
def test_only_long_tokens_are_truncated(lengths: list[int], sign: str) -> None:
    """A long word is truncated wherever it occurs, and no other word is."""
    text = sign.join("x" * length for length in lengths)
    assert tokenise(text) == ["x" * min(length, MAX_TOKEN) for length in lengths]


@given(TEXTS)
def test_spans_and_tokens_agree(text: str) -> None:
    """Spans have the tokens of `tokenise`, and their offsets increase within the text."""
    found = list(find_spans(text))
    assert [token for _, _, token in found] == tokenise(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)
    assert [end for _, end, _ in found] == sorted(end for _, end, _ in found)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folding is idempotent."""
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
@example("\u1100‘\u1161")
def test_tokens_contain_nothing_reserved(text: str) -> None:
    """A token is folded, is not empty and contains no space and no reserved character."""
    found = tokenise(text)
    assert [fold(token) for token in found] == found
    assert " ".join(found).split() == found
    assert not {*"|^.'"} & set("".join(found))


@given(TEXTS, TEXTS)
def test_tokens_do_not_depend_on_their_context(left: str, right: str) -> None:
    """The tokens of two texts joined by a space are those of each text."""
    assert tokenise(f"{left} {right}") == tokenise(left) + tokenise(right)


WORDS = [
    ("l'image", "image"),
    ("D’Amico's", "amicos"),
    ("don't", "dont"),
    ("CO$_2$", "co2"),
    ("image", "image"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_a_typed_word_may_lack_its_article(text: str, expected: str) -> None:
    """An elided article need not match; everything else is read as in a text."""
    assert tokenise_word(text) == expected.split()


NAMES = [
    ("D'Amico", "damico"),
    ("Jean d’Alembert", "jean dalembert"),
    ("ʿAbd al-Raḥmān Badawī", "abd al rahman badawi"),
    ("Oʻtkir Hoshimov", "otkir hoshimov"),
    ("A^2 B_2", "a 2 b 2"),
    ("陳大文", "陈 大 文"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_name_has_no_articles_and_formulas(text: str, expected: str) -> None:
    """A name keeps its prefix, and nothing in it is a formula."""
    assert tokenise_name(text) == expected.split()


PLAIN = ["deep learning", "don't", "naïve “quotes”", "C++ and C#", "Привет"]
NOT_PLAIN = ["CO$_2$", "d'images", "10,000", "β", "深", "किताब", "Straße", "x\xady", "x²", "3×3"]


def test_texts_with_plain_tokens() -> None:
    """The tokens of a plain text are its runs of letters and digits."""
    assert all(map(has_plain_tokens, PLAIN))
    assert not any(map(has_plain_tokens, NOT_PLAIN))


@given(TEXTS)
def test_plain_tokens_are_folded_in_place(text: str) -> None:
    """In a plain text each span folds to its token, without apostrophes."""
    assert not has_plain_tokens(text) or all(
        fold(text[start:end]).replace("'", "") == token and len(fold(text)) == len(text)
        for start, end, token in find_spans(text)
    )


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_latin_tokens_have_no_capitals(text: str) -> None:
    """No token of a European text has a capital."""
    found = tokenise(text)
    assert [token.lower() for token in found] == found


def test_tokens_of_a_typed_word_are_a_list_of_their_own() -> None:
    """Whoever changes the returned list does not change what the next call returns."""
    tokenise_word("Q-learning").append("x")
    assert tokenise_word("Q-learning") == ["q", "learning"]
