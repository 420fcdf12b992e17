"""Check that an odd value at any depth of a JSON record costs nothing but itself, in all readers.

Each value of each sample record is replaced by each value of `ODD`. The record still has its id and
title, unless the value was one of these, and the record before and after it is read.
"""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import pytest
from msgspec import inspect

import index.formats
from index.build.messages import Origin, Outcome
from index.build.prepare import prepare_record
from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.records import NUMBER_LIMIT, RawRecord, Reject
from tests.support import json_samples as samples
from tests.support.json_answers import ANSWERS

Place = tuple[str | int, ...]
"""The keys and positions that lead to a value."""

SAMPLES: dict[str, samples.Record] = {
    "openalex": samples.OPENALEX,
    "semantic_scholar": samples.SEMANTIC_SCHOLAR,
    "semantic_scholar abstract": samples.S2_ABSTRACT,
    "crossref": samples.CROSSREF,
    "openreview": samples.OPENREVIEW,
    "openreview 1": samples.OPENREVIEW_1,
    "csl": samples.CSL,
    "arxiv": samples.ARXIV,
    "paperlists": samples.PAPERLISTS,
    "jsonl": samples.OWN,
}

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 12.5, 1e300, float("nan"), float("inf"), 10**18, 10**30,
    -(10**450), "", " ", "odd", "12", "12.0", "-", "x" * 9_000, "a\ud800b", "\0", [], [[]], [None],
    ["odd"], ["odd", "odder"], [[["odd"]]], [7], [True, {}], [{"a": 1}], {}, {"a": "b"},
    {"name": "odd"}, {"value": ["odd"]}, {"0": "odd", "1": "odder"}, {"a": {"b": {"c": [1]}}},
)  # fmt: skip

IDENTITY = {
    "openalex": {"id", "title", "is_paratext"},
    "semantic_scholar": {"corpusid", "title"},
    "semantic_scholar abstract": {"corpusid", "openaccessinfo"},
    "crossref": {"DOI", "title", "subtitle", "type"},
    "openreview": {"id", "forum", "content"},
    "openreview 1": {"id", "original", "forum", "replyto", "readers", "content"},
    "csl": {"id", "DOI", "title"},
    "arxiv": {"id", "title"},
    "paperlists": {"id", "title"},
    "jsonl": {"id", "title"},
}
"""Keys of a record without which it is none, another one, or no paper."""


def list_places(value: object, place: Place = ()) -> Iterator[Place]:
    """Yield the place of each value in a record."""
    inner: Any = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for key, below in inner:
        yield (*place, key)
        yield from list_places(below, (*place, key))


def put(record: samples.Record, place: Place, odd: object) -> samples.Record:
    """Return a copy of a record with another value at a place."""
    changed: samples.Record = json.loads(json.dumps(record))
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = odd
    return changed


def read(name: str, records: list[samples.Record]) -> list[RawRecord | Reject]:
    """Write records, a line each or in an array, and read them."""
    lines = [json.dumps(record) for record in records]
    array = name == "paperlists"
    text = "[" + ",\n".join(lines) + "]" if array else "\n".join(lines)
    stream = Stream("d.json", "iclr/iclr2024.json", BytesIO(text.encode()))
    form = recognise_format(stream)
    assert form is not None
    assert form.short_name == name.split(" ", maxsplit=1)[0]
    return list(form.read(stream))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_value(name: str) -> None:
    """Whatever a value is replaced by, the record is read, and so are its neighbours."""
    sample = SAMPLES[name]
    cases = [(place, odd) for place in list_places(sample) for odd in ODD]
    changed = [put(sample, *case) for case in cases]
    records = [one for pair in zip([sample] * len(changed), changed, strict=True) for one in pair]
    found = read(name, records)
    assert len(found) == len(records) > 300
    first = found[0]
    assert isinstance(first, RawRecord)
    for good in found[::2]:
        assert isinstance(good, RawRecord)
        assert (good.id, good.title, good.authors) == (first.id, first.title, first.authors)
    for (place, odd), one in zip(cases, found[1::2], strict=True):
        prepared = prepare_record(one, Origin(name))
        if place[0] in IDENTITY[name]:
            continue
        assert prepared.outcome is Outcome.PAPER, (place, odd, prepared.reject)
        assert isinstance(one, RawRecord)
        assert one.id == first.id, (place, odd)


TITLES_AND_IDS = {
    "title", "titles", "attributes", "metadata", "data", "info", "citingPaper", "citedPaper", "key",
    "id", "source", "bibcode", "control_number", "CorpusId", "type", "bibjson", "title_s",
    "halId_s", "docid",
}  # fmt: skip
"""Keys without whose value a record of an answer may be none, or one that is no paper."""


