"""Check which words are read as years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.planning.plan import AllOf, Numbers, Pattern, Term
from search.planning.years import extract_year, is_year, match_dated_word, read_year, split_year
from tests.support.counts import Counts

COUNTS = Counts({"venue_short": {"nips": 9, "aaai": 9, "naacl": 9}, "author": {"moor": 3}})

WORDS = [  # tokens, the tokens before the year and the year
    ("nips17", ("nips",), 2017),
    ("nips2017", ("nips",), 2017),
    ("nips 17", ("nips",), 2017),
    ("aaai 22", ("aaai",), 2022),
    ("aaai 1988", ("aaai",), 1988),
    ("aaai 88", ("aaai",), 1988),
    ("naacl hlt19", ("naacl", "hlt"), 2019),
    ("moor14", ("moor",), 2014),
    ("moor2014b", ("moor",), 2014),
    ("moor2014reeds", ("moor",), 2014),
]


@pytest.mark.parametrize(("word", "before", "year"), WORDS)
def test_a_year_is_separated_from_a_venue_or_a_name(
    word: str, before: tuple[str, ...], year: int
) -> None:
    """Two digits are a year of this century or, from `PIVOT` on, of the last one."""
    found = split_year(word.split(), COUNTS)
    assert found is not None
    assert found[:2] == (before, year)


def test_a_key_of_bibtex_ends_with_a_word() -> None:
    """The word must match too."""
    found = split_year(["moor2014reeds"], COUNTS)
    assert found is not None
    assert found.after == "reeds"
    (match,) = match_dated_word(["moor2014reeds"], COUNTS)
    assert isinstance(match, AllOf)
    assert match.children[-1] == Term("text", "reed")


def test_a_label_begins_with_three_letters_of_a_name() -> None:
    """It is one only if no text has the word and some name begins like it."""
    named = [AllOf((Pattern("author", "moo*"), Numbers("year", 2014, 2014)))]
    assert match_dated_word(["moo14"], COUNTS) == named
    assert match_dated_word(["moo", "14"], COUNTS) == named
    texts = Counts({"author": {"moor": 3}, "text": {"moo14": 1}})
    assert match_dated_word(["moo14"], texts) == []


@pytest.mark.parametrize("key", ["moor etal 2014 reeds", "moor 2014 reeds"])
def test_a_key_of_the_acl_anthology_has_hyphens(key: str) -> None:
    """It may name further authors, or replace them."""
    found = split_year(key.split(), COUNTS)
    assert found is not None
    assert found == (("moor",), 2014, "reeds")


@pytest.mark.parametrize("word", ["covid19", "resnet50", "vgg 16", "nips", "17", "h264", "nips1"])
def test_other_words_with_digits_have_no_year(word: str) -> None:
    """Letters before a number are a venue or a name only if the index has them as one."""
    assert split_year(word.split(), COUNTS) is None
    assert match_dated_word(word.split(), COUNTS) == []


def test_a_dated_venue_matches_its_papers_of_the_year() -> None:
    """The word itself may match too, which the caller adds."""
    assert match_dated_word(["nips17"], COUNTS) == [
        AllOf((Term("venue_short", "nips"), Numbers("year", 2017, 2017)))
    ]


@pytest.mark.parametrize(
    ("token", "year"), [("2017", 2017), ("2017b", 2017), ("1066", None), ("20170", None)]
)
def test_years(token: str, year: int | None) -> None:
    """A letter tells apart references of one year."""
    assert read_year(token) == year
    assert match_dated_word([token], COUNTS) == ([Numbers("year", year, year)] if year else [])


@pytest.mark.parametrize(("name", "expected"), [
    ("neurips 2017", (("neurips",), 2017)),
    ("2017 neurips", (("neurips",), 2017)),
    ("icml 2019 workshop", (("icml", "workshop"), 2019)),
    ("icml19", (("icml",), 2019)),
    ("icml", None),
    ("2019", None),
])  # fmt: skip
def test_the_year_of_a_venue(name: str, expected: object) -> None:
    """A venue need not be known, since a field says that it is one."""
    found = extract_year(name.split())
    assert (found and found[:2]) == expected


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_tokens_are_read(tokens: list[str]) -> None:
    """No word is an error, and a year is always one that papers may have."""
    found = extract_year(tokens)
    assert found is None or (found.before and is_year(str(found.year)))
    assert isinstance(match_dated_word(tokens, COUNTS), list)
