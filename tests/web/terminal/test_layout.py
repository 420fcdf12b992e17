"""Test how lines are wrapped for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.terminal.layout import (
    NARROWEST,
    UNWRAPPED,
    WIDTH,
    measure_columns,
    measure_width,
    wrap_message,
    wrap_paragraphs,
    wrap_styled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def narrow() -> Iterator[None]:
    """Make lines 24 columns wide."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "24")
        yield


@pytest.mark.parametrize(
    ("columns", "width"),
    [("80", 80), ("500", WIDTH), ("3", NARROWEST), ("0", UNWRAPPED), ("x", UNWRAPPED),
     ("", UNWRAPPED)],
)  # fmt: skip
def test_widths(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    """``COLUMNS`` decides within limits; without it, what is no terminal is not wrapped."""
    monkeypatch.setenv("COLUMNS", columns)
    assert measure_width() == measure_width(error=True) == width


@pytest.mark.usefixtures("narrow")
def test_styled_lines_fit() -> None:
    """Colour codes take no columns, Chinese characters two, and no word is cut."""
    red = click.style("Northern", fg="red")
    assert wrap_styled(f"Tides of the {red} Sea", "     ") == ["Tides of the", f"{red} Sea"]
    assert wrap_styled("深度学习 深度学习 深度学习", "   ") == ["深度学习 深度学习", "深度学习"]
    assert wrap_styled("x" * 30 + " y", "") == ["x" * 30, "y"]
    assert measure_columns(click.style("a深", bold=True)) == 3


@pytest.mark.usefixtures("narrow")
def test_messages_and_paragraphs_are_wrapped() -> None:
    """A message breaks at spaces only; a paragraph is indented."""
    assert wrap_message("papers: No such file /a/very-long/path-to/it here") == (
        "papers: No such file\n/a/very-long/path-to/it\nhere"
    )
    assert wrap_paragraphs(["Of tides and of the seas", "x"], "  ") == [
        "  Of tides and of the", "  seas", "  x",
    ]  # fmt: skip


@given(st.lists(st.text("ab深-", min_size=1), max_size=30))
def test_wrapping_loses_nothing(words: list[str]) -> None:
    """The words of all lines are those of the text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "24")
        lines = wrap_styled(" ".join(words), "  ")
    assert " ".join(lines) == " ".join(words)
    assert all(measure_columns(line) <= 22 or " " not in line for line in lines)
