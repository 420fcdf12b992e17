"""Test that links cannot be broken out of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.terminal.links import LINK, link_text


def test_a_text_is_linked() -> None:
    """A link is the text between two sequences of OSC 8."""
    linked = link_text("Tides", "https://example.org/a?b=c#d")
    assert linked == "\x1b]8;;https://example.org/a?b=c#d\x1b\\Tides\x1b]8;;\x1b\\"
    assert re.sub(LINK, "", linked) == "Tides"


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "file:///etc/passwd", "//example.org", "https://", "https://a b",
     "https://a/\x1b\\\x1b[2J", "https://a/\x07x", "https://a/\x9c", "https://a/\n", "https://é/",
     "https://a/" + "x" * 2_000],
)  # fmt: skip
def test_other_addresses_are_no_links(address: str) -> None:
    """An address that is not plain, visible ASCII is left out."""
    assert link_text("Tides", address) == "Tides"


@given(st.text(), st.text())
def test_no_address_controls_a_terminal(address: str, more: str) -> None:
    """Whatever an address is, the only sequences around the text are those of a link."""
    for one in (address, f"https://{address}", f"https://a/{address}\x1b\\{more}"):
        assert re.sub(LINK, "", link_text("x", one)) == "x"
