"""Check recognition, damage, years, dates, types and personal data of all JSON formats."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build.operations import build
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import RawRecord
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects
from tests.support import json_samples as samples

Record = dict[str, Any]

SAMPLES: list[tuple[str, Record]] = [
    ("openalex", samples.OPENALEX),
    ("semantic_scholar", samples.SEMANTIC_SCHOLAR),
    ("semantic_scholar", samples.S2_ABSTRACT),
    ("semantic_scholar", {"corpusid": 5}),
    ("crossref", samples.CROSSREF),
    ("openreview", samples.OPENREVIEW),
    ("openreview", samples.OPENREVIEW_1),
    ("csl", samples.CSL),
    ("arxiv", samples.ARXIV),
    ("paperlists", samples.PAPERLISTS),
    ("jsonl", samples.OWN),
]
ARRAYS = {"openalex": "results", "crossref": "items", "openreview": "notes", "csl": "items"}


def write_lines(_name: str, records: list[bytes]) -> bytes:
    """Return one record per line."""
    return b"\n".join(records) + b"\n"


def write_array(_name: str, records: list[bytes]) -> bytes:
    """Return one array."""
    return b"[\n" + b",\n".join(records) + b"\n]\n"


def write_envelope(name: str, records: list[bytes]) -> bytes:
    """Return the array in an object, with keys before and after it."""
    key = ARRAYS[name].encode()
    return b'{"count": 3, "' + key + b'": [' + b",".join(records) + b'], "query": {"at": 0}}'


def write_message(name: str, records: list[bytes]) -> bytes:
    """Return two responses of an API, a line each, whose arrays are one object deeper."""
    whole = b'{"status": "ok", "message": {"facets": {}, %s, "query": {"text": null}}}\n'
    half = len(records) // 2
    parts = [write_envelope(name, part)[1:].split(b', "query"')[0]
             for part in (records[:half], records[half:])]  # fmt: skip
    return b"".join(whole % part for part in parts)


LAYOUTS: dict[str, Callable[[str, list[bytes]], bytes]] = {
    "lines": write_lines, "array": write_array, "envelope": write_envelope,
    "message": write_message,
}  # fmt: skip


def list_layouts(name: str) -> list[str]:
    """Return the layouts of a format; paperlists are always arrays."""
    plain = ["array"] if name == "paperlists" else ["lines", "array"]
    return [*plain, "envelope", "message"] if name in ARRAYS else plain


def list_cases() -> list[tuple[str, Record, str]]:
    """Return every sample with each of its layouts."""
    return [(name, record, layout) for name, record in SAMPLES for layout in list_layouts(name)]


@pytest.mark.parametrize(("name", "record", "layout"), list_cases())
def test_a_sample_is_recognised(name: str, record: Record, layout: str) -> None:
    """Each sample is recognised as its own format in lines, an array and envelopes."""
    head = parse_head(LAYOUTS[layout](name, [json.dumps(record).encode()] * 2))
    found = next(form for form in list_formats() if form.recognises(head))
    assert found.short_name == name


@pytest.mark.parametrize(("name", "record", "layout"), list_cases())
def test_no_other_format_recognises_it(name: str, record: Record, layout: str) -> None:
    """No other format recognises a sample, except the project's own, which comes last."""
    head = parse_head(LAYOUTS[layout](name, [json.dumps(record).encode()] * 2))
    takers = {form.short_name for form in list_formats() if form.recognises(head)}
    assert takers | {"jsonl"} == {name, "jsonl"}


OTHERS = [
    b"<dblp><article key='a'><title>T</title></article></dblp>",
    b'@article{a, title = {"id": "x", "authorships": 1}}',
    b"TY  - JOUR\nTI  - T\nER  - \n",
    b"title,id,DOI,type,issued\nT,1,10.1/x,a,2020\n",
    b"id\tmerge_date\n",
    b'{"id": 1, "name": "no paper"}\n',
    b'{"entries": [{"url": "s3://openalex/data/works/part_000.gz", "meta": {}}]}',
    b'{"id": "https://openalex.org/A1", "display_name": "Ann Lee", "works_count": 3}\n',
    b'{"corpusid": 1, "model": "tldr@v2", "text": "We walk."}\n',
]


@pytest.mark.parametrize("content", OTHERS)
@pytest.mark.parametrize("name", ["openalex", "semantic_scholar", "crossref", "openreview", "csl"])
def test_other_files_are_not_recognised(name: str, content: bytes) -> None:
    """Files of other formats, and of other entities of the same sources, are not recognised."""
    form = next(form for form in list_formats() if form.short_name == name)
    assert not form.recognises(parse_head(content))


