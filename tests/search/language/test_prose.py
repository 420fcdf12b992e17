"""Test which texts are prose, and how it is split into words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.language.parser import parse
from search.language.prose import FEWEST_WORDS, count_words, is_prose
from search.language.tree import And, Value, Word, list_leaves

ABSTRACT = (
    "BACKGROUND: Slow rivers carry silt - and, now and then, gravel. MATERIALS AND METHODS: We "
    'measured the grain size (in mm) of 40 banks; results for so-called "point bars" are new. '
    "RESULTS: Between +2 and -3 degrees, coarse grains settle first (see section 4). CONCLUSION: "
    "sorting is NOT random* and year:2019 was no exception. More banks will be measured soon."
)
CHINESE = (
    "河流中的泥沙在弯道处沉积，粗颗粒首先沉降。我们测量了四十处河岸的粒径，"
    "结果表明分选过程并非随机，且与流速、水深以及河床坡度密切相关。"
)

PROSE = [
    ABSTRACT,
    ABSTRACT.partition(" CONCLUSION")[0].upper(),
    ABSTRACT.replace(" ", "\n"),
    CHINESE,
    "silt " * FEWEST_WORDS,
    'a 5" pipe and a 3" pipe, ' * 6,
    "Keywords: silt; gravel; grain size. " * 6,
    f"title:silt {'gravel ' * FEWEST_WORDS}",
    f"{'gravel ' * FEWEST_WORDS} -silt +sand",
]
QUERIES = [
    "",
    "silt",
    "silt " * (FEWEST_WORDS - 1),
    f'"{ABSTRACT[:60]}"',
    f'"{"silt and gravel " * 40}"',
    f'"{"silt and gravel " * 40}" "{"sand " * 40}"',
    " OR ".join(f"id:arxiv:1901.{n:05}" for n in range(100)),
    " OR ".join(["(river AND silt)"] * 20),
    '("bed load" OR "bed form" OR dune* OR ripple*) AND (river* OR stream* OR flume) ' * 4,
    "title:silt author:ito year:2019 " * 12,
    " ".join(f"-word{n}" for n in range(60)),
    "沉积" * 20,
    "-" * 5_000,
]


@pytest.mark.parametrize("text", PROSE, ids=lambda text: text[:20])
def test_long_texts_with_few_operators_are_prose(text: str) -> None:
    """No sign in prose excludes or requires anything: all its words stand side by side."""
    assert is_prose(text)
    query = parse(text).query
    assert isinstance(query, And)
    assert not query.spelt
    assert {type(child) for child in query.children} == {Word}


@pytest.mark.parametrize("text", QUERIES, ids=lambda text: text[:20])
def test_short_texts_and_those_with_many_operators_are_queries(text: str) -> None:
    """A query of any length that somebody wrote in the language keeps its operators."""
    assert not is_prose(text)


def test_a_notice_says_that_operators_are_words() -> None:
    """A notice is given if the text contains what would be an operator, and else none."""
    assert [notice.message for notice in parse(ABSTRACT).notices] == [
        "Read as pasted text: its quotes and operators are searched as words"
    ]
    assert parse("silt and gravel, " * 20).notices == ()


def test_words_keep_their_places_and_lose_their_signs() -> None:
    """Hyphenated words stay whole; long chains of words, such as addresses, do not."""
    text = "Well-sorted (fine) grains* at left/right/upper/lower/a-b " + "silt " * FEWEST_WORDS
    words = [leaf for leaf in list_leaves(parse(text).query) if isinstance(leaf, Word)]
    assert [word.text for word in words[:10]] == [
        *("Well-sorted", "fine", "grains", "at"),
        *("left", "right", "upper", "lower", "a", "b"),
    ]
    assert [text[slice(*word.at)] for word in words[:3]] == ["Well-sorted", "fine", "grains"]


def test_identifiers_are_recognised_in_prose() -> None:
    """An identifier in prose is a value, whatever brackets and commas are around it."""
    text = f"(doi:10.5555/silt.7), https://arxiv.org/abs/1901.00001. {ABSTRACT}"
    values = [leaf for leaf in list_leaves(parse(text).query) if isinstance(leaf, Value)]
    assert [(value.field, value.text) for value in values] == [
        ("doi", "10.5555/silt.7"),
        ("arxiv", "1901.00001"),
    ]


def test_scripts_without_spaces_are_split_into_pairs() -> None:
    """Two overlapping characters are searched together, and three count as two words."""
    query = parse("河流泥沙, " + "silt " * FEWEST_WORDS).query
    assert [str(leaf) for leaf in list_leaves(query)[:4]] == ["河流", "流泥", "泥沙", "silt"]
    assert count_words("河流泥沙") == 3


@given(
    st.lists(
        st.sampled_from(
            [
                *ABSTRACT.split(),
                *CHINESE[:20],
                "10.5555/a(b)c",
                "AND",
                "x:y",
                "a-b-c-d-e",
                "'q'",
                "¿",
            ]
        )
        # An index sign behind a character of a script without spaces belongs to no formula, but
        # does once a space parts them.
        | st.text(st.characters(exclude_characters="_^"), max_size=8),
        min_size=3 * FEWEST_WORDS,
        max_size=4 * FEWEST_WORDS,
    ).map(" ".join)
)
@settings(max_examples=300, deadline=None)
def test_printed_prose_parses_into_the_same_tree(text: str) -> None:
    """The words of prose, printed and read again, are the same words."""
    query = parse(text).query
    assert parse(str(query)).query == query


def test_prose_is_cleaned_as_other_queries_are() -> None:
    """Invisible signs and wide brackets vanish, a formula is one word, and words keep places."""
    text = f"Flux of $\\mu$m in se\u00addi\u200bments\uff08silt\uff09 and {ABSTRACT}"
    words = [leaf for leaf in list_leaves(parse(text).query) if isinstance(leaf, Word)]
    assert [word.text for word in words[:7]] == [
        *("Flux", "of", "um", "in", "sediments", "silt", "and"),
    ]
    assert text[slice(*words[4].at)] == "se\u00addi\u200bments"
    assert text[slice(*words[5].at)] == "silt"
