"""Test what an operator may decide about clients."""

from __future__ import annotations

import pytest

from web.access.settings import DEFAULT_RATE, choose_rate, parse_origins, parse_rate


def test_rates() -> None:
    """A rate is a number and a time, or none."""
    assert parse_rate("300/minute") == "300/minute"
    assert parse_rate("none") == ""


@pytest.mark.parametrize("text", ["", "5", "0/minute", "5/moment", "5/minute; 1/second", "-1/hour"])
def test_other_rates_are_refused(text: str) -> None:
    """Anything else is refused with an example."""
    with pytest.raises(ValueError, match="such as 300/minute"):
        parse_rate(text)


def test_origins() -> None:
    """Origins are separated by commas or spaces."""
    found = parse_origins("https://a.org, http://localhost:3000 *")
    assert found == ("https://a.org", "http://localhost:3000", "*")
    assert parse_origins("") == ()


@pytest.mark.parametrize("text", ["a.org", "https://a.org/x", "null", "https://a.org\0", "ftp://a"])
def test_other_origins_are_refused(text: str) -> None:
    """What is no origin is refused with an example."""
    with pytest.raises(ValueError, match=r"such as https://example\.org"):
        parse_origins(text)


@pytest.mark.parametrize(
    ("host", "proxies", "rate"),
    [
        ("127.0.0.1", 0, ""),
        ("::1", 0, ""),
        ("localhost", 0, ""),
        ("127.0.0.1", 1, DEFAULT_RATE),
        ("192.0.2.1", 0, DEFAULT_RATE),
        ("papers.example.org", 0, DEFAULT_RATE),
    ],
)
def test_the_limit_is_off_on_loopback(host: str, proxies: int, rate: str) -> None:
    """Without a choice only a server that others can reach has a limit."""
    assert choose_rate(host, proxies) == rate
