"""Test how commands show a work and the records it is merged from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from search.request.search_request import View
from tests.support.made_works import DBLP, PREPRINT, TIDES, TRY, write_repaired_index
from web.api.addresses import paper_path
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Papers = Callable[..., Result]


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of one work of four records and one of a single record."""
    return write_repaired_index(tmp_path_factory.mktemp("works"))


SHOWN = """\
On Tides
Ada Reed

Water was seen to rise.

id:             openreview:tides
DOI:            10.1000/tides
other DOI:      10.48550/arxiv.1901.00001
OpenReview:     tides
arXiv:          1901.00001
citations:      12 (source: openreview)
PDF:            https://example.org/a.pdf
PDF 2:          https://example.org/b.pdf
Publisher page: https://example.org/b

Versions
  NeurIPS 2020 conference paper (Advances 33)
    source record: openreview.gz, part/1, record 1, byte 100, 2020-01-02, CC0-1.0
    source record: dblp.gz, part/1, record 3, byte 300, 2020-01-02, CC0-1.0
  arXiv 2019 preprint
    source record: arxiv.gz, part/1, record 2, byte 200, 2020-01-02, CC0-1.0
  submitted to ICML 2018 (not accepted)
    source record: openreview.gz, part/1, record 4, byte 400, 2020-01-02, CC0-1.0

Merged from 4 records (papers show --records ID)
  openreview:tides  openreview
  arxiv:1901.00001  arxiv  On the Tides  (supplies: abstract)
  dblp:conf/nips/Reed  dblp
  first//try  openreview

Original text
  abstract: Water was \\emph{seen}  to rise.
"""


@pytest.mark.parametrize("paper_id", [TIDES, PREPRINT, DBLP, TRY])
def test_show_prints_a_work(papers: Papers, works: Path, paper_id: str) -> None:
    """`papers show` lists each version of a work once, with its sources, and its records."""
    assert papers("show", paper_id, index=works).stdout == SHOWN


def test_show_records_prints_a_record(papers: Papers, works: Path) -> None:
    """`papers show --records` shows the record with exactly that id, on its own."""
    shown = papers("show", "--records", TIDES, index=works).stdout
    assert "Water was seen" not in shown
    assert "Merged from" not in shown
    record = json.loads(papers("show", "--records", "--json", PREPRINT, index=works).stdout)
    assert (record["id"], record["title"]) == (PREPRINT, "On the Tides")
    assert papers("show", "--records", "nothing", index=works).exit_code == 1


def test_search_records_lists_records(papers: Papers, works: Path) -> None:
    """``--records``, ``records:yes`` and ``records=1`` list the same records."""
    typed = json.loads(papers("search", "--json", "tides records:yes", index=works).stdout)
    chosen = json.loads(papers("search", "--json", "--records", "tides", index=works).stdout)
    page: Any = (
        create_app(works).test_client().get("/search.json?q=tides&records=1").get_json()["data"]
    )
    ids = [[hit["id"] for hit in found["hits"]] for found in (typed, chosen, page)]
    assert set(ids[0]) == {TIDES, PREPRINT, DBLP, "alone"}  # the rejected one is hidden
    assert ids[0] == ids[1] == ids[2]
    assert typed["records"] is chosen["records"] is page["records"] is True
    assert typed["hidden"] == page["hidden"] == 1
    assert [hit["url"] for hit in typed["hits"]] == [
        paper_path(one, view=View.RECORDS) for one in ids[0]
    ]
    for option in ("--records", "--raw"):  # the former name still works
        shown = papers("search", option, "tides", index=works).stdout
        assert shown.startswith("1-4 of 4 records")
    assert papers("search", "tides", index=works).stdout.startswith("1-2 of 2 papers")


def test_why_not_on_the_command_line(papers: Papers, works: Path) -> None:
    """A query for records is checked against the record instead of the work."""
    assert papers("why-not", "rise", TIDES, index=works).exit_code == 0
    assert papers("why-not", "rise records:yes", TIDES, index=works).exit_code == 1
