"""Check recognition, layouts, damage and personal data of answers of APIs in JSON."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.registry import list_formats, recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support import json_samples
from tests.support.json_answers import ANSWERS, Answer

Lay = Callable[[Answer, list[bytes]], bytes]


def write_page(answer: Answer, records: list[bytes]) -> bytes:
    """Return one answer."""
    return answer.head.encode() + b",".join(records) + answer.tail.encode()


def write_pages(answer: Answer, records: list[bytes]) -> bytes:
    """Return two answers, a line each."""
    return write_page(answer, records[:1]) + b"\n" + write_page(answer, records[1:]) + b"\n"


def write_listed_pages(answer: Answer, records: list[bytes]) -> bytes:
    """Return an array of two answers."""
    return b"[" + write_page(answer, records[:1]) + b", " + write_page(answer, records[1:]) + b"]\n"


def write_array(_answer: Answer, records: list[bytes]) -> bytes:
    """Return an array of records."""
    return b"[\n" + b",\n".join(records) + b"\n]\n"


def write_lines(_answer: Answer, records: list[bytes]) -> bytes:
    """Return one record per line."""
    return b"\n".join(records) + b"\n"


def write_indented(answer: Answer, records: list[bytes]) -> bytes:
    """Return one answer, indented over many lines."""
    return json.dumps(json.loads(write_page(answer, records)), indent=2).encode()


LAYOUTS: dict[str, Lay] = {
    "page": write_page, "pages": write_pages, "listed pages": write_listed_pages,
    "array": write_array, "lines": write_lines, "indented": write_indented,
}  # fmt: skip


def encode(record: object) -> bytes:
    """Return a record as JSON."""
    return json.dumps(record, ensure_ascii=False).encode()


def read(content: bytes, name: str) -> list[Paper | Reject | None]:
    """Read a file as a build does; a skipped record is None."""
    stream = Stream("d.json", "", BytesIO(content))
    known = recognise_format(stream)
    assert known is not None
    assert known.short_name == name
    return [*map(_normalise, known.read(stream))]


def _normalise(found: RawRecord | Reject) -> Paper | Reject | None:
    if isinstance(found, Reject):
        return found
    try:
        return None if found.deleted else normalise(found)
    except RecordError as error:
        return Reject(found.source, str(error))


def list_titles(found: list[Paper | Reject | None]) -> list[str]:
    """Return the titles of papers without subtitles, and the reasons of rejects."""
    return [
        one.title.partition(":")[0] if isinstance(one, Paper) else one.reason if one else "skipped"
        for one in found
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read_in_every_layout(name: str, layout: str) -> None:
    """Pages, several of them, arrays, lines and indented answers hold the same records."""
    answer = ANSWERS[name]
    titles = [f"Paper {number}" for number in range(3)]
    records = [encode(answer.rename(title)) for title in titles]
    content = LAYOUTS[layout](answer, records)
    assert list_titles(read(content, answer.format)) == titles


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ANSWERS)
def test_no_other_format_recognises_it(name: str, layout: str) -> None:
    """No other format recognises an answer, except the project's own, which comes last."""
    answer = ANSWERS[name]
    head = parse_head(LAYOUTS[layout](answer, [encode(answer.record)] * 2))
    takers = {form.short_name for form in list_formats() if form.recognises(head)}
    assert takers | {"jsonl"} == {answer.format, "jsonl"}


@pytest.mark.parametrize("name", ["OPENALEX", "CROSSREF", "OPENREVIEW", "CSL", "ARXIV", "OWN"])
def test_other_formats_keep_their_files(name: str) -> None:
    """No format of answers recognises a record of another JSON format."""
    head = parse_head(encode(getattr(json_samples, name)))
    formats = {answer.format for answer in ANSWERS.values()}
    takers = [form.short_name for form in list_formats() if form.recognises(head)]
    assert takers
    assert not formats & {*takers}


@pytest.mark.parametrize("layout", ["page", "array", "lines"])
@pytest.mark.parametrize("name", ANSWERS)
def test_damage_affects_one_record(name: str, layout: str) -> None:
    """A record that is cut or whose title is too long is rejected alone."""
    answer = ANSWERS[name]
    records = [encode(answer.rename(f"Paper {number}")) for number in range(5)]
    records[1] = records[1][: len(records[1]) // 2]
    records[3] = encode(answer.rename("T" * 6_000))
    found = read(LAYOUTS[layout](answer, records), answer.format)
    titles = list_titles(found)
    assert [title for title in titles if title.startswith("Paper")] == [
        "Paper 0", "Paper 2", "Paper 4",
    ]  # fmt: skip
    assert len(found) == 5
    assert titles[3].startswith("has a title of 6,00")
    assert "planted" not in repr(found).lower()
