"""Check the reader of PubMed's baseline and update files against their documentation."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.formats import pubmed
from index.formats.pubmed_parts import clean_affiliation
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.manifest import Counts
from index.store.rejects import read_rejects
from tests.bench.data import DATA
from tests.support.dump_records import read_records

REAL = DATA / "dumps" / "pubmed-29768149.xml"

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
"""
TAIL = "</PubmedArticleSet>\n"

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">101</PMID>
<DateRevised><Year>2022</Year><Month>04</Month><Day>10</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0140-6736</ISSN>
<JournalIssue CitedMedium="Print"><Volume>13</Volume><Issue>2</Issue>
<PubDate><Year>1975</Year><Month>Jun</Month></PubDate></JournalIssue>
<Title>Lancet (London, England)</Title><ISOAbbreviation>Lancet</ISOAbbreviation></Journal>
<ArticleTitle>CO<sub>2</sub> in <i>E. coli</i> at 10<sup>5</sup> &amp; more.</ArticleTitle>
<Pagination><MedlinePgn>101-9</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S0140</ELocationID>
<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/X.1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">It is hard.</AbstractText>
<AbstractText Label="UNLABELLED">Of Fe3O4@SiO<sub>2</sub>.</AbstractText>
<AbstractText Label="CONTACT">lee@uni.example</AbstractText>
<CopyrightInformation>Copyright 1975 Nobody.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>O'Lee</LastName><ForeName>Ann M</ForeName><Initials>AM</Initials>
<Suffix>3rd</Suffix><Identifier Source="ORCID">http://orcid.org/000000012345007x</Identifier>
<AffiliationInfo><Affiliation>MIT, Boston. Electronic address: lee@uni.example.</Affiliation>
</AffiliationInfo><AffiliationInfo><Affiliation>CERN, Geneva; lee (at) cern.example</Affiliation>
</AffiliationInfo></Author>
<Author ValidYN="N"><LastName>Lie</LastName><Initials>B</Initials></Author>
<Author ValidYN="Y"><LastName>Li</LastName><Initials>BC</Initials>
<Affiliation>li @ bonn.example</Affiliation></Author>
<Author ValidYN="Y"><CollectiveName>The Foo Study Group</CollectiveName></Author>
</AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
<PublicationType UI="D013487">Research Support, U.S. Gov't, P.H.S.</PublicationType>
</PublicationTypeList></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="CommentIn"><PMID Version="1">7</PMID>
</CommentsCorrections></CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="N">Humans</DescriptorName>
</MeshHeading><MeshHeading><DescriptorName MajorTopicYN="N">Carbon Dioxide</DescriptorName>
<QualifierName MajorTopicYN="Y">metabolism</QualifierName></MeshHeading></MeshHeadingList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">gas</Keyword></KeywordList>
</MedlineCitation><PubmedData><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">101</ArticleId>
<ArticleId IdType="doi">10.1000/x.1</ArticleId><ArticleId IdType="pmc">PMC55</ArticleId>
</ArticleIdList><ReferenceList><Reference><Citation>Other.</Citation><ArticleIdList>
<ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
"""

BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">202</PMID><Book>
<BookTitle book="g">Handbook</BookTitle></Book></BookDocument></PubmedBookArticle>
"""

GONE = """<DeleteCitation><PMID Version="1">301</PMID><PMID Version="1">302</PMID></DeleteCitation>
"""
TITLE = "CO<sub>2</sub> in <i>E. coli</i> at 10<sup>5</sup> &amp; more."
ABSTRACT = ARTICLE[ARTICLE.index("<Abstract>") : ARTICLE.index("<AuthorList")]


def read(path: Path, text: str) -> list[RawRecord | Reject]:
    """Write one file and read its records."""
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return read_records(path, "pubmed")


def read_paper(path: Path, *changes: tuple[str, str], of: str = ARTICLE) -> Paper:
    """Read the article, or the record `of`, with some of its text changed."""
    for old, new in changes:
        assert old in of
        of = of.replace(old, new)
    (found,) = read(path, HEAD + of + TAIL)
    assert isinstance(found, RawRecord), found
    return normalise(found)


