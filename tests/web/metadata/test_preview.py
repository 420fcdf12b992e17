"""Test descriptions and OpenGraph tags."""

from index.records import Appearance, Author, Paper
from web.metadata.preview import LONGEST_DESCRIPTION, list_preview_tags, write_description


def test_the_description_is_the_beginning_of_the_abstract() -> None:
    """It is one line of bounded length."""
    paper = Paper("x", "T", "First line.\n\nSecond " + "word " * 200)
    text = write_description(paper)
    assert text.startswith("First line. Second word")
    assert len(text) <= LONGEST_DESCRIPTION + 1


def test_without_an_abstract_it_names_authors_and_venue() -> None:
    """There is no empty description as long as something is known."""
    shown = Appearance(venue="ICML", year=2015)
    paper = Paper("x", "T", authors=(Author("Ann"), Author("Bo")), appearances=(shown,))
    assert write_description(paper) == "Ann, Bo. ICML 2015"
    assert write_description(Paper("x", "T")) == ""


def test_empty_tags_are_left_out() -> None:
    """A preview has the title and the address, and no tag without content."""
    tags = dict(list_preview_tags(Paper("x", "T"), "https://a.b/paper/x"))
    assert tags["og:title"] == "T"
    assert tags["og:url"] == "https://a.b/paper/x"
    assert "og:description" not in tags
