"""Check the reader of OAI-PMH: arXiv's own formats, Dublin Core, single and joined pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.formats import oai
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.manifest import Counts
from index.store.rejects import read_rejects
from tests.support.dump_records import read_records

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2026-05-28T00:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXiv">https://oaipmh.arxiv.org/oai</request>
<ListRecords>
"""
TAIL = """<resumptionToken cursor="0" completeListSize="9">6511260|1001</resumptionToken>
</ListRecords></OAI-PMH>
"""

ARXIV = """<arXiv xmlns="http://arxiv.org/OAI/arXiv/">
<id>0704.0001</id><created>2007-04-02</created><updated>2012-07-24</updated>
<authors>
 <author><keyname>Balázs</keyname><forenames>C.</forenames></author>
 <author><keyname>Lee</keyname><forenames>Ann</forenames><suffix>Jr</suffix>
  <affiliation>MIT</affiliation><affiliation>CERN, ann@planted.org</affiliation></author>
 <author><keyname>ATLAS Collaboration</keyname></author>
</authors>
<title>Calculation of prompt
  diphoton production</title>
<categories>hep-ph cs.LG</categories><comments>37 pages</comments>
<journal-ref>Phys.Rev.D76:013009,2007</journal-ref><doi>10.1103/PhysRevD.76.013009</doi>
<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>
<abstract>  All of it,
with $x &lt; y$.
</abstract></arXiv>"""

RAW = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
<id>hep-th/9901001</id><submitter>Ann Lee</submitter>
<version version="v10"><date>Tue, 24 Jul 2012 20:10:27 GMT</date><size>17kb</size></version>
<version version="v1"><date>Fri, 1 Jan 1999 00:10:27 GMT</date><size>17kb</size>
 <source_type>D</source_type></version>
<title>Raw</title>
<authors>Zhiyuan (Paul) Zhou (1), C. Bal\\'azs (2 and 3) and Wei Wang ((1) MIT, (2) Bonn)</authors>
<categories>hep-th</categories><abstract>An abstract.</abstract></arXivRaw>"""

OLD = """<arXivOld xmlns="http://arxiv.org/OAI/arXivOld/"><id>math/0309136</id><title>Old</title>
<authors>Ann Lee</authors><categories>math.GT</categories><abstract>A.</abstract></arXivOld>"""

DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>A core</dc:title><dc:creator>Rodrigues Jr, Waldyr A.</dc:creator>
<dc:creator>Lee, Ann</dc:creator><dc:subject>Mathematical Physics</dc:subject>
<dc:subject>15A66</dc:subject><dc:description>It is short.</dc:description>
<dc:description>Comment: 15 pages, this version corrects the misprints of others</dc:description>
<dc:date>2008-06-25</dc:date><dc:date>2014-12-12</dc:date><dc:type>text</dc:type>
<dc:identifier>http://arxiv.org/abs/0806.4129</dc:identifier>
<dc:identifier>AIP Conf.Proc.1316:466-477,2010</dc:identifier>
<dc:identifier>doi:10.1063/1.3536454</dc:identifier></oai_dc:dc>"""

OTHER = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On rain</dc:title>
<dc:creator>Köhler, Åsa</dc:creator><dc:date>2003</dc:date><dc:type>Thesis</dc:type>
<dc:identifier>https://repository.example/1</dc:identifier></oai_dc:dc>"""


def make_record(metadata: str, name: str = "oai:arXiv.org:0704.0001", status: str = "") -> str:
    """Return a record of a response."""
    about = "<about><provenance><identifier>oai:other:1</identifier></provenance></about>"
    inside = f"<metadata>{metadata}</metadata>{about}" if metadata else ""
    return (
        f"<record><header{status}><identifier>{name}</identifier>"
        f"<datestamp>2026-05-27</datestamp><setSpec>cs</setSpec></header>{inside}</record>\n"
    )


GONE = make_record("", "oai:arXiv.org:2401.00002", ' status="deleted"')


def read(path: Path, *records: str) -> list[RawRecord | Reject]:
    """Write one response and read its records."""
    path.write_text(HEAD + "".join(records) + TAIL, "utf-8")
    return read_records(path, "oai")


def read_paper(path: Path, metadata: str, name: str = "oai:arXiv.org:0704.0001") -> Paper:
    """Write a response with one record and read its paper."""
    (found,) = read(path, make_record(metadata, name))
    assert isinstance(found, RawRecord), found
    return normalise(found)


