"""Test that a client that has a page is told so without a search."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.people.curation import CURATION
from search.answers.searcher import Searcher
from web.accounts.settings import AccountSettings
from web.app import create_app
from web.exports.keys import ENVIRONMENT
from web.revalidation import EXCEPT


@pytest.fixture
def app(sample_index: Path) -> Flask:
    """Return the application of the sample."""
    return create_app(sample_index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the sample."""
    return app.test_client()


ADDRESSES = [
    "/", "/search?q=adam", "/search.json?q=adam", "/paper/kingma-2015-adam", "/authors",
    "/authors/Yoshua%20Bengio", "/authors/Yoshua%20Bengio.atom", "/graph?author=Yoshua+Bengio",
    "/following?author=Yoshua+Bengio", "/following?author=Yoshua+Bengio&since=2020-01-01",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("encoding", ["gzip", "zstd", "identity"])
def test_known_pages_are_not_sent_again(client: FlaskClient, address: str, encoding: str) -> None:
    """A page has an ETag and a date, and either of them answers 304 without a body."""
    accepted = {"Accept-Encoding": encoding}
    first = client.get(address, headers=accepted)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-cache"
    for name, header in {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}.items():
        again = client.get(address, headers=accepted | {name: first.headers[header]})
        assert (again.status_code, again.data) == (304, b""), name
        assert again.headers["ETag"] == first.headers["ETag"]


def test_no_search_is_run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer 304 does not cost a search."""
    client = app.test_client()
    etag = client.get("/search?q=adam").headers["ETag"]

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Searcher, "search", fail)
    answer = client.get("/search?q=adam", headers={"If-None-Match": etag})
    assert answer.status_code == 304


def test_other_pages_have_other_tags(client: FlaskClient) -> None:
    """The tag depends on the whole address; a wrong or odd tag gets the page."""
    tags = {client.get(address).headers["ETag"] for address in ADDRESSES}
    assert len(tags) == len(ADDRESSES)
    for odd in ('"x"', "W/", "nonsense", "*" * 5000, '"' + "a" * 500):
        assert client.get("/", headers={"If-None-Match": odd}).status_code in {200, 304}
    assert client.get("/", headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.get("/", headers={"If-Modified-Since": "yesterday"}).status_code == 200
    assert client.get("/", headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).data


def test_failures_have_no_tag(client: FlaskClient) -> None:
    """A page that says what is wrong is not kept."""
    for address in ("/nowhere", "/search?sort=best", "/paper/nope"):
        answer = client.get(address)
        assert answer.status_code >= 400
        assert "ETag" not in answer.headers


def test_another_generation_has_another_tag(index_of: Callable[..., Path]) -> None:
    """After a rebuild the page is sent anew."""
    first, second = (
        create_app(index_of({"id": "a", "title": "One title", "year": year}))
        .test_client()
        .get("/search?q=title")
        .headers["ETag"]
        for year in (2001, 2002)
    )
    assert first != second


@pytest.mark.parametrize(
    "headers",
    [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}],
)
@pytest.mark.parametrize("address", ["/paper/nope", "/search?year=x", "/search.bib?q="])
def test_only_what_was_sent_is_known(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    """A tag or a date that this server did not send gets the page, or what is wrong."""
    assert client.get(address, headers=headers).status_code == client.get(address).status_code


NAMES = ["/authors/Ann%20Lee", "/graph.json?author=Ann+Lee", "/following.json?author=Ann+Lee"]


def test_curation_makes_another_tag(index_of: Callable[..., Path]) -> None:
    """A client that has a page gets it anew once the maintainer says something about people."""
    folder = index_of({"id": "a", "title": "One title", "authors": ["Ann Lee"]})
    client = create_app(folder).test_client()
    tags = {address: client.get(address).headers["ETag"] for address in NAMES}
    (folder / CURATION).write_text('[[person]]\nname = "Ann Lee"\npapers = ["a"]\n')
    client = create_app(folder).test_client()
    again = [client.get(one, headers={"If-None-Match": tag}) for one, tag in tags.items()]
    assert [answer.status_code for answer in again] == [200] * len(NAMES)
    assert {answer.headers["ETag"] for answer in again}.isdisjoint(tags.values())


@pytest.mark.parametrize("address", NAMES)
def test_people_are_sent_anew_where_accounts_are_on(
    index_of: Callable[..., Path], tmp_path: Path, address: str
) -> None:
    """Their pages show followers and who is open to collaborate, which change without a build."""
    pytest.importorskip("authlib")
    folder = index_of({"id": "a", "title": "One title", "authors": ["Ann Lee"]})
    accounts = AccountSettings("k" * 40, tmp_path / "people.sqlite")
    answer = create_app(folder, accounts=accounts).test_client().get(address)
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_other_keys_have_another_tag(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that writes other keys sends files anew."""
    tags = set()
    for pattern in ("{family}{year}", "{venue}{year}"):
        monkeypatch.setenv(ENVIRONMENT, pattern)
        tags.add(create_app(sample_index).test_client().get("/search.bib?q=adam").headers["ETag"])
    assert len(tags) == 2


def test_exceptions_are_endpoints(app: Flask) -> None:
    """What is not revalidated is there."""
    assert app.view_functions.keys() >= EXCEPT
