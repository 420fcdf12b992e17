"""Check the reader of CSL-JSON against what reference managers write."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.build.operations import build
from index.formats.csl import FORMAT
from index.records import Appearance, Author, RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from tests.support.json_samples import CSL, read, read_paper, read_raw


def test_an_item(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", "csl", CSL)
    assert (found.id, found.title) == ("doi:10.1000/csl.5", "A Walk with van")
    assert found.abstract == "We walk."
    assert found.authors == (
        Author("Eva van den Berg", "eva van den berg"),
        Author("Walk Collaboration", "walk collaboration"),
        Author("Ann Lee Jr.", "ann lee jr"),
    )
    show = found.shown
    assert (show.venue, show.venue_kind) == ("Journal of Walking", "journal")
    assert (show.year, show.type) == (2022, "journal article")
    assert found.topics == ("walks", "graphs")
    assert found.ids == {"doi": "10.1000/csl.5", "arxiv": "2101.00009"}
    assert found.urls == {"page": "https://a.org/csl"}
    assert found.language == "en"


FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"DOI": ...}, "id", "csl:http://zotero.org/users/1/items/AB12"),
    ({"DOI": ..., "id": 7}, "id", "csl:7"),
    ({"issued": {"literal": "Spring 2020"}}, "year", 2020),
    ({"issued": {"raw": "2020-05-01"}}, "year", 2020),
    ({"issued": {"date-parts": [[2019, 1], [2020, 2]]}}, "year", 2019),
    ({"issued": {"date-parts": []}}, "year", None),
    ({"issued": {"date-parts": [[]], "literal": "2018"}}, "year", 2018),
    ({"issued": "2017"}, "year", 2017),
    ({"issued": 2016}, "year", 2016),
    ({"issued": {"date-parts": [["99999"]]}}, "year", None),
    ({"issued": ...}, "year", None),
    ({"type": "paper-conference", "container-title": ..., "event-title": "ICML 2020"},
     "venue", "ICML"),
    ({"type": "paper-conference", "container-title": ..., "event": "ICML 2020"}, "venue", "ICML"),
    ({"type": "paper-conference"}, "type", "conference paper"),
    ({"type": "article", "container-title": ..., "publisher": "arXiv"}, "venue", "arXiv"),
    ({"type": "article", "container-title": ..., "publisher": "arXiv"}, "type", "preprint"),
    ({"type": "chapter"}, "type", "book chapter"),
    ({"type": "thesis", "container-title": ...}, "type", "thesis"),
    ({"type": "report", "container-title": ...}, "type", "report"),
    ({"container-title": ["Walk Letters"]}, "venue", "Walk Letters"),
    ({"container-title": None}, "venue_kind", ""),
    ({"keyword": "walks, graphs"}, "topics", ("walks", "graphs")),
    ({"keyword": ...}, "topics", ()),
    ({"note": ..., "number": "arXiv:2205.01833"}, "ids",
     {"doi": "10.1000/csl.5", "arxiv": "2205.01833"}),
    ({"note": ..., "PMID": 12, "PMCID": "PMC34"}, "ids",
     {"doi": "10.1000/csl.5", "pmid": "12", "pmc": "PMC34"}),
    ({"author": [{"family": "Lee"}]}, "authors", (Author("Lee", "lee"),)),
    ({"author": [{"given": "Plato"}]}, "authors", (Author("Plato", "plato"),)),
    ({"author": None}, "authors", ()),
    ({"language": ...}, "language", ""),
    ({"author": ..., "editor": [{"family": "Do", "given": "Cy"}]}, "authors",
     (Author("Cy Do", "cy do"),)),
    ({"editor": [{"family": "Do"}], "author": [{"family": "Lee"}]}, "authors",
     (Author("Lee", "lee"),)),
    ({"author": [{"literal": "Bern Walking Council, Section 4"}]}, "authors",
     (Author("Bern Walking Council Section 4", "bern walking council section 4"),)),
    ({}, "issue", "2"),
    ({"volume": 12}, "volume", "12"),
    ({}, "pages", "1-9"),
    ({"page": ..., "page-first": 7}, "pages", "7"),
    ({"note": ..., "archive": "arXiv", "archive_location": "2205.01833"}, "ids",
     {"doi": "10.1000/csl.5", "arxiv": "2205.01833"}),
    ({"page": ..., "number": "e17"}, "pages", "e17"),
    ({"type": "report", "issue": ..., "number": "TR-5"}, "issue", "TR-5"),
    ({"type": "report", "issue": ..., "number": "2205.01833v2", "publisher": "arXiv"}, "issue", ""),
    ({"type": "report", "note": ..., "number": "2205.01833v2", "container-title": "arXiv"}, "ids",
     {"doi": "10.1000/csl.5", "arxiv": "2205.01833"}),
    ({"publisher": "Made-up Press"}, "publisher", "Made-up Press"),
    ({"type": "book", "ISBN": "978-3-16-148410-0 3-16-148410-X", "note": None}, "ids",
     {"doi": "10.1000/csl.5", "isbn": "9783161484100"}),
    ({"DOI": ..., "note": "A remark.\nDOI: 10.1000/noted\nPMID: 77\nPMCID: PMC88"}, "ids",
     {"doi": "10.1000/noted", "pmid": "77", "pmc": "PMC88"}),
    ({"DOI": ..., "note": "{:DOI: 10.1000/noted}"}, "id", "doi:10.1000/noted"),
    ({"note": "Its DOI: 10.1000/other", "PMID": "5"}, "ids",
     {"doi": "10.1000/csl.5", "pmid": "5"}),
    ({"issued": {"date-parts": [["2016-01"]]}}, "date", "2016-01"),
    ({"issued": {"date-parts": [["2016-01"]]}}, "year", 2016),
    ({"issued": {"date-parts": [["2016", "1", "12"]]}}, "date", "2016-01-12"),
    ({"issued": {"date-parts": [[2019]], "season": "3"}}, "year", 2019),
    ({"issued": [{"year": "2014", "month": "3"}]}, "date", "2014-03"),
    ({"issued": {"year": 2014}}, "year", 2014),
    ({"keyword": ["walks", "graphs, or not"]}, "topics", ("walks", "graphs, or not")),
    ({"title": "Walks", "title-short": "W", "id": 5, "DOI": ...}, "id", "csl:5"),
]  # fmt: skip


SHOWN = {*Appearance.__struct_fields__}


@pytest.mark.parametrize(("change", "field", "expected"), FIELDS)
def test_quirks(tmp_path: Path, change: dict[str, Any], field: str, expected: object) -> None:
    """Dates, venues and identifiers are found in every variant of an export."""
    found = read_paper(tmp_path / "d", "csl", CSL, **change)
    holder = found.shown if field in SHOWN else found
    assert getattr(holder, field) == expected


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, "has no title"),
    ({"title": []}, "has no title"),
    ({"title": {"x": True}}, "has no title"),
]


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_reasons(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    """An item that cannot be a paper is rejected with the reason."""
    first, found = read(tmp_path / "d", "csl", CSL, CSL | change)
    assert not isinstance(first, Reject)
    assert isinstance(found, Reject)
    assert reason in found.reason


def test_a_title_in_a_list(tmp_path: Path) -> None:
    """Some registries write the title as a list of one text."""
    assert read_paper(tmp_path / "d", "csl", CSL, title=["A Walk"]).title == "A Walk"


def test_a_library(tmp_path: Path) -> None:
    """Items with one DOI are one paper; items without a DOI are told apart by their ids."""
    bare = CSL | {"id": "c", "title": "Another", "note": None}
    items = [CSL, CSL | {"id": "b"}, bare | {"DOI": ""}, bare | {"DOI": None}]
    read(tmp_path / "d", "csl", *items)
    report = build(tmp_path / "index", (str(tmp_path / "d"),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.merged) == (4, 2, 2)


ITEM = {"id": "a", "title": "Walks", "type": "book"}
ENVELOPES: list[Any] = [
    [ITEM | {"author": [{"family": "Lee", "given": "Ann"}]}],
    [ITEM | {"author": [{"literal": "Walkers"}]}],
    [ITEM | {"publisher-place": "Bern"}],
    [ITEM | {"type": "article-journal"}],
    {"references": [ITEM | {"issued": [{"year": 2014}]}, ITEM]},
    {"citationItems": [{"id": "ITEM-1", "itemData": ITEM | {"issued": {"date-parts": [[2014]]}}},
                       {"id": "ITEM-2", "itemData": ITEM}], "schema": "x"},
]  # fmt: skip


@pytest.mark.parametrize("content", ENVELOPES)
def test_files(tmp_path: Path, content: Any) -> None:  # noqa: ANN401 - any JSON
    """Items without a date or container are recognised, and so are the envelopes of items."""
    path = tmp_path / "d.json"
    path.write_text(json.dumps(content), "utf-8")
    found = read_raw(path)
    assert {(one.format, one.id, one.title) for one in found if isinstance(one, RawRecord)} == {
        ("csl", "csl:a", "Walks")
    }
    assert len(found) == (1 if isinstance(content, list) else 2)


def test_a_feed_is_not_csl() -> None:
    """The type and the title of a post must not be those of different things."""
    post = {"title": "Walks", "relations": [{"type": "IsPartOf"}], "authors": [{"family": "Lee"}]}
    assert not FORMAT.recognises(parse_head(json.dumps(post).encode()))
