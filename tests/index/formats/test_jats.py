"""Check the reader of JATS articles with made-up articles of every shape."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats import jats
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import normalise_all, read_records

HEAD = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "a.dtd">
"""
ARTICLE = """<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="review-article"
 xml:lang="en"><front><journal-meta><journal-title-group><journal-title>Journal of Moss
</journal-title></journal-title-group><publisher><publisher-name>Sea Press</publisher-name>
</publisher></journal-meta><article-meta><article-id pub-id-type="pmid">301</article-id>
<article-id pub-id-type="pmc">55</article-id><article-id pub-id-type="doi">10.5555/Moss.1
</article-id><article-categories><subj-group subj-group-type="heading"><subject>Review</subject>
</subj-group><subj-group subj-group-type="Discipline"><subject>Botany</subject></subj-group>
</article-categories><title-group><article-title>Moss in <italic>Fjords</italic>
<xref ref-type="fn" rid="n1">*</xref></article-title><subtitle>A Review</subtitle>
<trans-title-group xml:lang="de"><trans-title>Moos in Fjorden</trans-title></trans-title-group>
</title-group><contrib-group><contrib contrib-type="author"><contrib-id
 contrib-id-type="orcid">https://orcid.org/0000-0001-2345-007X</contrib-id><name><surname>van Lind
</surname><given-names>Maja K</given-names><suffix>Jr</suffix></name><xref ref-type="aff"
 rid="a1 a2"><sup>1</sup></xref><xref ref-type="corresp" rid="c1">*</xref></contrib>
<contrib contrib-type="author"><string-name>Bo Ek</string-name></contrib>
<contrib contrib-type="author"><collab>Moss Board, North<contrib-group><contrib><name><surname>No
</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Ed</surname></name></contrib></contrib-group>
<aff id="a1"><label>1</label><institution>Fjord College</institution><country>Norway</country></aff>
<aff id="a2"><sup>2</sup>Moss Lab, <email>m@moss.example</email></aff>
<pub-date pub-type="epub"><day>5</day><month>11</month><year>2018</year></pub-date>
<pub-date pub-type="ppub"><month>2</month><year>2019</year></pub-date>
<pub-date pub-type="pmc-release"><day>1</day><month>1</month><year>2019</year></pub-date>
<volume>7</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage>
<elocation-id>e11</elocation-id><self-uri content-type="pdf" xlink:href="https://j.example/1.pdf"/>
<abstract abstract-type="graphical"><p><graphic/>Seen.</p></abstract>
<abstract><title>Abstract</title><sec><title>Aims:</title><p>Moss grows as <inline-formula>
<alternatives><tex-math>$$x^{2}$$</tex-math><mml:math xmlns:mml="m"><mml:mi>x</mml:mi></mml:math>
</alternatives></inline-formula>.</p></sec><sec><title>Results</title><p>H<sub>2</sub>O.</p>
<p>Rain <xref ref-type="bibr">[1]</xref>.</p></sec></abstract>
<kwd-group><kwd>moss</kwd><kwd>rain</kwd></kwd-group><kwd-group kwd-group-type="abbreviations">
<kwd>MB, Moss Board</kwd></kwd-group></article-meta></front>
<body><sec><title>Prose</title><p>Never read.</p></sec></body></article>
"""


LIND = "Maja K van Lind Jr."


def read(path: Path, text: str) -> list[RawRecord | Reject]:
    """Write a file and read its records."""
    path.write_text(text, "utf-8")
    return read_records(path, "jats")


def read_paper(path: Path, *changes: tuple[str, str]) -> Paper:
    """Read the article with some of its text changed."""
    text = ARTICLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (paper,) = normalise_all(read(path, HEAD + text))
    return paper


def cut(start: str, end: str) -> str:
    """Return the part of the article from one text up to the end of another."""
    at = ARTICLE.index(start)
    return ARTICLE[at : ARTICLE.index(end, at) + len(end)]


