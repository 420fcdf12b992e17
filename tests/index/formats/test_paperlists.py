"""Check the reader of paperlists, and that it keeps no personal data."""

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
from index.engines.engine import load_engine
from index.errors import RecordError
from index.formats import paperlists
from index.normalise.paper import normalise
from index.records import Author, Paper, Source
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from index.store.rejects import read_rejects
from tests.support.dump_records import read_papers

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
    "orcid": "0000-0001-2345-007X;",
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
    """Write a file of one record into a folder, and read the folder; ``...`` removes a key."""
    record = {key: value for key, value in (RECORD | changes).items() if value is not ...}
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps([record], indent=4), "utf-8")
    (paper,) = read_papers(folder, "paperlists")
    return paper


def test_a_record(tmp_path: Path) -> None:
    """Every key is read into its field."""
    paper = read(tmp_path / "d")
    assert (paper.id, paper.title, paper.abstract) == (
        "paperlists:iclr2024/AbC-1", "A Title", "Text.",
    )  # fmt: skip
    assert paper.authors == (
        Author(
            "Ann Lee",
            "ann lee",
            {"openreview": "~Ann_Lee1", "dblp": "12/34", "orcid": "0000-0001-2345-007X"},
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
    """Venue and year come from the file's name, in a folder and in a tar archive."""
    if packed:
        content = json.dumps([RECORD]).encode()
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            entry = tarfile.TarInfo(f"paperlists/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        path = tmp_path / "paperlists.tar.zst"
        path.write_bytes(zstandard.compress(out.getvalue()))
        (paper,) = read_papers(path, "paperlists")
    else:
        paper = read(tmp_path / "d", name)
    assert (paper.shown.venue, paper.shown.year) == (venue, year)


def test_a_plain_file_of_its_own(tmp_path: Path) -> None:
    """A single file is a dump too, and its name gives venue and year."""
    path = tmp_path / "nips2019.json"
    path.write_text(json.dumps([RECORD]), "utf-8")
    (paper,) = read_papers(path, "paperlists")
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
    """Authors are split at semicolons, in ``author_site`` at commas; doubled lists are halved."""
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
    """Each author gets the normalised institutions, or else those as written, or else none."""
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
    """Empty and missing values and -1 citations are unknown; other values are kept."""
    assert getattr(read(tmp_path / "d", **change), field) == expected


def test_the_same_number_in_two_files_is_two_papers(tmp_path: Path) -> None:
    """Ids are unique only within a file, so the file's name is part of a paper's id."""
    read(tmp_path / "d", "icml/icml2020.json", id="1")
    path = tmp_path / "d" / "icml" / "icml2021.json"
    path.write_text(json.dumps([RECORD | {"id": "1"}]), "utf-8")
    found = [paper.id for paper in read_papers(tmp_path / "d", "paperlists")]
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


def test_personal_data_stay_out_of_the_index(tmp_path: Path) -> None:
    """No file, record or reject of an index holds e-mail, gender, home page or profile."""
    own = [{"id": f"p{n}", "title": f"Part {n}", "doi": "", "arxiv": ""} for n in range(20)]
    good = [PLANTED | RECORD | PLANTED | one for one in own]
    bad = [{**PLANTED, "title": None, "author": "Ann Lee"}, PLANTED | RECORD | PLANTED]
    bad[1] |= {"id": "x", "title": "?"}
    path = tmp_path / "iclr2024.json"
    path.write_text(json.dumps(good + bad), "utf-8")
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0))[1]
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
def test_no_text_stops_a_build(fields: dict[str, str], title: str, citations: int) -> None:
    """Whatever text a record holds, it becomes a paper with an id and author keys, or a reject."""
    record = paperlists.PaperlistsRecord(title=title, gs_citation=citations, **fields)
    raw = paperlists.convert(record, Source("d", "iclr/iclr2024.json", 1, 0))
    try:
        paper = normalise(raw)
    except RecordError:
        return
    assert paper.id
    assert all(author.key for author in paper.authors)
