"""Check the reader of dblp against its DTD and real records."""

import re
from pathlib import Path

import pytest

from index.build.operations import build
from index.formats import dblp
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects
from tests.bench.data import DATA
from tests.support.dump_records import read_papers, read_records

REAL = DATA / "dumps" / "dblp-sample.xml"

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'

ARTICLE = """<article mdate="2020-01-02" key="journals/jmlr/LeeW03">
<author orcid="0000-0001-2345-007X">Ann L&eacute;e</author>
<author>Wei Wang 0001</author>
<title>H<sub>2</sub>O &amp; <i>other</i> Molecules.</title>
<pages>1-9</pages>
<year>2003</year>
<volume>4</volume><number>2</number>
<journal>J. Mach. Learn. Res.</journal>
<ee type="oa">https://doi.org/10.1000/ABC.1</ee>
<ee>https://www.wikidata.org/entity/Q1</ee>
<ee>https://example.org/lee.pdf</ee>
<crossref>journals/jmlr/2003</crossref>
<url>db/journals/jmlr/jmlr4.html#LeeW03</url>
</article>"""


def make_record(
    tag: str = "article", key: str = "journals/x/Y1", of: str = "", **fields: str
) -> str:
    """Return a record with a few fields, and attributes `of` its element."""
    fields = {"author": "Ann Lee", "title": "A Title.", "year": "2003"} | fields
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items() if text)
    return f'<{tag} mdate="2020-01-02" key="{key}"{of}>{inner}</{tag}>'


def read(path: Path, *records: str) -> list[RawRecord | Reject]:
    """Write a dump and read its records."""
    path.write_bytes((HEAD + "".join(records) + "\n</dblp>\n").encode("latin-1"))
    return read_records(path, "dblp")


def read_paper(path: Path, written: str) -> Paper:
    """Write one record and read its paper."""
    (found,) = read(path, written)
    assert isinstance(found, RawRecord)
    return normalise(found)


def test_a_record(tmp_path: Path) -> None:
    """Every element is read into its field, and the paper's source is the record."""
    found = read_paper(tmp_path / "dblp.xml", ARTICLE)
    assert (found.id, found.title) == ("dblp:journals/jmlr/LeeW03", "H₂O & other Molecules")
    assert found.authors == (
        Author("Ann Lée", "ann lee", {"orcid": "0000-0001-2345-007X"}),
        Author("Wei Wang", "wei wang 0001"),
    )
    assert found.ids == {"dblp": "journals/jmlr/LeeW03", "doi": "10.1000/abc.1"}
    assert found.urls == {
        "page": "https://doi.org/10.1000/ABC.1",
        "pdf": "https://example.org/lee.pdf",
        "dblp": "https://dblp.org/rec/journals/jmlr/LeeW03",
    }
    assert (found.abstract, found.status, found.sources) == ("", "", ("dblp",))
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("JMLR", "journal", 2003)
    assert (show.type, show.venue_name) == ("journal article", "J. Mach. Learn. Res.")
    assert (show.volume, show.issue, show.pages) == ("4", "2", "1-9")
    assert show.source is not None
    assert (show.source.dump, show.source.record) == ("dblp.xml", 1)
    assert (show.source.offset, show.source.licence) == (len(HEAD), "CC0-1.0")


SHOWN = [
    (make_record("inproceedings", "conf/nips/Y1", booktitle="NIPS"),
     ("NeurIPS", "conference", "conference paper")),
    (make_record("inproceedings", "conf/eccv/Y1", booktitle="ECCV (4)"),
     ("ECCV", "conference", "conference paper")),
    (make_record("inproceedings", "conf/sigmod/Y1", booktitle="DBTest@SIGMOD"),
     ("SIGMOD Workshop", "workshop", "workshop paper")),
    (make_record("inproceedings", "conf/icml/Y1"), ("ICML", "conference", "conference paper")),
    (make_record(of=' publtype="informal"', journal="CoRR"), ("arXiv", "repository", "preprint")),
    (make_record(of=' publtype="informal"', journal="Tech. Rep."),
     ("Tech. Rep.", "journal", "preprint")),
    (make_record(of=' publtype="survey"', journal="Commun. ACM"),
     ("CACM", "journal", "review")),
    (make_record("incollection", "reference/v/Y1", ' publtype="encyclopedia"', booktitle="A Guide"),
     ("A Guide", "book", "reference entry")),
    (make_record("incollection", "books/x/Y1", booktitle="A Guide"),
     ("A Guide", "book", "book chapter")),
    (make_record("book", "books/x/Y1", publisher="Press"), ("", "", "book")),
    (make_record("phdthesis", "phd/Y1", school="MIT"), ("", "", "thesis")),
    (make_record("mastersthesis", "ms/Y1"), ("", "", "thesis")),
    (make_record("data", "data/10/Y1"), ("", "", "dataset")),
    (make_record(of=' publtype="software"', journal="J"), ("J", "journal", "software")),
    (make_record("www", "persons/Y1"), ("", "", "web page")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), SHOWN)
