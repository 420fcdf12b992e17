"""Check the reader of DataCite's XML, alone and in OAI-PMH."""

from pathlib import Path

import pytest

from index.formats import datacite_xml
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from index.scanners.head import parse_head
from tests.support.dump_records import read_records

RESOURCE = """<resource xmlns="http://datacite.org/schema/kernel-4"><identifier
 identifierType="DOI">10.5555/Moss.3</identifier><creators><creator><creatorName
 nameType="Personal">Lind, Maja K.</creatorName><givenName>Maja K.</givenName>
<familyName>Lind</familyName><nameIdentifier nameIdentifierScheme="ORCID"
 schemeURI="https://orcid.org">0000-0001-2345-007X</nameIdentifier><affiliation>Fjord College
</affiliation></creator><creator><creatorName nameType="Organizational">Moss Board, North
</creatorName></creator></creators><titles><title xml:lang="en">Moss in Fjords</title>
<title titleType="Subtitle">A Study</title></titles><publisher>Sea Press</publisher>
<publicationYear>2019</publicationYear><subjects><subject>moss</subject></subjects>
<contributors><contributor contributorType="Editor"><contributorName>Ed, Eve</contributorName>
</contributor></contributors><dates><date dateType="Issued">2019-05-07</date></dates>
<language>en</language><resourceType resourceTypeGeneral="Text">Journal article</resourceType>
<alternateIdentifiers><alternateIdentifier alternateIdentifierType="arXiv">1801.00001
</alternateIdentifier></alternateIdentifiers><descriptions>
<description descriptionType="Abstract">Moss<br/> grows.</description><description
 descriptionType="SeriesInformation">Journal of Moss, 7(2), 11-19</description></descriptions>
</resource>
"""
OAI = """<OAI-PMH><ListRecords><record><header><identifier>oai:repo.example:3</identifier></header>
<metadata>{}</metadata></record></ListRecords></OAI-PMH>"""


def read_paper(path: Path, text: str, form: str = "datacite_xml") -> Paper:
    """Write a file of one record and read it."""
    path.write_text(text, "utf-8")
    (found,) = read_records(path, form)
    assert isinstance(found, RawRecord)
    return normalise(found)


def test_a_resource(tmp_path: Path) -> None:
    """Every element is read into its field."""
    found = read_paper(tmp_path / "d.xml", RESOURCE)
    assert (found.id, found.title) == ("doi:10.5555/moss.3", "Moss in Fjords: A Study")
    assert found.abstract == "Moss grows."
    assert [one.name for one in found.authors] == ["Maja K. Lind", "Moss Board North"]
    assert found.authors[0].ids == {"orcid": "0000-0001-2345-007X"}
    assert found.authors[0].affiliations == ("Fjord College",)
    assert found.ids == {"doi": "10.5555/moss.3", "arxiv": "1801.00001"}
    assert (found.topics, found.language) == (("moss",), "en")
    show = found.shown
    assert (show.venue, show.type, show.date) == (
        "Journal of Moss",
        "journal article",
        "2019-05-07",
    )
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert show.publisher == "Sea Press"
    assert show.source is not None
    assert show.source.licence == "CC0-1.0"


@pytest.mark.parametrize("whole", ["{}", "<oai_datacite><payload>{}</payload></oai_datacite>"])
def test_a_resource_in_oai_pmh(tmp_path: Path, whole: str) -> None:
    """A repository offers the same metadata, with an id of its own."""
    found = read_paper(tmp_path / "d.xml", OAI.format(whole.format(RESOURCE)), "oai")
    assert (found.id, found.sources) == ("oai:repo.example:3", ("oai",))
    assert found.ids["doi"] == "10.5555/moss.3"


CREATORS = RESOURCE[RESOURCE.index("<creators>") : RESOURCE.index("<titles>")]
ITEM = """<relatedItems><relatedItem relationType="IsPublishedIn"><titles>
<title>Rain Letters</title>
</titles><volume>8</volume><number>3</number><firstPage>5</firstPage></relatedItem></relatedItems>
<language>"""
CHANGES = [
    (CREATORS, "", lambda paper: [one.name for one in paper.authors], ["Eve Ed"]),
    ("<language>", ITEM, lambda paper: (paper.shown.venue, paper.shown.volume, paper.shown.pages),
     ("Rain Letters", "8", "5")),
    ("Journal of Moss, 7(2), 11-19", "Journal of Moss", lambda paper: paper.shown.pages, ""),
    ('identifierType="DOI"', 'identifierType="URL"', lambda paper: paper.ids.get("doi"), None),
    ("<publicationYear>2019</publicationYear>", "", lambda paper: paper.shown.year, None),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[str(at) for at in range(len(CHANGES))])
def test_quirks(tmp_path: Path, change: tuple[str, str, object, object]) -> None:
    """Editors, related items and missing elements are read correctly."""
    old, new, get, expected = change
    assert old in RESOURCE
    assert callable(get)
    assert get(read_paper(tmp_path / "d.xml", RESOURCE.replace(old, new))) == expected


def test_a_thing_that_is_no_paper_is_skipped(tmp_path: Path) -> None:
    """A photo is skipped, as in DataCite's JSON."""
    path = tmp_path / "d.xml"
    path.write_text(RESOURCE.replace('"Text">Journal article', '"Image">Photo'), "utf-8")
    (found,) = read_records(path, "datacite_xml")
    assert isinstance(found, RawRecord)
    assert found.deleted


HEADS = [
    (RESOURCE, True), ('<n:resource xmlns:n="http://datacite.org/schema/kernel-3">', True),
    ("<resource>", False), ("<a>http://datacite.org/schema/kernel-4", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """A resource is recognised by its root and DataCite's namespace."""
    assert datacite_xml.FORMAT.recognises(parse_head(beginning.encode())) is known