def test_the_arxiv_format(tmp_path: Path) -> None:
    """Every element is read into its field, and the id is that of the snapshot."""
    found = read_paper(tmp_path / "d.xml", ARXIV)
    assert (found.id, found.sources) == ("arxiv:0704.0001", ("oai",))
    assert found.title == "Calculation of prompt diphoton production"
    assert found.abstract == "All of it, with $x < y$."
    assert [author.name for author in found.authors] == [
        "C. Balázs", "Ann Lee Jr.", "ATLAS Collaboration",
    ]  # fmt: skip
    assert found.authors[1].affiliations == ("MIT", "CERN")
    assert found.topics == ("hep-ph", "cs.LG")
    assert found.ids == {"arxiv": "0704.0001", "doi": "10.1103/physrevd.76.013009"}
    assert found.urls["pdf"] == "https://arxiv.org/pdf/0704.0001"
    show = found.shown
    assert (show.venue, show.year, show.type) == ("arXiv", 2007, "preprint")
    assert show.venue_name == "Phys.Rev.D76:013009,2007"
    assert show.source is not None
    assert (show.source.dump, show.source.record, show.source.licence) == ("d.xml", 1, "CC0-1.0")
    assert show.source.offset == len(HEAD.encode())


def test_the_arxiv_raw_format(tmp_path: Path) -> None:
    """The year is that of version 1; affiliations in brackets are removed, nicknames stay."""
    found = read_paper(tmp_path / "d.xml", RAW, "oai:arXiv.org:hep-th/9901001")
    assert (found.id, found.shown.year) == ("arxiv:hep-th/9901001", 1999)
    names = [author.name for author in found.authors]
    assert names == ["Zhiyuan (Paul) Zhou", "C. Balázs", "Wei Wang"]


def test_dublin_core_of_arxiv(tmp_path: Path) -> None:
    """The first description is the abstract, even if it is the shorter one, and DOIs are found."""
    found = read_paper(tmp_path / "d.xml", DC, "oai:arXiv.org:0806.4129v6")
    assert (found.id, found.abstract) == ("arxiv:0806.4129", "It is short.")
    assert [author.name for author in found.authors] == ["Waldyr A. Rodrigues Jr.", "Ann Lee"]
    assert found.ids == {"arxiv": "0806.4129", "doi": "10.1063/1.3536454"}
    assert found.shown.venue_name == "AIP Conf.Proc.1316:466-477,2010"
    assert (found.shown.year, found.status) == (2008, "")
    assert found.topics == ("mathematical physics", "15a66")


def test_dublin_core_of_any_repository(tmp_path: Path) -> None:
    """A record keeps its repository's id, and its elements are read as Dublin Core."""
    found = read_paper(tmp_path / "d.xml", OTHER, "oai:repository.example:1")
    assert (found.id, found.title) == ("oai:repository.example:1", "On rain")
    assert [author.name for author in found.authors] == ["Åsa Köhler"]
    assert (found.shown.venue, found.shown.year, found.shown.type) == ("", 2003, "thesis")
    assert (found.sources, found.urls) == (("oai",), {"page": "https://repository.example/1"})


YEARS = [
    (ARXIV.replace("2007-04-02", "2012-07-24"), 2007),  # the day of the last version
    (ARXIV.replace("2007-04-02", "2006-12-31"), 2006),
    (ARXIV.replace("<created>2007-04-02</created>", ""), 2007),
    (ARXIV.replace("0704.0001", "0004.1"), 2007),
    (OLD, 2003),
    (OLD.replace("math/0309136", "math.GT/9309136"), 1993),
    (OLD.replace("math/0309136", "x"), None),
    (RAW.replace("Fri, 1 Jan 1999 00:10:27 GMT", "yesterday"), 1999),
]


@pytest.mark.parametrize(("metadata", "year"), YEARS)
def test_the_year_is_the_earliest_known(tmp_path: Path, metadata: str, year: int | None) -> None:
    """The paper's number gives the first month, since ``created`` may be the last version's day."""
    assert read_paper(tmp_path / "d.xml", metadata).shown.year == year