def test_an_article(tmp_path: Path) -> None:
    """Every element is read into its field, and no e-mail address is kept."""
    found = read_paper(tmp_path / "d.xml")
    assert (found.id, found.sources) == ("pubmed:101", ("pubmed",))
    assert found.title == "CO₂ in E. coli at 10⁵ & more"
    assert found.abstract == "BACKGROUND: It is hard.\n\nOf Fe3O4@SiO₂."
    assert found.authors == (
        Author("Ann M O'Lee III", "ann m olee iii", {"orcid": "0000-0001-2345-007X"},
               ("MIT, Boston", "CERN, Geneva")),
        Author("B C Li", "b c li"),
        Author("Foo Study Group", "foo study group"),
    )  # fmt: skip
    assert "example" not in repr(found)
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("Lancet", "journal", 1975)
    assert (show.volume, show.issue, show.pages) == ("13", "2", "101-109")
    assert (show.type, show.venue_name) == ("journal article", "Lancet (London, England)")
    assert found.topics == ("gas", "carbon dioxide", "humans", "randomized controlled trial")
    assert found.ids == {"pmid": "101", "doi": "10.1000/x.1", "pmc": "PMC55"}
    assert found.urls["page"] == "https://pubmed.ncbi.nlm.nih.gov/101/"
    assert (found.status, found.language) == ("", "en")
    assert show.source is not None
    assert (show.source.record, show.source.offset) == (1, len(HEAD))


OTHER = '<OtherAbstract Type="Publisher" Language="{}"><AbstractText>{}</AbstractText>'
OTHER += "</OtherAbstract><MeshHeadingList>"
SPANISH, ENGLISH = OTHER.format("spa", "Difícil."), OTHER.format("eng", "Hard.")
MISSING = OTHER.format("ger", "Abstract available from the publisher.")
MESH = "<MeshHeadingList>"
TYPES_END = "</PublicationTypeList>"
ORIGINAL = (TYPES_END, f"{TYPES_END}<VernacularTitle>Über Schlaf.</VernacularTitle>")
TYPE = '<PublicationType UI="D016428">'
FORMULA = "At <mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math> all"
YEAR = "<Year>1975</Year><Month>Jun</Month>"
QUIRKS: list[tuple[list[tuple[str, str]], str, object]] = [
    ([(TITLE, "[On sleep]."), ORIGINAL, (ABSTRACT, "")], "abstract", "Original title: Über Schlaf"),
    ([(TITLE, "[Not Available]."), ORIGINAL], "title", "Über Schlaf"),
    ([(TITLE, ""), ORIGINAL, (ABSTRACT, "")], "abstract", ""),
    ([("<MedlinePgn>101-9</MedlinePgn>", ""), ("S0140", "e77")], "pages", "e77"),
    ([("<MedlinePgn>101-9</MedlinePgn>", ""), ("S0140", "S0140-6736(18)5")], "pages", ""),
    ([("<MedlinePgn>101-9</MedlinePgn>", "<StartPage>7</StartPage>")], "pages", "7"),
    ([(TITLE, FORMULA)], "title", "At x₂ all"),
    ([(ABSTRACT, ""), (MESH, SPANISH)], "abstract", "Difícil."),
    ([(ABSTRACT, ""), (MESH, SPANISH.replace(MESH, ENGLISH))], "abstract", "Hard."),
    ([(ABSTRACT, ""), (MESH, MISSING)], "abstract", ""),
    ([(YEAR, "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>")], "year", 1998),
    ([(YEAR, "<MedlineDate>Spring 2000</MedlineDate>")], "year", 2000),
    ([(YEAR, "<Year>0</Year>")], "year", None),
    ([(YEAR, "<Year>99999</Year>")], "year", None),
    ([(YEAR, ""), ("</Article>", "<ArticleDate><Year>2016</Year></ArticleDate></Article>")],
     "year", 2016),
    ([("CommentIn", "RetractionIn")], "status", "retracted"),
    ([("Randomized Controlled Trial", "Retracted Publication")], "status", "retracted"),
    ([(f"{TYPE}Journal Article", f"{TYPE}Retraction of Publication")], "type", "retraction"),
    ([(f"{TYPE}Journal Article", f"{TYPE}Preprint"), ("Lancet (London, England)", "X : a server")],
     "type", "preprint"),
    ([("Randomized Controlled Trial", "Review")], "type", "review"),
    ([("Randomized Controlled Trial", "Letter")], "type", "letter"),
    ([("Randomized Controlled Trial", "Editorial")], "type", "editorial"),
    ([("Randomized Controlled Trial", "Published Erratum")], "type", "erratum"),
    ([("Lancet (London, England)", "Annual International Conference of X")], "type",
     "conference paper"),
    ([("<Language>eng", "<Language>und</Language><Language>bul")], "language", "bg"),
    ([('<ArticleId IdType="doi">10.1000/x.1</ArticleId>', "")], "doi", "10.1000/x.1"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "expected"), QUIRKS)
