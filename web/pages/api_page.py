"""Serve the page about the API, and its OpenAPI document."""

import re

from flask import Response, render_template, request
from markupsafe import Markup, escape

from web.api.openapi import build_openapi
from web.api.operations import OPERATIONS, Operation
from web.api.parameters import Parameter
from web.api.schemas import list_keys
from web.pages.base_address import find_base
from web.pages.blueprint import encode_json, pages


@pages.get("/api")
def api() -> str:
    """Show every operation with its parameters and keys, a form to try it and a line for curl."""
    return render_template(
        "api.html",
        operations=OPERATIONS,
        keys={one.name: list_keys(one.answer) for one in OPERATIONS},
        limits=describe_limits,
        base=find_base(),
        template_of=_find_form_address,
    )


@pages.get("/api/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI document, which has no envelope."""
    return encode_json(build_openapi(request.script_root))


@pages.app_template_filter("code")
def mark_code(text: str) -> Markup:
    """Return a description as HTML: what stands between backquotes is code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def describe_limits(one: Parameter) -> str:
    """Return which values a parameter takes, in a few words."""
    schema = one.schema
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']:,}"
    if schema["type"] == "array":
        return "repeatable"
    return f"at most {schema['maxLength']:,} characters"


def _find_form_address(one: Operation) -> str:
    """Return the address of a form for an operation; an id goes into a parameter, not the path."""
    return one.path.replace("/{paper_id}", "")
