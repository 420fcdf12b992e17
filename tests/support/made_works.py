"""Make an index of works of several records without a dump.

The records are read and repaired as in a build; the caller says which of them are one work.
"""

import random
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from index import __version__
from index.engines.document import analyse_paper, make_part
from index.engines.engine import load_engine
from index.errors import RecordError
from index.fields import PART, ROW, WORK
from index.formats.jsonl import OwnRecord, convert
from index.normalise.paper import normalise
from index.records import Paper, Source, list_record_ids
from index.store.generations import CURRENT, ENGINE, GENERATIONS
from index.store.ledger import LEDGER, Ledger
from index.store.manifest import MANIFEST, Manifest, write_json
from index.store.vocabulary import write_words
from index.works.merge import merge_records
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest, View
from tests.support.engine_queries import PEOPLE, WORDS, make_records

NAME = "20200101T000000Z-made"

Record = Mapping[str, object]
Document = tuple[Paper, str]
"""A paper and its value of `dup`."""


def make_paper(record: Record, number: int = 1) -> Paper:
    """Normalise one record as a build does."""
    form = str(record.get("format", "jsonl"))
    own = msgspec.convert({name: record[name] for name in record if name != "format"}, OwnRecord)
    place = Source(f"{form}.gz", "part/1", number, 100 * number, "2020-01-02", "CC0-1.0")
    raw = msgspec.structs.replace(convert(own, place), format=form)
    shows = tuple(msgspec.structs.replace(show, source=place) for show in raw.appearances)
    return normalise(msgspec.structs.replace(raw, appearances=shows))


def make_documents(*works: Sequence[Record]) -> list[Document]:
    """Return the documents of works, each given as its records."""
    found: list[Document] = []
    for records in works:
        papers = [make_paper(record, number) for number, record in enumerate(records, start=1)]
        several = len(papers) > 1
        found += [(paper, ROW if several else "") for paper in papers]
        found += [(merge_records(papers), WORK)] if several else []
    return found


def make_separate_documents(records: Iterable[Record]) -> list[Document]:
    """Return the documents of records as separate works, even if they are similar."""
    found: list[Document] = []
    for record in records:
        with suppress(RecordError):  # a build rejects it
            found.append((make_paper(record), ""))
    return found


def find_added(paper_id: str) -> int:
    """Return when an index first had a paper: on one of forty days from 2026-11-01 on."""
    return 1_793_491_200 + 86_400 * (zlib.crc32(paper_id.encode()) % 40)


def write_index(directory: Path, kept: Iterable[Document], name: str = "tantivy") -> Path:
    """Write a generation of documents, and put it in use."""
    folder = directory / GENERATIONS / NAME
    shutil.rmtree(folder, ignore_errors=True)
    writer, documents = load_engine(name).open_writer(folder / ENGINE), list(kept)
    count, probe = 0, ""
    ledger = Ledger(folder / LEDGER, writable=True)
    for paper, dup in documents:
        _list_record(ledger, paper, dup)
        ready = make_part(paper.id) if dup == PART else analyse_paper(paper, dup)
        if dup != PART:
            ready = msgspec.structs.replace(ready, added=find_added(paper.id))
        writer.add(ready, msgspec.msgpack.encode(paper if dup != PART else paper.abstract))
        if dup not in (ROW, PART):
            count, probe = count + 1, paper.id
    writer.close()
    ledger.commit()
    ledger.close()
    with load_engine(name).open_reader(folder / ENGINE) as papers:
        write_words(folder, papers.list_tokens)
    version = load_engine(name).read_version()
    made = Manifest(
        name=NAME, created="2020-01-01T00:00:00Z", papers=count,
        documents=len(documents), records=count, probe=probe, engine=name,
        engine_version=version, dumps=(), files=(), code_version=__version__,
    )  # fmt: skip
    write_json(folder / MANIFEST, made)
    (directory / CURRENT).write_text(NAME + "\n", encoding="utf-8")
    return directory


def _list_record(ledger: Ledger, paper: Paper, dup: str) -> None:
    """Put a record into a ledger, or a work after the records that it is made of."""
    if dup == WORK:
        rows = [ledger.find_key(key) for key in list_record_ids(paper)]
        numbers = [row.number for row in rows if row]
        ledger.join_records(sorted(numbers), min(numbers), numbers[0])
    elif dup != PART:
        ledger.insert(paper.id, ledger.next, "made", added=find_added(paper.id))


def make_works(count: int = 24) -> Iterator[list[Record]]:
    """Yield works of one to four records that partly share words, names and years."""
    choice = random.Random(5)
    for number in range(count):
        title = " ".join(choice.choices(WORDS, k=choice.randint(2, 6)))
        authors = choice.sample(PEOPLE.split("; "), choice.randint(1, 3))
        yield [
            {
                "id": f"work-{number:02}{'' if at == 0 else 'abc'[at - 1]}",
                "format": choice.choice(["arxiv", "dblp", "acl"]),
                "title": title if choice.random() < 0.6 else f"{title} revisited",
                "abstract": " ".join(choice.choices(WORDS, k=choice.choice([0, 5, 40]))),
                "authors": authors if choice.random() < 0.7 else authors[:1],
                "venue": choice.choice(["ICML", "NeurIPS", "arXiv", "Nature", ""]),
                "year": choice.choice([1999, 2019, 2020, 2021, None]),
                "type": choice.choice(["preprint", "journal article", "conference paper"]),
                "status": choice.choice(["", "", "", "oral", "withdrawn", "rejected"]),
                "citations": choice.choice([None, 0, 7, 300]),
                "topics": choice.sample(["graphs", "deep learning", "C++"], choice.randint(0, 2)),
                "ids": {"doi": f"10.1145/{number}.{at}8"},
            }
            for at in range(choice.choice([1, 2, 2, 3, 4]))
        ]


