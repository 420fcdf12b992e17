"""Check that the project's own JSON is read in every form that the README describes."""

import json
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.jsonl import FORMAT
from index.normalise.paper import normalise
from index.records import Appearance, Author, Paper, RawRecord, Reject, Source
from index.scanners.head import parse_head
from tests.support.dump_records import read_records
from tests.support.paths import SAMPLE
from web.api.papers import describe_paper


def read(path: Path) -> list[Paper | Reject]:
    """Return the papers and rejects of a file."""
    return [*map(_normalise, read_records(path, "jsonl"))]


def _normalise(record: RawRecord | Reject) -> Paper | Reject:
    if isinstance(record, Reject):
        return record
    try:
        return normalise(record)
    except RecordError as error:
        return Reject(record.source, str(error))


def read_one(path: Path, record: dict[str, Any]) -> Paper | Reject:
    """Write one record and return its paper or reject."""
    path.write_text(json.dumps(record) + "\n", "utf-8")
    (found,) = read(path)
    return found


def test_the_plain_form(tmp_path: Path) -> None:
    """Authors may be strings, and venue and year describe the only appearance."""
    record = {
        "id": 17,
        "title": "A  Title",
        "abstract": "Text.",
        "authors": ["Aviral Kumar", "Levine, Sergey", {"name": "Ann Lee", "ids": {"orcid": "1"}}],
        "venue": "nips",
        "year": "2020",
        "keywords": ["Deep Learning"],
        "topics": ["cs.LG"],
        "doi": "https://doi.org/10.1000/X",
        "arxiv": "2101.00001v2",
        "urls": {"pdf": "https://a.org/x.pdf"},
        "citations": 3,
        "unknown key": [None],
    }
    source = Source("d.jsonl", "", 1, 0)
    assert read_one(tmp_path / "d.jsonl", record) == Paper(
        id="17",
        title="A Title",
        abstract="Text.",
        authors=(
            Author("Aviral Kumar", "aviral kumar"),
            Author("Sergey Levine", "sergey levine"),
            Author("Ann Lee", "ann lee", {"orcid": "1"}),
        ),
        appearances=(
            Appearance("NeurIPS", "nips", "conference", 2020, "conference paper", source),
        ),
        topics=("cs.LG", "deep learning"),
        ids={"doi": "10.1000/x", "arxiv": "2101.00001"},
        urls={"pdf": "https://a.org/x.pdf"},
        citations=3,
        sources=("jsonl",),
    )


def test_the_required_keys(tmp_path: Path) -> None:
    """Only an id and a title are required."""
    found = read_one(tmp_path / "d.jsonl", {"id": "a", "title": "T"})
    assert isinstance(found, Paper)
    assert (found.id, found.title, found.authors, found.shown.year) == ("a", "T", (), None)


OPTIONAL = (
    "abstract authors appearances venue venue_kind year type topics keywords ids doi"
    " arxiv urls citations status language updated"
).split()


@pytest.mark.parametrize("key", OPTIONAL)
def test_null_means_absent(tmp_path: Path, key: str) -> None:
    """An optional key may be null, as many dumps write unknown values."""
    least = {"id": "a", "title": "T"}
    absent = read_one(tmp_path / "d.jsonl", least)
    assert isinstance(absent, Paper)
    assert read_one(tmp_path / "d.jsonl", least | {key: None}) == absent


REJECTED: list[tuple[dict[str, Any], str]] = [
    ({"id": "", "title": "T"}, "has an empty id"),
    ({"id": " ", "title": "T"}, "has an empty id"),
    ({"id": "i" * 201, "title": "T"}, "has an id of 201 characters"),
    ({"id": "a", "title": "..."}, "has no title"),
    ({"id": "a", "title": None}, "is not a valid record: Object missing required field `title`"),
    ({"id": [], "title": "T"}, "is not a valid record: Object missing required field `id`"),
    ({"id": True, "title": "T"}, "is not a valid record: Object missing required field `id`"),
    ({"id": "a", "nothing": 1, "title ": "T"}, "missing required field `title`"),
]


