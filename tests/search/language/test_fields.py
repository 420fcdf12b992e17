"""Check the table of the fields that can be named in a query."""

import pytest

import index.fields
from search.language.fields import BY_NAME, FIELDS, FieldKind, SearchField
from search.language.parser import parse
from tests.support.paths import ROOT

README = (ROOT / "search" / "language" / "README.md").read_text("utf-8")
NAMES = sorted(BY_NAME)


def test_names_are_unique() -> None:
    """No name, alias or former name belongs to two fields."""
    names = [name for field in FIELDS for name in (field.name, *field.aliases, *field.former)]
    assert len(names) == len(set(names)) == len(BY_NAME)


@pytest.mark.parametrize("name", NAMES)
def test_a_field_can_be_typed_under_any_name(name: str) -> None:
    """Each name can be typed in either case and is printed as the field's own name."""
    field = BY_NAME[name]
    values = {FieldKind.SWITCH: "no", FieldKind.PRESENCE: "abstract"}
    value = values.get(field.kind, "2019")
    for typed in (name, name.upper()):
        parsed = parse(f"{typed}:{value}")
        assert parsed.notices == ()
        if field.kind is FieldKind.SWITCH:
            assert parsed.records is (name in field.former)
        else:
            assert str(parsed.query).startswith(f"{field.name}:")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_documented(field: SearchField) -> None:
    """The README of the room has a row for every field, with its other names."""
    names = ", ".join(f"`{alias}`" for alias in field.aliases) or "-"
    assert f"| `{field.name}` | {names} | {field.means} |" in README.splitlines()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_searches_fields_of_the_index(field: SearchField) -> None:
    """Every field is backed by fields that the index has."""
    assert field.index
    assert set(field.index) <= set(index.fields.FIELDS)