SIZE = "<size>17kb</size></version>\n<version"
WITHDRAWN = [
    (ARXIV.replace("37 pages", "Withdrawn by the authors"), "withdrawn"),
    (ARXIV, ""),
    (DC.replace("15 pages", "withdrawn by the author"), "withdrawn"),
    (RAW, ""),
    (RAW.replace(SIZE, "<size>0kb</size><source_type>I</source_type></version>\n<version"),
     "withdrawn"),
    (RAW.replace(SIZE, "<size>9kb</size><source_type>I</source_type></version>\n<version"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("metadata", "status"), WITHDRAWN)
def test_withdrawn(tmp_path: Path, metadata: str, status: str) -> None:
    """A paper is withdrawn by its comments, or by a last version without source and size."""
    assert read_paper(tmp_path / "d.xml", metadata).status == status


BAD = [
    ("<record><header><identifier>oai:x:1</identifier></header></record>", "has no metadata"),
    (
        make_record("<mods><title>T</title></mods>"),
        "metadata in the unknown format 'mods': fetch them as oai_dc",
    ),
    (make_record(OTHER, " "), "has no identifier"),
    (make_record(ARXIV.replace("<id>0704.0001</id>", ""), "x"), "has no identifier"),
    (make_record(ARXIV.replace("</title>", "")), "is not well-formed XML"),
    (make_record(ARXIV.replace("$x", "&a;")), "uses the entity 'a'"),
    (make_record(ARXIV)[:600] + "\n", "is not well-formed XML"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD)
def test_a_bad_record_affects_no_other(tmp_path: Path, bad: str, reason: str) -> None:
    """A bad record is one reject with the reason, and the records beside it are read."""
    first, found, last = read(tmp_path / "d.xml", make_record(RAW), bad, make_record(DC))
    assert isinstance(first, RawRecord)
    assert isinstance(last, RawRecord)
    assert isinstance(found, Reject)
    assert reason in found.reason
    assert found.source.record == 2


def test_a_build_of_joined_pages(tmp_path: Path) -> None:
    """All pages joined into one file are read, and every record is counted once."""
    again = make_record(ARXIV.replace("2007-04-02", "99999"))
    rejected = [
        make_record(ARXIV.replace("Calculation of prompt\n  diphoton production", " ")),
        make_record(DC.replace("A core", "word " * 2_000)),
        BAD[1][0],
    ]
    repaired = make_record(OLD.replace(">Old<", ">Ol\0d \udcff<"))
    pages = [
        make_record(ARXIV) + GONE,
        again + "".join(rejected),
        repaired + make_record(OTHER, "oai:x:1"),
    ]
    none = HEAD.replace("<ListRecords>", '<error code="noRecordsMatch">No.</error></OAI-PMH>')
    text = "".join(HEAD + page + TAIL for page in pages) + none + HEAD + make_record(RAW)[:400]
    path = tmp_path / "harvest.xml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    index = tmp_path / "index"
    _, report = build(index, (str(path),), BuildSettings(processes=0))
    expected = Counts(read=9, indexed=3, merged=1, skipped=1, rejected=4)
    assert report.sources == {"oai": expected}
    assert report.read == report.indexed + report.merged + report.skipped + report.rejected
    rejects = sorted(read_rejects(find_current_folder(index)), key=lambda one: one.source.record)
    reasons = [reject.reason for reject in rejects]
    assert reasons[0] == "has no title"
    assert reasons[1] == "has a title of 9,999 characters, over 5,000"
    assert "mods" in reasons[2]
    assert "is not well-formed XML" in reasons[3]


def test_a_deleted_record(tmp_path: Path) -> None:
    """A deleted record has at most an id, that of the deleted paper."""
    other = make_record("", "oai:repository.example:1", ' status="deleted"')
    unnamed = make_record("", "", ' status="deleted"')
    found = read(tmp_path / "d.xml", GONE, other, unnamed)
    assert all(isinstance(one, RawRecord) and one.deleted for one in found)
    ids = [one.id for one in found if isinstance(one, RawRecord)]
    assert ids == ["arxiv:2401.00002", "oai:repository.example:1", ""]


HEADS = [
    (HEAD, True),
    ("<!-- saved --><ListRecords>", True),
    ('<harvest><record xmlns="http://www.openarchives.org/OAI/2.0/">', True),
    ('<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/">', True),
    ("<PubmedArticleSet><PubmedArticle>", False),
    ('<?xml version="1.0"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp><article key="a">', False),
    ('<collection id="2022.acl"><volume id="long">', False),
    ('{"id": "1", "title": "OAI-PMH http://www.openarchives.org/OAI/2.0/"}', False),
    ("@article{OAI-PMH, title = {http://www.openarchives.org/OAI/2.0/}}", False),
    ("TY  - JOUR\nTI  - <OAI-PMH>\n", False),
    ("title,year\n<OAI-PMH>,2020\n", False),
    ("", False),
]


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """XML is recognised by its root or namespace; other files that contain these are not."""
    assert oai.FORMAT.recognises(parse_head(beginning.encode())) is known


PART = st.sampled_from([ARXIV, RAW, OLD, DC, OTHER, "<dc/>", "<arXiv/>", "<arXivRaw/>"])


@given(PART, st.integers(0, 2000), st.integers(0, 60), st.text(max_size=9))
def test_damage_affects_one_record(
    tmp_path_factory: pytest.TempPathFactory, part: str, at: int, cut: int, put: str
) -> None:
    """Damage inside a record neither stops the reader nor affects the record after it."""
    damaged = make_record(part[:at] + put.replace("<", "") + part[at + cut :])
    path = tmp_path_factory.mktemp("oai") / "d.xml"
    path.write_bytes((HEAD + damaged + make_record(OLD) + TAIL).encode("utf-8", "replace"))
    *_, last = read_records(path, "oai")
    assert isinstance(last, RawRecord)
    assert normalise(last).id == "arxiv:math/0309136"


def test_many_open_brackets(tmp_path: Path) -> None:
    """An author text with 100,000 unbalanced brackets is still split into names."""
    many = "(a" * 100_000 + "()" * 100_000
    (found,) = read(tmp_path / "d.xml", make_record(RAW.replace("(Paul)", many)))
    assert isinstance(found, RawRecord)
    assert found.authors
