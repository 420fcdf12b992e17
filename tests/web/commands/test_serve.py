"""Test `papers serve`: pages over HTTP, how it starts and ends, and a switch of the index."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from tests.support.made_vectors import add_vectors
from tests.support.paths import ROOT
from tests.support.raw_http import ask, check_refusal
from web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from click.testing import Result

    from tests.support.page import Element

COMMAND = [sys.executable, "-m", "web.cli", "serve"]
PATIENCE_S = 30


def _request(address: str, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_S)) as connection:
        connection.request(method, path)
        response = connection.getresponse()
        return response, response.read()


def _count_hits(address: str, query: str) -> int:
    document: Any = json.loads(_request(address, f"/search.json?q={query}")[1])
    total: int = document["data"]["total"]
    return total


def test_questions_are_ranked_by_meaning(
    index_of: Callable[..., Path],
    served: Callable[[Path], AbstractContextManager[str]],
    read: Callable[[str], list[Element]],
) -> None:
    """A server over an index with vectors says so, and a link ranks by words alone."""
    words = ("sorting", "networks", "parallel", "dense", "graphs", "messages", "routing")
    directory = index_of(*({"id": word, "title": f"On {word}"} for word in words))
    add_vectors(directory)
    path = f"/search?q={'+'.join(words)}"
    with served(directory) as address:
        page = _request(address, path)[1].decode()
        plain = _request(address, f"{path}&meaning=none")[1].decode()
        read(page)
    note = "Ranked by words and meaning"
    assert (note in page, note in plain) == (True, False)


def test_pages_over_http(serving: str, read: Callable[[str], list[Element]]) -> None:
    """The home page, results, a paper and the style sheet arrive whole, each with its type."""
    for path in ("/", "/search?q=attention", "/paper/vaswani-2017-attention"):
        response, body = _request(serving, path)
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        read(body.decode())
    response, body = _request(serving, "/static/style.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert len(body) > 1000


def test_json_over_http(serving: str) -> None:
    """A search address returns JSON in UTF-8 with the paper first."""
    response, body = _request(serving, "/search.json?q=attention+is+all+you+need")
    assert response.headers["Content-Type"] == "application/json"
    document: Any = json.loads(body)
    assert document["data"]["hits"][0]["id"] == "vaswani-2017-attention"


def test_headers_over_http(serving: str) -> None:
    """Every answer has the security headers, and none has Server or Set-Cookie."""
    for path in ("/", "/nowhere", "/static/style.css", "/search?page=0"):
        response, _ = _request(serving, path)
        assert SECURITY_HEADERS.items() <= dict(response.headers).items()
        assert "Server" not in response.headers
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET http://[::1/ HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT a.example:443 HTTP/2.0\r\n\r\n", 505),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_refusals_over_http(serving: str, request_bytes: bytes, status: int) -> None:
    """What reaches no page is refused with the headers of every page."""
    assert check_refusal(ask(urlsplit(serving).port or 0, request_bytes), status)


@pytest.mark.parametrize(
    "target", [b"*", b"a.example:443", b"http://a.example/", b"//a/b", b"/%zz%00", b"a:b", b"?q=a"]
)
@pytest.mark.parametrize("method", [b"GET", b"OPTIONS", b"CONNECT", b"TRACE", b"BREW"])
def test_odd_targets_over_http(serving: str, method: bytes, target: bytes) -> None:
    """Any method and any form of target gets an answer that is no failure of the server."""
    answer = ask(urlsplit(serving).port or 0, method + b" " + target + b" HTTP/1.0\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] [2-4]\d\d ", answer)


@pytest.mark.parametrize(
    "host",
    ["", "a", "a.", "a" * 63, "a." * 100, "-", "_", "[::]", "[::1]:1", ":1", "1", "xn--a"],
)
def test_odd_hosts_over_http(serving: str, host: str) -> None:
    """No name of a host that the server lets through makes a page fail."""
    for path in ("/", "/search?q=adam", "/nowhere"):
        request_bytes = f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()
        assert re.match(rb"HTTP/1.[01] [24]\d\d ", ask(urlsplit(serving).port or 0, request_bytes))


def test_head_has_no_body(serving: str) -> None:
    """HEAD returns the headers of GET and no body."""
    response, body = _request(serving, "/search?q=attention", "HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) > 1000
    assert body == b""


def test_concurrent_requests(serving: str) -> None:
    """Concurrent requests each get the results of their own query."""
    queries = ["attention", "learning", "zzzqqq", "author:bengio", "year:2017"] * 20
    expected = {query: _count_hits(serving, query) for query in set(queries)}
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda query: _count_hits(serving, query), queries))
    assert totals == [expected[query] for query in queries]
    assert expected["zzzqqq"] == 0 < expected["attention"] < expected["learning"]


def test_odd_ids_over_http(
    index_of: Callable[..., Path], served: Callable[[Path], AbstractContextManager[str]]
) -> None:
    """Ids with slashes, dots, percent signs and quotes can be opened over a real server."""
    ids = ["a//b", "../x", "/lead", "x.json", "100%", "%2F", 'q"u', "what?", "a#b", "é", "a\\b"]
    index = index_of(*({"id": one, "title": f"Odd {n}"} for n, one in enumerate(ids)))
    with served(index) as address:
        found: Any = json.loads(_request(address, "/search.json?per_page=100")[1])["data"]
        assert {hit["id"] for hit in found["hits"]} == set(ids)
        for hit in found["hits"]:
            response, body = _request(address, hit["url"])
            assert response.status == 200, hit["url"]
            assert f"<h1>{hit['title']}</h1>" in body.decode()


def test_a_new_generation_is_served(
    index_of: Callable[..., Path], served: Callable[[Path], AbstractContextManager[str]]
) -> None:
    """A rebuilt index is served without a restart, and no request fails in between."""
    index = index_of({"id": "old", "title": "Old common"})
    with served(index) as address, ThreadPoolExecutor(1) as pool:
        assert _count_hits(address, "common") == 1
        building = pool.submit(
            index_of,
            {"id": "new", "title": "New common"},
            {"id": "newer", "title": "Newer common"},
            directory=index,
        )
        totals = [_count_hits(address, "common")]
        while not building.done():
            totals.append(_count_hits(address, "common"))
        building.result()
        assert set(totals) <= {1, 2}
        assert totals == sorted(totals)
        assert _count_hits(address, "common") == 2
        assert _request(address, "/paper/old")[0].status == 404
        assert b"2 papers" in _request(address, "/")[1]


def test_a_broken_new_index_is_not_served(
    index_of: Callable[..., Path], served: Callable[[Path], AbstractContextManager[str]]
) -> None:
    """If the index is damaged or removed, the generation already open is still served."""
    index = index_of({"id": "old", "title": "Old common"})
    with served(index) as address:
        (index / "current").write_text("20990101T000000Z-nothing\n", encoding="utf-8")
        assert _count_hits(address, "common") == 1
        (index / "current").unlink()
        assert _count_hits(address, "common") == 1
        assert _request(address, "/")[0].status == 200


def _run_serve(*arguments: str, index: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env={**os.environ, "PAPERS_INDEX": str(index)},
        capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip


def test_taken_port(sample_index: Path) -> None:
    """A port in use is an error of one line, with exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _run_serve("--port", str(port), index=sample_index)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"papers: Cannot listen on 127.0.0.1:{port} (Address already in use). "
        "Choose another with --host or --port.\n"
    )


