"""Answers: are the JSON formats told apart, and does damage in one cost its record only?"""

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


def lines(_name: str, records: list[bytes]) -> bytes:
    """Write one record a line."""
    return b"\n".join(records) + b"\n"


def array(_name: str, records: list[bytes]) -> bytes:
    """Write one array."""
    return b"[\n" + b",\n".join(records) + b"\n]\n"


def envelope(name: str, records: list[bytes]) -> bytes:
    """Write the array in an object, with keys before and behind it."""
    key = ARRAYS[name].encode()
    return b'{"count": 3, "' + key + b'": [' + b",".join(records) + b'], "query": {"at": 0}}'


def message(name: str, records: list[bytes]) -> bytes:
    """Write the answer of an API whose array is one object deeper, twice over a line."""
    whole = b'{"status": "ok", "message": {"facets": {}, %s, "query": {"text": null}}}\n'
    half = len(records) // 2
    parts = [envelope(name, part)[1:].split(b', "query"')[0]
             for part in (records[:half], records[half:])]  # fmt: skip
    return b"".join(whole % part for part in parts)


LAYOUTS: dict[str, Callable[[str, list[bytes]], bytes]] = {
    "lines": lines, "array": array, "envelope": envelope, "message": message,
}  # fmt: skip


def laid_out(name: str) -> list[str]:
    """Give the forms that a format comes in; paperlists are always arrays."""
    plain = ["array"] if name == "paperlists" else ["lines", "array"]
    return [*plain, "envelope", "message"] if name in ARRAYS else plain


def forms() -> list[tuple[str, Record, str]]:
    """Give every sample with every form of it."""
    return [(name, record, form) for name, record in SAMPLES for form in laid_out(name)]


@pytest.mark.parametrize(("name", "record", "layout"), forms())
def test_a_sample_is_recognised(name: str, record: Record, layout: str) -> None:
    """Each sample is taken for its own format, in lines, in an array and in envelopes."""
    head = parse_head(LAYOUTS[layout](name, [json.dumps(record).encode()] * 2))
    found = next(form for form in list_formats() if form.recognises(head))
    assert found.short_name == name


@pytest.mark.parametrize(("name", "record"), SAMPLES)
def test_no_other_takes_it(name: str, record: Record) -> None:
    """No reader but the general one of the project takes a sample of another format."""
    for content in (lines, array):
        head = parse_head(content(name, [json.dumps(record).encode()] * 2))
        takers = {form.short_name for form in list_formats() if form.recognises(head)} - {
            name,
            "jsonl",
        }
        assert not takers


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
def test_what_is_of_no_json_format_is_left(name: str, content: bytes) -> None:
    """Files of other formats, and of other entities of the same publishers, are not taken."""
    form = next(form for form in list_formats() if form.short_name == name)
    assert not form.recognises(parse_head(content))


def named(name: str, number: int, **changes: Any) -> bytes:  # noqa: ANN401 - any value
    """Give the sample of a format with an id, identifiers and a title of its own."""
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


def planted(name: str) -> list[bytes]:
    """Give good records with bad ones between them."""
    good = [named(name, number) for number in range(1, 8)]
    return [
        good[0],
        named(name, 91)[:-40],  # cut short
        good[1],
        named(name, 92).replace(b'"Paper 92"', b"}", 1),  # a bracket too much
        good[2],
        named(name, 93, title=None),
        good[3],
        named(name, 94, title="T" * 10_000_000),
        good[4],
        named(name, 8).replace(b"Paper", b"Caf\xe9"),  # a byte that is no UTF-8: mended
        good[5],
        named(name, 9).replace(b"Paper", b"Nul\\u0000"),  # a control sign: taken out
        named(name, 1),  # a number again
        b"null",
        good[6],
    ]


@pytest.mark.parametrize(("name", "layout"), [(n, f) for n in READERS for f in laid_out(n)])
def test_damage_costs_only_itself(tmp_path: Path, name: str, layout: str) -> None:
    """Every good record between bad ones is indexed, and every record is accounted for."""
    path = tmp_path / "dump.json"
    path.write_bytes(LAYOUTS[layout](name, planted(name)))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings())[1]
    assert (report.indexed, report.merged, report.skipped) == (9, 1, 0)
    assert (report.rejected, report.read) == (5, 15)
    reasons = sorted(reject.reason for reject in read_rejects(find_current_folder(index)))
    assert sum(reason.startswith("is not a valid record") for reason in reasons) == 3
    assert reasons[:2] == ["has a title of 10,000,000 characters, over 5,000", "has no title"]
    assert {*report.sources} == {name}


YEARS: dict[str, Callable[[int | None], Record]] = {
    "openalex": lambda year: {"publication_year": year},
    "semantic_scholar": lambda year: {"year": year},
    "crossref": lambda year: {"issued": {"date-parts": [[year]]}, "published-print": None},
    "csl": lambda year: {"issued": {"date-parts": [[year]]}},
}


@pytest.mark.parametrize("name", YEARS)
@pytest.mark.parametrize("year", [0, 99999, None, 2020])
def test_a_year_that_cannot_be_is_unknown(tmp_path: Path, name: str, year: int | None) -> None:
    """The year 0 and the year 99999 are dropped, and the paper stays."""
    path = tmp_path / "dump.json"
    path.write_bytes(named(name, 5, **YEARS[name](year)) + b"\n")
    index = tmp_path / "index"
    assert build(index, (str(path),), BuildSettings())[1].indexed == 1
    (found,) = samples.read_raw(path)
    assert isinstance(found, RawRecord)
    years = {show.year for show in found.appearances if show.year in range(1400, 2101)}
    assert years == ({2020} if year == 2020 else set())


@pytest.mark.parametrize("name", READERS)
def test_nothing_personal_comes_into_the_index(tmp_path: Path, name: str) -> None:
    """No e-mail address of an author stands in any file of an index, nor in a reject."""
    path = tmp_path / "dump.json"
    bad = [named(name, 21, title=None), named(name, 22)[:-3]]
    path.write_bytes(lines(name, [named(name, number) for number in range(9)] + bad))
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings())[1]
    assert report.rejected == 2
    for file in index.rglob("*"):
        assert file.is_dir() or b"planted" not in file.read_bytes().lower(), file
    assert "planted" not in repr(list(read_rejects(find_current_folder(index)))).lower()
    found = [one for one in samples.read_raw(path) if isinstance(one, RawRecord) and one.title]
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
    """A record has the day on which its dump last changed it, as far as there is one."""
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
    """Reviews, letters, editorials and errata are called the same, whatever dump has them."""
    sample = next(record for source, record in SAMPLES if source == name)
    assert samples.paper(tmp_path / "d", name, sample, **change).shown.type == expected
