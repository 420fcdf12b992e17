"""Check `search.authors.name_cluster` and `search.authors.mentions`."""

from pathlib import Path

import pytest

from index.people.curation import CURATION
from search.answers.searcher import Searcher
from search.authors.mentions import find_years
from search.authors.name_cluster import find_cluster
from search.errors import AuthorMissing
from tests.support.author_index import open_authors

HINTONS = [
    {"authors": ["Geoffrey Hinton", "Ann Lee"], "year": 2010},
    {"authors": ["Ann Lee", "Geoffrey E. Hinton"], "year": 2012, "title": "Bees"},
    {"authors": ["Geoffrey E Hinton"], "year": 2012, "title": "Ants"},
    {"authors": ["G. E. Hinton"], "year": 1987},
]
GRACE: dict[str, object] = {"authors": ["Grace Hinton"], "year": 2000}


@pytest.mark.parametrize(
    "typed",
    ["Geoffrey Hinton", "geoffrey e. hinton", "G. E. Hinton", "Hinton, G", "HINTON, Geoffrey"],
)
def test_every_spelling_leads_to_one_cluster(tmp_path: Path, typed: str) -> None:
    """The newest paper is first, and papers of a year are sorted by title."""
    cluster = find_cluster(open_authors(tmp_path, HINTONS), typed)
    assert cluster.name == "Geoffrey Hinton"
    assert [mention.paper.id for mention in cluster.mentions] == ["p2", "p1", "p0", "p3"]
    assert [mention.position for mention in cluster.mentions] == [0, 1, 0, 0]
    assert [(one.name, one.papers) for one in cluster.variants] == [
        ("Geoffrey E Hinton", 2), ("G. E. Hinton", 1), ("Geoffrey Hinton", 1),
    ]  # fmt: skip
    assert cluster.total == 4


def test_initials_that_may_mean_two_people_are_apart(tmp_path: Path) -> None:
    """They list the names that may be meant; a middle initial tells whose name it is."""
    searcher = open_authors(tmp_path, [*HINTONS, GRACE, {"authors": ["G. Hinton"]}])
    assert len(find_cluster(searcher, "Geoffrey Hinton").mentions) == 4
    short = find_cluster(searcher, "G. Hinton")
    assert [mention.name for mention in short.mentions] == ["G. Hinton"]
    assert [one.name for one in short.others] == ["Geoffrey Hinton", "Grace Hinton"]
    assert find_cluster(searcher, "G. E. Hinton") == find_cluster(searcher, "Geoffrey Hinton")


ODD = [
    "Omer Ben-Porat", "Omer Porat", "Jackie CK Cheung", "Antonio J. del-Ama", "A. del Ama",
    "A. J. del Ama", "A. Ama",
    "J. Hyeon Park", "J. Park", "Jae Park", "Jun Park", "Gaurav S. Kim", "G. S. Kim", "G. Kim",
    "Guarav Kim", "Brockers", "Roland Brockers", "Justin M. Sol", "J. B. Sol",
    "Justin Sol", "J. Sol",
    "Emmanuel Vander Poorten", "E. B. Vander Poorten", "Valdinei Freire da Silva", "Vitor Silva",
    "V. Freire da Silva", "Li Fei-Fei", "Atlas Collaboration", "O'Brien, K.", "Kim, Min-Jun",
]  # fmt: skip


def test_every_name_has_a_page_whose_name_leads_to_it(tmp_path: Path) -> None:
    """The page of a name lists the papers that it is on, however it is written."""
    searcher = open_authors(tmp_path, [{"authors": [name]} for name in ODD])
    found = {name: find_cluster(searcher, name) for name in ODD}
    listed = {
        name for at, name in enumerate(ODD)
        if f"p{at}" in [mention.paper.id for mention in found[name].mentions]
    }  # fmt: skip
    assert listed == set(ODD)
    assert {name: find_cluster(searcher, one.name) for name, one in found.items()} == found


def test_folded_keys_lead_to_the_name(tmp_path: Path) -> None:
    """A key without its hyphen is read as another name, which nobody has."""
    searcher = open_authors(tmp_path, [{"authors": ["Li Fei-Fei"]}, *HINTONS])
    assert find_cluster(searcher, "li fei fei") == find_cluster(searcher, "Li Fei-Fei")


def test_initials_without_papers_list_the_names(tmp_path: Path) -> None:
    """Nobody signs so, but two names fit."""
    found = find_cluster(open_authors(tmp_path, [*HINTONS[:2], GRACE]), "Hinton, G.")
    assert found.mentions == ()
    assert len(found.others) == 2


@pytest.mark.parametrize("name", ["山田 太郎", "王伟", "Ольга Белова", "Nguyễn Văn An"])
def test_names_of_all_scripts_are_found(tmp_path: Path, name: str) -> None:
    """A character whose variant the index stores does not keep a name from its page."""
    found = find_cluster(open_authors(tmp_path, [{"authors": [name, "Ann Lee"]}]), name)
    assert (found.name, len(found.mentions)) == (name, 1)


@pytest.mark.parametrize("typed", ["Nobody Here", "", "  ", "...", "x" * 1000, "\x00"])
def test_a_name_without_papers_is_missing(tmp_path: Path, typed: str) -> None:
    """The error names it."""
    searcher = open_authors(tmp_path, HINTONS)
    with pytest.raises(AuthorMissing):
        find_cluster(searcher, typed)


PEOPLE = """
[[person]]
name = "Grace Hinton"
alias = ["Grace Roe"]
hidden = ["Geoffrey E. Hinton", "Geoffrey E Hinton"]
"""


def test_names_of_one_person_lead_to_one_cluster(tmp_path: Path) -> None:
    """So do an alias and a former name, which is not among the spellings."""
    open_authors(tmp_path, [*HINTONS, GRACE, {"authors": ["Grace Roe", "Bo Roe"], "year": 2001}])
    (tmp_path / "index" / CURATION).write_text(PEOPLE, "utf-8")
    searcher = Searcher(tmp_path / "index")
    for typed in ("Grace Hinton", "Roe, Grace", "geoffrey e. hinton"):
        cluster = find_cluster(searcher, typed)
        assert cluster.name == "Grace Hinton"
        assert [one.paper.id for one in cluster.mentions] == ["p2", "p1", "p5", "p4", "p3"]
        assert [(one.name, one.papers) for one in cluster.variants] == [
            ("Grace Hinton", 3), ("G. E. Hinton", 1), ("Grace Roe", 1),
        ]  # fmt: skip
    assert [one.name for one in find_cluster(searcher, "Bo Roe").variants] == ["Bo Roe"]
    assert [one.paper.id for one in find_cluster(searcher, "Geoffrey Hinton").mentions] == ["p0"]


def test_years_of_papers(tmp_path: Path) -> None:
    """The earliest and the latest year, as far as any is known."""
    mentions = find_cluster(open_authors(tmp_path, HINTONS), "Geoffrey Hinton").mentions
    assert find_years(mentions) == (1987, 2012)
    assert find_years(()) is None
