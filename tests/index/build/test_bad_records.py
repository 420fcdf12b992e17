"""Check that a build accounts for every record in every format, bad ones included."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.build.operations import add, build
from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.settings import BuildSettings
from index.store.manifest import Report
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.planted_samples import KINDS, Kind

SETTINGS = BuildSettings(max_rejects=1.0, processes=0, date="2024-01-02")
GOOD = 5

BAD: list[Callable[[Kind], bytes]] = [
    lambda kind: kind.write("91", "Ninety-one \udcff", "2001"),
    lambda kind: kind.write("92", None, "2001"),
    lambda kind: kind.write("93", "Ninety-three", "0"),
    lambda kind: kind.write("94", "Ninety-four", "99999"),
    lambda kind: kind.write("95", "x" * 10_000_000, "2001"),
    lambda kind: kind.write("96", "Ninety-six \0", "2001"),
    lambda kind: kind.write("3", "Good 3", "2001"),  # a second time
]


def write_dump(folder: Path, kind: Kind) -> str:
    """Write a dump of good records with bad ones between them; return its path."""
    records: list[bytes] = []
    for number, bad in enumerate(BAD, start=1):
        if number <= GOOD:
            records.append(kind.write(str(number), f"Good {number}", "2001"))
        records.append(bad(kind))
    path = folder / "dump" / kind.file
    path.parent.mkdir(parents=True)
    path.write_bytes(kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode())
    return str(folder / "dump")


def count_records(path: str) -> int:
    """Count the records and rejects that the reader of a dump yields."""
    forms = ((recognise_format(stream), stream) for stream in open_dump(path))
    return sum(sum(1 for _ in form.read(stream)) for form, stream in forms if form)


def check_report(report: Report, count: int) -> None:
    """Check that every record is accounted for, in total and by format."""
    assert report.read == count
    for counts in (report, *report.sources.values()):
        assert counts.adds_up()
        parts = (counts.indexed, counts.merged, counts.unchanged, counts.skipped, counts.rejected)
        assert min(parts) >= 0


@pytest.mark.parametrize("name", KINDS)
def test_every_record_is_accounted_for(tmp_path: Path, name: str) -> None:
    """The counts add up, each good record is found, and the same dump again changes nothing."""
    path, index = write_dump(tmp_path, KINDS[name]), tmp_path / "index"
    manifest, report = build(index, (path,), SETTINGS)
    check_report(report, count_records(path))
    assert report.rejected
    assert report.merged
    assert report.sources.keys() == {KINDS[name].format}
    assert manifest.papers == report.indexed
    hits = Searcher(index).search(SearchRequest("", per_page=100)).hits
    titles = [hit.paper.title for hit in hits]
    assert len(titles) == manifest.papers
    assert all(titles.count(f"Good {number}") == 1 for number in range(1, GOOD + 1))
    _, report = add(index, (path,), SETTINGS)
    check_report(report, count_records(path))
    assert (report.new, report.changed, report.deleted, report.indexed) == (0, 0, 0, 0)
