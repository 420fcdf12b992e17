"""Check how a venue with volume, issue and pages is parsed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.dublin_core_sources import parse_place
from tests.support.cost import Work, grows_linearly

PLACES = [
    ("Journal of Rain; Vol. 3 No. 2 (2018): Spring; 101-110", ("3", "2", "101-110")),
    ("Journal of Rain; Vol 1 No 1 (2003); pp. 1-10", ("1", "1", "1-10")),
    ("Journal of Rain; Vol. XII; 4-6", ("XII", "", "4-6")),
    ("Journal of Rain; Volume 3 | Issue 2 (2018)", ("3", "2", "")),
    ("Journal of Rain; v. 3 n. 2 (2018); e101", ("3", "2", "e101")),
    ("Journal of Rain; Núm. 12 (2018): Lluvia; 5-8", ("", "12", "5-8")),
    ("Journal of Rain; Bd. 3 Nr. 2 (2018); 101\u2013110", ("3", "2", "101-110")),
    ("Journal of Rain; Том 3 № 2 (2018); 5-9", ("3", "2", "5-9")),
    ("Journal of Rain; Cilt 3 Sayı 2 (2018); 5-7", ("3", "2", "5-7")),
    ("Journal of Rain; vol. 12 no. S1 (2018) ; S5-S9", ("12", "S1", "S5-S9")),
    ("Journal of Rain; 2018: Vol 3.2; 1-2", ("3.2", "", "1-2")),
    ("Journal of Rain, Vol 5, Iss 3, Pp e01234- (2019)", ("5", "3", "e01234")),
    ("Journal of Rain, Vol. 3, No. 2, pp. 5-7", ("3", "2", "5-7")),
    ("Journal of Rain (Vol. 3)", ("3", "", "")),
    ("Journal of Rain, 3(2), 101-110", ("3", "2", "101-110")),
    ("Journal of Rain 3 (2-3): 7", ("3", "2-3", "7")),
    ("Journal of Rain; 2049-3630", ("", "", "")),
    ("Journal of Rain", ("", "", "")),
]


@pytest.mark.parametrize(("text", "parts"), PLACES)
def test_places(text: str, parts: tuple[str, str, str]) -> None:
    """Volume, issue and pages are found in the words of several languages."""
    assert parse_place(text) == ("Journal of Rain", *parts)


OTHERS = [
    ("Rain, Wind and Sun, Vol 3, Iss 2 (2018)", ("Rain, Wind and Sun", "3", "2", "")),
    ("Rain: Wind, Sun and Moss; Vol. 3 No. 2 (2018): Wind, Sun and Moss ; 1-7",
     ("Rain: Wind, Sun and Moss", "3", "2", "1-7")),
    ("Vol. 3 No. 2", ("", "3", "2", "")),
    ("Annals of Vol (2018)", ("Annals of Vol (2018)", "", "", "")),
    ("", ("", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), OTHERS)
def test_other_texts(text: str, place: tuple[str, str, str, str]) -> None:
    """A venue may hold commas or be missing; a text without a number is a venue."""
    assert parse_place(text) == place


@given(st.text(max_size=200) | st.text("Vol. 3(2);,-pN", max_size=60))
def test_any_text_is_parsed(text: str) -> None:
    """No text fails, and no part has a space at its ends."""
    assert all(part == part.strip() for part in parse_place(text))


def test_long_texts_take_linear_time() -> None:
    """Twice as many signs of a volume take about twice the time."""

    def make(size: int) -> Work:
        return lambda: [parse_place("Vol. N, 3(" * 100) for _ in range(size)]

    assert grows_linearly(make, 20)