@pytest.mark.parametrize(("record", "reason"), REJECTED)
def test_reasons(tmp_path: Path, record: dict[str, Any], reason: str) -> None:
    """A record that cannot be a paper is rejected with the reason and its place."""
    path = tmp_path / "d.jsonl"
    path.write_text('{"id": "x", "title": "First"}\n' + json.dumps(record) + "\n", "utf-8")
    first, found = read(path)
    assert isinstance(first, Paper)
    assert isinstance(found, Reject)
    assert reason in found.reason
    assert (found.source.dump, found.source.record, found.source.offset) == ("d.jsonl", 2, 30)


def test_lines_and_arrays_are_equal(tmp_path: Path) -> None:
    """Objects on lines and in an array become the same papers."""
    records = [{"id": f"p{n}", "title": f"Paper {n}"} for n in range(3)]
    lines, array = tmp_path / "d.jsonl", tmp_path / "d.json"
    lines.write_text("\n".join(map(json.dumps, records)), "utf-8")
    array.write_text(json.dumps(records, indent=1), "utf-8")
    ids = [[paper.id for paper in read(path) if isinstance(paper, Paper)]
           for path in (lines, array)]  # fmt: skip
    assert ids == [["p0", "p1", "p2"]] * 2


PRINTED = [
    {"id": "a b/c", "title": "T $x^2$ & <b>", "authors": ["Wei Wang 0001", "A. Kumar", "李明"]},
    {
        "id": "d",
        "title": "Two appearances",
        "authors": [{"name": "Hal Daumé III", "affiliations": ["MIT", "Uni Köln"]}],
        "appearances": [
            {"venue": "nips", "year": 2020, "type": "conference paper"},
            {"venue": "Unheard of Letters", "venue_kind": "journal", "year": 2021},
            {"venue": "arXiv", "venue_kind": "repository", "year": 2019,
             "source": {"dump": "x", "record": 3, "offset": 9, "licence": "CC0-1.0"}},
        ],
        "ids": {"doi": "10.1000/x", "openreview": "AbC"},
        "status": "Desk_Reject",
        "language": "EN",
        "citations": 0,
    },
    {"id": "e", "title": "No venue", "venue": "", "year": "n.d.", "abstract": "A.\n\nB."},
    {"id": "f", "title": "A name", "authors": [{"name": "Wei Li", "ids": {"dblp": "0002"}}]},
]  # fmt: skip


def test_printed_papers_can_be_read_back(tmp_path: Path) -> None:
    """The output of ``papers show --json`` is a dump of the same papers, without originals."""
    given = tmp_path / "given.jsonl"
    given.write_text("\n".join(map(json.dumps, PRINTED)), "utf-8")
    papers = [*read(given), *read(SAMPLE)]
    assert not [found for found in papers if isinstance(found, Reject)]
    printed = tmp_path / "printed.jsonl"
    documents = [describe_paper(paper) for paper in papers if isinstance(paper, Paper)]
    for written in (documents, papers):  # the printed document, and the whole `Paper`
        printed.write_bytes(b"\n".join(msgspec.json.encode(one) for one in written))
        found = (one for one in papers if isinstance(one, Paper))
        assert read(printed) == [msgspec.structs.replace(one, originals={}) for one in found]