def test_quirks(
    tmp_path: Path, changes: list[tuple[str, str]], field: str, expected: object
) -> None:
    """Translations, spans of dates, notices and missing elements are read correctly."""
    found = read_paper(tmp_path / "d.xml", *changes)
    place = found.shown if field in ("year", "type", "pages") else found
    assert (found.ids[field] if field == "doi" else getattr(place, field)) == expected


def test_deleted_citations(tmp_path: Path) -> None:
    """Each number at the end of an update file is a deleted record."""
    first, *gone = read(tmp_path / "d.xml", HEAD + ARTICLE + GONE + TAIL)
    assert isinstance(first, RawRecord)
    assert not first.deleted
    deleted = [(one.id, one.deleted) for one in gone if isinstance(one, RawRecord)]
    assert deleted == [("pubmed:301", True), ("pubmed:302", True)]


def test_files_without_envelopes(tmp_path: Path) -> None:
    """Files of 2015 and earlier, whose citations have no ``PubmedArticle``, are read."""
    citation = ARTICLE[ARTICLE.index("<Medline") : ARTICLE.index("<PubmedData>")]
    first, last = read(
        tmp_path / "d.xml", f"<MedlineCitationSet>{citation * 2}</MedlineCitationSet>"
    )
    assert isinstance(first, RawRecord)
    assert isinstance(last, RawRecord)
    assert (first.id, first.ids["doi"], last.source.record) == ("pubmed:101", "10.1000/X.1", 2)


REASONS = [
    "has a title of 9", "has no PubMed number", "has no article", "has no title",
    "is not well-formed XML", "uses the entity 'a'", "uses the entity 'lol9'",
]  # fmt: skip


def test_a_build_of_a_baseline_and_an_update(tmp_path: Path) -> None:
    """Compressed files are read in order, and every record is counted once."""
    numbered = [
        ARTICLE.replace(">101<", f">{n}<").replace("x.1<", f"x.{n}<").replace("X.1<", f"x.{n}<")
        for n in range(110, 118)
    ]
    for n in (5, 6, 7):
        numbered[n] = numbered[n].replace(TITLE, f"Of {'gas' * n}.")
    numbered[0] = numbered[0].replace(TITLE, "")
    numbered[1] = numbered[1].replace(TITLE, "word " * 2_000)
    numbered[2] = numbered[2].replace(">112<", "><")
    numbered[3] = numbered[3].replace("It is hard", "&lol9;")
    numbered[4] = numbered[4].replace("Article ", "Art ").replace("</Article>", "</Art>")
    numbered[5] = numbered[5].replace("It is hard", "It\0 is \udcff")
    bomb = HEAD.replace('.dtd">', '.dtd" [<!ENTITY a "&b;"><!ENTITY b "&a;">]>')
    folder = tmp_path / "pubmed"
    folder.mkdir()
    baseline = (HEAD + ARTICLE + BOOK + "".join(numbered)).encode("utf-8", "surrogateescape")
    (folder / "pubmed26n0001.xml.gz").write_bytes(gzip.compress(baseline[:-500]))
    update = bomb + ARTICLE.replace("It is hard", "&a;") + ARTICLE.replace("hard", "easy")
    (folder / "pubmed26n0002.xml.gz").write_bytes(gzip.compress((update + GONE + TAIL).encode()))
    (folder / "pubmed26n0002.xml.gz.md5").write_text("0\n", "utf-8")
    index = tmp_path / "index"
    _, report = build(index, (str(folder),), BuildSettings(processes=0))
    expected = Counts(read=14, indexed=4, merged=1, skipped=2, rejected=7)
    assert report.sources == {"pubmed": expected}
    assert report.read == report.indexed + report.merged + report.skipped + report.rejected
    reasons = sorted(reject.reason for reject in read_rejects(find_current_folder(index)))
    assert [re.split("[,:]", reason)[0] for reason in reasons] == REASONS
    for file in index.rglob("*"):
        assert file.is_dir() or b"uni.example" not in file.read_bytes(), file


