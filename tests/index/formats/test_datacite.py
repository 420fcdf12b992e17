"""Check the reader of DataCite's DOIs."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Appearance, Author, Paper, RawRecord
from tests.support.answer_records import DATACITE
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper, read_raw

NAME = "datacite"
ATTRIBUTES: dict[str, Any] = DATACITE["attributes"]


def read_attributes(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read the sample's attributes with some changed."""
    return read_paper(path / "d", NAME, DATACITE, attributes=ATTRIBUTES | changes)


def test_a_record(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_attributes(tmp_path)
    assert (found.id, found.title) == ("doi:10.1000/data.5", "Walking on Paper: A Study")
    orcid = {"orcid": "0000-0002-1825-0097"}
    places = ("ETH Zurich", "University of Bern")
    assert found.authors == (
        Author("Ann Lee", "ann lee", orcid, places), Author("Walkers Bern", "walkers bern"),
    )  # fmt: skip
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date, show.publisher) == (2022, "2022-03-04", "Made-up Press")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.topics == ("mathematics", "walks")
    assert found.ids == {"doi": "10.1000/data.5", "arxiv": "2101.00055"}
    assert (found.urls, found.citations) == ({"page": "https://a.org/paper/5"}, 3)
    assert (found.abstract, found.language, found.status) == ("We walk.", "en", "")
    assert show.source is not None
    assert show.source.licence == "CC0-1.0"


def test_the_answer_for_one_doi(tmp_path: Path) -> None:
    """The resource is in an object; the empty lists of its relations are no envelope."""
    relations = {"citations": {"data": []}, "parts": {"data": [{"id": "10.1/a", "type": "dois"}]}}
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"data": DATACITE | {"relationships": relations}}))
    (found,) = read_raw(path)
    assert isinstance(found, RawRecord)
    assert (found.id, found.updated) == ("doi:10.1000/data.5", "2023-02-01")


def test_repositories_after_a_page_are_skipped(tmp_path: Path) -> None:
    """The page may include repositories, whose prefixes are in arrays of the same name."""
    prefixes = {"prefixes": {"data": [{"id": "10.1000", "type": "prefixes"}]}}
    client = {"id": "x.y", "type": "clients", "attributes": {}, "relationships": prefixes}
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"data": [DATACITE], "included": [client]}))
    found = [one for one in read_raw(path) if isinstance(one, RawRecord)]
    assert [one.deleted for one in found] == [False, True]


FIRST_VERSION: dict[str, Any] = {
    "id": "https://doi.org/10.1000/Old.1",
    "creators": [{"type": "Person", "id": "http://orcid.org/0000-0002-1825-0097",
                  "name": "Lee, Ann", "givenName": "Ann", "familyName": "Lee"},
                 {"type": "Organization", "name": "Walkers, Bern"}],
    "titles": [{"title": "Walking Before"}],
    "publisher": "Made-up Press",
    "publicationYear": "2016",
    "types": {"resourceTypeGeneral": "Text", "resourceType": "Dissertation"},
    "schemaVersion": "http://datacite.org/schema/kernel-4",
}  # fmt: skip


def test_attributes_of_the_first_version(tmp_path: Path) -> None:
    """People have a type and an id, the year is a text, and the DOI may be an address."""
    found = read_paper(tmp_path / "d", NAME, FIRST_VERSION)
    assert (found.id, found.shown.year, found.shown.type) == ("doi:10.1000/old.1", 2016, "thesis")
    assert [author.name for author in found.authors] == ["Ann Lee", "Walkers Bern"]
    assert found.authors[0].ids == {"orcid": "0000-0002-1825-0097"}
    assert found.urls == {"page": "https://doi.org/10.1000/old.1"}


def _general(kind: str, stated: str = "") -> dict[str, Any]:
    return {"types": {"resourceTypeGeneral": kind, "resourceType": stated}}


