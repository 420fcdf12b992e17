"""Check that every field in which a paper differs is listed, with both values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.changes.papers import FIELDS
from tests.support.two_generations import TURN, WALK, Record, compare_builds, summarise

if TYPE_CHECKING:
    from pathlib import Path

FULL: Record = WALK | {
    "topics": ["graphs"],
    "urls": {"pdf": "https://example.org/a.pdf"},
    "citations": 3,
    "language": "en",
    "authors": [
        {"name": "Ann Lee", "ids": {"orcid": "0000-0001-5000-0007"}, "affiliations": ["X"]}
    ],
    "ids": {"doi": "10.1000/a"},
    "appearances": [
        {"venue": "ICML", "venue_kind": "conference", "year": 2020, "type": "conference paper"},
        {"venue": "arXiv", "venue_kind": "repository", "year": 2019, "type": "preprint"},
    ],
}
VALUES: dict[str, Record] = {
    "title": {"title": "Walks"},
    "authors": {"authors": [*FULL["authors"], "Bo Li"]},
    "author_ids": {"authors": [FULL["authors"][0] | {"ids": {}}]},
    "institutions": {"authors": [FULL["authors"][0] | {"affiliations": ["Y", "Z"]}]},
    "venue": {"appearances": [FULL["appearances"][0] | {"venue": "COLT"}, FULL["appearances"][1]]},
    "year": {"appearances": [FULL["appearances"][0] | {"year": 2021}, FULL["appearances"][1]]},
    "date": {"appearances": [FULL["appearances"][0] | {"date": "2020-07"}, FULL["appearances"][1]]},
    "type": {"appearances": [FULL["appearances"][0] | {"type": "demo"}, FULL["appearances"][1]]},
    "appearances": {"appearances": FULL["appearances"][:1]},
    "status": {"status": "oral"},
    "abstract": {"abstract": "We run."},
    "topics": {"topics": ["graphs", "walks"]},
    "ids": {"ids": {"doi": "10.1000/b"}},
    "urls": {"urls": {}},
    "citations": {"citations": 4},
    "language": {"language": "de"},
}
TEXTS = {
    "title": ("Random walks on sparse graphs", "Walks"),
    "authors": ("Ann Authors", "Ann Authors; Bo Li"),
    "author_ids": ("Ann Authorids: orcid 0000-0001-5000-0007", ""),
    "institutions": ("X", "Y; Z"),
    "year": ("2020", "2021"),
    "date": ("", "2020-07"),
    "appearances": ("arXiv 2019 preprint", ""),
    "ids": ("doi 10.1000/a.ids", "doi 10.1000/b.ids"),
    "urls": ("pdf https://example.org/a.pdf", ""),
    "citations": ("3", "4"),
}


def _separate_record(field: str, record: Record) -> Record:
    """Return a record that is a separate work from those of other fields."""
    first, *others = record["authors"]
    authors = [first | {"name": f"Ann {field.replace('_', '').title()}"}, *others]
    ids = {"doi": f"{record['ids']['doi']}.{field}"}
    return record | {"id": field, "authors": authors, "ids": ids}


def test_every_field_is_compared(tmp_path: Path) -> None:
    """A change of one field is listed under its name, with both values and no other change."""
    fields = [field for field in FIELDS if field != "id"]
    assert sorted(fields) == sorted(VALUES)
    found = compare_builds(
        tmp_path,
        [_separate_record(field, FULL) for field in fields],
        [_separate_record(field, FULL | VALUES[field]) for field in fields],
    )
    assert sorted(summarise(found)) == sorted(("changed", field, field) for field in fields)
    texts = {one.id: (one.changed[0].old, one.changed[0].new) for one in found}
    assert texts == texts | TEXTS


def test_the_description_of_a_paper(tmp_path: Path) -> None:
    """Title, authors, venue and year are of the new generation, or of the old one if gone."""
    now = WALK | {"title": "New walks", "authors": ["Ann Lee", "Bo Li"], "venue": "COLT"}
    changed, gone = compare_builds(tmp_path, [WALK, TURN], [now])
    assert (changed.title, changed.authors) == ("New walks", ("Ann Lee", "Bo Li"))
    assert (changed.venue, changed.year) == ("COLT", 2020)
    said = (gone.title, gone.authors, gone.venue, gone.year, gone.changed)
    assert said == ("Left turns of long lorries", ("Bo Li",), "", 2019, ())
