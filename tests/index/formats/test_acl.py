"""Check the reader of the ACL Anthology against its schema and real volumes."""

import re
from pathlib import Path

import pytest

from index.build.operations import build
from index.formats import acl
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import Author, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects
from tests.bench.data import DATA
from tests.support.dump_records import normalise_all, read_papers, read_records

REAL = DATA / "dumps" / "acl"

META = """<meta>
  <booktitle>Proceedings of the 60th Annual Meeting of the Association for Computational
    Linguistics (Volume 1: Long Papers)</booktitle>
  <editor><first>Ed</first><last>Itor</last></editor>
  <month>May</month><year>2022</year><venue>acl</venue><publisher>ACL</publisher>
  <journal-volume>4</journal-volume><journal-issue>2</journal-issue>
</meta>"""

PAPER = """<paper id="7">
  <title>On <fixed-case>LMT</fixed-case> and <tex-math>k</tex-math>-NN: <i>more</i> & less</title>
  <author id="ann-lee-mit" orcid="0000-0001-2345-007X"><first>Ann</first><last>van Lee</last>
    <affiliation>MIT, ann@example.org</affiliation>
    <variant script="hani"><first>安</first><last>李</last></variant></author>
  <author><first/><last>Plato</last></author>
  <editor><first>No</first><last>Author</last></editor>
  <pages>1-15</pages>
  <abstract>We use GPT<tex-math>_{\\rm B}</tex-math>. See <url>https://example.org/x</url>.</abstract>
  <url hash="a3b4bfc3">2022.acl-long.7</url>
  <attachment type="software" hash="1">2022.acl-long.7.zip</attachment>
  <revision id="1" href="2022.acl-long.7v1"/>
  <bibkey>lee-2022-lmt</bibkey>
  <doi>10.18653/v1/2022.acl-long.7</doi>
  <pwccode url="https://github.com/a/b" additional="false">a/b</pwccode>
  <award>Best Paper</award>
</paper>"""


def make_collection(
    *parts: str, name: str = "2022.acl", volume: str = "long", kind: str = ""
) -> str:
    """Return a collection of one volume."""
    inner = "\n".join(parts)
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{name}\">"
        f'<volume id="{volume}" type="{kind}">{inner}</volume></collection>'
    )


def make_paper(number: object = 1, rest: str = "") -> str:
    """Return a paper with a number and a title."""
    return f'<paper id="{number}"><title>Title {number}</title>{rest}</paper>'


def read(path: Path, written: str) -> list[RawRecord | Reject]:
    """Write a volume and read its records."""
    path.write_text(written, "utf-8")
    return read_records(path, "acl")


def test_a_paper(tmp_path: Path) -> None:
    """Every element is read into its field; markup is unwrapped and editors are left out."""
    written = make_collection(META, "<frontmatter><bibkey>f</bibkey></frontmatter>", PAPER)
    (found,) = normalise_all(read(tmp_path / "2022.acl.xml", written))
    assert found.id == "acl:2022.acl-long.7"
    assert found.title == "On LMT and $k$-NN: more & less"
    assert found.abstract == "We use GPT$_{\\rm B}$. See https://example.org/x."
    assert found.authors == (
        Author("Ann van Lee", "ann van lee",
               {"acl": "ann-lee-mit", "orcid": "0000-0001-2345-007X"}, ("MIT",)),
        Author("Plato", "plato"),
    )  # fmt: skip
    assert found.ids == {"acl": "2022.acl-long.7", "doi": "10.18653/v1/2022.acl-long.7"}
    assert found.urls == {
        "page": "https://aclanthology.org/2022.acl-long.7/",
        "pdf": "https://aclanthology.org/2022.acl-long.7.pdf",
        "code": "https://github.com/a/b",
    }
    assert (found.status, found.sources) == ("best paper", ("acl",))
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("ACL", "conference", 2022)
    assert (show.type, show.volume, show.issue) == ("conference paper", "4", "2")
    assert (show.pages, show.publisher) == ("1-15", "ACL")
    assert show.venue_name.startswith("Proceedings of the 60th Annual Meeting of the Association")
    assert show.source is not None
    assert (show.source.dump, show.source.record) == ("2022.acl.xml", 2)
    assert written[show.source.offset :].startswith('<paper id="7">')


IDS = [
    ("2022.acl", "long", "1", "2022.acl-long.1"),
    ("2022.naloma", "1", "12", "2022.naloma-1.12"),
    ("P19", "1", "1", "P19-1001"),
    ("J89", "4", "23", "J89-4023"),
    ("L06", "1", "471", "L06-1471"),
    ("W19", "1", "2", "W19-0102"),
    ("W06", "16", "3", "W06-1603"),
    ("C69", "1", "2", "C69-0102"),
    ("D19", "1", "2", "D19-1002"),
    ("D19", "50", "2", "D19-5002"),
]


