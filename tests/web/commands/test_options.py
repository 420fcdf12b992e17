"""Test the options that commands share."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from search.errors import ParameterInvalid
from search.request.facets import FACETS, Selection
from tests.support.command_tables import load_command
from web.cli import COMMANDS, main
from web.commands.options import (
    NonEmpty,
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


MEANT_EMPTY = {
    *FACETS,  # no filter
    "licence",  # none is known
    "query",  # every paper
    *("text", "paper", "paper_id", "names"),  # nothing has this name
}
"""Parameters for which an empty value has a meaning."""


def _list_texts(name: str) -> list[click.Parameter]:
    """Return the parameters of a command that take a value and are meant to have one."""
    return [
        param
        for param in load_command(name).params
        if not getattr(param, "is_flag", False) and param.name not in MEANT_EMPTY
    ]


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize("name", COMMANDS)
def test_empty_values_are_usage_errors(name: str, empty: str, tmp_path: Path) -> None:
    """No command takes an empty path for the current folder, or an empty name for any."""
    needed = {"build": ["d"], "add": ["d"], "remove": ["x"], "show": ["x"], "similar": ["x"]}
    others = needed | {"suggest": ["x"], "why-not": ["x", "y"]}
    for param in _list_texts(name):
        argument = isinstance(param, click.Argument)
        given = [empty] if argument else [param.opts[0], empty, *others.get(name, [])]
        done = CliRunner().invoke(main, [name, *given], env={"PAPERS_INDEX": str(tmp_path)})
        assert done.exit_code == 2, (param, done.output)
        assert done.stderr.count("Error: ") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    """The share of rejects has to be a number."""
    given = ["build", "--index", str(tmp_path / "ix"), "--max-rejects", "nan", "x"]
    done = CliRunner().invoke(main, given)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        2,
        "Error: Invalid value for '--max-rejects': 'nan' is not a number from 0 to 100.",
    )


def test_a_value_is_read_after_the_check() -> None:
    """The command gets what the reader makes of the value."""
    assert NonEmpty("a folder", Path).convert("x", None, None) == Path("x")
    with pytest.raises(click.BadParameter, match=r"^it is empty\. Name a folder\.$"):
        NonEmpty("a folder").convert("", None, None)
