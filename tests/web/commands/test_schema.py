"""Test `papers schema`: the JSON Schema of the project's own format agrees with its reader."""

from __future__ import annotations

import json
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any, cast

import msgspec
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
MINIMAL = {"id": "x", "title": "T"}
"""A record of the required keys only."""


def is_accepted(record: dict[str, Any]) -> bool:
    """Return whether the reader accepts a record."""
    file = BufferedReader(cast("RawIOBase", BytesIO(json.dumps(record).encode())))
    (found,) = FORMAT.read(Stream("d", "d", file))
    return not isinstance(found, Reject)


def is_exact(record: dict[str, Any]) -> bool:
    """Return whether every value of a record has the type that the reader's struct states."""
    try:
        msgspec.json.decode(json.dumps(record), type=OwnRecord)
    except msgspec.ValidationError:
        return False
    return True


def list_types(part: dict[str, Any]) -> set[str]:
    """Return the JSON types that a part of a schema allows."""
    named = (one.get("type", "object") for one in part.get("anyOf", [part]))
    return {kind for kinds in named for kind in ([kinds] if isinstance(kinds, str) else kinds)}


VALUES: dict[str, Any] = {"string": "a", "integer": 7, "number": 7.5, "boolean": True, "null": None,
                          "array": [], "object": {}}  # fmt: skip


def test_the_command_prints_the_schema(papers: Papers) -> None:
    """The command prints one JSON document, the schema of a record."""
    result = papers("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["type"] == "object"


def test_every_key_is_described() -> None:
    """The properties are the keys that the reader knows, each with a description."""
    assert tuple(SCHEMA["properties"]) == OwnRecord.__struct_fields__
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert part["description"]
        if part is not SCHEMA["$defs"]["Source"]:
            assert all(one.get("description") for one in part["properties"].values())


def test_required_keys() -> None:
    """The reader accepts a record of the required keys, and rejects it without any of them."""
    assert set(SCHEMA["required"]) == set(MINIMAL)
    assert is_accepted(MINIMAL)
    for key in MINIMAL:
        assert not is_accepted({name: value for name, value in MINIMAL.items() if name != key})


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("key", SCHEMA["properties"])
def test_types_agree(key: str, kind: str) -> None:
    """The schema allows exactly the types that the reader need not convert or drop."""
    allowed = list_types(SCHEMA["properties"][key])
    assert is_exact(MINIMAL | {key: VALUES[kind]}) == (kind in allowed)


INSIDE = [("authors", "OwnAuthor", {"name": "Ann Lee"}), ("appearances", "OwnAppearance", {})]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize(("key", "name", "minimal"), INSIDE)
def test_types_inside_agree(key: str, name: str, minimal: dict[str, Any], kind: str) -> None:
    """The same holds for the values inside an author and an appearance."""
    part = SCHEMA["$defs"][name]
    assert set(part.get("required", ())) == set(minimal)
    for inner, described in part["properties"].items():
        kinds = list_types(described)
        record = MINIMAL | {key: [minimal | {inner: VALUES[kind]}]}
        assert is_exact(record) == (kind in kinds), inner


EXAMPLES = [
    (key, example)
    for key, described in SCHEMA["properties"].items()
    for example in described.get("examples", ())
]


@pytest.mark.parametrize(("key", "example"), EXAMPLES)
def test_examples_are_accepted(key: str, example: Any) -> None:  # noqa: ANN401 - any JSON
    """The reader accepts every example of the schema."""
    assert is_accepted(MINIMAL | {key: example})


def test_sample_records_fit_the_schema() -> None:
    """Every record of the shipped sample has the required keys and no unknown ones."""
    records = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    assert len(records) > 400
    for record in records:
        assert set(SCHEMA["required"]) <= set(record) <= set(SCHEMA["properties"])
        assert is_accepted(record)
