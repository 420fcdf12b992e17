"""Check the reader of Europe PMC's answers in XML, the whole results and the short ones."""

from pathlib import Path

import pytest

from index.formats import europe_pmc_xml
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import read_records

HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><responseWrapper
 xmlns:epmc="https://www.europepmc.org/data"><version>6.9</version><hitCount>2</hitCount>
<request><queryString>moss</queryString></request><resultList>"""
TAIL = "</resultList></responseWrapper>"
CORE = """<result><id>301</id><source>MED</source><pmid>301</pmid><pmcid>PMC55</pmcid>
<doi>10.5555/Moss.9</doi><title>Moss in &lt;i&gt;Fjords&lt;/i&gt;.</title>
<authorString>Lind MK, Moss Board.</authorString><authorList><author><fullName>Lind MK</fullName>
<firstName>Maja K</firstName><lastName>Lind</lastName><initials>MK</initials>
<authorId type="ORCID">0000-0001-2345-007X</authorId><authorAffiliationDetailsList>
<authorAffiliation><affiliation>Fjord College. Electronic address: m@moss.example.</affiliation>
</authorAffiliation></authorAffiliationDetailsList></author><author><fullName>Ek B</fullName>
<lastName>Ek</lastName><initials>BC</initials></author><author><collectiveName>Moss Board, North
</collectiveName></author></authorList><journalInfo><issue>2</issue><volume>7</volume>
<dateOfPublication>2019 Feb</dateOfPublication><yearOfPublication>2019</yearOfPublication>
<journal><title>Journal of Moss (Bergen, Norway)</title><ISOAbbreviation>J Moss</ISOAbbreviation>
</journal></journalInfo><pubYear>2019</pubYear><pageInfo>11-9</pageInfo><abstractText>
&lt;h4&gt;Aims&lt;/h4&gt;Moss grows.&lt;h4&gt;Results.&lt;/h4&gt; It rains.</abstractText>
<language>eng</language>
<pubTypeList><pubType>Journal Article</pubType><pubType>Field Trial
</pubType></pubTypeList><keywordList><keyword>moss</keyword></keywordList><meshHeadingList><meshHeading>
<majorTopic_YN>N</majorTopic_YN><descriptorName>Norway</descriptorName></meshHeading><meshHeading>
<majorTopic_YN>Y</majorTopic_YN><descriptorName>Rain</descriptorName></meshHeading>
</meshHeadingList><fullTextUrlList><fullTextUrl><documentStyle>pdf</documentStyle>
<url>https://j.example/9.pdf</url></fullTextUrl></fullTextUrlList><citedByCount>12</citedByCount>
<dateOfRevision>2020-04-05</dateOfRevision><firstPublicationDate>2019-01-14</firstPublicationDate>
</result>
"""
LITE = """<result><id>77</id><source>MED</source><DOI>10.5555/moss.8</DOI><title>On rain.</title>
<authorString>Lind MK, de Ek B.</authorString><journalTitle>J Moss</journalTitle>
<issue>3</issue><journalVolume>8</journalVolume><pubYear>2020</pubYear><pageInfo>e5</pageInfo>
<pubType>review; journal article</pubType><citedByCount>0</citedByCount></result>
"""


def read(path: Path, *results: str) -> list[RawRecord | Reject]:
    """Write an answer and read its records."""
    path.write_text(HEAD + "".join(results) + TAIL, "utf-8")
    return read_records(path, "europe_pmc_xml")


def read_paper(path: Path, text: str, *changes: tuple[str, str]) -> Paper:
    """Read one result with some of its text changed."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (found,) = read(path, text)
    assert isinstance(found, RawRecord), found
    return normalise(found)