def write_record(name: str, number: int, **changes: Any) -> bytes:  # noqa: ANN401 - any value
    """Return the sample of a format with an id, identifiers and a title of its own."""
    sample = next(record for source, record in SAMPLES if source == name)
    record = {**sample, "title": f"Paper {number}", **changes}
    if name == "openalex":
        record |= {"id": f"https://openalex.org/W{number}", "doi": None, "ids": None}
        record |= {"locations": None, "best_oa_location": None}
        record["display_name"] = record["title"]
    elif name == "semantic_scholar":
        record |= {"corpusid": number, "externalids": {"CorpusId": f"{number}"}}
    elif name == "crossref":
        record |= {"DOI": f"10.1000/p{number}", "title": [record["title"]], "subtitle": []}
    elif name == "openreview":
        content = {**sample["content"], "title": {"value": record.pop("title")}}
        record |= {"id": f"n{number}", "forum": f"n{number}", "content": content}
    else:
        record |= {"id": number, "DOI": None, "note": None}
    return json.dumps(record).encode()


READERS = ["openalex", "semantic_scholar", "crossref", "openreview", "csl"]


def plant_damage(name: str) -> list[bytes]:
    """Return good records with bad ones between them."""
    good = [write_record(name, number) for number in range(1, 8)]
    return [
        good[0],
        write_record(name, 91)[:-40],  # cut short
        good[1],
        write_record(name, 92).replace(b'"Paper 92"', b"}", 1),  # an extra bracket
        good[2],
        write_record(name, 93, title=None),
        good[3],
        write_record(name, 94, title="T" * 6_000),
        good[4],
        write_record(name, 8).replace(b"Paper", b"Caf\xe9"),  # a byte that is not UTF-8: replaced
        good[5],
        write_record(name, 9).replace(b"Paper", b"Nul\\u0000"),  # a control character: dropped
        write_record(name, 1),  # the same id again
        b"null",
        good[6],
    ]


@pytest.mark.parametrize(("name", "layout"), [(n, f) for n in READERS for f in list_layouts(n)])
def test_damage_affects_one_record(tmp_path: Path, name: str, layout: str) -> None:
    """Every good record between bad ones is indexed, and every record is counted once."""
    path = tmp_path / "dump.json"
    path.write_bytes(LAYOUTS[layout](name, plant_damage(name)))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0))[1]
    assert (report.indexed, report.merged, report.skipped) == (9, 1, 0)
    assert (report.rejected, report.read) == (5, 15)
    reasons = sorted(reject.reason for reject in read_rejects(find_current_folder(index)))
    assert sum(reason.startswith("is not a valid record") for reason in reasons) == 3
    assert reasons[:2] == ["has a title of 6,000 characters, over 5,000", "has no title"]
    assert {*report.sources} == {name}


YEARS: dict[str, Callable[[int | None], Record]] = {
    "openalex": lambda year: {"publication_year": year},
    "semantic_scholar": lambda year: {"year": year},
    "crossref": lambda year: {"issued": {"date-parts": [[year]]}, "published-print": None},
    "csl": lambda year: {"issued": {"date-parts": [[year]]}},
}


@pytest.mark.parametrize("name", YEARS)
@pytest.mark.parametrize("year", [0, 99999, None, 2020])
def test_an_impossible_year_is_dropped(tmp_path: Path, name: str, year: int | None) -> None:
    """The years 0 and 99999 are dropped, and the paper is indexed."""
    path = tmp_path / "dump.json"
    path.write_bytes(write_record(name, 5, **YEARS[name](year)) + b"\n")
    index = tmp_path / "index"
    assert build(index, (str(path),), BuildSettings(processes=0))[1].indexed == 1
    (found,) = samples.read_raw(path)
    assert isinstance(found, RawRecord)
    years = {show.year for show in found.appearances if show.year in range(1400, 2101)}
    assert years == ({2020} if year == 2020 else set())


@pytest.mark.parametrize("name", READERS)
def test_personal_data_stay_out_of_the_index(tmp_path: Path, name: str) -> None:
    """No file or reject of an index holds an author's e-mail address."""
    path = tmp_path / "dump.json"
    bad = [write_record(name, 21, title=None), write_record(name, 22)[:-3]]
    path.write_bytes(write_lines(name, [write_record(name, number) for number in range(9)] + bad))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0))[1]
    assert report.rejected == 2
    for file in index.rglob("*"):
        assert file.is_dir() or b"planted" not in file.read_bytes().lower(), file
    assert "planted" not in repr(list(read_rejects(find_current_folder(index)))).lower()
    found = [one for one in samples.read_raw(path) if isinstance(one, RawRecord) and one.title]
    assert len(found) == 9
    assert "planted" not in repr([normalise(one) for one in found]).lower()


