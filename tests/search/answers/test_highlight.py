"""Test that marks cover exactly what matched, and that the HTML around them is escaped."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index.text.analyser import find_spans, tokenise
from index.text.folding import fold
from index.text.stems import stem, stem_all
from search.answers.highlight import Highlighter
from search.language.parser import parse
from search.language.tree import And, Fuzzy, Leaf, Phrase, Wildcard, Word, list_leaves

# fmt: off
MARKED = [  # a query, and a text with the expected marks in brackets
    ("learning", "[Learning] to [learn] what was [learned]; relearn"),
    ("studies", "A [study] of [studies], [studying] students"),
    ("dying", "[Dying] suns [die]; a dictionary"),
    ("deep learning", "[Deep] nets [learn]; [deep] down"),
    ('"deep learning"', "Deep nets; [deep learning]. [Deep, learning] deeply"),
    ('"deep learning" "learning theory"', "The [deep learning theory]"),
    ('"a b a"', "[a b a b a] c"),
    ('"learning"', "[Learning] to learn"),
    ("Q-learning", "[Q-learning], [q learned] and queue learning; q, or learning"),
    ("SO(4)", "[SO(4)]-valued maps (and so on)"),
    ("four", "(two, [four]) or ([four])"),
    ("GPT-4", "[GPT-4] and [GPT 4], not GPT or 4"),
    ("state-of-the-art", "A [state of the art] in the state"),
    ("C++", "[C++] is not C nor C#, [c++]"),
    ("C#", "[C#] is [c#], not C"),
    ("c", "[C] is not C++ nor C#, [c]"),
    ('"c code"', "[C code], C++ code, C# code"),
    ("o'brien", "[O'Brien] and [O’Brien]"),
    ("model", "The [model's] end"),
    ("neur*", "[Neural] [neurons]; aneurysm"),
    ("*former", "A [transformer], two transformers, a [Conformer]"),
    ("wom?n", "A [woman], two [women], womn, womaan"),
    ("levine~", "[Levin], [Levien], [Levine], Lavin"),
    ("levine~2", "[Levin], [Lavin], Larvae"),
    ("-deep learning", "Deep [learning]"),
    ("NOT (deep OR learning) x", "Deep learning [x]"),
    ("title:deep OR abstract:nets", "[Deep] [nets]"),
    ("author:kumar venue:deep topic:nets", "Kumar deep nets"),
    ("year:2020 doi:10.1/x", "In 2020"),
    ("*", "Nothing in particular"),
    ("muller", "[Müller] [MÜLLER] [Muller]"),
    ("ÉTÉ", "[été] [ete]"),
    ("strasse", "Die [Straße], die [STRASSE]"),
    ("office", "[Of\ufb01ce] [o\ufb03ce], o\ufb01ce"),
    ("lodz", "[Łódź]"),
    ("istanbul", "[İstanbul] [ISTANBUL]"),
    ("学习", "深度[学习]入门"),
    ("深度学习", "[深度学习]入门, 深"),
    ('"度学"', "深[度学]习"),
    ("x2", "Let [$x^2$] be; x"),
    ("x", "Let $x^2$ be; [x]"),
    ("log", "In [$O(n \\log n)$] time"),
    ("time", "In $O(n)$ [time]"),
    ('"time in"', "The [time $in$] and out"),
    ("in", "[$in$] of $2 [in] all"),
    ("search and race", "The [search] and the [race] and more"),
    ("the what", "[The] cat and [what] it was"),
    ("kit and the", "The [kit] and more"),
    ('kit "and the"', "The [kit] [and the] rest, and theory"),
    ("WHO of IT", "[Who] made [it] of wool"),
    ("state of-the-art", "A [state] [of the art], [of-the-art]"),
    ("title:(cat and dog)", "A [cat] and a [dog]"),
    ("colour", "A [color] and [colours], colon"),
    ("color", "A [colour], [coloured]; collar"),
    ("mouse", "Two [mice], a [mouse], moss"),
    ("feet", "A [foot] of [feet]; fit"),
    ("hemoglobin", "[Haemoglobin] and [hemoglobins]"),
    ("estrogen", "[Oestrogen], [estrogens]; strogen"),
    ("skeptic", "[Sceptical] [skeptics], septic"),
    ("sulfates", "[Sulphate], [sulfate], sulky"),
    ("analysis", "[Analyses] and [analyze], [analysing]; analogue"),
]
# fmt: on
WORDS = [
    "mice",
    "mouse",
    "colour",
    "color",
    "deep",
    "learning",
    "learned",
    "q",
    "c",
    "c++",
    "c#",
    "die",
    "dying",
    "o'brien",
    "2020",
]
ODD = [
    "Straße",
    "o\ufb03ce",
    "Été",
    "e\u0301te\u0301",
    "深度学",
    "学",
    "İstanbul",
    "Łódź",
    "ŉ",
    "ﬁ",
]
GAPS = [" ", " ", " ", "-", ", ", "'", "’", "_", "+", "#", ".", "\n", "<", "&", '"', ">"]
texts = st.lists(st.sampled_from([*WORDS, *ODD, *GAPS, *GAPS]), max_size=16).map("".join)
asked = st.lists(
    st.one_of(
        st.sampled_from([*WORDS, *ODD]),
        st.lists(st.sampled_from([*WORDS, *ODD]), min_size=2, max_size=3).map("-".join),
        st.lists(st.sampled_from([*WORDS, *ODD]), min_size=1, max_size=3).map(
            lambda words: '"{}"'.format(" ".join(words))
        ),
        st.sampled_from(["le*", "*e", "d?e", "deep~", "leraning~", "strase~2", "le*n*"]),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.mark.parametrize(("typed", "marked"), MARKED)
def test_marks_cover_what_matched(typed: str, marked: str) -> None:
    """Words match by stem, phrases as written, formulas as a whole; nothing else is marked."""
    text = re.sub(r"[\[\]]", "", marked)
    assert Highlighter(parse(typed).query).mark_text(text, lambda part: f"[{part}]") == marked


def test_marks_cover_other_spellings() -> None:
    """A spelling that was added to a word is marked as a whole, and only as a whole."""
    spelt = Word("pretraining", also=(("pre", "training"), ("pre", "trainings")))
    unit = Word("10µm", also=(tuple(tokenise("10 µm")),))
    highlighter = Highlighter(And((spelt, unit)))
    text = "[Pretrained], [pre-trained], [pre training]; pre and training. [10µm], [10 µm], 10 m"
    assert highlighter.mark_text(re.sub(r"[\[\]]", "", text), lambda part: f"[{part}]") == text


def test_html_is_escaped() -> None:
    """Markup in a title is shown as text, inside and outside of marks."""
    highlighter = Highlighter(parse('"script alert" quote OR amp OR lt').query)
    found = highlighter.mark_html("<script>alert(1)</script> & \"quote\" 'amp' &lt;")
    assert found == (
        "&lt;<mark>script&gt;alert</mark>(1)&lt;/script&gt; &amp; &#34;<mark>quote</mark>&#34; "
        "&#39;<mark>amp</mark>&#39; &amp;<mark>lt</mark>;"
    )


def test_a_mark_never_cuts_a_formula() -> None:
    """A formula is marked completely or not at all, however much of it matched."""
    text = "Of $\\alpha$-learning $x$ and $x + y$ here"
    marked = {
        word: [text[slice(*span)] for span in Highlighter(parse(word).query).find_spans(text)]
        for word in dict.fromkeys(tokenise(text))
    }
    assert marked == {
        "of": ["Of"],
        "alpha": ["$\\alpha$"],
        "learning": ["learning"],
        "x": ["$x$", "$x + y$"],
        "and": ["and"],
        "y": ["$x + y$"],
        "here": ["here"],
    }


@given(st.text(max_size=200) | texts, st.text(max_size=40) | asked)
@settings(max_examples=600, deadline=None)
def test_removing_the_marks_restores_the_text(text: str, typed: str) -> None:
    """For any text and query, marks are ordered, do not touch, and change nothing else."""
    highlighter = Highlighter(parse(typed).query)
    found = highlighter.find_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] < two[0] for one, two in pairwise(found))
    marked = str(highlighter.mark_html(text))
    assert marked.count("<mark>") == marked.count("</mark>") == len(found)
    plain = marked.replace("<mark>", "").replace("</mark>", "")
    assert not re.search(r"[<>\"']", plain)
    for sign, escaped in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        plain = plain.replace(sign, escaped)
    assert plain.replace("&amp;", "&") == text


@given(texts, asked)
@example("deep''deep", "deep")
@example("深度学c++", "深度学-c++")
@example("the queue learned", "q-learning")
@settings(max_examples=1_500, deadline=None)
def test_marks_agree_with_the_analyser(text: str, typed: str) -> None:
    """Marks cover the tokens that match in the index and no others, in any script."""
    query = parse(typed).query
    words = list(find_spans(text))
    expected: set[int] = set()
    for leaf in list_leaves(query):
        for first, last in runs(leaf, [token for _, _, token in words]):
            expected.update(range(words[first][0], words[last][1]))
    found = Highlighter(query).find_spans(text)
    assert {at for start, end in found for at in range(start, end)} == expected


def runs(leaf: Leaf, present: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each match of a leaf."""
    match leaf:
        case Word(text):
            yield from rows(stem_all(tokenise(text)), stem_all(present))
        case Phrase(text):
            yield from rows(tokenise(text), present)
        case Wildcard(pattern):
            shape = fold(pattern).replace("?", ".").replace("*", ".*")
            yield from ((n, n) for n, one in enumerate(present) if re.fullmatch(shape, one))
        case Fuzzy(text, distance):
            near = (OSA.distance(fold(text), token) <= distance for token in present)
            yield from ((n, n) for n, is_near in enumerate(near) if is_near)


