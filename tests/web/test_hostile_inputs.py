"""Test that no value of any parameter of any address breaks the server or its pages.

The addresses come from the application, so a new one is tested without being listed here. The index
has few papers, and a page that was read before is not read again: many ignore most parameters. So
all 12,000 requests take about 80 s of processor time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest

from tests.support.hostile_inputs import MARK, NUMBER, list_hostile_values
from tests.support.page import read_page
from tests.support.paths import SAMPLE
from web.api.operations import OPERATIONS
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.routing import Map, Rule

LEAKS = re.compile(r"Traceback|File \"|/site-packages|werkzeug")
GIVEN = {each.name for one in OPERATIONS for each in one.parameters if each.place == "query"}
OTHERS = {"year_from", "year_to", "raw", "format", "find", "name", "limit", "title", "in"}
PLACES = ("one", "path", "one", "name", "one", "all")
"""Where a value stands; half of them in a single parameter, each in turn."""

KNOWN = "kingma-2015-adam"
OTHER_PAPERS = 11

SHARES = 12
"""Parts in which the addresses are tested, so that several processes can share them."""

STEP = 7
"""So that every kind of value comes into every place: it has no divisor in common with either."""

PARAMETERS = sorted(GIVEN | OTHERS)
"""Every parameter that some page reads; a page ignores those of others."""


@pytest.fixture(scope="module")
def visitor(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over the paper that is asked for and a few others of the sample."""
    records = [json.loads(line) for line in SAMPLE.read_bytes().splitlines()]
    known = next(record for record in records if record["id"] == KNOWN)
    return create_app(index_of(known, *records[:OTHER_PAPERS])).test_client()


@pytest.fixture(scope="module")
def pages_read() -> set[str]:
    """Return the pages that were read so far."""
    return set()


def _list_rules(urls: Map) -> list[Rule]:
    rules = (rule for rule in urls.iter_rules() if "GET" in (rule.methods or ()))
    return [rule for rule in rules if not str(rule.rule).startswith("/static/")]


def _fill(rule: Rule, value: str) -> str:
    """Return the address of a rule with a value in each part that varies."""
    return re.sub(r"<[^>]*>", lambda _: quote(value[:2_000], safe=""), str(rule.rule))


def _make_address(rule: Rule, at: int, value: str) -> str:
    """Return an address with a value in one parameter, in all, as a name, or in the path."""
    one = PARAMETERS[at // len(PLACES) % len(PARAMETERS)]
    plain, short = _fill(rule, KNOWN), value[:200]
    place = PLACES[at % len(PLACES)]
    if place == "path" and rule.arguments:
        return _fill(rule, value)
    if place == "all":
        return f"{plain}?{urlencode(dict.fromkeys(PARAMETERS, short))}"
    if place == "name":
        return f"{plain}?{quote(short)}=1"
    return f"{plain}?{urlencode({'q': 'adam', 'id': KNOWN, one: value})}"


def _check(client: FlaskClient, address: str, pages_read: set[str]) -> int:
    with client.get(address, headers={"Accept-Encoding": "identity"}) as response:
        assert response.status_code < 500, address
        assert "Set-Cookie" not in response.headers
        text = response.get_data().decode("utf-8")
        assert not LEAKS.search(text), address
        if response.mimetype == "text/html":
            assert MARK not in text, address
            if text not in pages_read:
                read_page(text)
                pages_read.add(text)
        elif "xml" in (response.mimetype or ""):
            assert MARK not in text, address
        return response.status_code


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_no_value_breaks_any_address(
    visitor: FlaskClient, pages_read: set[str], share: int
) -> None:
    """Every answer is below 500, escaped, without a cookie and without internals."""
    chosen = _list_rules(visitor.application.url_map)[share::SHARES]
    values = list(list_hostile_values())
    statuses = [
        _check(visitor, _make_address(rule, at * STEP + shift, value), pages_read)
        for shift, rule in enumerate(chosen, start=share)
        for at, value in enumerate(values)
    ]
    assert len(statuses) == len(chosen) * NUMBER >= NUMBER
