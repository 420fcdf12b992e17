"""Check the reader of INSPIRE's records of literature."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Author, Paper, RawRecord
from tests.support.answer_records import INSPIRE
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper

NAME = "inspire"
METADATA: dict[str, Any] = INSPIRE["metadata"]


def read_metadata(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read the sample's metadata with some changed."""
    return read_paper(path / "d", NAME, INSPIRE, metadata=METADATA | changes)


def test_a_record(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_metadata(tmp_path)
    assert (found.id, found.title) == ("inspire:4100", "Walking with Quarks")
    known = {"orcid": "0000-0002-1825-0097", "inspire": "A.Lee.1"}
    assert found.authors == (
        Author("Ann Lee", "ann lee", known, ("ETH, Zurich",)),
        Author("WALK Collaboration", "walk collaboration"),
    )
    show, preprint = found.appearances
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk. Lett. B", "journal", "journal article",
    )  # fmt: skip
    assert (show.year, show.volume, show.issue, show.pages) == (2022, "7", "2", "11-19")
    assert (preprint.venue, preprint.type, preprint.date) == ("arXiv", "preprint", "2021-01-03")
    assert found.topics == ("hep-ph", "hep-ex", "phenomenology-hep", "quark: walk")
    assert found.ids == {"inspire": "4100", "doi": "10.1000/quark.1", "arxiv": "2101.00031"}
    assert found.urls == {"page": "https://inspirehep.net/literature/4100"}
    assert (found.abstract, found.citations, found.status) == ("We walk.", 5, "")


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_record_alone(tmp_path: Path, *, wrapped: bool) -> None:
    """A record is the same in the API's object and without it."""
    found = read_paper(tmp_path / "d", NAME, INSPIRE if wrapped else METADATA)
    assert (found.id, len(found.authors)) == ("inspire:4100", 2)


def test_a_title_after_many_authors(tmp_path: Path) -> None:
    """A record is recognised even if its title is not in the beginning of the file."""
    people = [{"full_name": f"Lee, A{n}", "signature_block": "LYa"} for n in range(5_000)]
    record = {"authors": people, "author_count": 5_000, "titles": [{"title": "Many"}]}
    found = read_paper(tmp_path / "d", NAME, record)
    assert (found.title, len(found.authors)) == ("Many", 5_000)


def test_only_a_preprint(tmp_path: Path) -> None:
    """What has no place of publication is a preprint, in the year of its first version."""
    found = read_metadata(tmp_path, publication_info=None, dois=None)
    (show,) = found.appearances
    assert (show.venue, show.year, show.type) == ("arXiv", 2021, "preprint")


THESIS = {"document_type": ["thesis"], "publication_info": None, "arxiv_eprints": None,
          "earliest_date": None, "thesis_info": {"date": "2019-06"},
          "imprints": [{"publisher": "U. Bern", "date": None}]}  # fmt: skip
BOOK = {"document_type": ["book"], "publication_info": None, "arxiv_eprints": None,
        "imprints": [{"publisher": "Made-up Press", "date": "2018-02-03"}]}  # fmt: skip
REPORT = {"document_type": ["report"], "publication_info": None, "arxiv_eprints": None,
          "report_numbers": [{"value": "WALK-2021-7"}]}  # fmt: skip
OTHERS: list[tuple[dict[str, Any], tuple[str, int | None, str, str, str]]] = [
    (THESIS, ("thesis", 2019, "2019-06", "U. Bern", "")),
    (BOOK, ("book", 2018, "2018-02-03", "Made-up Press", "")),
    (REPORT, ("report", 2021, "2021-01-03", "", "WALK-2021-7")),
]


@pytest.mark.parametrize(("change", "expected"), OTHERS)
def test_other_documents(
    tmp_path: Path, change: dict[str, Any], expected: tuple[str, int | None, str, str, str]
) -> None:
    """Theses, books and reports have their dates, publishers and numbers elsewhere."""
    show = read_metadata(tmp_path, **change).shown
    assert (show.type, show.year, show.date, show.publisher, show.issue) == expected


def test_the_type_of_publication_says_more(tmp_path: Path) -> None:
    """An article that is a review is a review."""
    assert read_metadata(tmp_path, publication_type=["review"]).shown.type == "review"
    conference = read_metadata(tmp_path, document_type=["conference paper"])
    assert conference.shown.type == "conference paper"


GROUPS: list[tuple[dict[str, Any], list[str]]] = [
    ({"collaborations": [{"value": "The Walk Collaboration"}]}, ["Ann Lee", "Walk Collaboration"]),
    ({"collaborations": None, "corporate_author": ["CERN"]}, ["Ann Lee", "CERN"]),
    ({"collaborations": None, "authors": [{"full_name": "Do, Cy", "inspire_roles": ["editor"]}]},
     ["Cy Do"]),
    ({"authors": None}, ["WALK Collaboration"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), GROUPS)
def test_groups_and_editors(tmp_path: Path, change: dict[str, Any], expected: list[str]) -> None:
    """Collaborations follow the people; editors stand for absent authors; supervisors are none."""
    assert [author.name for author in read_metadata(tmp_path, **change).authors] == expected


@pytest.mark.parametrize("change", [{"document_type": ["proceedings"]}, {"deleted": True}])
def test_volumes_and_deleted_records_are_skipped(tmp_path: Path, change: dict[str, Any]) -> None:
    """They are skipped under their id."""
    (found,) = read(tmp_path / "d", NAME, INSPIRE | {"metadata": METADATA | change})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id, found.updated) == (True, "inspire:4100", "2023-04-05")


def test_a_withdrawn_paper(tmp_path: Path) -> None:
    """INSPIRE marks papers that were withdrawn."""
    assert read_metadata(tmp_path, withdrawn=True).status == "withdrawn"


@pytest.mark.parametrize(
    "record",
    [
        {"name": {"value": "Lee, Ann"}, "positions": [], "control_number": 7},
        {"titles": [{"title": "Walks 2021"}], "cnum": "C21", "opening_date": "2021"},
        {"hits": {"hits": [{"metadata": {"title": "T", "creators": []}}]}},
    ],
)
def test_other_records_are_not_recognised(record: dict[str, Any]) -> None:
    """Authors, conferences and records of other repositories are no literature."""
    form = recognise_format(make_stream(json.dumps(record).encode()))
    assert form is None or form.short_name != NAME
