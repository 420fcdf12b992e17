"""Answers: is a paperlists file read as it is, and nobody's private life with it?"""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.dumps.streams import open_dump
from index.engines.engine import load_engine
from index.errors import RecordError
from index.formats import arxiv, paperlists
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject, Source
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from index.store.rejects import read_rejects

RECORD: dict[str, Any] = {
    "id": "AbC-1",
    "title": "A Title",
    "track": "main",
    "status": "Poster",
    "abstract": "Text.",
    "keywords": "deep learning;Ranking",
    "primary_area": "search",
    "author": "Ann Lee; Bo Li",
    "authorids": "~Ann_Lee1;~Bo_Li2",
    "dblp": "12/34;",
    "orcid": "0000-0001-2345-678X;",
    "aff": "MIT+CERN;Stanford University, CA",
    "aff_unique_norm": "Massachusetts Institute of Technology;CERN;Stanford University",
    "aff_unique_index": "0+1;2",
    "doi": "10.1000/X",
    "arxiv": "2101.00001",
    "site": "https://openreview.net/forum?id=AbC-1",
    "pdf": "https://openreview.net/pdf?id=AbC-1",
    "github": "https://github.com/a/b",
    "project": "",
    "gs_citation": 7,
}


def read(folder: Path, name: str = "iclr/iclr2024.json", **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Write a file of one record into a folder and read the folder."""
    record = {key: value for key, value in (RECORD | changes).items() if value is not ...}
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps([record], indent=4), "utf-8")
    (paper,) = read_all(folder)
    return paper


def read_all(path: Path) -> list[Paper]:
    """Read a dump whose records are all good."""
    papers: list[Paper] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        assert form.short_name == "paperlists"
        found = list(form.read(stream))
        assert not [one for one in found if isinstance(one, Reject)]
        papers += [normalise(one) for one in found if isinstance(one, RawRecord)]
    return papers


def test_a_record(tmp_path: Path) -> None:
    """Every key that is used stands where it belongs."""
    paper = read(tmp_path / "d")
    assert (paper.id, paper.title, paper.abstract) == (
        "paperlists:iclr2024/AbC-1", "A Title", "Text.",
    )  # fmt: skip
    assert paper.authors == (
        Author(
            "Ann Lee",
            "ann lee",
            {"openreview": "~Ann_Lee1", "dblp": "12/34", "orcid": "0000-0001-2345-678X"},
            ("Massachusetts Institute of Technology", "CERN"),
        ),
        Author("Bo Li", "bo li", {"openreview": "~Bo_Li2"}, ("Stanford University",)),
    )
    show = paper.shown
    assert (show.venue, show.venue_kind, show.year) == ("ICLR", "conference", 2024)
    assert show.source == Source("d", "iclr/iclr2024.json", 1, 1 + 5)
    assert paper.topics == ("deep learning", "ranking", "search")
    assert paper.ids == {"doi": "10.1000/x", "arxiv": "2101.00001", "openreview": "AbC-1"}
    assert {*paper.urls} == {"page", "pdf", "code"}
    assert (paper.citations, paper.status, paper.sources) == (7, "poster", ("paperlists",))


PATHS = [
    ("iclr/iclr2024.json", "ICLR", 2024),
    ("nips/nips1987.json", "NeurIPS", 1987),
    ("3dv/3dv2021.json", "3DV", 2021),
    ("deep/down/cvpr2023.json", "CVPR", 2023),
    ("icml2020.json", "ICML", 2020),
]


@pytest.mark.parametrize(("name", "venue", "year"), PATHS)
@pytest.mark.parametrize("packed", [False, True])
def test_venue_and_year_come_from_the_path(
    tmp_path: Path, name: str, venue: str, year: int, *, packed: bool
) -> None:
    """A record does not say where it appeared; its file's name does, in a folder or a tar."""
    if packed:
        content = json.dumps([RECORD]).encode()
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            entry = tarfile.TarInfo(f"paperlists/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        path = tmp_path / "paperlists.tar.zst"
        path.write_bytes(zstandard.compress(out.getvalue()))
        (paper,) = read_all(path)
    else:
        paper = read(tmp_path / "d", name)
    assert (paper.shown.venue, paper.shown.year) == (venue, year)


def test_a_plain_file_of_its_own(tmp_path: Path) -> None:
    """One file of the folder is a dump too."""
    path = tmp_path / "nips2019.json"
    path.write_text(json.dumps([RECORD]), "utf-8")
    (paper,) = read_all(path)
    assert (paper.shown.venue, paper.shown.year) == ("NeurIPS", 2019)
    assert paper.id == "paperlists:nips2019/AbC-1"


AUTHORS: list[tuple[dict[str, Any], list[str]]] = [
    ({"author": "Ann Lee;Bo Li"}, ["Ann Lee", "Bo Li"]),
    ({"author": "Ann Lee; Bo Li ; "}, ["Ann Lee", "Bo Li"]),
    ({"author": "Ann Lee;Bo Li;Ann Lee;Bo Li"}, ["Ann Lee", "Bo Li"]),
    ({"author": "J.S. Albus;J.S. Albus"}, ["J. S. Albus"]),
    ({"author": "Ann Lee;Bo Li;Ann Lee"}, ["Ann Lee", "Bo Li", "Ann Lee"]),
    ({"author": "", "author_site": "Ann Lee, Bo Li"}, ["Ann Lee", "Bo Li"]),
    ({"author": "Ann Lee", "author_site": "Bo Li"}, ["Ann Lee"]),
    ({"author": ""}, []),
]


@pytest.mark.parametrize(("change", "names"), AUTHORS)
def test_authors(tmp_path: Path, change: dict[str, Any], names: list[str]) -> None:
    """Authors are split at semicolons, at commas in the fallback, and a doubled list is one."""
    assert [author.name for author in read(tmp_path / "d", **change).authors] == names


MIT = "Massachusetts Institute of Technology"
AFFILIATIONS: list[tuple[dict[str, Any], list[tuple[str, ...]]]] = [
    ({"aff_unique_index": "2;0"}, [("Stanford University",), (MIT,)]),
    ({"aff_unique_index": "1;"}, [("CERN",), ()]),
    ({"aff_unique_index": "9;1"}, [(), ("CERN",)]),
    ({"aff_unique_index": "²;x"}, [(), ()]),
    ({"aff_unique_index": "1" * 5000 + ";-1"}, [(), ()]),
    ({"aff_unique_index": "0"}, [("MIT", "CERN"), ("Stanford University, CA",)]),
    ({"aff_unique_norm": "", "aff_unique_index": ""}, [("MIT", "CERN"),
                                                       ("Stanford University, CA",)]),
    ({"aff_unique_norm": ..., "aff_unique_index": ..., "aff": "MIT"}, [(), ()]),
    ({"aff_unique_norm": ..., "aff": ""}, [(), ()]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "places"), AFFILIATIONS)
def test_affiliations(
    tmp_path: Path, change: dict[str, Any], places: list[tuple[str, ...]]
) -> None:
    """Each author has the normalised institutions, else those written for them, else none."""
    assert [author.affiliations for author in read(tmp_path / "d", **change).authors] == places


FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"gs_citation": -1}, "citations", None),
    ({"gs_citation": 0}, "citations", 0),
    ({"gs_citation": ...}, "citations", None),
    ({"abstract": ""}, "abstract", ""),
    ({"abstract": ...}, "abstract", ""),
    ({"status": "Reject"}, "status", "rejected"),
    ({"status": "Withdraw"}, "status", "withdrawn"),
    ({"status": "Oral"}, "status", "oral"),
    ({"status": ""}, "status", ""),
    ({"status": None, "track": None}, "status", ""),
    ({"keywords": "", "primary_area": ""}, "topics", ()),
    ({"doi": "", "arxiv": "", "site": "", "pdf": "", "github": ""}, "ids", {}),
    ({"doi": "", "arxiv": "", "site": "", "pdf": "", "github": ""}, "urls", {}),
    ({"id": ..., "site": "https://a.org/2024.acl-long.7/"}, "id",
     "paperlists:iclr2024/2024.acl-long.7"),
    ({"id": "", "site": "https://a.org/hash/77-Abstract.html"}, "id",
     "paperlists:iclr2024/77-Abstract"),
    ({"id": "", "site": ""}, "id", "doi:10.1000/x"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field", "expected"), FIELDS)
def test_quirks(tmp_path: Path, change: dict[str, Any], field: str, expected: object) -> None:
    """What is empty, missing or minus one is unknown; what is told is kept."""
    assert getattr(read(tmp_path / "d", **change), field) == expected


def test_the_same_number_in_two_files_is_two_papers(tmp_path: Path) -> None:
    """Ids are only unique inside one file."""
    read(tmp_path / "d", "icml/icml2020.json", id="1")
    path = tmp_path / "d" / "icml" / "icml2021.json"
    path.write_text(json.dumps([RECORD | {"id": "1"}]), "utf-8")
    found = [paper.id for paper in read_all(tmp_path / "d")]
    assert found == ["paperlists:icml2020/1", "paperlists:icml2021/1"]


PLANTED = {
    "authorids": "ann.lee@planted.org;~Bo_Li2",
    "email": "mail@planted.org;*@planted.org",
    "gender": "PlantedFemale;PlantedMale",
    "homepage": "https://planted.org/~ann;",
    "linkedin": "https://linkedin.com/in/planted-ann",
    "google_scholar": "plantedAAAAJ;",
    "or_profile": "~Planted1;~Planted2",
    "position": "PlantedProfessor;PlantedStudent",
    "bibtex": "@article{planted2024, author={Planted}}",
    "dblp": "planted@dblp/1;",
}


def test_nothing_personal_comes_into_the_index(tmp_path: Path) -> None:
    """No e-mail, gender, home page or profile stands in any file, record or reject."""
    own = [{"id": f"p{n}", "title": f"Part {n}", "doi": "", "arxiv": ""} for n in range(20)]
    good = [PLANTED | RECORD | PLANTED | one for one in own]
    bad = [{**PLANTED, "title": None, "author": "Ann Lee"}, PLANTED | RECORD | PLANTED]
    bad[1] |= {"id": "x", "title": "?"}
    path = tmp_path / "iclr2024.json"
    path.write_text(json.dumps(good + bad), "utf-8")
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings())[1]
    assert (report.indexed, report.rejected) == (20, 2)
    for file in index.rglob("*"):
        assert file.is_dir() or b"planted" not in file.read_bytes().lower(), file
    folder = find_current_folder(index)
    for n in range(20):
        record = load_engine("tantivy").probe(folder / ENGINE, f"paperlists:iclr2024/p{n}")[1]
        assert record is not None
        assert b"~Bo_Li2" in record
        assert b"planted" not in record.lower()
    rejects = list(read_rejects(folder))
    assert len(rejects) == 2
    assert "planted" not in repr(rejects).lower()