def test_a_whole_result(tmp_path: Path) -> None:
    """Every element is read into its field, and no e-mail address is kept."""
    (raw,) = read(tmp_path / "d.xml", CORE)
    assert isinstance(raw, RawRecord)
    assert raw.updated == "2020-04-05"
    found = normalise(raw)
    assert (found.id, found.title) == ("europe_pmc:MED/301", "Moss in Fjords")
    assert found.abstract == "Aims\n\nMoss grows.\n\nResults.\n\nIt rains."
    assert [one.name for one in found.authors] == ["Maja K Lind", "B C Ek", "Moss Board North"]
    assert found.authors[0].ids == {"orcid": "0000-0001-2345-007X"}
    assert found.authors[0].affiliations == ("Fjord College",)
    assert found.ids == {"pmid": "301", "pmc": "PMC55", "doi": "10.5555/moss.9"}
    assert found.topics == ("moss", "norway", "rain")
    assert (found.citations, found.language, found.status) == (12, "en", "")
    assert found.urls["pdf"] == "https://j.example/9.pdf"
    assert found.urls["page"] == "https://europepmc.org/article/MED/301"
    show = found.shown
    assert (show.venue, show.venue_kind) == ("Journal of Moss (Bergen, Norway)", "journal")
    assert (show.type, show.year, show.date) == ("journal article", 2019, "2019-01-14")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")


def test_a_short_result(tmp_path: Path) -> None:
    """A short result has its authors and types in one text each."""
    found = read_paper(tmp_path / "d.xml", LITE)
    assert [one.name for one in found.authors] == ["MK Lind", "B de Ek"]
    assert found.ids == {"pmid": "77", "doi": "10.5555/moss.8"}
    show = found.shown
    assert (show.venue, show.type, show.year) == ("J Moss", "review", 2020)
    assert (show.volume, show.issue, show.pages, found.citations) == ("8", "3", "e5", 0)


FIRST = "<firstPublicationDate>2019-01-14</firstPublicationDate>"
BOOK = "<bookOrReportDetails>{}<publisher>bioRxiv</publisher></bookOrReportDetails><pubYear>"
JOURNAL = CORE[CORE.index("<journalInfo>") : CORE.index("<pubYear>")]
NOTICE = "<commentCorrectionList><commentCorrection><type>{}</type></commentCorrection>"
NOTICE += "</commentCorrectionList><pubYear>"
TYPE = "<pubType>Journal Article</pubType>"
QUIRKS: list[tuple[list[tuple[str, str]], str, object]] = [
    ([(FIRST, "")], "date", "2019-02"),
    ([("2019-01-14", "soon")], "date", "2019-02"),
    ([("<pubYear>2019", "<pubYear>next")], "year", None),
    ([("<citedByCount>12", "<citedByCount>some")], "citations", None),
    ([("<yearOfPublication>2019", "<yearOfPublication>next")], "year", 2019),
    ([("<pubYear>", NOTICE.format("Retraction in"))], "status", "retracted"),
    ([("<pubYear>", NOTICE.format("Comment in"))], "status", ""),
    ([("<source>MED", "<source>PPR"), (JOURNAL, ""), ("<pubYear>", BOOK.format(""))],
     "venue", "bioRxiv"),
    ([(TYPE, "<pubType>Book chapter</pubType>"), (JOURNAL, ""),
      ("<pubYear>", BOOK.format("<comprisingTitle>Moss Book</comprisingTitle>"))],
     "venue", "Moss Book"),
    ([("<citedByCount>12</citedByCount>", "")], "citations", None),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "expected"), QUIRKS)
def test_quirks(
    tmp_path: Path, changes: list[tuple[str, str]], field: str, expected: object
) -> None:
    """Dates, notices, preprints, books and missing elements are read correctly."""
    found = read_paper(tmp_path / "d.xml", CORE, *changes)
    place = found.shown if hasattr(found.shown, field) else found
    assert getattr(place, field) == expected


def test_a_result_without_a_number_is_rejected(tmp_path: Path) -> None:
    """A result without a number is rejected alone."""
    bad, good = read(tmp_path / "d.xml", CORE.replace("<id>301</id>", ""), LITE)
    assert isinstance(bad, Reject)
    assert bad.reason == "has no number (id)"
    assert isinstance(good, RawRecord)


HEADS = [
    (HEAD, True), ("<resultList><result>", True), ("<responseWrapper><error>", False),
    ("<responseWrapper><hitCount>1</hitCount><rdf:RDF>", False),
    ("<results><result>", False), ('{"resultList": "<responseWrapper>"}', False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """An answer is recognised by its root and its list of results."""
    assert europe_pmc_xml.FORMAT.recognises(parse_head(beginning.encode())) is known
