"""Check which date of first publication is read from each format."""

import json
from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord


def write_arxiv(*created: str) -> str:
    """Return a line of the arXiv snapshot with these versions."""
    versions = [{"version": f"v{at}", "created": day} for at, day in enumerate(created, 1)]
    line = {"id": "1307.00123", "title": "T", "categories": "math.CO", "authors_parsed": [],
            "versions": versions, "update_date": "2015-09-30"}  # fmt: skip
    return json.dumps(line)


def write_oai(number: str, created: str) -> str:
    """Return a record in arXiv's own format."""
    return (
        f"<OAI-PMH><ListRecords><record><header><identifier>oai:arXiv.org:{number}</identifier>"
        f"<datestamp>2020-01-01</datestamp></header><metadata><arXiv><id>{number}</id>"
        f"<created>{created}</created><title>T</title></arXiv></metadata></record></ListRecords>"
        "</OAI-PMH>"
    )


def write_core(*dates: str) -> str:
    """Return a record of a repository in Dublin Core."""
    elements = "".join(f"<d:date>{date}</d:date>" for date in dates)
    return (
        "<OAI-PMH><ListRecords><record><header><identifier>oai:x:1</identifier></header>"
        f"<metadata><o:dc><d:title>T</d:title>{elements}</o:dc></metadata></record></ListRecords>"
        "</OAI-PMH>"
    )


def write_pubmed(issue: str, online: str = "") -> str:
    """Return an article of PubMed: the content of ``PubDate``, and an ``ArticleDate``."""
    article_date = ""
    if online:
        year, month, day = online.split("-")
        parts = f"<Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>"
        article_date = f"<ArticleDate DateType='Electronic'>{parts}</ArticleDate>"
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal>"
        f"<JournalIssue><PubDate>{issue}</PubDate></JournalIssue><Title>J</Title></Journal>"
        f"<ArticleTitle>T</ArticleTitle>{article_date}</Article></MedlineCitation>"
        "</PubmedArticle></PubmedArticleSet>"
    )


def write_parts(year: int | str, month: int | str = "", day: int | str = "") -> str:
    """Return the parts of a date in PubMed."""
    parts = {"Year": year, "Month": month, "Day": day}
    return "".join(f"<{tag}>{part}</{tag}>" for tag, part in parts.items() if part)


def write_crossref(**dates: list[int | None]) -> str:
    """Return a work of Crossref with these dates."""
    work = {name.replace("_", "-"): {"date-parts": [parts]} for name, parts in dates.items()}
    return json.dumps({"DOI": "10.1000/x", "title": ["T"], "is-referenced-by-count": 0,
                       "type": "journal-article", "deposited": {}, **work})  # fmt: skip


def write_csl(issued: object) -> str:
    """Return an item of a reference manager."""
    item = {"id": "k", "type": "article-journal", "title": "T", "container-title": "J"}
    return json.dumps([{**item, "issued": issued}])


def write_openalex(date: str, year: int = 2021) -> str:
    """Return a work of OpenAlex."""
    return json.dumps({"id": "https://openalex.org/W1", "title": "T", "authorships": [],
                       "publication_year": year, "publication_date": date,
                       "cited_by_count": 0})  # fmt: skip


def write_scholar(date: str | None) -> str:
    """Return a paper of Semantic Scholar."""
    return json.dumps({"corpusid": 1, "externalids": {}, "title": "T", "year": 2012,
                       "publicationdate": date})  # fmt: skip


def write_openreview(**dates: int) -> str:
    """Return a note of a conference of 2024, with dates in milliseconds."""
    return json.dumps({"id": "n", "forum": "n", "cdate": 1695350000000,
                       "invitations": ["ICLR.cc/2024/Conference/-/Submission"],
                       "content": {"title": {"value": "T"}}, **dates})  # fmt: skip


def write_dblp(elements: str) -> str:
    """Return a paper of dblp."""
    record = f'<article key="a/1" mdate="2020-01-02"><title>T</title>{elements}</article>'
    return f"<dblp>{record}</dblp>"


