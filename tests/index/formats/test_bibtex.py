"""Check the reader of BibTeX: fields, authors, venues, volumes and identifiers."""

from pathlib import Path

import pytest

from index.build.operations import build
from index.formats import bibtex
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from tests.support.dump_records import make_stream

ANTHOLOGY = r"""% made by hand
@proceedings{zzz-2020-main,
    title = "Proceedings of the 58th Annual Meeting of the {ACL}",
    editor = "Lee, Ann",
    month = jul,
    year = "2020",
    url = "https://aclanthology.org/2020.zzz-main.0/"
}
@inproceedings{lee-etal-2020-parsing,
    title = "{BERT} Parses {``}na{\"\i}ve{''} {M}{\"u}ller Graphs in {$O(n^2)$} -- Fast",
    author = "Lee, Ann  and
      M{\"u}ller, J{\"o}rg  and
      van der Berg, Jan  and
      {\'A}lvarez, Jos{\'e}",
    booktitle = "Proceedings of the 58th Annual Meeting of the {ACL}",
    month = jul,
    year = "2020",
    address = "Online",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2020.zzz-main.1/",
    doi = "10.18653/v1/2020.zzz-main.1",
    pages = "1--12",
    abstract = "We say that 5{\%} of {\textquotedblleft}it{\textquotedblright} holds."
}
"""


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Read the records of a file."""
    return list(bibtex.FORMAT.read(make_stream(text)))


def read_paper(text: str) -> Paper:
    """Read the only paper of a file."""
    (found,) = read(text)
    assert isinstance(found, RawRecord), found
    return normalise(found)


def make_entry(kind: str = "article", key: str = "k", **fields: str) -> str:
    """Return an entry with its fields in braces."""
    inner = "".join(
        f",\n  {name} = {{{text}}}" for name, text in ({"title": "A Title"} | fields).items()
    )
    return f"@{kind}{{{key}{inner}\n}}\n"


def test_the_anthology(tmp_path: Path) -> None:
    """In a file of the ACL Anthology the volume is skipped and every field of the paper read."""
    path = tmp_path / "anthology.bib"
    path.write_text(ANTHOLOGY, "utf-8")
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.skipped, report.rejected) == (2, 1, 1, 0)
    _, found = read(ANTHOLOGY)
    assert isinstance(found, RawRecord)
    shown = normalise(found)
    assert shown.title == "BERT Parses “naïve” Müller Graphs in $O(n^2)$ – Fast"
    assert shown.abstract == "We say that 5% of “it” holds."
    assert [author.name for author in shown.authors] == [
        "Ann Lee", "Jörg Müller", "Jan van der Berg", "José Álvarez",
    ]  # fmt: skip
    show = shown.shown
    assert (show.venue, show.year, show.type) == ("ACL", 2020, "conference paper")
    assert shown.ids == {
        "doi": "10.18653/v1/2020.zzz-main.1",
        "acl": "2020.zzz-main.1",
        "bibtex": "lee-etal-2020-parsing",
    }
    assert shown.urls == {"page": "https://aclanthology.org/2020.zzz-main.1/"}
    assert show.source is not None
    assert (show.source.record, show.source.offset) == (2, ANTHOLOGY.index("@inproceedings"))


AUTHORS = [
    (r"Mili$\acute{c}$, Ann and \v{S}u$\check{z}$a, Bo", ["Ann Milić", "Bo Šuža"]),
    ("Lee, Ann and Li, Bo", ["Ann Lee", "Bo Li"]),
    ("Ann Lee AND Bo Li and others", ["Ann Lee", "Bo Li"]),
    ("Lee, Jr., Ann", ["Ann Lee Jr."]),
    ("{Barnes and Noble, Inc.} and Li, Bo", ["Barnes and Noble Inc.", "Bo Li"]),
    ("Anderson, Sandra", ["Sandra Anderson"]),
    (r"{\L}ukasz Kaiser and \'Eva T\'oth", ["Łukasz Kaiser", "Éva Tóth"]),
    ("", []),
    ("others", []),
]


@pytest.mark.parametrize(("written", "names"), AUTHORS)
def test_authors(written: str, names: list[str]) -> None:
    """Names are split at ``and`` outside braces, and ``others`` is not an author."""
    assert [author.name for author in read_paper(make_entry(author=written)).authors] == names


def test_editors_of_a_book_without_authors() -> None:
    """The editors of a book count as its authors; dblp's homonym number stays in the key."""
    found = read_paper(make_entry("book", author="", editor="Wei Wang 0001"))
    assert found.authors == (Author("Wei Wang", "wei wang 0001"),)