@pytest.mark.parametrize("host", ["nohost.invalid", "203.0.113.1", "1.2.3.4.5", "a b"])
def test_unusable_host(sample_index: Path, host: str) -> None:
    """A host that cannot be listened on is an error of one line, with exit code 1."""
    done = _run_serve("--host", host, "--port", "0", index=sample_index)
    assert done.returncode == 1
    assert done.stderr.startswith(f"papers: Cannot listen on {host}:0 (")
    assert done.stderr.count("\n") == 1


def test_damaged_index(papers: Callable[..., Result], index_of: Callable[..., Path]) -> None:
    """A damaged index is an error of one line, with exit code 1, before the server listens."""
    index = index_of({"id": "old", "title": "Old common"})
    (index / "current").write_text("../../etc\n", encoding="utf-8")
    result = papers("serve", "--port", "0", index=index)
    assert result.exit_code == 1
    named = f"papers: The index '{index}' has no generation in use: 'current' does not name"
    assert result.stderr.startswith(named)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "address", "stop_signal"),
    [
        (["--host", "localhost"], r"http://localhost:\d+/", signal.SIGINT),
        (["--host", "0.0.0.0", "--threads", "1"], r"http://0\.0\.0\.0:\d+/", signal.SIGINT),  # noqa: S104 - the test
        ([], r"http://127\.0\.0\.1:\d+/", signal.SIGTERM),
    ],
)
def test_start_and_end(
    sample_index: Path, options: list[str], address: str, stop_signal: signal.Signals
) -> None:
    """The server prints its address, and SIGINT or SIGTERM ends it without an error."""
    with subprocess.Popen(
        [*COMMAND, *options, "--port", "0", "--index", str(sample_index)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        assert re.fullmatch(rf"417 papers at {address}  \(Ctrl-C stops\)\n", line)
        port = line.split("/  (")[0].rpartition(":")[2]
        assert _count_hits(f"http://127.0.0.1:{port}", "attention") > 0
        process.send_signal(stop_signal)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert errors == ""
    assert process.returncode == 0


def test_free_port(serving: str) -> None:
    """With --port 0 the server listens on the free port that it prints."""
    assert urlsplit(serving).port
    assert _request(serving, "/" + quote("robots.txt"))[0].status == 200


def test_a_browser_is_opened(sample_index: Path, tmp_path: Path) -> None:
    """With the option, the address of the server is given to the browser of the system."""
    told, browser = tmp_path / "told", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{told}.new"\nmv "{told}.new" "{told}"\n', "utf-8")
    browser.chmod(0o700)
    command = [*COMMAND, "--index", str(sample_index), "--port", "0", "--open"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"BROWSER": f"{browser} %s"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            end = time.monotonic() + PATIENCE_S
            while not told.exists() and time.monotonic() < end:
                Event().wait(0.02)
            assert told.read_text("utf-8").strip() in line
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)
