"""Write the OpenAPI document of the server from the table of operations and the structs."""

from http import HTTPStatus
from typing import Any

import msgspec

from index import __version__
from web.api.envelope import AnswerMeta
from web.api.failures import FailureDocument
from web.api.operations import COMMON_STATUSES, OPERATIONS, Operation
from web.api.parameters import FIELDS, Parameter
from web.api.schemas import DIALECT
from web.api.selection import SELECTED

_REF = "#/components/schemas/{name}"
_MEANINGS = {
    400: "A parameter is not valid.",
    404: "There is no such paper or page.",
    410: "The cursor belongs to an earlier generation of the index.",
    429: "Too many requests; `Retry-After` says when to come back.",
    503: "The index cannot be used, or too many costly requests are running.",
}


def build_openapi(root: str = "", operations: tuple[Operation, ...] = OPERATIONS) -> dict[str, Any]:
    """Build the OpenAPI 3.1 document.

    Args:
        root: The path under which the server answers, without a final slash.
        operations: The addresses that it describes.
    """
    kinds = [FailureDocument, AnswerMeta, *dict.fromkeys(one.answer for one in operations)]
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_REF)
    for answer, listed in SELECTED.items():
        if answer in kinds:
            schemas |= _describe_selected(schemas, answer.__name__, listed.__name__)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Papersearch",
            "version": __version__,
            "description": "Search over papers: every answer has `data`, `meta` and `links`.",
        },
        "servers": [{"url": root or "/"}],
        "paths": {one.path: {"get": _describe_operation(one)} for one in operations},
        "components": {"schemas": schemas},
    }


def _describe_selected(schemas: dict[str, Any], answer: str, listed: str) -> dict[str, Any]:
    """Describe an answer that has only the keys of a paper that `fields` names."""
    partial = dict(schemas[listed], title=f"Selected{listed}", minProperties=0)
    del partial["required"]
    found = {f"Selected{listed}": partial}
    if answer != listed:
        properties = dict(schemas[answer]["properties"])
        items = {"$ref": _REF.format(name=f"Selected{listed}")}
        properties["hits"] = dict(properties["hits"], items=items)
        found[f"Selected{answer}"] = dict(
            schemas[answer], title=f"Selected{answer}", properties=properties
        )
    return found


def _describe_operation(one: Operation) -> dict[str, Any]:
    statuses = sorted({*COMMON_STATUSES, *one.statuses})
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [_describe_parameter(each) for each in one.parameters],
        "responses": {
            "200": _describe_response("The answer.", _describe_envelope(one)),
            **{str(code): _describe_failure(code) for code in statuses},
        },
    }


def _describe_failure(code: int) -> dict[str, Any]:
    if code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND}:
        return {"description": "The index writes the name in another way; `Location` has it."}
    schema = {"$ref": _REF.format(name=FailureDocument.__name__)}
    return _describe_response(_MEANINGS[code], schema)


def _describe_parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": one.place,
        "required": one.required,
        "description": one.description,
        "schema": dict(one.schema),
    }


def _describe_envelope(one: Operation) -> dict[str, Any]:
    """Describe the envelope around an operation's document."""
    data: dict[str, Any] = {"$ref": _REF.format(name=one.answer.__name__)}
    if FIELDS in one.parameters:
        selected = {"$ref": _REF.format(name=f"Selected{one.answer.__name__}")}
        data = {"anyOf": [data, selected], "description": "With `fields`, papers have only these."}
    return {
        "type": "object",
        "properties": {
            "data": data,
            "meta": {"$ref": _REF.format(name=AnswerMeta.__name__)},
            "links": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "required": ["data", "meta", "links"],
    }


def _describe_response(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
