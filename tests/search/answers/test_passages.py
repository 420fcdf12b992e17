"""Test which passage of an abstract is shown."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.formulas import find_formulas
from search.answers.highlight import Highlighter
from search.answers.passages import (
    GAP,
    LENGTH,
    LONGEST_FORMULA,
    LONGEST_SEARCHED,
    MOST_LETTERS,
    choose_passage,
)
from search.language.parser import parse

FILLER = "Some words that say little stand here and there, for a while."
SHORT = "A sentence of few words."
FAR = " ".join([FILLER] * 6)


def show(query: str, text: str, **rarity: float) -> str:
    """Return the passage of a text with the matches in brackets."""
    marks = Highlighter(parse(query).query).find_spans(text)
    return choose_passage(text, marks, rarity).write_text(text, marks, "[{}]".format)


@pytest.mark.parametrize(
    ("query", "text", "passage"),
    [
        ("tides", "", ""),
        ("tides", " \n ", ""),
        ("tides", "Of tides.", "Of [tides]."),
        ("moon", "Of tides\n\nand seas.", "Of tides and seas."),
        # The sentence with the match, from its beginning, and what fits after it.
        ("tides", f"{FAR} The tides rise. {SHORT}",
         f"{FILLER} {FILLER} {FILLER} The [tides] rise. {SHORT}"),
        ("tides", f"{FAR} The tides rise. {FAR}",
         f"The [tides] rise. {FILLER} {FILLER} {FILLER}"),
        # Nothing matches: the beginning.
        ("moon", FAR, f"{FILLER} {FILLER} {FILLER}"),
        # Two places that are apart.
        ("tides moon", f"The tides rise. {FAR} The moon sets. {FAR}",
         f"The [tides] rise. {FILLER}{GAP}The [moon] sets. {FILLER}"),
        # One place has all the words, a later one only some.
        ("tides moon", f"The tides. {FAR} The moon and tides. {FAR}",
         f"The [moon] and [tides]. {FILLER} {FILLER} {FILLER}"),
        # An abbreviation, or a full stop before a small letter, ends no sentence.
        ("tides", f"{FAR} We show, cf. Newton et al. Rise vs. Fall, that e.g. tides rise. {FAR}",
         f"We show, cf. Newton et al. Rise vs. Fall, that e.g. [tides] rise. {FILLER} {FILLER}"),
    ],
)  # fmt: skip
def test_passages(query: str, text: str, passage: str) -> None:
    """A passage shows the most words that matched, in whole sentences if they are near."""
    assert show(query, text) == passage


def test_a_long_sentence_is_cut_at_words() -> None:
    """Without the end of a sentence near, dots show that the passage is cut, on both sides."""
    text = " ".join(f"word{n}" for n in range(200)) + " tides " + "more words " * 50
    shown = show("tides", text)
    assert re.fullmatch(r"… word\d+ (word\d+ )+\[tides\] (more words )+(more )?…", shown)
    assert LENGTH * 0.8 < len(shown) <= LENGTH + 6
    assert len(shown.partition("[tides]")[0]) > LENGTH / 5


def test_rare_words_come_first() -> None:
    """Of two places with as many words, the one with the rarer word is shown; else the first."""
    text = f"The tides rise. {FAR} The moon sets. {FAR} The stars shine. {FAR}"
    assert show("tides", text) == f"The [tides] rise. {FILLER} {FILLER} {FILLER}"
    both = show("tides moon stars", text, tide=0.1, moon=0.9, star=0.5)
    assert re.findall(r"\[(\w+)\]", both) == ["moon", "stars"]
    both = show("tides moon stars", text, tide=0.9, moon=0.1, star=0.5)
    assert re.findall(r"\[(\w+)\]", both) == ["tides", "stars"]


def test_a_formula_is_never_cut() -> None:
    """A formula is shown as a whole, and marked as a whole."""
    formula = "$" + " + ".join(f"x_{{{n}}}" for n in range(20)) + "$"
    before = "so that " * 26
    for query in ("rate", "bound"):
        shown = show(query, f"{before} rate {formula}-bounds hold {before}")
        assert formula in shown or "$" not in shown
    assert f"[{formula}]" in show("x_{7}", f"{before} rate {formula} holds {before}")
    long = "$" + "x + " * LONGEST_FORMULA + "y$"
    assert len(show("rate", f"{before} rate {long} holds {before}")) < 2 * LENGTH


def test_scripts_without_spaces() -> None:
    """Chinese is cut between any two characters, and sentences end with its own full stop."""
    text = "本文研究网络。" * 60 + "我们提出深度学习方法。" + "结果很好。" * 60
    shown = show("深度学习", text)
    assert shown.startswith("我们提出[深度学习]方法。结果很好。")
    assert len(shown) <= LENGTH + 6


def test_the_search_for_a_passage_is_bounded() -> None:
    """A match beyond what is searched is not shown, and a run without spaces is cut."""
    text = "word " * (LONGEST_SEARCHED // 5) + "tides"
    assert "tides" not in show("tides", text)
    assert len(show("tides", "x" * 100_000)) <= LENGTH + 2
    assert len(show("tides", "tides" + "$" * 100_000)) <= LENGTH + LONGEST_FORMULA
    assert len(show("tides", "tides " * 100_000)) <= 8 * LENGTH


parts = st.sampled_from(
    [
        "tide",
        "tides",
        "Moon.",
        "moon",
        "a",
        "e.g.",
        "$x_1$",
        "$y$-th",
        "海。",
        "潮",
        "<b>",
        "$",
        "3.5",
    ]
)
gaps = st.sampled_from([" ", " ", " ", "\n\n", ". ", ""])
texts = st.lists(st.tuples(parts, gaps), max_size=150).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


@given(
    text=texts,
    query=st.sampled_from(["tides", "moon tides", "潮 moon", "x", '"tide moon"', "none"]),
)
def test_a_passage_is_part_of_the_text(text: str, query: str) -> None:
    """A passage is one or two parts of the text, short, with a match if the text has one."""
    marks = Highlighter(parse(query).query).find_spans(text)
    passage = choose_passage(text, marks, {})
    assert bool(passage.parts) == bool(text.strip())
    assert all(start < end <= len(text) for start, end in passage.parts)
    assert all(one[1] < other[0] for one, other in pairwise(passage.parts))
    assert sum(end - start for start, end in passage.parts) <= LENGTH + LONGEST_FORMULA
    if marks:
        assert any(a < end and b > start for a, b in passage.parts for start, end in marks)
    for start, end in passage.parts:
        _check_ends(text, start, end)
    html = passage.write_html(text, marks)
    assert "<b>" not in html
    plain = html.replace("<mark>", "").replace("</mark>", "").unescape()
    assert plain.removeprefix("… ").removesuffix(" …") == GAP.join(
        text[start:end] for start, end in passage.parts
    )


def _check_ends(text: str, start: int, end: int) -> None:
    """Check that neither end of a part is within a word or a formula."""
    for at in (start, end):
        inside = [one for one in find_formulas(text) if one[0] < at < one[1]]
        assert not inside
        around = text[max(0, at - 1) : at + 1]
        run = re.search(r"\S*\Z", text[:at])
        long = run is not None and len(run[0]) >= MOST_LETTERS
        assert not re.fullmatch(r"[a-z]{2}", around) or long


@given(st.lists(st.text("ab.,(", min_size=1, max_size=MOST_LETTERS + 5), min_size=1, max_size=80))
def test_a_space_at_the_end_changes_no_passage(words: list[str]) -> None:
    """Words are found faster where one space is between all of them; the passage is the same."""
    text = " ".join(words)
    marks = [(text.rindex(words[-1]), len(text))]
    assert choose_passage(text, marks, {}) == choose_passage(f"{text} ", marks, {})
