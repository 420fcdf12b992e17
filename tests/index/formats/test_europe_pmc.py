"""Check the reader of Europe PMC's results."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Author
from tests.support.answer_records import EUROPE_PMC
from tests.support.dump_records import make_stream
from tests.support.json_samples import read_paper, read_raw_records

NAME = "europe_pmc"

LITE: dict[str, Any] = {
    "id": "34100032", "source": "MED", "pmid": "34100032", "doi": "10.1000/epmc.2",
    "title": "[Walking at night].", "authorString": "Lee AB, van Roe J.",
    "journalTitle": "Walk Lett", "issue": "2", "journalVolume": "7", "pubYear": "2021",
    "journalIssn": "1234-5678", "pageInfo": "11-19", "pubType": "editorial; journal article",
    "isOpenAccess": "N", "inEPMC": "N", "citedByCount": 0, "firstPublicationDate": "2021-03-04",
}  # fmt: skip


def test_a_core_result(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, EUROPE_PMC)
    assert (found.id, found.title) == ("europe_pmc:MED/34100031", "Walking for health")
    orcid = {"orcid": "0000-0002-1825-0097"}
    assert found.authors == (
        Author("Ann B Lee", "ann b lee", orcid, ("ETH, Zurich",)),
        Author("Walkers Bern Group", "walkers bern group"),
    )
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == ("Walk letters", "journal", "review")
    assert (show.year, show.date) == (2021, "2021-03-04")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.topics == ("walks", "walking")
    assert found.ids == {"doi": "10.1000/epmc.1", "pmid": "34100031", "pmc": "PMC8100031"}
    page = "https://europepmc.org/article/MED/34100031"
    assert found.urls == {"page": page, "pdf": "https://a.org/open.pdf"}
    assert (found.citations, found.language, found.status) == (4, "en", "")
    assert "We walk." in found.abstract


def test_a_lite_result(tmp_path: Path) -> None:
    """The authors are one text, family names first, and the journal's fields are outermost."""
    found = read_paper(tmp_path / "d", NAME, LITE)
    assert (found.title, found.shown.type) == ("Walking at night", "editorial")
    assert [author.name for author in found.authors] == ["AB Lee", "J van Roe"]
    show = found.shown
    assert (show.venue, show.volume, show.issue, show.pages) == ("Walk Lett", "7", "2", "11-19")


def test_a_group_among_names(tmp_path: Path) -> None:
    """Each name of a text of authors is turned by itself, so a group leaves the others alone."""
    listed = {"authorString": "Lee AB, Dune Walkers Consortium, van Roe J."}
    found = read_paper(tmp_path / "d", NAME, LITE | listed)
    names = [author.name for author in found.authors]
    assert names == ["AB Lee", "Dune Walkers Consortium", "J van Roe"]


def test_an_author_known_by_initials(tmp_path: Path) -> None:
    """Initials stand for an absent first name."""
    person = {"fullName": "Ek BC", "lastName": "Ek", "initials": "BC"}
    found = read_paper(tmp_path / "d", NAME, EUROPE_PMC | {"authorList": {"author": [person]}})
    assert [author.name for author in found.authors] == ["B C Ek"]


def test_the_first_day_of_a_month(tmp_path: Path) -> None:
    """The first day of a month stands for the month of an issue, unless it appeared online then."""
    change: dict[str, Any] = {"firstPublicationDate": "2021-03-01", "journalInfo": None}
    change |= {"pubYear": "2021", "electronicPublicationDate": None}
    assert read_paper(tmp_path / "d", NAME, EUROPE_PMC | change).shown.date == "2021-03"
    change |= {"electronicPublicationDate": "2021-03-01"}
    assert read_paper(tmp_path / "e", NAME, EUROPE_PMC | change).shown.date == "2021-03-01"


def test_a_preprint_appears_on_its_server(tmp_path: Path) -> None:
    """The server is the publisher of a report."""
    server = {"publisher": "bioRxiv", "yearOfPublication": 2021}
    change: dict[str, Any] = {"source": "PPR", "id": "PPR1", "journalInfo": None, "pmid": None}
    change |= {"bookOrReportDetails": server}
    found = read_paper(tmp_path / "d", NAME, EUROPE_PMC | change)
    assert (found.id, found.ids.get("pmid")) == ("europe_pmc:PPR/PPR1", None)
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == ("bioRxiv", "repository", "preprint")


def test_a_patent(tmp_path: Path) -> None:
    """The source decides, since patents have no type of publication."""
    change = {"source": "PAT", "id": "WO1", "pubTypeList": None, "journalInfo": None}
    found = read_paper(tmp_path / "d", NAME, EUROPE_PMC | change)
    assert (found.shown.type, found.shown.venue) == ("patent", "")


RETRACTED: list[dict[str, Any]] = [
    {"pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]}},
    {"commentCorrectionList": {"commentCorrection": [{"type": "Retraction in"}]}},
]


@pytest.mark.parametrize("change", RETRACTED)
def test_a_retracted_paper(tmp_path: Path, change: dict[str, Any]) -> None:
    """A type of publication or a notice says so."""
    assert read_paper(tmp_path / "d", NAME, EUROPE_PMC, **change).status == "retracted"


def test_a_notice_is_not_retracted(tmp_path: Path) -> None:
    """The notice of a retraction is valid itself."""
    kinds = {"pubTypeList": {"pubType": ["Retraction of Publication"]}}
    found = read_paper(tmp_path / "d", NAME, EUROPE_PMC, **kinds)
    assert (found.status, found.shown.type) == ("", "retraction")


def test_one_author_in_place_of_a_list(tmp_path: Path) -> None:
    """Converters from XML write a single author without a list."""
    (found,) = read_raw_records(
        tmp_path / "d", EUROPE_PMC | {"authorList": {"author": {"lastName": "Lee"}}}
    )
    assert [author.family for author in found.authors] == ["Lee"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"version": "6.9", "hitCount": 1, "resultList": {"result": [{"id": "7"}]}}',
        b'{"version": "6.9", "citationList": {"citation": [{"id": "7", "title": "T"}]}}',
    ],
)
def test_other_answers_are_not_recognised(content: bytes) -> None:
    """A list of ids and the citations of a paper hold no results."""
    form = recognise_format(make_stream(content))
    assert form is None or form.short_name != NAME
