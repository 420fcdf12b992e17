"""Check `search.authors.affiliations`."""

from pathlib import Path

from search.authors.affiliations import Affiliation, key_institution, list_affiliations
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors


def _write(year: int | None, *affiliations: str) -> dict[str, object]:
    return {"year": year, "authors": [{"name": "Ann Lee", "affiliations": list(affiliations)}]}


def test_spellings_of_an_institution_are_one(tmp_path: Path) -> None:
    """It has the years of all of them, and is named as most papers do."""
    papers = [
        _write(2019, "University of California, Berkeley"),
        _write(2021, "University of California Berkeley", "Google"),
        _write(2020, "University of California, Berkeley", "Ann Lee", "Unknown Institution"),
        _write(None, "Google"),
        _write(2018),
    ]
    mentions = find_cluster(open_authors(tmp_path, papers), "Ann Lee").mentions
    assert list_affiliations(mentions) == (
        Affiliation("University of California, Berkeley", 3, 2019, 2021),
        Affiliation("Google", 2, 2021, 2021),
    )


def test_a_key_has_no_small_words() -> None:
    """Nor case, accents and punctuation."""
    assert key_institution("The University of Zürich") == "university zurich"
    assert key_institution("University, Zurich") == "university zurich"
    assert key_institution("N/A") == key_institution("unknown") == key_institution("") == ""
