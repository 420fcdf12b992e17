"""Test that neither requests nor dumps can inject script, leak data or crash the server."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from search.request.search_request import MAX_QUERY
from tests.support.page import MATHML
from web.api.addresses import paper_path
from web.app import create_app
from web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "</textarea></select><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 733*857 }}{% raw %}${733*857}",
    "$\\text{<script>alert(1)</script>}$ $\\href{javascript:alert(1)}{\\class{x}{y}}$",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\"`'><\x00\x1b[31m",
]
ALLOWED_TAGS = MATHML | set(
    "html head meta title link body a header form label input button main section aside fieldset"
    " legend svg rect div span details summary p code strong select option ul ol li h1 h2 mark nav"
    " footer article table thead tbody tr th td br dl dt dd pre script dialog kbd b h3"
    " desc g path line text tspan".split()
)
LEAKS = re.compile(r"Traceback|File \"|/site-packages|\.py\b|werkzeug|/(?:tmp|home|root)/")


def _check_harmless(read: Read, text: str, scripts: int = 1) -> None:
    """Check that a page has only tags of the templates, and links only to web addresses."""
    elements = read(text)
    assert {element.tag for element in elements} <= ALLOWED_TAGS
    loaded = [one for one in elements if one.tag == "script" and "src" in one.attributes]
    assert len(loaded) == scripts
    for element in elements:
        for name in ("href", "src", "action"):
            address = element.get(name)
            assert not urlsplit(address).scheme or address.startswith(("http://", "https://"))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "address",
    ["/search?q={}", "/search?q=adam&venue={}", "/search?author=-{}", "/search?sort={}",
     "/search?year={}", "/search?page={}", "/search?facets={}", "/search?{}=1", "/paper/{}",
     "/paper?id={}", "/{}"],
)  # fmt: skip
def test_requests_are_escaped(client: FlaskClient, read: Read, address: str, attack: str) -> None:
    """Every part of a request is escaped wherever a page repeats it."""
    response = client.get(address.format(quote_plus(attack)))
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    _check_harmless(read, response.text)
    assert "628181" not in response.text.split("<main", 1)[0]  # 7*7 is not evaluated


@pytest.fixture(scope="module")
def hostile(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over papers with attacks in every field."""
    records = (
        {
            "id": f"{attack}",
            "title": f"hostile {attack}",
            "abstract": f"hostile {attack}",
            "authors": [f"Eve {attack}", {"name": attack + " Eve", "affiliations": [attack]}],
            "venue": f"V {attack}",
            "type": f"t {attack}",
            "status": f"s {attack}",
            "language": attack,
            "year": 2020,
            "topics": [attack],
            "ids": {"doi": f"10.1000/{attack}", "arxiv": attack, attack: attack},
            "urls": {
                "page": attack,
                "pdf": f"https://x.org/{attack}",
                "code": "JaVaScRiPt:alert(1)",
                "data": "data:text/html,<script>alert(1)</script>",
                "tab": "java\tscript:alert(1)",
                "bare": "//evil.example/x",
                attack: "https://x.org/",
            },
        }
        for attack in ATTACKS
    )
    return create_app(index_of(*records)).test_client()


@pytest.mark.parametrize(
    "search", ["q=hostile", "q=alert&facets=author,topic,language,type,venue,institution,status"]
)
def test_dumps_are_escaped(hostile: FlaskClient, read: Read, search: str) -> None:
    """Texts of a dump are escaped in hits, facets, chips and paper pages."""
    page = hostile.get(f"/search?{search}")
    _check_harmless(read, page.text)
    document = hostile.get(f"/search.json?{search}").get_json()["data"]
    assert document["total"] >= 5
    for hit in document["hits"]:
        _check_harmless(read, hostile.get(hit["url"]).text)
    urls = [url for hit in document["hits"] for url in hit["urls"].values()]
    assert {urlsplit(url).scheme for url in urls} == {"https"}


PEOPLE = [
    "/authors?name=Eve {}", "/following?author=Eve {}&topic={}&venue=V {}",
    "/graph?author=Eve {}", "/graph?paper={}", "/graph?topic={}", "/graph?institution={}",
]  # fmt: skip
SCRIPTS = {"/graph": 2}
"""Scripts of an address that has more than one."""


@pytest.mark.parametrize("address", PEOPLE)
def test_people_are_escaped(hostile: FlaskClient, read: Read, address: str) -> None:
    """Names, institutions, topics and ids of a dump are escaped on pages, drawings and twins."""
    path, _, given = address.partition("?")
    pages = 0
    for attack in ATTACKS:
        query = [(key, value.format(attack)) for key, _, value in _split(given)]
        answer = hostile.get(path, query_string=query, follow_redirects=True)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        _check_harmless(read, answer.text, SCRIPTS.get(path, 1) if answer.status_code == 200 else 1)
        pages += answer.status_code == HTTPStatus.OK
        for twin in (".atom", ".graphml"):
            file = hostile.get(path + twin, query_string=query)
            if file.status_code == HTTPStatus.OK:
                tags = {element.tag for element in fromstring(file.data).iter()}  # noqa: S314 - made here
                assert not {tag for tag in tags if re.search("(?:script|img|svg)$", tag)}
    assert pages >= len(ATTACKS) // 2