@pytest.mark.parametrize("name", ANSWERS)
def test_an_odd_value_in_an_answer(name: str) -> None:
    """The same holds for what APIs return; to save time, a value gets a third of the odd ones."""
    answer = ANSWERS[name]
    places = enumerate(list_places(answer.record))
    cases = [(place, odd) for at, place in places for odd in ODD[at % 3 :: 3]]
    changed = [put(answer.record, *case) for case in cases]
    records = [one for record in changed for one in (record, answer.record)]
    text = answer.head + ",".join(map(json.dumps, [answer.record, *records])) + answer.tail
    stream = Stream("d.json", "d.json", BytesIO(text.encode()))
    form = recognise_format(stream)
    assert form is not None
    assert form.short_name == answer.format
    found = list(form.read(stream))
    assert len(found) == len(records) + 1 > 300
    assert {one.id if isinstance(one, RawRecord) else "" for one in found[::2]} == {
        found[0].id if isinstance(found[0], RawRecord) else "?"
    }
    for (place, odd), one in zip(cases, found[1::2], strict=True):
        prepared = prepare_record(one, Origin(answer.format))
        names = {key for key in place if isinstance(key, str)}
        kept = prepared.outcome is Outcome.PAPER
        assert kept or place[-1] in {*TITLES_AND_IDS, 0} or "titles" in names, (place, odd)


LISTED: list[tuple[str, samples.Record, str]] = [
    ("arxiv", {"abstract": ["We walk.", "Then we stop."]}, "We walk.\n\nThen we stop."),
    ("jsonl", {"abstract": ["We walk.", "Then we stop."]}, "We walk.\n\nThen we stop."),
    ("csl", {"abstract": ["We walk.", "Then we stop."]}, "We walk.\n\nThen we stop."),
    ("crossref", {"abstract": ["We walk.", "Then we stop."]}, "We walk.\n\nThen we stop."),
    ("semantic_scholar", {"abstract": ["We walk.", "We stop."]}, "We walk.\n\nWe stop."),
    ("arxiv", {"authors_parsed": None, "authors": ["Ann Lee", "Bo Li"]}, "Ann Lee, Bo Li"),
    ("arxiv", {"categories": ["cs.LG", "cs.IR"]}, "cs.LG, cs.IR"),
    ("paperlists", {"author": ["Ann Lee", "Bo Li"], "aff": ["A", "B"]}, "Ann Lee, Bo Li"),
    ("paperlists", {"keywords": ["walks", "graphs"]}, "walks, graphs, "),
    ("csl", {"keyword": ["walks", "graphs"]}, "walks, graphs"),
]


@pytest.mark.parametrize(("name", "change", "expected"), LISTED)
def test_a_list_instead_of_a_text(name: str, change: samples.Record, expected: str) -> None:
    """The paragraphs, people or keywords of a list are joined as the format separates them."""
    _, found = read(name, [SAMPLES[name], SAMPLES[name] | change])
    assert isinstance(found, RawRecord)
    assert set(found.odd) == {key for key, value in change.items() if value}
    people = ", ".join(author.name for author in found.authors)
    assert expected in (found.abstract, people, ", ".join(found.topics))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_author(name: str) -> None:
    """An author without a usable name costs no other author."""
    sample = SAMPLES[name]
    key = next(
        (k for k in ("authors_parsed", "authorships", "author", "authors") if k in sample), ""
    )
    if not isinstance(sample.get(key), list):
        return
    (plain,) = read(name, [sample])
    assert isinstance(plain, RawRecord)
    for odd in ODD:
        _, one = read(name, [sample, put(sample, (key,), [odd, *sample[key]])])
        assert isinstance(one, RawRecord)
        assert one.authors[-len(plain.authors) :] == plain.authors, odd


def list_decoders() -> dict[str, msgspec.json.Decoder[Any]]:
    """Return the decoders of all modules of the room."""
    names = [module.name for module in pkgutil.iter_modules(index.formats.__path__)]
    modules = [importlib.import_module(f"index.formats.{name}") for name in names]
    values = [(module.__name__, value) for module in modules for value in vars(module).values()]
    return {name: value for name, value in values if isinstance(value, msgspec.json.Decoder)}


DECODERS = list_decoders()


def find_integers(kind: type) -> Iterator[inspect.IntType]:
    """Yield the types of numbers anywhere in a struct."""
    seen, waiting = set(), [inspect.type_info(kind)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, inspect.IntType):
            yield part
        elif isinstance(part, inspect.StructType) and part.cls not in seen:
            seen.add(part.cls)
            waiting += [field.type for field in part.fields]
        names = ("type", "value_type", "item_type")
        waiting += [getattr(part, name) for name in names if hasattr(part, name)]
        waiting += getattr(part, "types", ())


@pytest.mark.parametrize("name", DECODERS)
def test_numbers_have_64_bits(name: str) -> None:
    """Each number of a record is an `Integer`, since no larger one can be passed on."""
    bounds = {(one.ge, one.le) for one in find_integers(DECODERS[name].type)}
    assert bounds <= {(-NUMBER_LIMIT, NUMBER_LIMIT - 1)}
    assert "index.formats.crossref" in DECODERS