WORDS = st.sampled_from(["Deep", "graphs", "of", "Köln", "C++", "$x^2$", "深度学习", "Q-learning"])
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).filter(lambda text: text != "$x^2$")
NAMES = st.sampled_from(["Ann Lee", "Wei Wang 0001", "Hal Daumé III", "李明", "J. van den Berg"])
AUTHORS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "ids": st.sampled_from([{"orcid": "0000-0001-2345-007X"}, {"dblp": "0002", "s2": 41}, {}]),
        "affiliations": st.lists(st.sampled_from(["ETH Zurich", "MIT"]), unique=True),
    },
)
SHOWS = st.fixed_dictionaries(
    {},
    optional={
        "venue": st.sampled_from(["NeurIPS", "nips", "arXiv", "Walk Letters", "", None]),
        "venue_name": st.sampled_from(["Advances in Walking", None]),
        "volume": st.sampled_from(["33", 33, None]),
        "issue": st.sampled_from(["4-5", None]),
        "pages": st.sampled_from(["101-110", 7, None]),
        "publisher": st.sampled_from(["Sea Press", None]),
        "venue_kind": st.sampled_from(["journal", "workshop", None]),
        "year": st.integers(1400, 2100) | st.none(),
        "type": st.sampled_from(["journal article", "Review", None]),
        "source": st.just({"dump": "d", "file": "f", "record": 3, "date": "2024-01-01"}),
    },
)
RECORDS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a b/c", "arxiv:2006.04779", 17]), "title": TITLES},
    optional={
        "abstract": TITLES | st.none(),
        "authors": st.lists(NAMES | AUTHORS, max_size=4),
        "appearances": st.lists(SHOWS, max_size=3),
        "venue": st.sampled_from(["ICML", None]),
        "year": st.sampled_from([2020, "2020-06", None, 99999]),
        "topics": st.lists(st.sampled_from(["cs.LG", "Search", "a_b"]), max_size=3),
        "ids": st.sampled_from([{"doi": "10.1000/X"}, {"pmid": 101, "acl": None}]),
        "urls": st.sampled_from([{"pdf": "https://a.org/x.pdf", "code": None}]),
        "citations": st.integers(-1, 9) | st.none(),
        "status": st.sampled_from(["oral", "Desk_Reject"]),
        "language": st.sampled_from(["EN", None]),
        "updated": st.sampled_from(["2026-05-27", "then"]),
    },
)


@settings(max_examples=60)
@given(record=RECORDS)
def test_a_paper_survives_a_round_trip(record: dict[str, Any]) -> None:
    """The paper of any record, written as JSON, is read back as the same paper."""
    (paper,) = read_bytes(json.dumps(record).encode())
    for written in (describe_paper(paper), paper):
        assert read_bytes(msgspec.json.encode(written)) == [paper]


def read_bytes(content: bytes) -> list[Paper]:
    """Return the papers of a file with this content."""
    file = BufferedReader(cast("RawIOBase", BytesIO(content)))
    source = Source("d", "", 1, 0)  # for records without one
    found = [one for one in FORMAT.read(Stream("d", "d", file)) if isinstance(one, RawRecord)]
    return [normalise(replace(one, source=source)) for one in found]


NULLS: list[dict[str, Any]] = [
    {"authors": [{"name": "Ann Lee", "key": None, "ids": None, "affiliations": None}]},
    {"authors": [{"name": "Ann Lee", "ids": {"orcid": None}}]},
    {"authors": ["Ann Lee"], "ids": {"doi": None}, "urls": {"pdf": None}},
    {"authors": ["Ann Lee"], "appearances": []},
    {"authors": ["Ann Lee"], "appearances": [{"venue": None, "year": None, "source": None}]},
]


@pytest.mark.parametrize("record", NULLS)
def test_null_inside_means_absent(tmp_path: Path, record: dict[str, Any]) -> None:
    """Optional keys of authors, appearances and identifiers may be null too."""
    least = {"id": "a", "title": "T"}
    expected = read_one(tmp_path / "d.jsonl", least | {"authors": ["Ann Lee"]})
    assert read_one(tmp_path / "d.jsonl", least | record) == expected


STRANGERS = [
    {"id": 1, "metadata": {"title": "Walks"}},
    {"settings": {"id": "walks"}, "fields": [{"name": "title"}, {"title": "T"}]},
    {"record": {"id": 1}, "title": "Walks"},
]


@pytest.mark.parametrize("record", STRANGERS)
def test_a_stranger_has_an_id_and_a_title_of_different_things(record: dict[str, Any]) -> None:
    """Both keys must belong to one object, or each record would be rejected."""
    assert not FORMAT.recognises(parse_head(json.dumps(record, indent=2).encode()))


def test_a_damaged_first_record(tmp_path: Path) -> None:
    """It does not keep the file from being recognised."""
    lines = b'{"id": "1", "title": {"a": "b\n{"id": "2", "title": "Walks"}\n'
    assert FORMAT.recognises(parse_head(lines))
    (tmp_path / "d").write_bytes(lines)
    rejected, found = read(tmp_path / "d")
    assert isinstance(rejected, Reject)
    assert isinstance(found, Paper)