@pytest.mark.parametrize(("name", "volume", "number", "known"), IDS)
def test_ids(tmp_path: Path, name: str, volume: str, number: str, known: str) -> None:
    """Ids follow the Anthology's rules, which give old workshops two digits for the volume."""
    written = make_collection(make_paper(number), name=name, volume=volume)
    (found,) = normalise_all(read(tmp_path / "d", written))
    assert (found.id, found.ids["acl"]) == (f"acl:{known}", known)


def test_the_older_form(tmp_path: Path) -> None:
    """In the older form the root is a volume, and each paper has its venue and four digits."""
    where = "<booktitle>Proceedings of EMNLP</booktitle><year>2018</year>"
    where += "<editor><last>Roe</last></editor>"
    written = '<volume id="{}">' + make_paper(1000) + make_paper("1001", where) + "</volume>"
    front, paper = read(tmp_path / "d", written.format("D18"))
    assert isinstance(front, RawRecord)
    assert isinstance(paper, RawRecord)
    assert front.deleted
    assert normalise(paper).id == "acl:D18-1001"
    assert (normalise(paper).shown.venue, normalise(paper).shown.year) == ("EMNLP", 2018)
    assert [one.family for one in paper.authors] == ["Roe"]  # its own editor, without authors
    workshop = '<volume id="W06">' + make_paper("0100") + make_paper("0101") + "</volume>"
    assert [one.id for one in normalise_all(read(tmp_path / "e", workshop))] == ["acl:W06-0101"]


SHOWN = [
    ("proceedings",
     {"booktitle": "Findings of the Association for Computational Linguistics: ACL 2023",
      "year": "2023"},
     ("Findings of ACL", "conference", 2023)),
    ("proceedings",
     {"booktitle": "Proceedings of the 3rd Logic Workshop (LOGOS III)", "venue": "lgs"},
     ("LOGOS", "workshop", 2022)),
    ("journal",
     {"booktitle": "Computational Linguistics, Volume 15, <fixed-case>M</fixed-case>arch 1989",
      "year": "1989"},
     ("Computational Linguistics", "journal", 1989)),
    ("journal", {"booktitle": "TAL, Volume 1", "journal-title": "Traitement Automatique"},
     ("Traitement Automatique", "journal", 2022)),
    ("proceedings", {"venue": "emnlp", "year": "soon"}, ("EMNLP", "conference", None)),
    ("", {}, ("", "", 2022)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "meta", "expected"), SHOWN)
def test_where_it_appeared(
    tmp_path: Path, kind: str, meta: dict[str, str], expected: tuple[str, str, int | None]
) -> None:
    """Venue and year come from the volume's meta; without one the collection's id has the year."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in meta.items())
    written = make_collection(f"<meta>{inner}</meta>" if inner else "", make_paper(), kind=kind)
    (found,) = normalise_all(read(tmp_path / "d", written))
    assert (found.shown.venue, found.shown.venue_kind, found.shown.year) == expected


QUIRKS = [
    ('<retracted date="2022-05-06">Why.</retracted><award>Best</award>', "status", "retracted"),
    ('<removed date="1984-01-01">By the authors.</removed>', "status", "withdrawn"),
    ("<award>Outstanding Paper</award><award>Other</award>", "status", "outstanding paper"),
    ("<language>fra</language>", "language", "fr"),
    ("<language>iku</language>", "language", "iu"),
    ("<url>http://example.org/4.pdf</url>", "pdf", "http://example.org/4.pdf"),
    ("", "pdf", None),
    ("<author>Ann Lee</author>", "author", "Ann Lee"),
    ("<author><first>Ann</first></author>", "author", "Ann"),
    ("<author><first>Ann</first><last>Lee</last></author>", "author", "Ann Lee"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "field", "expected"), QUIRKS)
def test_quirks(tmp_path: Path, written: str, field: str, expected: str | None) -> None:
    """Retractions, awards, languages, files on other sites and undivided names are read."""
    (found,) = normalise_all(read(tmp_path / "d", make_collection(make_paper(1, written))))
    values = {
        "status": found.status,
        "language": found.language,
        "pdf": found.urls.get("pdf"),
        "author": found.authors[0].name if found.authors else "",
    }
    assert values[field] == expected


def test_events_and_comments_hold_no_papers(tmp_path: Path) -> None:
    """An event's ``meta`` does not concern papers, and a paper in a comment is not read."""
    event = '<event id="acl-2022"><meta><title>T</title><year>1</year></meta></event>'
    written = make_collection(META, f"<!-- {make_paper(1)} -->", make_paper(2))
    written = written.replace("</collection>", f"{event}</collection>")
    assert [one.id for one in normalise_all(read(tmp_path / "d", written))] == [
        "acl:2022.acl-long.2"
    ]


