"""Test the Flask application: its headers, its error pages and a missing index."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from index.errors import IndexMissing
from tests.support.paths import ROOT
from web.app import create_app
from web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


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
client = create_app(Path(sys.argv[1])).test_client()
question = "how do neural networks attend to the words of a sentence that matter most"
for address in ("/", f"/search?q={question}", "/paper/kingma-2015-adam"):
    with client.get(address) as response:
        assert response.status_code == 200
print(*sorted({"numpy", "onnxruntime"} & set(sys.modules)))
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
