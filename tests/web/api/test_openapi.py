"""Test the OpenAPI document: it names every address, and the server keeps what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from web.api.openapi import build_openapi
from web.api.operations import OPERATIONS
from web.app import create_app
from web.pages.api_page import describe_limits, mark_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.support.page import Element

EXAMPLES = 25
"""Requests made up for each address. Chosen: each takes some ms."""

KEPT = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]
FORMATS = ("/api/openapi.json", "/opensearch.json", ".manifest.json", ".csl.json")
"""What ends like a JSON answer but is another format, without an envelope."""


@pytest.fixture(scope="module")
def app(sample_index: Path) -> Flask:
    """Return the application over the sample."""
    return create_app(sample_index)


def test_every_address_is_described(app: Flask) -> None:
    """The table lists exactly the addresses of the server that answer with JSON."""
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith(".json")}
    served = {rule for rule in served if not rule.endswith(FORMATS)}
    listed = {one.path.replace("{", "<").replace("}", ">") for one in OPERATIONS}
    assert {rule.replace("<path:", "<") for rule in served} == listed


def test_the_document_is_served(client: FlaskClient) -> None:
    """The document is valid JSON Schema throughout, and each of its references leads somewhere."""
    document: Any = client.get("/api/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert {path["get"]["operationId"] for path in document["paths"].values()} == {
        one.name for one in OPERATIONS
    }
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    names = set(_list_references(document))
    assert names == {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}


def _list_references(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for part in value.values() for one in _list_references(part)]
    if isinstance(value, list):
        return [one for part in value for one in _list_references(part)]
    return []


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.name for one in OPERATIONS])
def test_the_server_keeps_its_promises(app: Flask, name: str) -> None:
    """Whatever is asked, status, type and body of the answer are as the document says."""
    schema = schemathesis.openapi.from_dict(build_openapi())
    operation = schema.find_operation_by_id(name)
    asked = []

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=st.data())
    def ask(case: st.DataObject) -> None:
        request = case.draw(operation.as_strategy())
        response = request.call(
            app=app, base_url="http://localhost", headers={"Accept-Encoding": "identity"}
        )
        request.validate_response(response, checks=KEPT)
        asked.append(response.status_code)

    ask()
    assert asked


def test_the_page_describes_every_operation(
    client: FlaskClient, read: Callable[[str], list[Element]]
) -> None:
    """The page has a section for each address, and a control for each of its parameters."""
    elements = read(client.get("/api").text)
    headings = {element.text for element in elements if element.tag == "h2"}
    controls = {element.get("id") for element in elements}
    assert {f"GET {one.path}" for one in OPERATIONS} <= headings
    for one in OPERATIONS:
        if "{name}" not in one.path:  # which no form can fill in
            assert {f"{one.name}-{each.name}" for each in one.parameters} <= controls
        assert all(describe_limits(each) for each in one.parameters)


def test_descriptions_are_escaped() -> None:
    """What stands between backquotes is code, and nothing is markup."""
    assert mark_code("`a<b>` & <i>") == "<code>a&lt;b&gt;</code> &amp; &lt;i&gt;"


@pytest.mark.parametrize("one", [one for one in OPERATIONS if one.example])
def test_examples_can_be_tried(client: FlaskClient, one: Any) -> None:  # noqa: ANN401 - an operation
    """The example of an address is answered, and belongs to it."""
    assert one.example.startswith(one.path.partition("{")[0])
    assert client.get(one.example).status_code == 200