def test_an_article(tmp_path: Path) -> None:
    """Every element is read into its field; footnotes, labels and addresses are left out."""
    found = read_paper(tmp_path / "d.nxml")
    assert (found.id, found.title) == ("pmc:PMC55", "Moss in Fjords: A Review")
    assert found.abstract == (
        "Aims: Moss grows as $x^{2}$.\n\nResults: H₂O.\n\nRain [1].\n\n"
        "Translated title: Moos in Fjorden"
    )
    assert [one.name for one in found.authors] == [
        "Maja K van Lind Jr.",
        "Bo Ek",
        "Moss Board North",
    ]
    assert found.authors[0].ids == {"orcid": "0000-0001-2345-007X"}
    assert found.authors[0].affiliations == ("Fjord College, Norway", "Moss Lab")
    assert found.ids == {"pmid": "301", "pmc": "PMC55", "doi": "10.5555/moss.1"}
    assert found.topics == ("moss", "rain", "botany")
    assert found.urls["pdf"] == "https://j.example/1.pdf"
    assert (found.language, found.status) == ("en", "")
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == ("Journal of Moss", "journal", "review")
    assert (show.year, show.date, show.publisher) == (2019, "2019-02", "Sea Press")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")


PPUB = cut('<pub-date pub-type="ppub">', "</pub-date>")
PAGES = cut("<fpage>", "</lpage>")
ABSTRACT = cut("<abstract>", "</abstract>")
SEEN = cut("<abstract abstract-type", "</abstract>")
GERMAN = "<trans-abstract xml:lang='de'><p>Moos.</p></trans-abstract>"
ENGLISH = "<trans-abstract xml:lang='en'><p>Moss.</p></trans-abstract>"
OTHER = "Translated title: Moos in Fjorden"
MEETING = "<conference><conf-name>Fjord Conference on Moss</conf-name></conference><volume>"
TYPE = 'article-type="review-article"'
DATE = '<pub-date date-type="{}"><year>{}</year></pub-date>'
RELATED = '<related-article related-article-type="{}"/><volume>'
QUIRKS: list[tuple[list[tuple[str, str]], str, object]] = [
    ([(PPUB, "")], "date", "2018-11-05"),
    ([(PPUB, PPUB.replace("ppub", "collection"))], "year", 2019),
    ([(PPUB, DATE.format("received", "2001"))], "year", 2018),
    ([(PPUB, '<pub-date iso-8601-date="2017-03-02"/>')], "date", "2017-03-02"),
    ([(PPUB, "<pub-date><year>soon</year></pub-date>")], "year", 2018),
    ([(PAGES, "")], "pages", "e11"),
    ([("<lpage>19</lpage>", "")], "pages", "11"),
    ([(TYPE, 'article-type="research-article"')], "type", "journal article"),
    ([(TYPE, 'article-type="correction"')], "type", "erratum"),
    ([(TYPE, 'article-type="retraction"')], "type", "retraction"),
    ([(TYPE, 'article-type="unheard-of"')], "type", "journal article"),
    ([(TYPE, "")], "type", "journal article"),
    ([("<volume>", RELATED.format("retraction-forward"))], "status", "retracted"),
    ([("<volume>", RELATED.format("retracted-article"))], "status", ""),
    ([(cut("<article-title>", "</article-title>"), ""), ("<subtitle>A Review</subtitle>", "")],
     "title", "Moos in Fjorden"),
    ([("</italic>\n", "</italic>?\n")], "title", "Moss in Fjords? A Review"),
    ([(ABSTRACT, "")], "abstract", f"Seen.\n\n{OTHER}"),
    ([(SEEN, ""), (ABSTRACT, GERMAN + ENGLISH)], "abstract", f"Moss.\n\n{OTHER}"),
    ([(SEEN, ""), (ABSTRACT, "<abstract>A <b>b</b>.</abstract>")], "abstract",
     f"A b.\n\n{OTHER}"),
    ([('pub-id-type="pmc">55', 'pub-id-type="pmcid">PMC56')], "id", "pmc:PMC56"),
    ([('<article-id pub-id-type="pmc">55</article-id>', "")], "id", "doi:10.5555/moss.1"),
    ([(cut("<journal-meta>", "</journal-meta>"), "<journal-meta/>"), ("<volume>", MEETING)],
     "venue", "Fjord Conference on Moss"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "expected"), QUIRKS)