DAYS: list[tuple[str, Record, str]] = [
    ("arxiv", {"update_date": "2013-11-26"}, "2013-11-26"),
    ("arxiv", {"update_date": "Tue, 26 Nov 2013"}, ""),
    ("arxiv", {"update_date": None}, ""),
    ("openalex", {"updated_date": "2025-11-01T00:00:00"}, "2025-11-01"),
    ("openalex", {"updated_date": "2025-11-01"}, "2025-11-01"),
    ("openalex", {"updated_date": "2025-13-01"}, ""),
    ("openalex", {"updated_date": None}, ""),
    ("crossref", {"indexed": {"date-time": "2024-05-06T01:02:03Z"}}, "2024-05-06"),
    ("crossref", {"indexed": {"date-parts": [[2022, 4, 3]]}}, "2023-01-01"),
    ("crossref", {"indexed": {"date-parts": [[None]]}}, "2023-01-01"),
    ("crossref", {"indexed": {"date-parts": []}, "deposited": None}, ""),
    ("crossref", {"indexed": {"date-time": "soon"}, "deposited": {"timestamp": 5}}, ""),
    ("openreview", {"mdate": 1710000000000}, "2024-03-09"),
    ("openreview", {"mdate": None, "tmdate": 1695300000000}, "2023-09-21"),
    ("openreview", {"mdate": 10**17}, ""),
    ("openreview", {"mdate": None}, ""),
    ("semantic_scholar", {"updated": "2022-01-27T04:22:25.458Z"}, "2022-01-27"),
    ("semantic_scholar", {"updated": None}, ""),
    ("jsonl", {"updated": "2026-05-27"}, "2026-05-27"),
    ("jsonl", {"updated": "2026-02-30"}, ""),
    ("jsonl", {"updated": "yesterday"}, ""),
    ("csl", {}, ""),
    ("paperlists", {}, ""),
]


@pytest.mark.parametrize(("name", "change", "day"), DAYS)
def test_the_day_of_the_last_change(tmp_path: Path, name: str, change: Record, day: str) -> None:
    """A record has the day on which its dump last changed it, if the dump has a valid one."""
    sample = next(record for source, record in SAMPLES if source == name)
    path = tmp_path / "d.json"
    path.write_text(json.dumps([sample | change]), "utf-8")
    (found,) = samples.read_raw(path)
    assert isinstance(found, RawRecord)
    assert found.updated == day


TYPES: list[tuple[str, Record, str]] = [
    ("openalex", {"type": "review"}, "review"),
    ("openalex", {"type": "letter"}, "letter"),
    ("openalex", {"type": "editorial"}, "editorial"),
    ("openalex", {"type": "erratum"}, "erratum"),
    ("openalex", {"type": "retraction"}, "retraction"),
    ("openalex", {"type": "reference-entry"}, "reference entry"),
    ("openalex", {"type": "report"}, "report"),
    ("openalex", {"type": "other"}, "journal article"),
    ("semantic_scholar", {"publicationtypes": ["JournalArticle", "Review"]}, "review"),
    ("semantic_scholar", {"publicationtypes": ["LettersAndComments"]}, "letter"),
    ("semantic_scholar", {"publicationtypes": ["Editorial", "JournalArticle"]}, "editorial"),
    ("semantic_scholar", {"publicationtypes": ["Review", "Conference"]}, "conference paper"),
    ("crossref", {"update-to": [{"DOI": "10.1/a", "type": "erratum"}]}, "erratum"),
    ("crossref", {"update-to": [{"DOI": "10.1/a", "type": "correction"}]}, "erratum"),
    ("crossref", {"update-to": [{"DOI": "10.1/a", "type": "retraction"}]}, "retraction"),
    ("crossref", {"update-to": [{"DOI": "10.1/a", "type": "new_version"}]}, "journal article"),
    ("crossref", {"update-to": [{"DOI": "10.1000/Cross.9", "type": "retraction"}]},
     "journal article"),
    ("crossref", {"type": "posted-content", "subtype": "dissertation"}, "thesis"),
    ("crossref", {"type": "posted-content", "subtype": "other"}, "preprint"),
    ("crossref", {"type": "reference-entry"}, "reference entry"),
    ("crossref", {"type": "report-component-x"}, "report component x"),
    ("csl", {"type": "review"}, "review"),
    ("csl", {"type": "review-book"}, "book review"),
    ("csl", {"type": "entry-encyclopedia"}, "reference entry"),
    ("csl", {"type": "document", "container-title": None}, ""),
    ("csl", {"type": "motion_picture"}, "motion picture"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "expected"), TYPES)
def test_types_are_the_same_words(tmp_path: Path, name: str, change: Record, expected: str) -> None:
    """Reviews, letters, editorials and errata have the same names in all formats."""
    sample = next(record for source, record in SAMPLES if source == name)
    assert samples.read_paper(tmp_path / "d", name, sample, **change).shown.type == expected
