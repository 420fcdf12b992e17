"""Envelopes in which APIs and reference managers return the sample records."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.answer_records import (
    ADS,
    CORE,
    DATACITE,
    DBLP_HIT,
    DOAJ,
    EUROPE_PMC,
    HAL,
    INSPIRE,
    S2_PAPER,
    ZOTERO,
    Record,
)
from tests.support.repository_records import INVENIO, ZENODO


@dataclass(frozen=True)
class Answer:
    """One kind of answer.

    Attributes:
        format: The short name of the format that reads it.
        record: One record.
        head: What precedes the records in an answer.
        tail: What follows them.
        title: Where the title is: keys and positions from the record inwards.
    """

    format: str
    record: Record
    head: str
    tail: str
    title: tuple[str | int, ...] = ("title",)

    def rename(self, title: object) -> Record:
        """Return the record with another title."""
        changed: Record = json.loads(json.dumps(self.record))
        *path, last = self.title
        place: Any = changed
        for key in path:
            place = place[key]
        place[last] = title
        return changed


ANSWERS = {
    "S2 search": Answer("semantic_scholar", S2_PAPER, '{"total": 2, "offset": 0, "data": [',
                        '], "next": 100}'),
    "S2 bulk search": Answer("semantic_scholar", S2_PAPER, '{"total": 2, "token": "ABC", "data": [',
                             "]}"),
    "S2 recommendations": Answer("semantic_scholar", S2_PAPER, '{"recommendedPapers": [', "]}"),
    "S2 citations": Answer(
        "semantic_scholar",
        {"contexts": ["as in [7]"], "intents": [], "isInfluential": False,
         "citingPaper": S2_PAPER},
        '{"offset": 0, "data": [', "]}", ("citingPaper", "title"),
    ),
    "S2 references": Answer(
        "semantic_scholar", {"contexts": [], "citedPaper": S2_PAPER}, '{"offset": 0, "data": [',
        "]}", ("citedPaper", "title"),
    ),
    "S2 author": Answer(
        "semantic_scholar", S2_PAPER, '{"authorId": "41", "name": "Ann Lee", "papers": [', "]}",
    ),
    "DataCite": Answer(
        "datacite", DATACITE, '{"data": [', '], "meta": {"total": 2}, "links": {"self": "x"}}',
        ("attributes", "titles", 1, "title"),
    ),
    "DataCite attributes": Answer(
        "datacite", DATACITE["attributes"], '{"data": [', "]}", ("titles", 1, "title"),
    ),
    "INSPIRE": Answer(
        "inspire", INSPIRE, '{"hits": {"hits": [', '], "total": 2}, "links": {"self": "x"}}',
        ("metadata", "titles", 0, "title"),
    ),
    "INSPIRE metadata": Answer(
        "inspire", INSPIRE["metadata"], '{"hits": {"total": 2, "hits": [', "]}}",
        ("titles", 0, "title"),
    ),
    "InvenioRDM": Answer(
        "invenio", INVENIO, '{"hits": {"hits": [', '], "total": 2}, "links": {"self": "x"}}',
        ("metadata", "title"),
    ),
    "Zenodo": Answer(
        "invenio", ZENODO, '{"hits": {"hits": [', '], "total": 2}, "aggregations": {"a": {}}}',
        ("metadata", "title"),
    ),
    "Europe PMC": Answer(
        "europe_pmc", EUROPE_PMC,
        '{"version": "6.9", "hitCount": 2, "request": {"queryString": "x"}, "resultList":'
        ' {"result": [', "]}}",
    ),
    "Zotero API": Answer("zotero", ZOTERO, '{"items": [', "]}", ("data", "title")),
    "Zotero export": Answer(
        "zotero", ZOTERO["data"],
        '{"config": {"label": "BetterBibTeX JSON", "options": {"exportNotes": true}},'
        ' "collections": {"C1": {"name": "c", "items": [], "collections": ["C2"]}}, "items": [',
        "]}",
    ),
    "ADS": Answer(
        "ads", ADS, '{"responseHeader": {"status": 0}, "response": {"numFound": 2, "docs": [',
        "]}}", ("title", 0),
    ),
    "DOAJ": Answer(
        "doaj", DOAJ, '{"total": 2, "page": 1, "results": [', "]}", ("bibjson", "title")
    ),
    "HAL": Answer("hal", HAL, '{"response": {"numFound": 2, "docs": [', "]}}", ("title_s", 0)),
    "CORE": Answer("core", CORE, '{"totalHits": 2, "results": [', '], "esMaxScore": 1.5}'),
    "dblp search": Answer(
        "dblp", DBLP_HIT,
        '{"result": {"query": "q", "completions": {"c": {"@id": "1"}}, "hits": {"@total": "2",'
        ' "hit": [', "]}}}", ("info", "title"),
    ),
}  # fmt: skip
"""Each kind of answer."""
