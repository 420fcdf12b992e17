"""Test that the README and the schemas describe every key of every JSON answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from index.meaning.status import IndexStatus
from index.store.manifest import Report
from tests.support.answer_tables import build_section, describe_keys, list_structs
from tests.support.paths import ROOT, SAMPLE
from web.api.envelope import Answer
from web.api.schemas import ANSWERS, derive_schema
from web.commands import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from flask.testing import FlaskClient

README = (ROOT / "web" / "api" / "README.md").read_text("utf-8")
ATTENTION = "vaswani-2017-attention"

PRINTED = {
    "results": ["search", "--json", "--explain", "nosuch:lerning (wang"],
    "paper": ["show", "--json", ATTENTION],
    "similar": ["similar", "--json", ATTENTION],
    "why-not": ["why-not", "--json", "--year", "2018", "adam (deep OR title:nets)", ATTENTION],
    "suggest": ["suggest", "--json", "atten"],
    "status": ["status", "--json"],
    "report": ["build", "--json", "--dry-run", str(SAMPLE)],
}
SERVED = {
    "results": "/search.json?q=attention&venue=NeurIPS&explain=1",
    "paper": f"/paper/{ATTENTION}.json",
    "similar": f"/similar.json?id={ATTENTION}",
    "why-not": f"/why-not.json?q=adam&id={ATTENTION}",
    "graph": "/graph.json?topic=attention&open=topic:transformers",
    "suggest": "/suggest.json?q=hint",
    "facet": "/facet/venue.json?q=attention",
    "index": "/index.json",
    "error": "/paper/nope.json",
}


@pytest.mark.parametrize("kind", list_structs(), ids=lambda kind: kind.__name__)
def test_readme_describes_every_key(kind: type[msgspec.Struct]) -> None:
    """The README has the section of every struct, and every key has a description."""
    assert "" not in describe_keys(kind).values()
    assert build_section(kind) in README


def test_readme_describes_nothing_else() -> None:
    """Every section about a struct is about one that exists."""
    headings = [line[4:] for line in README.splitlines() if line.startswith("### ")]
    assert headings == [kind.__name__ for kind in list_structs()]


@pytest.mark.parametrize("name", PRINTED)
def test_printed_answers_fit_their_struct(papers: Callable[..., Result], name: str) -> None:
    """What a command prints decodes into the struct and encodes into the same document."""
    _check(name, papers(*PRINTED[name]).stdout.encode())


@pytest.mark.parametrize("name", SERVED)
def test_served_answers_fit_their_struct(client: FlaskClient, name: str) -> None:
    """What an address returns decodes into the struct and encodes into the same document."""
    response = client.get(SERVED[name])
    assert response.mimetype == "application/json"
    _check(name, response.data, wrapped=name != "error")


def _check(name: str, printed: bytes, *, wrapped: bool = False) -> None:
    kind: Any = ANSWERS[name]
    document = msgspec.json.decode(printed, type=Answer[kind] if wrapped else kind)
    assert json.loads(msgspec.json.encode(document)) == json.loads(printed)


@pytest.mark.parametrize("name", ANSWERS)
def test_command_prints_the_schema(papers: Callable[..., Result], name: str) -> None:
    """``papers schema NAME`` prints the schema of that answer."""
    printed = json.loads(papers("schema", name).stdout)
    assert printed == json.loads(msgspec.json.encode(derive_schema(name)))


def test_the_command_knows_every_answer() -> None:
    """The command takes the names of the answers without loading them."""
    assert tuple(ANSWERS) == schema.ANSWERS


@pytest.mark.parametrize("name", ANSWERS)
def test_schemas_name_their_keys(name: str) -> None:
    """A schema has the keys of its struct, says which are required, and names its dialect."""
    schema = derive_schema(name)
    definition: dict[str, Any] = schema["$defs"][ANSWERS[name].__name__]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert tuple(definition["properties"]) == ANSWERS[name].__struct_fields__
    assert definition["description"]
    if ANSWERS[name] not in {IndexStatus, Report}:  # files of the index, whose keys may be absent
        assert definition["required"] == list(ANSWERS[name].__struct_fields__)
