"""Test the options that commands share."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from search.errors import ParameterInvalid
from search.request.facets import FACETS, Selection
from web.commands.options import (
    decode_text,
    facet_options,
    index_option,
    json_option,
    parse_selections,
    records_option,
)


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    """A byte of the command line that is not UTF-8 becomes U+FFFD; other text is unchanged."""
    assert decode_text("Łuk") == "Łuk"
    assert decode_text(b"a\xffb".decode("utf-8", "surrogateescape")) == "a\ufffdb"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {}),
        ({"venue": (), "year": ("", " ")}, {}),
        ({"venue": (" ICML ", "-ICLR")}, {"venue": Selection(("ICML",), ("ICLR",))}),
        ({"year": ("2012..2020",)}, {"year": Selection(low=2012, high=2020)}),
    ],
)
def test_selections(chosen: dict[str, tuple[str, ...]], expected: dict[str, Selection]) -> None:
    """Values are trimmed, a minus excludes, a range selects years, and empty values are dropped."""
    assert parse_selections(chosen) == expected


def test_years_are_numbers() -> None:
    """A year that is not a number is an error."""
    with pytest.raises(ParameterInvalid):
        parse_selections({"year": ("abc",)})


def test_every_facet_has_an_option() -> None:
    """The facets are options, in their order."""

    @click.command()
    @facet_options
    def search() -> None:
        """Search."""

    assert [param.name for param in search.params] == list(FACETS)


@pytest.mark.parametrize("option", ["--records", "--raw"])
def test_the_former_name_of_records_works(option: str) -> None:
    """--raw is read as --records, and the help shows only --records."""

    @click.command()
    @index_option
    @records_option
    @json_option
    def show(index_name: str | None, *, records: bool, as_json: bool) -> None:
        click.echo(f"{index_name} {records} {as_json}")

    assert CliRunner().invoke(show, [option]).stdout == "None True False\n"
    shown = CliRunner().invoke(show, ["--help"]).stdout
    assert "--records" in shown
    assert "--raw" not in shown