def test_where_it_appeared(tmp_path: Path, written: str, expected: tuple[str, str, str]) -> None:
    """The venue, its kind and the type follow from the element, ``publtype`` and the venue."""
    show = read_paper(tmp_path / "d", written).shown
    assert (show.venue, show.venue_kind, show.type) == expected


LINKS = [
    ("https://doi.org/10.1109/X.1", {"doi": "10.1109/x.1"}),
    ("http://dx.doi.org/10.1109/X.1", {"doi": "10.1109/x.1"}),
    ("http://doi.acm.org/10.1145/1.2", {"doi": "10.1145/1.2"}),
    ("https://doi.ieeecomputersociety.org/10.1109/X.1", {"doi": "10.1109/x.1"}),
    ("https://doi.org/10.1002/a%28b%29c", {"doi": "10.1002/a(b)c"}),
    ("http://arxiv.org/abs/0704.0001", {"arxiv": "0704.0001"}),
    ("https://arxiv.org/abs/cs/9901001", {"arxiv": "cs/9901001"}),
    ("https://doi.org/10.48550/arXiv.2006.04779",
     {"arxiv": "2006.04779", "doi": "10.48550/arxiv.2006.04779"}),
    ("https://aclanthology.org/P18-1001/", {"acl": "P18-1001"}),
    ("https://openreview.net/forum?id=AbC-1", {"openreview": "AbC-1"}),
    ("db/conf/x/1.html", {}),
]  # fmt: skip


@pytest.mark.parametrize(("link", "ids"), LINKS)
def test_identifiers_are_found_in_links(tmp_path: Path, link: str, ids: dict[str, str]) -> None:
    """Dblp keeps identifiers as links, and the reader extracts them to match records of a work."""
    found = read_paper(tmp_path / "d", make_record(ee=link)).ids
    assert found == {"dblp": "journals/x/Y1"} | ids


def test_an_arxiv_number_is_also_a_volume(tmp_path: Path) -> None:
    """The volume of a preprint is its arXiv number, also without a link."""
    found = read_paper(tmp_path / "d", make_record(journal="CoRR", volume="abs/2006.04779"))
    assert found.shown.volume == ""
    assert found.ids["arxiv"] == "2006.04779"


