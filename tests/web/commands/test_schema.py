"""Answers: does the schema of the project's own JSON say what its reader takes?"""

from __future__ import annotations

import json
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any, cast

import pytest

from index.dumps.streams import Stream
from index.formats.jsonl import FORMAT, OwnRecord, build_schema
from index.records import Reject
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import RawIOBase

    from click.testing import Result

    Papers = Callable[..., Result]

SCHEMA = build_schema()
LEAST = {"id": "x", "title": "T"}


def accepted(record: dict[str, Any]) -> bool:
    """Tell whether the reader takes a record."""
    file = BufferedReader(cast("RawIOBase", BytesIO(json.dumps(record).encode())))
    (found,) = FORMAT.read(Stream("d", "d", file))
    return not isinstance(found, Reject)


def named_types(part: dict[str, Any]) -> set[str]:
    """Give the JSON types that a part of a schema allows."""
    return {one.get("type", "object") for one in part.get("anyOf", [part])}


VALUES: dict[str, Any] = {"string": "a", "integer": 7, "number": 7.5, "boolean": True, "null": None,
                          "array": [], "object": {}}  # fmt: skip


def test_the_command_prints_the_schema(papers: Papers) -> None:
    """What is printed is one JSON document, the schema of a record."""
    result = papers("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["type"] == "object"


def test_every_key_that_is_read_is_told() -> None:
    """The properties are the keys that the reader knows, each with what it means."""
    assert tuple(SCHEMA["properties"]) == OwnRecord.__struct_fields__
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert part["description"]
        if part is not SCHEMA["$defs"]["Source"]:
            assert all(one.get("description") for one in part["properties"].values())


def test_what_is_needed_is_needed() -> None:
    """A record of the keys that are required is read; without one of them it is not."""
    assert set(SCHEMA["required"]) == set(LEAST)
    assert accepted(LEAST)
    for key in LEAST:
        assert not accepted({name: value for name, value in LEAST.items() if name != key})


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("key", SCHEMA["properties"])
def test_types_agree(key: str, kind: str) -> None:
    """A value of a type is read if the schema allows that type, and rejected if not."""
    allowed = named_types(SCHEMA["properties"][key])
    assert accepted(LEAST | {key: VALUES[kind]}) == (kind in allowed)


INSIDE = [("authors", "OwnAuthor", {"name": "Ann Lee"}), ("appearances", "OwnAppearance", {})]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize(("key", "name", "least"), INSIDE)
def test_types_inside_agree(key: str, name: str, least: dict[str, Any], kind: str) -> None:
    """The same holds for what is in an author and in an appearance."""
    part = SCHEMA["$defs"][name]
    assert set(part.get("required", ())) == set(least)
    for inner, described in part["properties"].items():
        kinds = named_types(described)
        record = LEAST | {key: [least | {inner: VALUES[kind]}]}
        assert accepted(record) == (kind in kinds), inner


@pytest.mark.parametrize("key", SCHEMA["properties"])
def test_examples_are_read(key: str) -> None:
    """Every example of the schema is a value that the reader takes."""
    for example in SCHEMA["properties"][key].get("examples", ()):
        assert accepted(LEAST | {key: example})


def test_real_records_keep_to_it() -> None:
    """The records of the shipped sample have no key that the schema does not name."""
    for line in SAMPLE.read_text("utf-8").splitlines():
        record = json.loads(line)
        assert set(SCHEMA["required"]) <= set(record) <= set(SCHEMA["properties"])
        assert accepted(record)
