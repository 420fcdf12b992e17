"""Check that an entry is matched with its work, and with no other."""

import pytest

from search.answers.searcher import Searcher
from search.bibliography.entries import read_entries
from search.bibliography.matching import Match, find_match, has_only_misprints

TITLE = "Learning to Predict the Tides from Satellite Images"
LEE = "author = {Lee, A. and Quist, B.}, year = 2020"

FOUND = [
    ("doi = {10.9999/TIDES.1}, title = {Learning to predict the tides}", "p1", "identifier"),
    ("eprint = {1905.01234v2}, title = {Tides}, author = {Lee, Ann}", "p1", "identifier"),
    (f"title = {{{TITLE}}}, {LEE}", "p1", "title"),
    (f"title = {{{{{TITLE.upper()}}}}}, {LEE}", "p1", "title"),
    (f"title = {{{TITLE}}}, author = {{Ann Lee and others}}, year = 2019", "p1", "title"),
    (f"title = {{{TITLE}}}, year = 2020", "p1", "title"),
    (f"title = {{Learning to Predct the Tide from Satelite Images}}, {LEE}", "p1",
     "similar title"),
    (f"title = {{Learning to Predict the Tides}}, {LEE}", "p1", "shortened title"),
    ("title = {Learning to Predict the Tides}, journal = {CoRR}, author = {Lee, A.}, year = 2018",
     "p1", "shortened title"),
    ("title = {Harbours and Glaciers: A Survey of Cold Ports}, author = {Cy Do and Di Po}", "p2",
     "similar title"),
    ("title = {Foundations of Estuaries, Part II}, author = {Ann Lee}, year = 2012", "p5", "title"),
    ("title = {Sorting the Shells of the Northern Sea}, author = {Ode, G.}, year = 2012", "p7",
     "title"),
    ("title = {A proof that all tides are equal}, author = {Roe, Eve}, year = 2019", "p3", "title"),
]  # fmt: skip


def match(searcher: Searcher, fields: str) -> Match:
    """Find what an entry means."""
    ((entry,), _) = read_entries(f"@misc{{a, {fields}}}", 9)
    assert entry.paper is not None
    return find_match(searcher, entry.paper)


@pytest.mark.parametrize(("fields", "known", "means"), FOUND)
def test_found(tides: Searcher, fields: str, known: str, means: str) -> None:
    """Identifiers, titles with authors, misprints, initials and cut titles lead to the work."""
    found = match(tides, fields)
    assert found.work is not None
    assert (found.work.id, found.means) == (known, means)


NOT_FOUND = [
    f"title = {{{TITLE}}}, author = {{Anna Moreau}}, year = 2020",
    f"title = {{{TITLE}}}, {LEE}".replace("2020", "2003"),
    f"title = {{Learning to Predict the Winds from Satellite Images}}, {LEE}",
    "title = {Foundations of Estuaries, Part III}, author = {Ann Lee}, year = 2012",
    "title = {Foundations of Estuaries}, author = {Ann Lee}, year = 2012",
    "title = {Sorting the Shells of the Northern Sea}, year = 2012",
    "title = {Learning to Predict}, author = {Ann Lee}, year = 2020",
    "title = {Introduction}, author = {Ann Lee}, year = 2020",
    "doi = {10.9999/tides.1}, title = {On Something Else}, author = {Someone, Q.}",
    f"title = {{Learning to Predict the Tides}}, booktitle = {{ICML}}, {LEE}".replace(
        "2020", "2021"
    ),
    f"title = {{{TITLE} and Buoys}}, booktitle = {{NeurIPS}}, {LEE}".replace("2020", "2021"),
]


@pytest.mark.parametrize("fields", NOT_FOUND)
def test_not_found(tides: Searcher, fields: str) -> None:
    """Other authors, distant years, words, parts, namesakes and the next paper are no match."""
    assert match(tides, fields).work is None


def test_an_identifier_of_another_paper(tides: Searcher) -> None:
    """The paper that is meant is found by its title, and the other one is named."""
    found = match(tides, f"doi = {{10.9999/tides.2}}, title = {{{TITLE}}}, {LEE}")
    assert found.work is not None
    assert found.stray is not None
    assert (found.work.id, found.stray.id, found.stray_scheme) == ("p1", "p2", "doi")


MISPRINTS = [
    ("deep lerning", "deep learning", True),
    ("a data set of tides", "dataset for tides", True),
    ("supervised parsing", "unsupervised parsing", False),
    ("robot arms", "robot hands", False),
    ("text models", "test models", False),
    ("all you ned", "all you need", True),
    ("tides", "tides again", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), MISPRINTS)
def test_misprints(one: str, other: str, *, expected: bool) -> None:
    """A misprint is similar to the word that is meant; a prefix makes another word."""
    assert has_only_misprints(one.split(), other.split()) is expected