def _split(given: str) -> list[tuple[str, str, str]]:
    return [pair.partition("=") for pair in given.split("&")]


def test_control_characters_are_removed(hostile: FlaskClient) -> None:
    """The hits in JSON contain no control character of a dump."""
    document = hostile.get("/search.json?q=hostile&per_page=100").get_json()["data"]
    hits = [hit | {"appearances": []} for hit in document["hits"]]
    assert len(hits) == len(ATTACKS) - 1  # two attacks differ in entities only, and are merged
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "".join(_list_strings(hits)))


def _list_strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in _list_strings(part)]
    if isinstance(value, list):
        return [text for item in value for text in _list_strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=a", "/search.json?q=a", "/paper/kingma-2015-adam", "/nowhere", "/nowhere.json",
     "/static/style.css", "/static/icon.svg", "/static/none.css", "/search?page=0", "/robots.txt",
     "/index.json"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_headers_are_on_every_answer(client: FlaskClient, method: str, address: str) -> None:
    """Every response has the security headers; none sets a cookie or names the software."""
    response = getattr(client, method)(address)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value
    assert "Set-Cookie" not in response.headers
    assert not client.get_cookie("session")
    assert "X-Powered-By" not in response.headers
    response.close()


def test_policy_allows_no_foreign_script() -> None:
    """The content security policy allows only scripts and styles of this server, none inline."""
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


LIMITS = [
    "q=" + "x" * (MAX_QUERY + 1),
    "q=" + "x+OR+" * 999,
    "&".join(f"venue=v{n}" for n in range(200)),
    "page=0",
    "page=-1",
    f"page={10**9}",
    f"page={10**30}",
    "page=%00",
    "page=1e3",
    "per_page=0",
    "per_page=101",
    "sort=evil",
    "year=abc",
    "year=2019..x",
    "year=99999",
    f"year={10**30}",
    "year=%00",
    "year_from=%C2%B2",
    "facets=evil",
    "facets=venue,__class__",
]


@pytest.mark.parametrize("search", LIMITS)
@pytest.mark.parametrize("page", ["/search", "/search.json"])
def test_invalid_requests_are_refused(client: FlaskClient, page: str, search: str) -> None:
    """An invalid request gets a 4xx status, and the response shows no internals."""
    response = client.get(f"{page}?{search}")
    assert response.status_code in {400, 404}
    assert not LEAKS.search(response.text)


ODD = [
    "q=%00", "q=a%00b", "q=%ff%fe", "q=%ed%a0%80", "q=%", "q=%zz", "venue=%00", "venue=%ff",
    "author=%F0%9F%98%80", "q=" + "(" * 1900, "q=" + "%22" * 1900, "q=" + "a*+" * 150,
    "q=" + "levine~2+" * 150, "q=" + "-" * 1900, "q=" + "NOT+" * 400, "q=" + "a%5E9+" * 190,
    "q=year:99999999999999999999..3", "q=citations:>99999999999999999999", "year=..", "&&&=&=",
    "q=a&q=b", "hidden=maybe", "q=" + quote("\u202e\u200b\ufeff\u0301"), "q=*", "q=**", "q=?",
    "q=title:*", "q=%22%22", "q=a%5E0", "q=%22a+b%22~999", "q=" + "%F0%9F%98%80" * 400,
    "facets=" + ",".join(["author"] * 200), "per_page=100&page=1000",
]  # fmt: skip


@pytest.mark.parametrize("search", ODD)
def test_odd_requests_are_answered(client: FlaskClient, read: Read, search: str) -> None:
    """Any request gets a page or a 4xx status."""
    response = client.get(f"/search?{search}")
    assert response.status_code in {200, 400, 404}
    assert not LEAKS.search(response.text)
    read(response.text)


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/..%5capp.py", "/paper/../../etc/passwd", "/paper/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
     "/paper?id=../../etc/passwd", "/paper/file:///etc/passwd", "/paper/%00", "/paper/%ff",
     "/" + "a/" * 2000, "/static/"],
)  # fmt: skip
def test_paths_reach_no_file(client: FlaskClient, path: str) -> None:
    """Requests reach no files outside the static folder."""
    response = client.get(path)
    assert response.status_code == 404
    assert "root:" not in response.text
    assert "create_app" not in response.text


def test_no_page_names_the_index(client: FlaskClient, sample_index: Path) -> None:
    """No page contains the path of the index."""
    for address in ("/", "/index.json", "/search", "/search.json", "/paper/nope", "/search?page=0"):
        assert str(sample_index.parent) not in client.get(address).text


def test_errors_repeat_a_long_id_in_part(client: FlaskClient) -> None:
    """An error repeats only the start of a long id."""
    assert len(client.get(paper_path("x" * 10_000)).text) < 5_000
