"""Check which day of a record's last change is read from XML, tables, BibTeX and RIS."""

from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.records import RawRecord


def write_dblp(day: str) -> str:
    """Return a paper of dblp."""
    return f'<dblp><article mdate="{day}" key="a/1"><title>T</title></article></dblp>'


def write_acl(paper: str, volume: str) -> str:
    """Return a paper of the Anthology, and one of the next volume, which has no date."""
    one = f'<paper id="1" ingest-date="{paper}"><title>T</title></paper>'
    other = '<volume id="2"><paper id="1"><title>T</title></paper></volume>'
    return (
        f'<collection id="2022.acl"><volume id="1" ingest-date="{volume}">{one}</volume>{other}'
        "</collection>"
    )


def write_oai(day: str, metadata: str, status: str = "") -> str:
    """Return a record of a repository."""
    return (
        f"<OAI-PMH><ListRecords><record><header{status}><identifier>oai:x:1</identifier>"
        f"<datestamp>{day}</datestamp></header>{metadata}</record></ListRecords></OAI-PMH>"
    )


def write_pubmed(**dates: str) -> str:
    """Return a record of PubMed with these dates, written ``YYYY-MM-DD``."""
    elements = ""
    for name, day in dates.items():
        year, month, number = day.split("-")
        elements += f"<{name}><Year>{year}</Year><Month>{month}</Month><Day>{number}</Day></{name}>"
    return (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>{elements}<Article>"
        "<ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
        "</PubmedArticleSet>"
    )


CORE = "<metadata><o:dc><d:title>T</d:title><d:date>1999-01-01</d:date></o:dc></metadata>"
ARXIV = (
    "<metadata><arXiv><id>0704.0001</id><created>2007-04-02</created>"
    "<updated>2012-07-24</updated><title>T</title></arXiv></metadata>"
)
GONE = ' status="deleted"'

CHANGED = [
    (write_dblp("2020-01-02"), ["2020-01-02"]),
    (write_dblp("yesterday"), [""]),
    (write_acl("", ""), ["", ""]),
    (write_acl("", "2022-05-11"), ["2022-05-11", ""]),
    (write_acl("2023-01-01", "2022-05-11"), ["2023-01-01", ""]),
    (write_acl("soon", "2022-05-11"), ["2022-05-11", ""]),
    (write_oai("2026-05-27", CORE), ["2026-05-27"]),
    (write_oai("2026-05-27T10:00:00Z", ARXIV), ["2026-05-27"]),
    (write_oai("2026-05-27", "", GONE), ["2026-05-27"]),
    (write_oai("", ARXIV), [""]),
    (write_pubmed(DateRevised="2022-04-10"), ["2022-04-10"]),
    (write_pubmed(DateCompleted="2001-2-3", DateRevised="2022-04-10"), ["2022-04-10"]),
    (write_pubmed(DateCompleted="2001-2-3"), ["2001-02-03"]),
    (write_pubmed(DateCompleted="2001-2-3", DateRevised="2022-14-10"), ["2001-02-03"]),
    (write_pubmed(), [""]),
    ("Key,Title,Date Modified\nAB,T,2013-02-03 10:00:00\n", ["2013-02-03"]),
    ("Title,Year,Date\nT,2013,2013-02-03\n", [""]),
    ("@article{a, title = {T}, timestamp = {Mon, 3 Feb 2013}}\n", [""]),
    ("TY  - JOUR\nTI  - T\nY2  - 2013/02/03\nER  -\n", [""]),
]


@pytest.mark.parametrize(("written", "days"), CHANGED)
def test_when_a_record_changed(written: str, days: list[str]) -> None:
    """The date is that of the record in its dump, never one of the paper."""
    stream = Stream("d", "d", BytesIO(written.encode()))
    form = recognise_format(stream)
    assert form is not None
    assert [one.updated for one in form.read(stream) if isinstance(one, RawRecord)] == days