def test_the_real_record(tmp_path: Path) -> None:
    """A real record becomes a paper with all its ten authors and four sections."""
    if not REAL.exists():
        pytest.skip("the real PubMed record is not here; PAPERS_DATA names its folder")
    (found,) = read(tmp_path / "d.xml", REAL.read_text("utf-8"))
    assert isinstance(found, RawRecord)
    real = normalise(found)
    assert (real.id, len(real.authors), real.shown.venue) == ("pubmed:29768149", 10, "NEJM")
    assert (real.shown.year, real.ids["doi"]) == (2018, "10.1056/nejmoa1715274")
    labels = [section.partition(":")[0] for section in real.abstract.split("\n\n")]
    assert labels == ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]
    assert real.topics[:2] == ("asthma", "bronchodilator agents")


HEADS = [
    (HEAD, True), ("<MedlineCitationSet>", True), ("<!-- x --><PubmedArticle>", True),
    ("<PubmedBookArticleSet>", True), ("<PubmedBookArticle>", True),
    ("<dblp><article>PubmedArticleSet</article>", False), ("<OAI-PMH><ListRecords>", False),
    ('<collection id="2022.acl">', False), ('{"id": "PubmedArticleSet"}', False),
    ("@article{PubmedArticleSet,", False), ("TY  - JOUR\nTI  - <PubmedArticleSet>", False),
    ("PMID,Title\n1,<PubmedArticleSet>\n", False), ("PMID- 1\nTI  - T\n", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """XML is recognised by its root, whatever the year of its DTD."""
    assert pubmed.FORMAT.recognises(parse_head(beginning.encode())) is known


@given(st.integers(0, 4000), st.integers(0, 90), st.text(max_size=9))
def test_damage_affects_one_record(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, put: str
) -> None:
    """Damage inside an article neither stops the reader nor affects the record after it."""
    damaged = ARTICLE[:at] + put.replace("<", "").encode(errors="replace").decode()
    path = tmp_path_factory.mktemp("pubmed") / "d.xml"
    last = read(path, HEAD + damaged + ARTICLE[at + cut :] + BOOK + TAIL)[-1]
    assert isinstance(last, RawRecord)
    assert normalise(last).id == "pubmed:202"


@pytest.mark.parametrize(("written", "place"), [
    ("a Department of Moss , Fern University", "Department of Moss, Fern University"),
    ("1Moss Lab", "Moss Lab"), ("12 Institute of Moss", "Institute of Moss"),
    ("7 Green Lane, Bern", "7 Green Lane, Bern"), ("4D Moss", "4D Moss"),
    ("eMoss Lab", "eMoss Lab"),
])  # fmt: skip
def test_marks_of_affiliations(written: str, place: str) -> None:
    """The mark that joined a name to its affiliation goes, the number of a house stays."""
    assert clean_affiliation(written) == place
