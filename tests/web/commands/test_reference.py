"""Test that the command reference is what click says about the commands."""

from __future__ import annotations

import re

import pytest

from tests.support.command_tables import build_section, list_options, load_command
from tests.support.paths import ROOT
from web.cli import COMMANDS

README = (ROOT / "web" / "commands" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_reference_has_every_option(name: str) -> None:
    """A command's section lists each of its options with its help text and default."""
    section = build_section(name)
    assert section in README
    rows = re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)
    assert rows == [max(option.opts, key=len) for option in list_options(load_command(name))]


def test_reference_has_nothing_else() -> None:
    """The reference has the commands that exist, in the order of the help."""
    assert re.findall(r"^## papers (\S+)$", README, re.MULTILINE) == list(COMMANDS)
    options = sum(len(list_options(load_command(name))) for name in COMMANDS)
    assert len(re.findall(r"^\| `--", README, re.MULTILINE)) == options