def test_quirks(
    tmp_path: Path, changes: list[tuple[str, str]], field: str, expected: object
) -> None:
    """Dates, kinds of articles, notices and missing elements are read correctly."""
    found = read_paper(tmp_path / "d.xml", *changes)
    place = found.shown if hasattr(found.shown, field) else found
    assert getattr(place, field) == expected


ONE, TWO = "<name><surname>Lind</surname></name>", "<name><surname>林</surname></name>"
PARTS = "<institution>Fjord College</institution><country>Norway</country>"
AUTHORS = [
    (cut('<contrib contrib-type="author"><contrib-id', "</collab></contrib>"), "", ["Ed"]),
    (cut("<name>", "</name>"), f"<name-alternatives>{ONE}{TWO}</name-alternatives>",
     ["Lind", "Bo Ek", "Moss Board North"]),
    ("<string-name>Bo Ek</string-name>", "<anonymous/>", [LIND, "Moss Board North"]),
    ("<string-name>Bo Ek</string-name>", "<string-name>Bo</string-name>",
     [LIND, "Bo", "Moss Board North"]),
    ('<contrib contrib-type="editor">', "<on-behalf-of>for the Moss Group</on-behalf-of><contrib>",
     [LIND, "Bo Ek", "Moss Board North", "Ed", "Moss Group"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "names"), AUTHORS)
def test_authors(tmp_path: Path, old: str, new: str, names: list[str]) -> None:
    """Editors count where there are no authors, and a name of several spellings once."""
    found = read_paper(tmp_path / "d.xml", (old, new))
    assert [one.name for one in found.authors] == names


def test_an_affiliation_of_a_group(tmp_path: Path) -> None:
    """An affiliation in a group without references belongs to all members of the group."""
    reference = cut('<xref ref-type="aff"', "</xref>")
    group = "</contrib-group>\n<aff"
    found = read_paper(
        tmp_path / "d.xml", (reference, ""), (group, f"<aff>Fjord Club</aff>{group}")
    )
    assert {one.affiliations for one in found.authors} == {("Fjord Club",)}


WHOLE = """<institution content-type="original">Moss Lab, Fjord College</institution><institution
 content-type="orgname">Fjord College</institution><country>Norway</country>"""
PLACES = [
    (WHOLE, "Moss Lab, Fjord College"),
    ("Moss Lab, <institution>Fjord College</institution>, <city>Bergen</city>",
     "Moss Lab, Fjord College, Bergen"),
    ("<institution>Fjord College</institution><institution>Fjord College</institution>",
     "Fjord College"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "place"), PLACES)
def test_affiliations(tmp_path: Path, written: str, place: str) -> None:
    """The parts of an affiliation are separated, and none is repeated."""
    found = read_paper(tmp_path / "d.xml", (PARTS, written))
    assert found.authors[0].affiliations[0] == place


COLLECTIONS = ["<pmc-articleset>{}</pmc-articleset>", "<articles>\n{}</articles>", "{}"]


@pytest.mark.parametrize("whole", COLLECTIONS)
def test_collections(tmp_path: Path, whole: str) -> None:
    """A file holds one article or many, with one outcome for each."""
    stub = ARTICLE.replace("<front>", "<title>").replace("</front>", "</title>")
    inner = "<sub-article><front><article-meta/></front></sub-article></article>"
    with_reply = ARTICLE.replace("</article>\n", inner).replace(">55<", ">56<")
    first, reply, missing, last, end = read(
        tmp_path / "d.xml",
        whole.format(ARTICLE + with_reply + stub + ARTICLE + stub).replace("\0", ""),
    )[1:]
    assert isinstance(first, RawRecord)
    assert first.id == "pmc:PMC56"
    assert isinstance(reply, RawRecord)
    assert reply.deleted
    assert isinstance(missing, Reject)
    assert missing.reason == "is an article without front matter"
    assert isinstance(last, RawRecord)
    assert isinstance(end, Reject)


BAD = [
    ("<front/>", "has no description of an article (article-meta)"),
    ("<front><article-meta></front>", "is not well-formed XML: mismatched tag"),
]


@pytest.mark.parametrize(("front", "reason"), BAD)
def test_bad_front_matter(tmp_path: Path, front: str, reason: str) -> None:
    """Front matter that describes no article is rejected alone."""
    bad, good = read(tmp_path / "d.xml", f"{HEAD}<article>{front}<body/></article>{ARTICLE}")
    assert isinstance(bad, Reject)
    assert bad.reason == reason
    assert isinstance(good, RawRecord)


def test_a_long_article(tmp_path: Path) -> None:
    """The text of an article may be longer than any record, since it is not read."""
    prose = "<p>" + "x" * (17 << 20) + "</p>"
    found = read_paper(tmp_path / "d.xml", ("<p>Never read.</p>", prose))
    assert found.id == "pmc:PMC55"


OAI = """<OAI-PMH><ListRecords><record><header><identifier>oai:pubmedcentral.nih.gov:55</identifier>
</header><metadata>{}</metadata></record><record><header status="deleted">
<identifier>oai:pubmedcentral.nih.gov:56</identifier></header></record></ListRecords></OAI-PMH>"""


def test_an_article_in_oai_pmh(tmp_path: Path) -> None:
    """A repository may offer JATS, and a deleted article has the id of its files."""
    path = tmp_path / "d.xml"
    path.write_text(OAI.format(ARTICLE), "utf-8")
    found, gone = read_records(path, "oai")
    assert isinstance(found, RawRecord)
    assert (found.id, found.appearances[0].volume, found.language) == ("pmc:PMC55", "7", "en")
    assert isinstance(gone, RawRecord)
    assert (gone.id, gone.deleted) == ("pmc:PMC56", True)
    path.write_text(OAI.format("<article><body/></article>"), "utf-8")
    (missing, _) = read_records(path, "oai")
    assert isinstance(missing, Reject)
    assert missing.reason == "is an article without front matter"


HEADS = [
    (HEAD + "<article><front>", True), ("<article article-type='x'>", True),
    ("<article><front><article-meta>", True), ("<pmc-articleset>", True),
    ("<articles><article><front>", True), ("<j:article xmlns:j='j'><j:front>", True),
    ("<article class='ltx_document'><h1>", False), ("<articles><article><p>", False),
    ("<dblp><article key='a'>", False), ("<front><article-meta>", False),
    ("<html><article>", False), ('{"article": "<article><front>"}', False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """An article is recognised by its root and its front matter."""
    assert jats.FORMAT.recognises(parse_head(beginning.encode())) is known


@given(st.integers(0, 3400), st.integers(0, 90), st.text(max_size=9))
def test_damage_affects_one_article(
    tmp_path_factory: pytest.TempPathFactory, at: int, gap: int, put: str
) -> None:
    """Damage inside an article neither stops the reader nor affects the article after it."""
    whole = ARTICLE.encode()
    damaged = whole[:at] + put.replace("<", "").encode(errors="replace") + whole[at + gap :]
    path = tmp_path_factory.mktemp("jats") / "d.xml"
    path.write_bytes(b"<pmc-articleset>" + damaged + whole + b"</pmc-articleset>")
    last = read_records(path, "jats")[-1]
    assert isinstance(last, RawRecord)
    assert last.id == "pmc:PMC55"