def test_papers_of_a_damaged_volume_are_rejected(tmp_path: Path) -> None:
    """Papers after a damaged start of a volume are rejected, not attributed to the one before."""
    written = make_collection(
        META, make_paper(1), "</volume><volme id='short'>", META, make_paper(1)
    )
    one, two = read(tmp_path / "d", written)
    assert isinstance(one, RawRecord)
    assert isinstance(two, Reject)
    assert two.reason == "belongs to no known volume"


def test_no_other_format_takes_a_volume() -> None:
    """Only this format recognises a volume of either form."""
    for written in (make_collection(META, PAPER), '<volume id="P18"><paper id="1001"/></volume>'):
        head = parse_head(written.encode())
        assert [form.short_name for form in list_formats() if form.recognises(head)] == ["acl"]


HEADS = [
    ('<collection id="2022.acl">\n<volume id="1">', True),
    ('<volume id="P18"><paper id="1001">', True),
    ("<collection xmlns='http://www.loc.gov/MARC21/slim'><record>", False),
    ("<volume><file/></volume>", False),
    ('<dblp><article key="a">', False),
    ("<PubmedArticleSet><PubmedArticle>", False),
    ("<OAI-PMH><ListRecords><record>", False),
    ('{"id": "1", "title": "<collection><volume id=1>"}', False),
    ('@article{a, title = "<volume id=1>"}', False),
]


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """A file is recognised by its root and an id inside it; other XML also has collections."""
    assert acl.FORMAT.recognises(parse_head(beginning.encode())) == known


BAD = [
    (make_paper("x"), "has no number in its volume"),
    ("<paper><title>T</title></paper>", "has no number in its volume"),
    ('<paper id="11"><abstract>A</abstract></paper>', "has no title"),
    (make_paper(12, "<b>never closed"), "is not well-formed XML: mismatched tag"),
    (make_paper(13, "&lol;"), "uses the entity 'lol', which has no known meaning"),
    ('<paper id="14"><title>T', "is not well-formed XML"),
    ("<papr id='15'><title>T</title></paper>", "ends with </paper>, but does not begin"),
    (f'<paper id="16"><title>{"x" * 6000}</title></paper>', "has a title of 6,000 characters"),
]


def test_bad_records_are_accounted_for(tmp_path: Path) -> None:
    """Each bad record is one reject with its reason; a folder of volumes is one dump."""
    good = [
        make_paper(1, "<abstract>bad \udcff byte, NUL \x00 and R&D</abstract>"),
        make_paper(2, "<year>0</year>"),
        make_paper(3, "<year>99999</year>"),
        make_paper(1, "<abstract>again</abstract>"),
        "<frontmatter><url>2022.acl-long.0</url></frontmatter>",
        make_paper(0),
        make_paper(4),
        make_paper(5),
    ]
    folder = tmp_path / "acl"
    folder.mkdir()
    written = [part for one, (bad, _) in zip(good, BAD, strict=True) for part in (one, bad)]
    damaged = make_collection(META, *written, make_paper(6)).encode("utf-8", "surrogateescape")
    (folder / "2022.acl.xml").write_bytes(damaged)
    (folder / "P19.xml").write_text(make_collection(make_paper(1), name="P19", volume="1"), "utf-8")
    index = tmp_path / "index"
    manifest, report = build(index, (str(folder),), BuildSettings(processes=0))
    assert manifest.papers == 7
    assert (report.read, report.indexed, report.merged) == (18, 7, 1)
    assert (report.skipped, report.rejected) == (2, len(BAD))
    assert report.read == report.indexed + report.merged + report.skipped + report.rejected
    rejects = sorted(read_rejects(find_current_folder(index)), key=lambda one: one.source.record)
    for reject, (_, reason) in zip(rejects, BAD, strict=True):
        assert reject.reason.startswith(reason)
        assert reject.source.file == "2022.acl.xml"


def test_real_volumes(tmp_path: Path) -> None:
    """Every paper of real volumes is read, under the id in its address."""
    if not REAL.exists():
        pytest.skip("the real Anthology volumes are not here; PAPERS_DATA names their folder")
    written = "".join(path.read_text("utf-8") for path in REAL.glob("*.xml"))
    fronts, count = written.count("<frontmatter>"), written.count("<paper ")
    manifest, report = build(tmp_path / "index", (str(REAL),), BuildSettings(processes=0))
    assert (report.read, report.skipped) == (count + fronts, fronts)
    assert report.indexed == manifest.papers == count
    parts = re.findall(r"<paper .*?</paper>", written, re.DOTALL)
    known = {url[1] for part in parts if (url := re.search(r"<url hash[^>]*>([^<:]+)</url>", part))}
    assert len(known) > count / 2
    found = read_papers(REAL, "acl")
    assert known <= {one.ids["acl"] for one in found}
    assert not [one.title for one in found if re.search(r"<|fixed|&\w+;", one.title)]
