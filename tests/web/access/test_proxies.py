"""Test which headers of a proxy are believed, and that hostile ones change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.access.proxies import clean_client, clean_prefix
from web.access.settings import AccessSettings
from web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def behind(sample_index: Path) -> FlaskClient:
    """Return a client of a server that believes one proxy, with a rate and a log of clients."""
    return create_app(sample_index, access=AccessSettings(proxies=1)).test_client()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/library/papers", "/library/papers"),
        ("/papers/", "/papers"),
        ("/~ann/p-1.x", "/~ann/p-1.x"),
        ("/", ""),
        ("//evil.example", ""),
        ("https://evil.example", ""),
        ("javascript:alert(1)", ""),
        ("papers", ""),
        ("/a b", ""),
        ("/a?b", ""),
        ("/..", ""),
        ("/a/../b", ""),
        ('/"><script>', ""),
        ("/x" * 500, ""),
    ],
)
def test_only_a_plain_path_is_a_prefix(behind: FlaskClient, text: str, path: str) -> None:
    """A path is put before each link; anything else, such as another host, before none."""
    assert clean_prefix(text) == path
    page = behind.get("/about", headers={"X-Forwarded-Prefix": text}).text
    assert f'href="{path}/help"' in page
    assert "evil" not in page


@pytest.mark.parametrize("host", ["x" * 5000, 'a"><b', "a/b", "a b", "[::1", "a:1234567", "-"])
def test_an_impossible_host_is_ignored(behind: FlaskClient, host: str) -> None:
    """A name that no host can have is not in the page, which is answered as without it."""
    response = behind.get("/paper/kingma-2015-adam", headers={"X-Forwarded-Host": host})
    assert response.status_code == 200
    assert '<link rel="canonical" href="http://localhost/paper/kingma-2015-adam">' in response.text


@pytest.mark.parametrize(
    ("host", "scheme", "root"),
    [
        ("papers.example", "https", "https://papers.example"),
        ("papers.example:8443", "https", "https://papers.example:8443"),
        ("papers.example", "javascript", "http://papers.example"),
    ],
)
def test_a_host_and_a_scheme_are_believed(
    behind: FlaskClient, host: str, scheme: str, root: str
) -> None:
    """Absolute addresses have the host and the scheme of the proxy, if they can be ones."""
    headers = {"X-Forwarded-Host": host, "X-Forwarded-Proto": scheme}
    page = behind.get("/paper/kingma-2015-adam", headers=headers).text
    assert f'href="{root}/paper/kingma-2015-adam"' in page


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:5050", "192.0.2.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_a_client_has_no_port(text: str, client: str) -> None:
    """A client is the same over every connection, however the proxy writes its address."""
    assert clean_client(text) == client


def test_a_client_counts_once(sample_index: Path) -> None:
    """Another port, or something that is no address, gives a client no further requests."""
    app = create_app(sample_index, access=AccessSettings(rate="2/minute", proxies=1))
    client = app.test_client()
    for name in ("192.0.2.7:{}", "odd-{}"):
        asked = [{"X-Forwarded-For": name.format(port)} for port in range(3)]
        codes = [client.get("/index.json", headers=headers).status_code for headers in asked]
        assert codes == [200, 200, 429]


@given(st.text(max_size=60))
def test_prefixes_are_stable(text: str) -> None:
    """What a prefix is made of stays as it is, and begins with one slash if there is any."""
    path = clean_prefix(text)
    assert clean_prefix(path) == path
    assert not path or (path.startswith("/") and not path.startswith("//"))
