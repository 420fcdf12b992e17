"""Test that one client cannot take what is there for all."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from web.access.rate_limit import LockedMemory
from web.access.settings import AccessSettings
from web.app import create_app
from web.indexes.application import create_indexes_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture
def limited(sample_index: Path) -> FlaskClient:
    """Return a client of a server that allows three requests an hour."""
    return create_app(sample_index, access=AccessSettings(rate="3/hour")).test_client()


def _ask(client: FlaskClient, address: str, who: str) -> tuple[int, str, str]:
    with client.get(address, environ_overrides={"REMOTE_ADDR": who}) as response:
        return (
            response.status_code,
            response.headers.get("Retry-After", ""),
            response.get_data(as_text=True),
        )


@pytest.mark.parametrize("address", ["/search?q=adam", "/search.json?q=adam"])
def test_further_requests_are_refused(limited: FlaskClient, address: str) -> None:
    """Beyond the limit a page or JSON says when to come back; another client is not affected."""
    assert [_ask(limited, address, "192.0.2.1")[0] for _ in range(3)] == [200, 200, 200]
    status, seconds, text = _ask(limited, address, "192.0.2.1")
    assert status == 429
    assert 1 <= int(seconds) <= 3600
    assert "Too many requests from this address. Try again in " in text
    assert ('"kind":"TooManyRequests"' in text) == (".json" in address)
    assert _ask(limited, address, "192.0.2.2")[0] == 200


def test_pages_share_one_limit(limited: FlaskClient) -> None:
    """All addresses count together, but files and the rules for crawlers do not count."""
    for address in ("/", "/search", "/index.json", *["/static/style.css", "/robots.txt"] * 3):
        assert _ask(limited, address, "192.0.2.3")[0] == 200
    assert _ask(limited, "/", "192.0.2.3")[0] == 429
    assert _ask(limited, "/static/style.css", "192.0.2.3")[0] == 200


def test_a_network_of_ipv6_is_one_client(limited: FlaskClient) -> None:
    """Addresses of one network of 64 bits count as one client."""
    statuses = [_ask(limited, "/", f"2001:db8::{n}")[0] for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert _ask(limited, "/", "2001:db8:0:1::1")[0] == 200


def test_there_is_no_limit_without_a_rate(client: FlaskClient) -> None:
    """A server for one machine refuses nobody."""
    assert {_ask(client, "/index.json", "127.0.0.1")[0] for _ in range(20)} == {200}


def test_requests_of_one_moment_are_all_counted() -> None:
    """Threads that count at the same time neither fail nor lose a count."""
    counts, before = LockedMemory(), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            reached = list(pool.map(lambda _: counts.incr("client", 3600), range(800)))
    finally:
        sys.setswitchinterval(before)
    assert counts.get("client") == max(reached) == 800


def test_monitors_of_several_indexes_are_not_refused(sample_index: Path) -> None:
    """The health of a server with several indexes can be asked for beyond the limit."""
    settings = AccessSettings(rate="1/minute")
    client = create_indexes_app(
        {"a": sample_index, "b": sample_index}, access=settings
    ).test_client()
    assert [client.get("/").status_code for _ in range(2)] == [200, 429]
    for address in ("/healthz", "/robots.txt"):
        assert client.get(address).status_code == 200
