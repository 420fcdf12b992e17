"""Check that the raw engine gets exactly what a build would give it."""

from pathlib import Path

import msgspec
import pytest

from index.dumps.streams import open_dump
from index.engines.document import analyse_paper
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord, decode_paper
from tests.bench import ready
from tests.bench.ready import raw_records, read_ready, write_ready
from tests.support.paths import SAMPLE


def test_what_was_made_ready_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every paper's document and record come back in order, however many pieces they are in."""
    monkeypatch.setattr(ready, "AT_ONCE", 7)
    papers = [normalise(record) for record in raw_records(str(SAMPLE))]
    count = write_ready(str(SAMPLE), tmp_path / "entries")
    pieces = list(read_ready(tmp_path / "entries"))
    found = [one for piece in pieces for one in piece]
    assert max(map(len, pieces)) == 7
    assert count == len(found) == len(papers) > 7
    for paper, (given, record) in zip(papers, found, strict=True):
        assert given == analyse_paper(paper)
        assert decode_paper(record) == paper


def test_a_second_record_of_an_id_is_left_out(tmp_path: Path) -> None:
    """An engine gets every paper once, and only papers."""
    dump = tmp_path / "papers.jsonl"
    lines = [{"id": "a", "title": "One"}, {"id": "b", "title": ""}, {"id": "a", "title": "Two"}]
    dump.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    assert write_ready(str(dump), tmp_path / "entries") == 1
    ((found,),) = read_ready(tmp_path / "entries")
    assert decode_paper(found[1]).title == "One"


def test_raw_records_are_those_of_the_format(tmp_path: Path) -> None:
    """Rejects and files without papers are left out."""
    (tmp_path / "papers.jsonl").write_bytes(SAMPLE.read_bytes() + b'{"id": 1, "tit\n')
    (tmp_path / "notes.txt").write_text("Nothing of use.", "utf-8")
    found = list(raw_records(str(tmp_path)))
    for stream in open_dump(str(SAMPLE)):
        form = recognise_format(stream)
        assert form is not None
        records = list(form.read(stream))
    assert [one.id for one in found] == [one.id for one in records if isinstance(one, RawRecord)]
