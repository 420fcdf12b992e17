"""Check the reader of records of InvenioRDM and Zenodo."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import list_formats
from index.records import Author, Paper, RawRecord
from index.scanners.head import parse_head
from tests.support.json_samples import read, read_paper
from tests.support.repository_records import DEPOSIT, INVENIO, ZENODO

NAME = "invenio"
ORCID = {"orcid": "0000-0002-1825-0097"}


def read_changed(path: Path, record: dict[str, Any], **changes: object) -> Paper:
    """Read a sample with some keys of its metadata changed."""
    return read_paper(path / "d", NAME, record, metadata=record["metadata"] | changes)


def test_a_record(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_changed(tmp_path, INVENIO)
    assert found.id == "doi:10.1000/inv.1"
    assert found.title == "Walking in a Repository: A Study"
    assert found.authors == (
        Author("Ann B. Lee", "ann b lee", ORCID, ("ETH Zurich",)),
        Author("Walkers Bern", "walkers bern"),
    )
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date, show.publisher) == (2021, "2021-03-04", "Made-up Archive")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.ids == {"doi": "10.1000/inv.1", "arxiv": "2101.00051"}
    assert found.urls == {"page": "https://a.org/records/a1b2c-3d4e5"}
    assert (found.abstract, found.language) == ("We walk.", "en")
    assert found.topics == ("walks", "mathematics")


def test_a_record_of_zenodo(tmp_path: Path) -> None:
    """The older form says the same in other words."""
    found = read_changed(tmp_path, ZENODO)
    assert (found.id, found.title) == ("doi:10.5281/zenodo.4100052", "Walking to a Meeting")
    assert found.authors == (
        Author("Ann B. Lee", "ann b lee", ORCID, ("ETH Zurich",)), Author("Bo Li", "bo li"),
    )  # fmt: skip
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walking Days",
        "conference",
        "conference paper",
    )
    assert (show.year, show.date, show.publisher) == (2021, "2021-03-04", "Zenodo")
    assert (found.topics, found.language) == (("walks", "mathematics"), "en")
    assert found.ids == {"doi": "10.5281/zenodo.4100052", "arxiv": "2101.00052"}
    assert found.urls == {
        "page": "https://zenodo.org/records/4100052",
        "pdf": "https://zenodo.org/api/records/4100052/files/walk.pdf/content",
    }


def test_a_deposit_of_zenodo(tmp_path: Path) -> None:
    """The deposits of a user have names of their own for the kind and the journal."""
    show = read_changed(tmp_path, DEPOSIT).shown
    assert (show.venue, show.type, show.date) == ("Walk Letters", "journal article", "2021-03")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")


@pytest.mark.parametrize("kind", [{"id": "image-photo"}, {"id": "video"}, {"id": "event"}])
def test_other_things_are_skipped(tmp_path: Path, kind: dict[str, str]) -> None:
    """Images, videos and events are no papers."""
    metadata = INVENIO["metadata"] | {"resource_type": kind}
    (found,) = read(tmp_path / "d", NAME, INVENIO | {"metadata": metadata})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id, found.updated) == (True, "doi:10.1000/inv.1", "2022-01-02")


@pytest.mark.parametrize(("kind", "stated"), [
    ({"id": "publication-section"}, "book chapter"),
    ({"id": "publication-thesis"}, "thesis"),
    ({"id": "software"}, "software"),
    ({"id": "dataset"}, "dataset"),
    ({"type": "publication", "subtype": "preprint"}, "preprint"),
    ({"type": "publication", "subtype": "technicalnote"}, "report"),
    ({"type": "presentation"}, "conference paper"),
])  # fmt: skip
def test_kinds(tmp_path: Path, kind: dict[str, str], stated: str) -> None:
    """Both forms have one list of kinds."""
    assert read_changed(tmp_path, INVENIO, resource_type=kind).shown.type == stated


def test_a_preprint_is_in_its_archive(tmp_path: Path) -> None:
    """Without a journal, the archive is the venue of a preprint."""
    preprint = {"type": "publication", "subtype": "preprint"}
    show = read_changed(tmp_path, ZENODO, resource_type=preprint, meeting=None).shown
    assert (show.venue, show.venue_kind) == ("Zenodo", "repository")


def test_the_university_of_a_thesis(tmp_path: Path) -> None:
    """It is the publisher, wherever it stands."""
    own = {"thesis:university": "University of Bern"}
    assert read_paper(tmp_path / "d", NAME, INVENIO, custom_fields=own).shown.publisher == (
        "University of Bern"
    )
    thesis = {"university": "University of Bern"}
    assert read_changed(tmp_path, ZENODO, thesis=thesis).shown.publisher == "University of Bern"


def test_a_span_of_dates(tmp_path: Path) -> None:
    """Its beginning counts."""
    show = read_changed(tmp_path, INVENIO, publication_date="2019-11/2020-02").shown
    assert (show.year, show.date) == (2019, "2019-11")


def test_editors_stand_for_absent_creators(tmp_path: Path) -> None:
    """Other contributors do not."""
    for record in (INVENIO, ZENODO):
        found = read_changed(tmp_path, record, creators=[])
        assert [author.name for author in found.authors] == ["Cy Do"]


@pytest.mark.parametrize("text", [
    b'{"creators": [{"name": "Lee, Ann"}], "title": "walks", "metadata": {}}',
    b'{"mappings": {"pids": {}, "metadata": {"title": {}, "creators": {}, "resource_type": {}}}}',
])  # fmt: skip
def test_other_files_with_some_of_the_keys(text: bytes) -> None:
    """A repository of code describes itself to Zenodo; a search engine is told of all keys."""
    formats = [known.short_name for known in list_formats() if known.recognises(parse_head(text))]
    assert NAME not in formats
