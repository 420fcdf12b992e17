"""Check that records which a dump declares deleted leave the index."""

from pathlib import Path

import pytest

from index.build.operations import build
from index.errors import DumpEmpty
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

PAGE = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>"""
GONE = """<record><header status="deleted"><identifier>oai:arXiv.org:{0}</identifier></header>
</record>"""
HERE = """<record><header><identifier>oai:arXiv.org:{0}</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{0}</id><created>2020-01-02</created>
<authors><author><keyname>Kumar</keyname><forenames>A</forenames></author></authors>
<title>On Case {0}</title><categories>cs.LG</categories><abstract>Short.</abstract></arXiv>
</metadata></record>"""


def write_dump(folder: Path, *records: str) -> str:
    """Write a page of OAI-PMH answers and return its path."""
    path = folder / "page.xml"
    path.write_text(PAGE.format("".join(records)), "utf-8")
    return str(path)


@pytest.mark.parametrize("processes", [0, 2])
@pytest.mark.parametrize(("records", "left"), [
    ([HERE.format("2001.00001"), HERE.format("2001.00002"), GONE.format("2001.00001")], {"00002"}),
    ([HERE.format("2001.00001"), HERE.format("2001.00002"), GONE.format("2001.00002")], {"00001"}),
    ([GONE.format("2001.00001"), HERE.format("2001.00001")], {"00001"}),
    ([HERE.format("2001.00001"), GONE.format("2001.00001"), HERE.format("2001.00001")], {"00001"}),
    ([HERE.format("2001.00001"), GONE.format("2001.00009")], {"00001"}),
])  # fmt: skip
def test_deletions_remove_papers(
    tmp_path: Path, records: list[str], left: set[str], processes: int
) -> None:
    """A deletion removes the paper, a later record restores it, and every record is counted."""
    settings = BuildSettings(processes=processes)
    manifest, report = build(tmp_path / "index", (write_dump(tmp_path, *records),), settings)
    hits = Searcher(tmp_path / "index").search(SearchRequest("case")).hits
    assert {hit.paper.id.rpartition(".")[2] for hit in hits} == left
    for counts in (report, report.sources["oai"]):
        assert counts.read == len(records)
        assert counts.read == counts.indexed + counts.merged + counts.skipped + counts.rejected
        assert counts.indexed == len(left) == manifest.papers


def test_a_dump_that_deletes_everything_fails(tmp_path: Path) -> None:
    """A build that leaves no paper fails, and the old index stays."""
    path = write_dump(tmp_path, HERE.format("2001.00001"), GONE.format("2001.00001"))
    with pytest.raises(DumpEmpty, match=r"only records that are left out.* \(2\)"):
        build(tmp_path / "index", (path,), BuildSettings())
