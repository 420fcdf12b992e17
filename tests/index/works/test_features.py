"""Check the features by which works are recognised."""

import pytest

from index.records import Appearance, Author, Paper
from index.text.analyser import tokenise
from index.works.features import (
    Features,
    collect_identifiers,
    make_signature,
    make_signatures,
    normalise_title,
)
from index.works.stages import Stage


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tides at Night (Extended Abstract)", "tides at night"),
        ("Tides at Night: Short Paper", "tides at night"),
        ("Tides at Night - Poster Abstract", "tides at night"),
        ("The Abstract", "the abstract"),
        ("Tides of an Extended Abstract World", "tides of an extended abstract world"),
    ],
)
def test_titles_without_their_form(title: str, expected: str) -> None:
    """An ending that describes the publication is removed, and nothing else."""
    assert normalise_title(tokenise(title)) == expected


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"doi": "10.1/a", "doi 2": "10.2/b"}, {"doi:10.1/a", "doi:10.2/b"}),
        ({"doi": "10.48550/arxiv.2001.00001"}, {"arxiv:2001.00001"}),
        ({"doi": "10.48550/arxiv.math.gt/0309136"}, {"arxiv:math/0309136"}),
        ({"doi": "10.1000/(sici)1234-5678(199901)3:2"}, set()),
        ({"arxiv": "2001.00001", "openreview": "x"}, {"arxiv:2001.00001"}),
        ({"doi": "10.1007/978-3-031-19830-4"}, set()),
        ({"doi": "10.1007/978-3-031-19830-4_7"}, {"doi:10.1007/978-3-031-19830-4_7"}),
        ({}, set()),
    ],
)
def test_identifiers(ids: dict[str, str], expected: set[str]) -> None:
    """DOIs and arXiv ids identify a paper; the DOI of a whole book does not."""
    assert collect_identifiers(Paper("1", "Tides", ids=ids)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("aviral kumar", ("kumar a", "aviral")),
        ("a kumar", ("kumar a", "a")),
        ("wei wang 0001", ("wang w", "wei")),
        ("sammy davis jr", ("davis s", "sammy")),
        ("plato", ("plato p", "plato")),
        ("0001", ("", "")),
        ("", ("", "")),
    ],
)
def test_signature_of_a_key(name: str, expected: tuple[str, str]) -> None:
    """A key is reduced to family name and initial; numbers and suffixes are left out."""
    assert make_signature(name) == expected


def test_signatures_of_authors() -> None:
    """Authors who share family name and initial share a signature."""
    names = ("Yi Wang", "Yu Wang", "Ada Reed", "")
    authors = tuple(Author(name, name.lower()) for name in names)
    assert make_signatures(authors) == {"wang y": ("yi", "yu"), "reed a": ("ada",)}


def test_numbers_of_a_title() -> None:
    """Digits, Roman numerals from II on and words of number count."""
    features = Features(Paper("1", "Two Tides of 2020: D4RL, Part II and I"))
    assert sorted(features.numbers) == ["2020", "d4rl", "ii", "two"]


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("one two", 0),
        ("alpha beta gamma delta epsilon zeta theta iota kappa lambda sigma omega of a", 12),
        ("\u4e00\u4e01\u4e03\u4e07\u4e08\u4e09\u4e0a\u4e0b\u4e0d\u4e0e\u4e10\u4e11", 11),
    ],
)
def test_words_of_an_abstract(abstract: str, expected: int) -> None:
    """Long words count, else pairs of tokens; a very short abstract is ignored."""
    assert len(Features(Paper("1", "Tides", abstract)).abstract) == expected


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        ("", "journal", Stage.PUBLISHED),
        ("poster", "conference", Stage.PUBLISHED),
        ("rejected", "conference", Stage.SUBMITTED),
        ("", "workshop", Stage.LESSER),
        ("", "repository", Stage.PREPRINT),
        ("", "", Stage.UNKNOWN),
    ],
)
def test_stages(status: str, kind: str, expected: Stage) -> None:
    """A record has the stage of its most final appearance, unless it was turned down."""
    show = Appearance("X", venue_kind=kind, year=2020)
    assert Features(Paper("1", "T", appearances=(show,), status=status)).stage is expected


def test_a_record_that_a_publisher_registered_is_published() -> None:
    """A DOI settles the stage of a record without a type, unless it is that of a repository."""
    stages = [
        Features(Paper("1", "T", ids={"doi": doi})).stage
        for doi in ("10.1000/a", "10.5281/zenodo.1", "10.48550/arxiv.2001.00001")
    ]
    assert stages == [Stage.PUBLISHED, Stage.UNKNOWN, Stage.UNKNOWN]


def test_years_of_all_appearances() -> None:
    """Unknown years are left out."""
    shows = tuple(Appearance(year=year) for year in (2019, None, 2020))
    assert Features(Paper("1", "T", appearances=shows)).years == {2019, 2020}
