"""Test how the indexes of a server are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from web.app import create_app
from web.indexes.application import create_indexes_app
from web.indexes.names import LONGEST_NAME, RESERVED, parse_indexes

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


def test_folders_and_names(tmp_path: Path) -> None:
    """A folder names its index, unless a name is given; the order is kept."""
    values = [f"ml={tmp_path / 'x'}", str(tmp_path / "My Papers_2026"), f"{tmp_path}/b/"]
    assert parse_indexes(values) == {
        "ml": tmp_path / "x",
        "my-papers-2026": tmp_path / "My Papers_2026",
        "b": tmp_path / "b",
    }
    odd = tmp_path / "a=b"
    odd.mkdir()
    assert parse_indexes([str(odd)]) == {"a-b": odd}


@pytest.mark.parametrize(
    "name", ["", "A", "a_b", "-a", "a-", "a.json", "é", "search", "paper", "a" * (LONGEST_NAME + 1)]
)
def test_names_that_no_address_can_have(name: str) -> None:
    """Such a name is refused, with what to write instead."""
    with pytest.raises(ValueError, match="Write NAME=DIR"):
        parse_indexes([f"{name}=folder"])


def test_two_indexes_of_one_name() -> None:
    """They are refused, since their addresses would be the same."""
    with pytest.raises(ValueError, match="two indexes are named 'a'"):
        parse_indexes(["x/a", "y/a"])


def _list_beginnings(app: Flask) -> set[str]:
    rules = (rule.rule for rule in app.url_map.iter_rules())
    first = {rule.split("/")[1] for rule in rules}
    return {name for name in first if re.fullmatch("[a-z0-9-]+", name)}


def test_every_page_keeps_its_address(sample_index: Path) -> None:
    """The reserved names hold the beginnings of all addresses, of an index and of several."""
    both = [sample_index, sample_index]
    several = create_indexes_app(dict(zip("ab", both, strict=True)))
    found = _list_beginnings(create_app(sample_index)) | _list_beginnings(several)
    assert {"search", "paper", "static", "healthz"} <= found <= RESERVED