TITLES = [
    ("A Title.", "A Title"),
    ("Why?", "Why?"),
    ("And so on ...", "And so on ..."),
    ("S&uuml;&szlig; &times; &Aring;", "Süß × Å"),
    ("Caf\xe9.", "Café"),
    ("x<sup>2</sup> <ref href='y'>see</ref>.", "x² see"),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(tmp_path: Path, written: str, title: str) -> None:
    """Character entities are resolved without the DTD, and dblp's final full stop is dropped."""
    assert read_paper(tmp_path / "d", make_record(title=written)).title == title


def test_editors_of_a_book_without_authors(tmp_path: Path) -> None:
    """The editors of a book count as its authors if it has no others."""
    edited = read_paper(tmp_path / "d", make_record("book", author="", editor="Bo Li 0002"))
    assert [author.key for author in edited.authors] == ["bo li 0002"]


def test_publishers(tmp_path: Path) -> None:
    """A thesis has its school as publisher, a book its publisher."""
    thesis = make_record("phdthesis", school="Fjord College", series="Moss")
    book = make_record("book", publisher="Sea Press", school="Fjord College")
    shown = [read_paper(tmp_path / "d", one).shown for one in (thesis, book)]
    assert [one.publisher for one in shown] == ["Fjord College", "Sea Press"]


def test_withdrawn(tmp_path: Path) -> None:
    """The word "withdrawn" in ``publtype`` becomes the status."""
    assert (
        read_paper(tmp_path / "d", make_record(of=' publtype="informal withdrawn"')).status
        == "withdrawn"
    )


@pytest.mark.parametrize("beginning", [HEAD, '<dblpperson name="Ann Lee" pid="1/2"><r>'])
def test_no_other_format_takes_the_dump(beginning: str) -> None:
    """Only this format recognises the dump and the file that dblp offers for one person."""
    head = parse_head(beginning.encode())
    assert [form.short_name for form in list_formats() if form.recognises(head)] == ["dblp"]


OTHERS = ('<collection id="2022.acl"><volume id="1">', "<PubmedArticleSet>", "<OAI-PMH>",
          "<article><front>", '{"id": "1", "title": "<dblp>"}', "@article{dblp, }", "id,title",
          "TY  - JOUR", "<!-- <dblp> --><html>", "")  # fmt: skip


@pytest.mark.parametrize("beginning", OTHERS)
def test_other_formats_are_not_taken(beginning: str) -> None:
    """A file whose root is not dblp's is not recognised."""
    assert not dblp.FORMAT.recognises(parse_head(beginning.encode()))


BAD = [
    ("no key", '<article mdate="2020-01-02"><title>T.</title></article>', "has no key"),
    ("no title", make_record(title=""), "has no title"),
    ("cut short", '<article key="a/b"><title>T', "is not well-formed XML"),
    (
        "cyclic entity",
        make_record(title="&lol;"),
        "uses the entity 'lol', which has no known meaning",
    ),
    ("long title", make_record(title="x" * 6000), "has a title of 6,000 characters"),
    ("long record", make_record(title="x" * (25 << 20)), "is over 24 MiB long"),
    ("broken start", "<artcle key='x'><title>T.</title></article>", "ends with </article>"),
]


def test_bad_records_are_accounted_for(tmp_path: Path) -> None:
    """Each bad record is one reject with its reason; what can be repaired is read."""
    bomb = '<!DOCTYPE dblp [<!ENTITY lol "&lol;&lol;"><!ENTITY f SYSTEM "/etc/hostname">]>'
    repaired = [
        make_record(key="a/nul", title="T\x00 one."),
        make_record(key="a/bytes", title="T \x81 two."),
        make_record(key="a/year0", year="0", title="Of no Year."),
        make_record(key="a/year9", year="99999", title="Of a far Year."),
        make_record(key="a/same", title="First."),
        make_record(key="a/same", title="Second."),
        make_record("www", "homepages/1/2"),
    ]
    written = [part for good, bad in zip(repaired, BAD, strict=True) for part in (good, bad[1])]
    path = tmp_path / "dblp.xml"
    path.write_bytes(
        (HEAD + bomb + "\n".join([*written, make_record(key="a/last")])).encode("latin-1")
    )
    index = tmp_path / "index"
    manifest, report = build(index, (str(path),), BuildSettings(processes=0))
    assert manifest.papers == 6
    assert (report.read, report.indexed, report.merged) == (15, 6, 1)
    assert (report.skipped, report.rejected) == (1, len(BAD))
    assert report.read == report.indexed + report.merged + report.skipped + report.rejected
    rejects = sorted(read_rejects(find_current_folder(index)), key=lambda one: one.source.record)
    for reject, (name, _, reason) in zip(rejects, BAD, strict=True):
        assert reject.reason.startswith(reason), name


def test_every_named_character(tmp_path: Path) -> None:
    """Every character entity of dblp's DTD is resolved without the DTD."""
    dtd = DATA / "dumps" / "dblp.dtd"
    if not dtd.exists():
        pytest.skip("dblp's DTD is not here; PAPERS_DATA names its folder")
    named = dict(re.findall(r'<!ENTITY\s+(\w+)\s+"&#(\d+);"', dtd.read_text("latin-1")))
    assert len(named) >= 60
    written = "".join(f"&{name};" for name in named)
    (found,) = read(tmp_path / "d", make_record(title=f"{written}."))
    assert isinstance(found, RawRecord)
    assert found.title == "".join(chr(int(number)) for number in named.values())


def test_real_records(tmp_path: Path) -> None:
    """All real records become papers with resolved entities, DOIs and titles without full stops."""
    if not REAL.exists():
        pytest.skip("the real dblp records are not here; PAPERS_DATA names their folder")
    _, report = build(tmp_path / "index", (str(REAL),), BuildSettings(processes=0))
    assert (report.read, report.indexed) == (131, 131)
    written = REAL.read_text("latin-1")
    assert written.count("<incollection ") == 131
    found = read_papers(REAL, "dblp")
    assert len(found) == 131
    assert sum(len(one.authors) for one in found) == written.count("<author")
    assert not [one.title for one in found if one.title.endswith(".") or "&" in one.title]
    assert {one.shown.year for one in found} == {2014}
    assert all("doi" in one.ids for one in found)