def write_acl(meta: str, paper: str = "") -> str:
    """Return a paper of the Anthology in a volume."""
    return (
        f'<collection id="2022.acl"><volume id="1"><meta>{meta}</meta><paper id="1">'
        f"<title>T</title>{paper}</paper></volume></collection>"
    )


def write_bibtex(fields: str) -> str:
    """Return an entry of BibTeX."""
    return "@article{k, title = {T}, journal = {J}, " + fields + "}\n"


def write_ris(*fields: str) -> str:
    """Return a record of RIS."""
    return "\n".join(("TY  - JOUR", "TI  - T", *fields, "ER  - ", ""))


def write_wos(*fields: str) -> str:
    """Return a record of Web of Science."""
    return "\n".join(("FN Clarivate", "VR 1.0", "PT J", "TI T", *fields, "ER", "EF", ""))


DATES = [
    (write_arxiv("Tue, 2 Jul 2013 08:15:00 GMT", "Mon, 1 Sep 2014 10:00:00 GMT"), "2013-07-02"),
    (write_arxiv("yesterday"), ""),
    (write_arxiv(), ""),
    (write_oai("1307.00123", "2013-07-02"), "2013-07-02"),
    (write_oai("1307.00123", "2013-06-30"), "2013-06-30"),
    (write_oai("1307.00123", "2013-11-05"), ""),  # the day of a later version
    (write_oai("1307.00123", "2014-11-05"), ""),
    (write_oai("math/9912345", "1999-12-31"), "1999-12-31"),
    (write_core("2016-03-09"), "2016-03-09"),
    (write_core("2016-03"), "2016-03"),
    (write_core("2016", "2018-05-05T11:22:33Z"), ""),
    (write_core("2016-03", "2016-01-10T11:22:33Z"), "2016-03"),
    (write_core("2016-03-09T00:00:00Z"), "2016-03-09"),
    (write_core("2016", "info:eu-repo/date/embargoEnd/2016-12-31"), ""),
    (write_pubmed(write_parts(2018, "05", "17")), "2018-05-17"),
    (write_pubmed(write_parts(2018, "May")), "2018-05"),
    (write_pubmed(write_parts(2018, "May", 7)), "2018-05-07"),
    (write_pubmed(write_parts(2018)), ""),
    (write_pubmed(write_parts(2018) + "<Season>Summer</Season>"), ""),
    (write_pubmed("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>"), "1998-12"),
    (write_pubmed("<MedlineDate>2018 Jul-Aug</MedlineDate>"), "2018-07"),
    (write_pubmed("<MedlineDate>2000 Spring</MedlineDate>"), ""),
    (write_pubmed(write_parts(2018), "2018-03-04"), "2018-03-04"),
    (write_pubmed(write_parts(2018, "Jun"), "2018-03-04"), "2018-03-04"),
    (write_pubmed(write_parts(2018, "Jan"), "2017-11-20"), "2018-01"),
    (write_crossref(issued=[2017, 4, 5]), "2017-04-05"),
    (write_crossref(issued=[2017], published_print=[2017, 9]), "2017-09"),
    (write_crossref(issued=[2017, 4], published_online=[2017, 4, 5]), "2017-04-05"),
    (write_crossref(issued=[2017], published_print=[2018, 1]), ""),
    (write_crossref(issued=[None]), ""),
    (write_csl({"date-parts": [["2017", "4", "5"]]}), "2017-04-05"),
    (write_csl({"date-parts": [[2017, 4], [2017, 6]]}), "2017-04"),
    (write_csl({"raw": "April 2017"}), "2017-04"),
    (write_csl("2017-04-05"), "2017-04-05"),
    (write_csl({"date-parts": [[2017]], "season": "1"}), ""),
    (write_openalex("2021-07-14"), "2021-07-14"),
    (write_openalex("2021-07-01"), "2021-07"),  # the first stands for an unknown day
    (write_openalex("2021-01-01"), ""),
    (write_openalex("2020-07-14"), ""),  # the year is another one
    (write_scholar("2012-04-18"), "2012-04-18"),
    (write_scholar(None), ""),
    (write_openreview(pdate=1705400000000), "2024-01-16"),
    (write_openreview(), ""),
    (write_openreview(pdate=1704067200000), ""),  # January 1
    (write_dblp("<year>2014</year><month>May</month>"), "2014-05"),
    (write_dblp("<year>2014</year><month>May/June</month>"), "2014-05"),
    (write_dblp("<year>2014</year>"), ""),
    (write_acl("<month>May</month><year>2022</year>"), "2022-05"),
    (write_acl("<month>May 22-27</month><year>2022</year>"), "2022-05-22"),
    (write_acl("<month>May</month>"), ""),
    (write_acl("<year>2022</year>", "<month>June</month>"), "2022-06"),
    (write_bibtex("year = 2011, month = aug"), "2011-08"),
    (write_bibtex("year = 2011, month = {August}"), "2011-08"),
    (write_bibtex("year = 2011, month = 8, day = 9"), "2011-08-09"),
    (write_bibtex('year = 2011, month = "9~" # aug'), "2011-08-09"),
    (write_bibtex("year = 2011, month = {Summer}"), ""),
    (write_bibtex("date = {2011-08-09}"), "2011-08-09"),
    (write_bibtex("date = {2011-08/2011-10}"), "2011-08"),
    (write_bibtex("date = {2011}, month = aug"), "2011-08"),
    (write_bibtex("year = {2011-08}"), "2011-08"),
    (write_bibtex("year = {2010/11}"), ""),
    (write_bibtex("year = 2011, urldate = {2019-02-03}"), ""),
    (write_ris("PY  - 2009", "DA  - 2009/03/14/"), "2009-03-14"),
    (write_ris("Y1  - 2009/03//"), "2009-03"),
    (write_ris("PY  - 2009///Spring"), ""),
    (write_ris("PY  - 2009", "DA  - 2010/01/02/"), ""),
    (write_ris("PY  - 2009", "Y2  - 2009/03/14/"), ""),  # the day of access
    (write_wos("PY 2004", "PD JUN 8"), "2004-06-08"),
    (write_wos("PY 2004", "PD JUL-AUG"), "2004-07"),
    (write_wos("PY 2004", "PD SPR"), ""),
    (write_wos("PY 2019", "PD NOV", "EA JUN 2019"), "2019-06"),
    ("Title,Year,Date\nT,2013,2013-02-03\n", "2013-02-03"),
    ("Title,Authors,Publication Date\nT,A B,May 2013\n", "2013-05"),
    ("Title,Publication Year,Publication Date\nT,2013,MAY 3\n", "2013-05-03"),
    ("Title,Year,Date\nT,2013,2014-02-03\n", ""),
    ("Title,Authors,Date\nT,A B,03/02/2013\n", ""),  # February or March
    ('{"id": "a", "title": "T", "year": 2013, "date": "2013-02"}', "2013-02"),
    ('{"id": "a", "title": "T", "date": "2013-02-03"}', "2013-02-03"),
    ('{"id": "a", "title": "T", "year": "2013-02"}', "2013-02"),
    ('{"id": "a", "title": "T", "year": 2013, "date": {"$date": 0}}', ""),
    ('{"id": "a", "title": "T", "appearances": [{"date": "2013-02"}]}', "2013-02"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_the_date_of_first_publication(written: str, expected: str) -> None:
    """It is as fine as the source has it, in the year of the appearance, and nothing is added."""
    stream = Stream("d", "d", BytesIO(written.encode()))
    form = recognise_format(stream)
    assert form is not None
    (raw,) = form.read(stream)
    assert isinstance(raw, RawRecord)
    shown = normalise(raw).shown
    assert shown.date == expected
    assert not expected or str(shown.year) == expected[:4]