def rows(wanted: list[str], present: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each place where the wanted tokens are adjacent."""
    for first in range(len(present) - len(wanted) + 1):
        if wanted and present[first : first + len(wanted)] == wanted:
            yield first, first + len(wanted) - 1


def test_the_passage_has_the_rarest_words() -> None:
    """Of places with as many words of the query, the one with the rarer words is shown."""
    filler = "words that say little " * 12
    text = f"Tides rise. {filler} The moon sets. {filler} The stars shine. {filler}"
    query = parse("tides moon stars").query
    for counts, shown in (
        ({"tide": 900, "moon": 2, "star": 30}, {"moon", "stars"}),
        ({"tide": 1, "moon": 900, "star": 30}, {"Tides", "stars"}),
    ):
        highlighter = Highlighter(query, counts.__getitem__)
        marks = highlighter.find_spans(text)
        html = highlighter.choose_passage(text, marks).write_html(text, marks)
        assert set(re.findall("<mark>(.*?)</mark>", html)) == shown


def test_names_match_words_and_author_clauses() -> None:
    """A name matches a word of the query without a field or in the author field."""
    highlighter = Highlighter(parse("Müller title:kumar author:levine -zhou a").query)
    assert highlighter.matches_name("Jürgen Muller")
    assert highlighter.matches_name("Sergey Levine")
    assert not highlighter.matches_name("Aviral Kumar")
    assert not highlighter.matches_name("A. Zhou")


@pytest.mark.parametrize(("query", "name"), [
    ("vandenhoek", "Piet van den Hoek"), ('author:"o shea"', "Cian O'Shea"),
    ("seojun", "Seo-Jun Kang"), ('author:"Ben-Ari"', "Dana Benari"),
])  # fmt: skip
def test_a_name_matches_apart_or_together(query: str, name: str) -> None:
    """An author is recognised if parts of the name were typed apart or together."""
    assert Highlighter(parse(query).query).matches_name(name)
    assert not Highlighter(parse(query).query).matches_name("Aviral Kumar")


def test_the_examples_share_stems() -> None:
    """The words of the table above that should share a stem do share it."""
    assert stem("dying") == stem("die")
    assert stem("studies") == stem("studying")
