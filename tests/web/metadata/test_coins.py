"""Test the OpenURLs of papers."""

from urllib.parse import parse_qs

import pytest

from index.records import Appearance, Author, Paper
from web.metadata.coins import LONGEST, MOST_AUTHORS, write_coins


@pytest.mark.parametrize(
    ("type_", "form", "genre", "title"),
    [
        ("conference paper", "journal", "proceeding", "rft.atitle"),
        ("journal article", "journal", "article", "rft.atitle"),
        ("preprint", "journal", "preprint", "rft.atitle"),
        ("book", "book", "book", "rft.btitle"),
        ("book chapter", "book", "bookitem", "rft.atitle"),
        ("thesis", "dissertation", "", "rft.title"),
        ("", "journal", "article", "rft.atitle"),
    ],
)
def test_each_type_has_its_format(type_: str, form: str, genre: str, title: str) -> None:
    """The title is under the key that the format of the type defines."""
    shown = Appearance(venue="Nature", type=type_, year=2015, volume="5", pages="1-9")
    paper = Paper(
        "x", "A & B", authors=(Author("Ada L"),), appearances=(shown,), ids={"doi": "1/2"}
    )
    found = parse_qs(write_coins(paper))
    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert found.get("rft.genre", [""]) == [genre]
    assert found[title] == ["A & B"]
    assert found["rft.au"] == ["Ada L"]
    assert found["rft_id"] == ["info:doi/1/2"]
    assert (found["rft.spage"], found["rft.epage"]) == (["1"], ["9"])


def test_it_is_bounded() -> None:
    """A huge paper does not make a huge page of results."""
    found = parse_qs(write_coins(Paper("x", "t" * 10**5, authors=(Author("A"),) * 999)))
    assert len(found["rft.au"]) == MOST_AUTHORS
    assert len(found["rft.atitle"][0]) == LONGEST