WILD = st.text(alphabet="aZ;,+ .@~/0²9-\0\ud800é", max_size=12) | st.text(max_size=12)
TEXTS = st.fixed_dictionaries({}, optional={
    name: WILD for name in RECORD if name not in {"gs_citation", "title"}
})  # fmt: skip


@given(TEXTS, WILD, st.integers(-5, 5))
def test_whatever_a_record_says_it_is_a_paper_or_a_reject(
    fields: dict[str, str], title: str, citations: int
) -> None:
    """No text in any key ends a build."""
    record = paperlists.PaperlistsRecord(title=title, gs_citation=citations, **fields)
    raw = paperlists.convert(record, Source("d", "iclr/iclr2024.json", 1, 0))
    try:
        paper = normalise(raw)
    except RecordError:
        return
    assert paper.id
    assert all(author.key for author in paper.authors)


@given(st.lists(WILD, max_size=4), WILD, WILD, WILD, WILD)
def test_the_same_holds_for_arxiv(
    author: list[str], doi: str, created: str, categories: str, authors: str
) -> None:
    """No text in any key of an arXiv line ends a build."""
    version = arxiv.Version("v1", created)
    line = arxiv.ArxivRecord(
        id=doi, title="T", authors=authors, authors_parsed=(tuple(author),), doi=doi,
        categories=categories, journal_ref=authors, comments=doi, versions=(version,),
    )  # fmt: skip
    try:
        assert normalise(arxiv.convert(line, Source("d", "", 1, 0))).title == "T"
    except RecordError as error:
        assert "id" in str(error)  # noqa: PT017 - either outcome is right
