"""Tests for the samples of `tests.bench.pasted` and the texts that they are written as."""

import pytest

from index.records import Appearance, Author, Paper
from tests.bench.pasted import KINDS, Pasted, draw
from tests.bench.pasted_texts import STYLES, TABS, write_tab

DOI = "10.5555/reeds.7"


def make_paper(number: int = 0, year: int = 2014) -> Paper:
    """Return one of several papers that differ in a number."""
    return Paper(
        id=f"reeds:{number}",
        title=f"Slow winds over beds of SE({number})-reeds",
        abstract="Reeds bend in the wind. " * 20,
        authors=(
            Author(name="Ida B. Moor", key="ida b moor"),
            Author(name="Jo Fen", key="jo fen"),
            Author(name="Al Marsh", key="al marsh"),
        ),
        appearances=(Appearance(venue="ECCV", year=year),),
        urls={"page": f"https://reeds.example/{number}"},
        citations=5_000,
    )


@pytest.mark.parametrize(("style", "write"), STYLES.items())
def test_every_style_names_title_authors_year_and_doi(style: str, write: object) -> None:
    """A style loses nothing that identifies the paper, and writes a DOI only if asked."""
    assert callable(write), style
    text = write(make_paper(), DOI)
    for part in ("Slow winds over beds", "Moor", "Fen", "2014", DOI):
        assert part in text, style
    assert "10.5555" not in write(make_paper(), "")


def test_apa_is_written_as_journals_print_it() -> None:
    """Initials follow family names, and the year is in brackets."""
    assert STYLES["APA"](make_paper(), "").startswith(
        "Moor, I. B., Fen, J., & Marsh, A. (2014). Slow winds over beds"
    )


def test_every_tab_shows_the_title() -> None:
    """A tab is found by the title in it."""
    texts = [write_tab(make_paper(), site, "2001.00001") for site in TABS]
    assert all("Slow winds over beds" in text for text in texts)


def test_a_seed_draws_the_same_queries_for_every_kind() -> None:
    """Recorded figures stay comparable, since the sample depends on nothing else."""
    papers = [make_paper(number) for number in range(9)]
    once = draw(papers, 1)
    assert once == draw(papers, 1) != draw(papers, 2)
    assert all(len(once[kind]) == min(count, 9) for kind, (count, _) in KINDS.items())


def test_only_the_year_and_the_author_decide_where_any_paper_of_both_is_right() -> None:
    """An author and a year do not say which of their papers is meant; other texts do."""
    asked = Pasted("Moor 2014", make_paper(), same_author=True)
    assert asked.is_right(make_paper(3))
    assert not asked.is_right(make_paper(3, 2015))
    assert not Pasted("reeds", make_paper()).is_right(make_paper(3))
