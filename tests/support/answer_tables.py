"""Build the README's sections about the JSON answers from their structs."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def list_structs() -> list[type[msgspec.Struct]]:
    """Return every struct of `web.api`, module by module, in the order of their definition."""
    names = sorted(path.stem for path in (ROOT / "web" / "api").glob("*.py"))
    modules = [import_module(f"web.api.{name}") for name in names]
    return [kind for module in modules for kind in _list_own_structs(module.__name__)]


def _list_own_structs(name: str) -> list[type[msgspec.Struct]]:
    found = vars(import_module(name)).values()
    kinds = [one for one in found if inspect.isclass(one) and issubclass(one, msgspec.Struct)]
    return [kind for kind in kinds if kind.__module__ == name]


def build_section(kind: type[msgspec.Struct]) -> str:
    """Build the Markdown section of one struct: its name, what it is, and a table of its keys."""
    described = inspect.getdoc(kind)
    base = kind.__base__
    if base is not None and base is not msgspec.Struct:
        described = f"{described} It has the keys of `{base.__name__}` and these."
    head = [f"### {kind.__name__}", "", str(described), "", "| key | meaning |", "|---|---|"]
    return "\n".join([*head, *_list_rows(kind)])


def describe_keys(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return each key of a struct with its description; empty where it has none."""
    _, found = msgspec.json.schema_components([kind], ref_template="#/{name}")
    properties = found[kind.__name__]["properties"]
    return {key: part.get("description", "") for key, part in properties.items()}


def _list_rows(kind: type[msgspec.Struct]) -> Iterator[str]:
    inherited = getattr(kind.__base__, "__struct_fields__", ())
    for key, description in describe_keys(kind).items():
        if key not in inherited:
            yield f"| `{key}` | {description} |"