FIELDS = [
    (make_entry(title="{{All of it in Braces}}"), "title", "All of it in Braces"),
    (make_entry(title="A {Deep Learning} Way"), "title", "A Deep Learning Way"),
    (make_entry(title=r"{\'E}cole {Sup{\'e}rieure}"), "title", "École Supérieure"),
    (make_entry(title="Main", subtitle="Sub"), "title", "Main: Sub"),
    (make_entry(keywords="one, Two; three, four"), "topics", ("one, two", "three, four")),
    (make_entry(keywords="one, Two"), "topics", ("one", "two")),
    (make_entry(note="Cited by: 12; open access"), "citations", 12),
    (make_entry(note="12 pages"), "citations", None),
    (make_entry(note="Retracted"), "status", "retracted"),
    (make_entry(language="ngerman"), "language", "de"),
    (make_entry(title="", shorttitle="A Short One"), "title", "A Short One"),
    (make_entry("book", title="", booktitle="The {B}ook"), "title", "The Book"),
    (make_entry(url=r"https://x.org/a\_b/\%7Ec"), "urls", {"page": "https://x.org/a_b/%7Ec"}),
    (make_entry(doi=r"10.1000/a{\_}b", eprint=r"{arXiv:2006.04779}"), "ids",
     {"doi": "10.1000/a_b", "arxiv": "2006.04779", "bibtex": "k"}),
    (make_entry(**{"unique-id": "{ISI:000000000000001}", "times-cited": "{4}"}), "ids",
     {"wos": "000000000000001", "bibtex": "k"}),
    (make_entry(**{"times-cited": "{4}"}), "citations", 4),
    (make_entry("book", isbn="0-306-40615-2 (print)"), "ids",
     {"isbn": "9780306406157", "bibtex": "k"}),
    (make_entry(isbn="0-306-40615-2"), "ids", {"bibtex": "k"}),
    (make_entry(url="https://x.org/a.pdf"), "urls", {"pdf": "https://x.org/a.pdf"}),
    (make_entry(url="https://doi.org/10.1000/AB"), "ids", {"doi": "10.1000/ab", "bibtex": "k"}),
    (make_entry(eprint="2006.04779v2", archiveprefix="arXiv"), "ids",
     {"arxiv": "2006.04779", "bibtex": "k"}),
    (make_entry(eprint="hep-th/9901001"), "ids", {"arxiv": "hep-th/9901001", "bibtex": "k"}),
    (make_entry(eprint="12345678", eprinttype="pubmed"), "ids",
     {"pmid": "12345678", "bibtex": "k"}),
    (make_entry(eprint="123/abc", eprinttype="hdl"), "ids", {"bibtex": "k"}),
    (make_entry("book", key="10.1000/Ab"), "ids", {"doi": "10.1000/ab", "bibtex": "10.1000/Ab"}),
    (make_entry(key="10.1000/ab", doi="10.1000/cd"), "ids",
     {"doi": "10.1000/cd", "bibtex": "10.1000/ab"}),
    (make_entry(key="10.chapter"), "ids", {"bibtex": "10.chapter"}),
    (make_entry(journal="CoRR", volume="abs/1706.03762"), "ids",
     {"arxiv": "1706.03762", "bibtex": "k"}),
    (make_entry(journal="arXiv preprint arXiv:1706.03762"), "ids",
     {"arxiv": "1706.03762", "bibtex": "k"}),
    (make_entry(key="DBLP:conf/x/LeeL20"), "ids",
     {"dblp": "conf/x/LeeL20", "bibtex": "DBLP:conf/x/LeeL20"}),
    (make_entry(biburl="https://dblp.org/rec/journals/x/L1.bib"), "ids",
     {"dblp": "journals/x/L1", "bibtex": "k"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "field", "expected"), FIELDS)
def test_fields(written: str, field: str, expected: object) -> None:
    """Each field is read in the variants that exporters write."""
    assert getattr(read_paper(written), field) == expected


APPEARANCES = [
    (make_entry(journal="Nature", year="2001"), ("Nature", "journal", 2001, "journal article")),
    (make_entry("InProceedings", booktitle="Proc. ICML"),
     ("ICML", "conference", None, "conference paper")),
    (make_entry(date="2001-02-03"), ("", "", 2001, "journal article")),
    (make_entry(year="in press"), ("", "", None, "journal article")),
    (make_entry(year="0"), ("", "", None, "journal article")),
    (make_entry(year="99999"), ("", "", None, "journal article")),
    (make_entry("misc", eprint="2006.04779", archiveprefix="arXiv"),
     ("arXiv", "repository", None, "preprint")),
    (make_entry(journal="CoRR", volume="abs/1706.03762"),
     ("arXiv", "repository", None, "preprint")),
    (make_entry("phdthesis", school="MIT"), ("MIT", "", None, "thesis")),
    (make_entry("misc", howpublished=r"\url{http://x.org}"), ("", "", None, "")),
    (make_entry("custom", journal="Nature"), ("Nature", "journal", None, "journal article")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), APPEARANCES)
def test_appearances(written: str, expected: tuple[str, str, int | None, str]) -> None:
    """Venue, kind and type follow from the entry's type and fields, the year from its dates."""
    show = read_paper(written).shown
    assert (show.venue, show.venue_kind, show.year, show.type) == expected


CHILD = make_entry("inproceedings", "child", crossref="Vol", pages="1")
VOLUME = make_entry("proceedings", "vol", title="Proc. ICML", year="2003", editor="Ed Itor")


@pytest.mark.parametrize("text", [CHILD + VOLUME, VOLUME + CHILD])
def test_crossref(text: str) -> None:
    """A paper inherits its volume's title and year, whichever comes first in the file."""
    found = [one for one in read(text) if isinstance(one, RawRecord) and not one.deleted]
    (shown,) = map(normalise, found)
    assert (shown.title, shown.shown.venue, shown.shown.year) == ("A Title", "ICML", 2003)
    assert shown.authors == ()


def test_a_missing_volume() -> None:
    """A paper whose volume is missing is read without it."""
    assert read_paper(CHILD).title == "A Title"


def test_one_key_twice() -> None:
    """Different papers with one key have different ids; the same paper has the same id."""
    same, other, again = (
        read_paper(make_entry(title=title, year=year))
        for title, year in [("One", "2001"), ("Two", "2001"), ("ONE", "2001")]
    )
    assert same.id != other.id
    assert same.id == again.id


KNOWN = [
    (ANTHOLOGY.encode(), True),
    (b"\xef\xbb\xbf@article{a, title={T}}", True),
    (b"Encoding: UTF-8\n\n@string(x = {y})\n", True),
    (b"@comment{jabref-meta: x}\n@misc{a,\n title={T}}", True),
    (b"% by hand\r@misc{a,\r title={T}\r}\r", True),
    (b"[1] Roe, 2001. @misc{a, title={T}}", True),
    (b"@article{,\n   title = {T}\n}", True),
    (b"@article{\n   title = {T}\n}", True),
    (b"@article{S0001-2345(01)00001, title = {T}}", True),
    (b"\n\n\xef\xbb\xbf@article{a,\n title = {T}\n}", True),
    (b"@article\n{a,\n title = {T}\n}", True),
    (b"notes on @article{a} and @book{b}, see x = 1\n", False),
    (b"@media print { p { margin: 0 } }\n@page { margin: 1cm }", False),
    (b"@cache(maxsize=3)\ndef f(x):\n    return {1: 2}\n", False),
    (b'{"id": 1, "title": "@article{a, title={T}}"}', False),
    (b"<x>\n@article{a, title={T}}</x>", False),
    (b"TY  - JOUR\nTI  - T\nER  - \n", False),
    (b"title,year\nT,2001\n", False),
    (b"", False),
]


@pytest.mark.parametrize(("content", "known"), KNOWN)
def test_recognised(content: bytes, *, known: bool) -> None:
    """A file is recognised by an entry at the start of a line, and by this format only."""
    head = parse_head(content)
    takers = [form.short_name for form in list_formats() if form.recognises(head)]
    assert (takers == ["bibtex"]) is known
    assert ("bibtex" in takers) is known