TYPES: list[tuple[dict[str, Any], str]] = [
    (_general("ConferencePaper"), "conference paper"),
    (_general("ConferenceProceeding"), "conference paper"),
    (_general("Poster"), "conference paper"),
    (_general("Dissertation"), "thesis"),
    (_general("Preprint"), "preprint"),
    (_general("BookChapter"), "book chapter"),
    (_general("DataPaper"), "data paper"),
    (_general("Dataset"), "dataset"),
    (_general("Software", "Article"), "software"),
    (_general("ComputationalNotebook"), "software"),
    (_general("Text", "Technical Report"), "report"),
    (_general("Text", "Blog"), "journal article"),  # of a journal
    ({"types": None}, "journal article"),
]


@pytest.mark.parametrize(("change", "expected"), TYPES)
def test_types(tmp_path: Path, change: dict[str, Any], expected: str) -> None:
    """The closed list counts; of a text, the words."""
    container = {"title": "Journal of Walks"}
    assert read_attributes(tmp_path, **change, container=container).shown.type == expected


@pytest.mark.parametrize("kind", ["Image", "PhysicalObject", "Collection", "PeerReview"])
def test_things_are_skipped(tmp_path: Path, kind: str) -> None:
    """What is no document, data set or software is skipped, under its id."""
    (found,) = read(tmp_path / "d", NAME, DATACITE | {"attributes": ATTRIBUTES | _general(kind)})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id) == (True, "doi:10.1000/data.5")


def test_a_preprint_appears_at_its_publisher(tmp_path: Path) -> None:
    """A preprint has no container."""
    show = read_attributes(
        tmp_path, **_general("Preprint"), container=None, publisher="arXiv"
    ).shown
    assert (show.venue, show.venue_kind) == ("arXiv", "repository")


def test_the_related_item_is_the_venue(tmp_path: Path) -> None:
    """A work is published in a related item, which says more than the derived container."""
    item = {"relationType": "IsPublishedIn", "titles": [{"title": "Walk Notes"}], "volume": 3,
            "number": "4", "firstPage": "e5", "publisher": "Other Press"}  # fmt: skip
    other = {"relationType": "Cites", "titles": [{"title": "Not This"}]}
    show = read_attributes(tmp_path, relatedItems=[other, item]).shown
    assert (show.venue, show.volume, show.issue, show.pages) == ("Walk Notes", "3", "4", "e5")
    assert show.publisher == "Other Press"


@pytest.mark.parametrize("publisher", ["(:unav)", None, {"name": None}])
def test_an_unknown_publisher(tmp_path: Path, publisher: object) -> None:
    """DataCite's codes for unknown values are not values."""
    assert read_attributes(tmp_path, publisher=publisher).shown.publisher == ""


def test_editors_stand_for_absent_creators(tmp_path: Path) -> None:
    """Other contributors, such as sponsors, are no authors."""
    people = [{"name": "Sponsor", "contributorType": "Sponsor"},
              {"name": "Do, Cy", "contributorType": "Editor"}]  # fmt: skip
    found = read_attributes(tmp_path, creators=[], contributors=people)
    assert [author.name for author in found.authors] == ["Cy Do"]


def test_a_withdrawn_record(tmp_path: Path) -> None:
    """A date says so; nothing else does."""
    dates = [{"date": "2023", "dateType": "Withdrawn"}]
    assert read_attributes(tmp_path, dates=dates).status == "withdrawn"


def test_nothing_is_made_up(tmp_path: Path) -> None:
    """A record with a title and a DOI alone is read."""
    found = read_attributes(
        tmp_path, **{key: None for key in ATTRIBUTES if key not in {"doi", "titles"}}
    )
    assert found.authors == ()
    assert found.shown == Appearance(source=found.shown.source)


@pytest.mark.parametrize(
    "content",
    [
        b'{"titles": [{"title": "T"}], "document_type": ["article"], "creators": []}',
        b'{"data": [{"id": "x.y", "type": "clients", "attributes": {"name": "X"}}]}',
        b'{"errors": [{"status": "404", "title": "Not found"}]}',
    ],
)
def test_other_answers_are_not_recognised(content: bytes) -> None:
    """Repositories and errors are no DOIs."""
    form = recognise_format(make_stream(content))
    assert form is None or form.short_name != NAME
