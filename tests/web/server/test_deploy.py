"""Test the examples for operators, and the server behind a proxy that does what they do."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.support.paths import ROOT
from web.commands.serve import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEPLOY = ROOT / "web" / "server" / "deploy"
PREFIX = "/library/papers"
PATIENCE_S = 30


def _list_commands() -> list[list[str]]:
    """List the arguments of every `papers serve` in the examples."""
    found: list[list[str]] = []
    for path in sorted(DEPLOY.iterdir()):
        for line in path.read_text("utf-8").splitlines():
            if listed := re.search(r'(?:CMD|command:) (\["serve".*\])', line):
                found.append(json.loads(listed[1])[1:])
            elif line.startswith("ExecStart="):
                found.append(shlex.split(line)[2:])
    return found


def test_commands_have_known_options() -> None:
    """Every command of the examples is accepted, and none is open without being asked to."""
    commands = _list_commands()
    assert len(commands) == 3
    for arguments in commands:
        context = serve.make_context("papers serve", list(arguments))
        assert context.params["log"] == "-"
        assert context.params["proxies"] == int("--behind-proxy" in arguments)


def test_the_image_runs_without_rights() -> None:
    """The image names versions of its bases and runs as a user of its own."""
    text = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", "")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line[:1] not in {"#", ""}]
    names = [name for name, _ in steps]
    assert names[0] == "FROM"
    assert set(names) <= set(
        "FROM WORKDIR COPY RUN USER ENV VOLUME EXPOSE HEALTHCHECK ENTRYPOINT CMD".split()
    )
    for base in (value.split()[0] for name, value in steps if name == "FROM"):
        assert re.fullmatch(r"docker\.io/library/python:3\.[0-9]+-slim", base)
    user = names.index("USER")
    assert steps[user][1] != "root"
    assert "RUN" not in names[user:]
    for name, value in steps:
        if name == "HEALTHCHECK":  # the one page that no limit of requests refuses
            assert "127.0.0.1:8000/healthz'" in value
        if name in {"ENTRYPOINT", "CMD"}:
            assert isinstance(json.loads(value), list)


def test_the_unit_is_confined() -> None:
    """The unit names its sections and takes away what the server does not need."""
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "papers.service")
    assert unit.sections() == ["Unit", "Service", "Install"]
    service = unit["Service"]
    assert (service["DynamicUser"], service["NoNewPrivileges"]) == ("yes", "yes")
    assert service["ProtectSystem"] == "strict"  # with no folder that may be written
    assert not {"StateDirectory", "ReadWritePaths", "CacheDirectory"} & set(service)
    assert int(service["TimeoutStopSec"]) > 30  # the server finishes requests for 30 seconds


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_name_the_prefix(name: str) -> None:
    """A proxy says below which path it publishes the server, and its brackets are closed."""
    text = (DEPLOY / name).read_text("utf-8")
    assert re.search(rf"X-Forwarded-Prefix {PREFIX}\b", text)
    assert text.count("{") == text.count("}") > 1


@contextmanager
def _serve(index: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "web.cli", "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://([0-9.]+:[0-9]+)", process.stdout.readline())
            assert found is not None
            yield found[1]
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)


def _get(place: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    with closing(HTTPConnection(place, timeout=PATIENCE_S)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


@contextmanager
def _proxy(behind: str) -> Iterator[str]:
    """Publish a server below `PREFIX`, as the examples do."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(PREFIX + "/"):
                self.send_error(404)
                return
            told = {
                "Host": self.headers["Host"],
                "X-Forwarded-For": self.headers.get("X-Client", "198.51.100.1"),
                "X-Forwarded-Proto": "https",
                "X-Forwarded-Host": "www.example.org",
                "X-Forwarded-Prefix": PREFIX,
            }
            status, body = _get(behind, self.path.removeprefix(PREFIX), told)
            sent = body.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server names it
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_every_link_works_below_a_path(sample_index: Path) -> None:
    """Behind a proxy each link of a page leads through the proxy to a page."""
    with (
        _serve(sample_index, "--behind-proxy", "1", "--rate-limit", "none") as behind,
        _proxy(behind) as place,
    ):
        followed = set()
        for page in ("/", "/search?q=attention", "/paper/vaswani-2017-attention"):
            status, text = _get(place, PREFIX + page, {})
            assert status == 200
            links = re.findall(r'\s(?:href|src|action)="(/[^"#]*)"', text)
            followed |= {link.replace("&amp;", "&") for link in links}
        addresses = {urlsplit(link).path: link for link in sorted(followed)}
        assert len(addresses) > 10
        answered = {link: _get(place, link, {})[0] for link in list(addresses.values())[:25]}
        # A form without its parameters is answered with 400.
        assert {link for link, code in answered.items() if code not in {200, 400}} == set()


def test_a_client_is_named_by_the_proxy_alone(sample_index: Path) -> None:
    """Behind a proxy each client has its own limit; without one a header makes no other client."""
    names = [f"203.0.113.{at}" for at in range(4)]
    limit = ("--rate-limit", "3/hour")
    with _serve(sample_index, "--behind-proxy", "1", *limit) as behind, _proxy(behind) as place:
        path = f"{PREFIX}/index.json"
        assert [_get(place, path, {"X-Client": one})[0] for one in names] == [200] * 4
        again = [_get(place, path, {"X-Client": names[0]})[0] for _ in range(3)]
        assert again == [200, 200, 429]
    with _serve(sample_index, *limit) as alone:
        statuses = [_get(alone, "/index.json", {"X-Forwarded-For": one})[0] for one in names]
        assert statuses == [200, 200, 200, 429]