STORIES: list[list[Record]] = [
    [
        {"id": "story", "title": "Voices in the Harbour", "authors": ["Ada Reed"], "venue": "ICML",
         "year": 2020, "type": "conference paper", "format": "dblp"},
        {"id": "Story-Early", "title": "Voices near the Haven", "authors": ["A. Reed"],
         "abstract": "Lighthouses were measured.", "venue": "arXiv", "year": 2019,
         "type": "preprint", "format": "arxiv", "ids": {"arxiv": "1901.00001"}},
        {"id": "story-third", "title": "Voices in the Harbour", "authors": ["Ada Reed"],
         "venue": "ICLR", "year": 2019, "type": "conference paper", "status": "rejected",
         "format": "openreview"},
    ],
    [{"id": "alone", "title": "Voices of the Lighthouse", "authors": ["Ada Reed"], "year": 2021}],
]  # fmt: skip

STORY, EARLY, THIRD = "story", "Story-Early", "story-third"

WORK_OF: list[Record] = [
    {"id": "openreview:tides", "format": "openreview", "title": "On Tides", "authors": ["Ada Reed"],
     "venue": "NeurIPS", "venue_kind": "conference", "year": 2020, "type": "conference paper",
     "ids": {"doi": "10.1000/tides", "openreview": "tides"}, "citations": 12,
     "urls": {"pdf": "https://example.org/a.pdf"}},
    {"id": "arxiv:1901.00001", "format": "arxiv", "title": "On the Tides", "authors": ["A. Reed"],
     "abstract": "Water was seen to rise.", "venue": "arXiv", "venue_kind": "repository",
     "year": 2019, "type": "preprint",
     "ids": {"doi": "10.48550/arxiv.1901.00001", "arxiv": "1901.00001"},
     "urls": {"pdf": "https://example.org/b.pdf", "page": "https://example.org/b"}},
    {"id": "dblp:conf/nips/Reed", "format": "dblp", "title": "On Tides", "authors": ["Ada Reed"],
     "appearances": [{"venue": "NeurIPS", "venue_name": "Advances 33", "venue_kind": "conference",
                      "year": 2020, "type": "conference paper"}]},
    {"id": "first//try", "format": "openreview", "title": "On Tides", "authors": ["Ada Reed"],
     "venue": "ICML", "venue_kind": "conference", "year": 2018, "type": "conference paper",
     "status": "rejected"},
]  # fmt: skip
ALONE: list[Record] = [{"id": "alone", "title": "On Tides at Night", "year": 2021}]

TIDES, PREPRINT, DBLP, TRY = (str(record["id"]) for record in WORK_OF)


class Indexes(NamedTuple):
    """The same works three times: with their records, alone, and only the records."""

    both: Searcher
    works: Searcher
    records: Searcher

    def index_of_view(self, view: View) -> Searcher:
        """Return the index that holds only what a view shows."""
        return self.records if view is View.RECORDS else self.works


def make_indexes(engine_name: str, folder: Path) -> Indexes:
    """Make the three indexes with an engine; the first also has parts, which no search shows."""
    singles = {record["id"]: [record] for record in make_records()}
    kept = make_documents(*singles.values(), *make_works(), *STORIES)
    kept += [(make_paper({"id": name, "title": "part"}), PART) for name in ("lost", STORY, EARLY)]
    works = [(paper, "") for paper, dup in kept if dup not in (ROW, PART)]
    records = [(paper, "") for paper, dup in kept if dup not in (WORK, PART)]
    made = {"both": kept, "works": works, "records": records}
    return Indexes(
        *(Searcher(write_index(folder / name, part, engine_name)) for name, part in made.items())
    )


def find_all(searcher: Searcher, request: SearchRequest) -> dict[str, Paper]:
    """Return all hits of a search by id."""
    hits: dict[str, Paper] = {}
    for page in range(1, 100):
        results = searcher.search(replace(request, page=page, per_page=100, facets=()))
        assert not hits.keys() & {hit.paper.id for hit in results.hits}
        hits |= {hit.paper.id: hit.paper for hit in results.hits}
        if len(hits) == results.total:
            return hits
    raise AssertionError


ORIGINAL = "Water was \\emph{seen}\n to rise."
"""The original text of the abstracts that `write_repaired_index` writes."""


def write_repaired_index(folder: Path) -> Path:
    """Write an index of one work of four records and one of a single record.

    Abstracts have `ORIGINAL` as their original text.
    """
    documents = make_documents(WORK_OF, ALONE)
    return write_index(folder, map(_add_original, documents))


def _add_original(document: Document) -> Document:
    paper, dup = document
    if not paper.abstract:
        return document
    return msgspec.structs.replace(paper, originals={"abstract": ORIGINAL}), dup
