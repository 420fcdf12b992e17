"""Check the reader of Zotero's items."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Author, Paper, RawRecord
from tests.support.answer_records import ZOTERO
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper, read_raw

NAME = "zotero"
DATA: dict[str, Any] = ZOTERO["data"]


def read_item(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read the sample with some of its data changed."""
    return read_paper(path / "d", NAME, ZOTERO, data=DATA | changes)


def test_an_item(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_item(tmp_path)
    assert (found.id, found.title) == ("zotero:ABCD2345", "Walking from a Library")
    assert found.authors == (
        Author("Ann B. Lee", "ann b lee"), Author("Walkers Bern", "walkers bern"),
    )  # fmt: skip
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date) == (2021, "2021-03-04")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.ids == {
        "doi": "10.1000/zot.1", "arxiv": "2101.00032", "pmid": "34100032", "pmc": "PMC8100032",
    }  # fmt: skip
    assert found.topics == ("walks",)
    assert (found.urls, found.citations) == ({"pdf": "https://a.org/walk.pdf"}, 6)
    assert (found.abstract, found.language) == ("We walk.", "en")


KEYS: list[tuple[dict[str, Any], str]] = [
    ({"key": "K1"}, "zotero:K1"),
    ({"itemKey": "K2"}, "zotero:K2"),
    ({"uri": "http://zotero.org/users/1/items/K3"}, "zotero:K3"),
    ({"DOI": "10.1000/a"}, "doi:10.1000/a"),
]


@pytest.mark.parametrize(("named", "known"), KEYS)
def test_exports_name_the_key_otherwise(tmp_path: Path, named: dict[str, Any], known: str) -> None:
    """The key is in the item or in its address; an export may have neither."""
    item = {"itemType": "book", "title": "T", "creators": [], "itemID": 5}
    assert read_paper(tmp_path / "d", NAME, item | named).id == known


PLACES: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"itemType": "conferencePaper", "publicationTitle": None, "proceedingsTitle": "Proc. of X",
      "conferenceName": "X 2021"}, ("X", "conference paper", "")),
    ({"itemType": "conferencePaper", "publicationTitle": "", "conferenceName": "Walks on Paper"},
     ("Walks on Paper", "conference paper", "")),
    ({"itemType": "bookSection", "publicationTitle": None, "bookTitle": "All Walks",
      "publisher": "Made-up Press"}, ("All Walks", "book chapter", "Made-up Press")),
    ({"itemType": "thesis", "publicationTitle": None, "university": "U. Bern"},
     ("", "thesis", "U. Bern")),
    ({"itemType": "report", "publicationTitle": None, "institution": "ETH",
      "reportNumber": "TR-7", "issue": None}, ("", "report", "ETH")),
    ({"itemType": "preprint", "publicationTitle": None, "repository": "arXiv"},
     ("arXiv", "preprint", "")),
    ({"publicationTitle": "arXiv:2101.00032 [math]"}, ("arXiv", "preprint", "")),
    ({"itemType": "encyclopediaArticle", "publicationTitle": None, "encyclopediaTitle": "All"},
     ("All", "reference entry", "")),
    ({"itemType": "blogPost", "publicationTitle": None}, ("", "blog post", "")),
    ({"itemType": "document", "publicationTitle": None, "extra": "type: dataset"},
     ("", "dataset", "")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), PLACES)
def test_the_venue_depends_on_the_type(
    tmp_path: Path, change: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """Each type of item names its venue and its publisher in fields of its own."""
    show = read_item(tmp_path, **change).shown
    assert (show.venue, show.type, show.publisher) == expected


def test_the_number_of_a_report(tmp_path: Path) -> None:
    """It counts as the issue."""
    assert read_item(tmp_path, itemType="report", issue=None, reportNumber="7").shown.issue == "7"


CREATORS: list[tuple[list[dict[str, Any]], list[str]]] = [
    ([{"creatorType": "editor", "firstName": "Cy", "lastName": "Do"}], ["Cy Do"]),
    ([{"creatorType": "presenter", "firstName": "Cy", "lastName": "Do"},
      {"creatorType": "contributor", "lastName": "Lee"}], ["Cy Do"]),
    ([{"creatorType": "contributor", "lastName": "Lee", "firstName": "Ann"}], ["Ann Lee"]),
    ([{"creatorType": "author", "lastName": "Walkers, Bern", "fieldMode": 1}], ["Walkers Bern"]),
    ([{"creatorType": "author", "lastName": "Plato", "firstName": ""}], ["Plato"]),
    ([{"creatorType": "author", "firstName": "", "lastName": ""}], []),
]  # fmt: skip


@pytest.mark.parametrize(("creators", "names"), CREATORS)
def test_creators(tmp_path: Path, creators: list[dict[str, Any]], names: list[str]) -> None:
    """Authors count, under whatever word; else contributors; else editors."""
    found = read_item(tmp_path, creators=creators)
    assert [author.name for author in found.authors] == names


@pytest.mark.parametrize(
    "change", [{"itemType": "attachment"}, {"itemType": "note"}, {"deleted": 1}]
)
def test_what_belongs_to_items_is_skipped(tmp_path: Path, change: dict[str, Any]) -> None:
    """Attachments and notes are no papers, and the trash is not read."""
    (found,) = read(tmp_path / "d", NAME, ZOTERO | {"data": DATA | change})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id, found.updated) == (True, "zotero:ABCD2345", "2022-01-02")


def test_collections_before_the_items(tmp_path: Path) -> None:
    """Better BibTeX lists the numbers of items in collections, under the same key."""
    collections = {"C1": {"items": [1, 2]}, "C2": {"items": [], "collections": []}}
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"config": {}, "collections": collections, "items": [DATA, DATA]}))
    assert [isinstance(found, RawRecord) for found in read_raw(path)] == [True, True]


@pytest.mark.parametrize(
    "content",
    [
        b'[{"itemType": "book", "localized": "Book"}]',
        b'{"successful": {"0": {"name": "collection", "parentCollection": false}}}',
        b'[{"id": 1, "type": "book", "title": "T", "issued": {"date-parts": [[2001]]}}]',
    ],
)
def test_other_files_are_not_recognised(content: bytes) -> None:
    """Lists of types, collections and CSL-JSON are no items."""
    form = recognise_format(make_stream(content))
    assert form is None or form.short_name != NAME


def test_lines_of_extra_in_a_list(tmp_path: Path) -> None:
    """Some exports write the lines as a list; each may hold an identifier."""
    lines = ["A note", "PMID: 34100039", "arXiv: 2101.00039 [math]"]
    found = read_paper(tmp_path / "d", "zotero", ZOTERO["data"], extra=lines)
    assert (found.ids["pmid"], found.ids["arxiv"]) == ("34100039", "2101.00039")
