"""Test that the access log says what was answered, but not who asked for what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from web.access.access_log import shorten_client
from web.access.settings import AccessSettings
from web.app import create_app


def _log(index: Path, log: Path, *addresses: str, queries: bool = False) -> list[dict[str, Any]]:
    access = AccessSettings(log=str(log), log_queries=queries)
    client = create_app(index, access=access).test_client()
    for address in addresses:
        client.get(address, environ_overrides={"REMOTE_ADDR": "192.0.2.77"}).close()
    client.application.extensions["access_log"].close()
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_a_line_for_each_request(sample_index: Path, tmp_path: Path) -> None:
    """A line has the path, status, bytes and time, but neither query nor whole address."""
    found, missing = _log(sample_index, tmp_path / "log", "/search?q=secret", "/paper/nope")
    assert (found["method"], found["path"], found["status"]) == ("GET", "/search", 200)
    assert (missing["path"], missing["status"]) == ("/paper/nope", 404)
    assert found["client"] == "192.0.2.0"
    assert found["bytes"] > 1000
    assert found["ms"] > 0
    assert "secret" not in (tmp_path / "log").read_text("utf-8")


def test_queries_on_request(sample_index: Path, tmp_path: Path) -> None:
    """With the option, a line holds the parameters, shortened."""
    (entry,) = _log(sample_index, tmp_path / "log", "/search?q=" + "a" * 900, queries=True)
    assert entry["query"] == ("q=" + "a" * 900)[:300]


@pytest.mark.parametrize(
    ("path", "is_logged"),
    [
        ("/sign-in/orcid/return", False), ("/following", False), ("/following.json", False),
        ("/following/count", False), ("/claim", False), ("/account", False),
        ("/messages/new", False), ("/search.json", True), ("/authors/claims", True),
    ],
)  # fmt: skip
def test_secrets_are_never_logged(
    sample_index: Path, tmp_path: Path, path: str, *, is_logged: bool
) -> None:
    """The code of a sign-in and the list of a reader are in no line, whatever the option says."""
    (entry,) = _log(sample_index, tmp_path / "log", f"{path}?q=secret", queries=True)
    assert ("query" in entry) is is_logged


def test_no_request_forges_a_line(sample_index: Path, tmp_path: Path) -> None:
    """Line ends and control characters of a path are escaped."""
    lines = _log(sample_index, tmp_path / "log", '/a%0a{"status": 1}%0d%1b[31m%ff')
    assert [line["status"] for line in lines] == [404]


def test_a_moved_file_is_opened_anew(sample_index: Path, tmp_path: Path) -> None:
    """After another program moves the log away, lines go into a new file."""
    access = AccessSettings(log=str(tmp_path / "log"))
    client = create_app(sample_index, access=access).test_client()
    client.get("/robots.txt").close()
    (tmp_path / "log").rename(tmp_path / "log.1")
    client.get("/robots.txt").close()
    client.application.extensions["access_log"].close()
    for name in ("log", "log.1"):
        assert len((tmp_path / name).read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("2001:db8:1:2::3", "2001:db8:1::"),
        ("", ""),
        ("odd", ""),
        ("::ffff:192.0.2.77", "192.0.2.0"),
    ],
)
def test_addresses_are_shortened(address: str, network: str) -> None:
    """Only the network of a client is kept."""
    assert shorten_client(address) == network


def test_a_log_out_of_reach_stops_no_request(
    sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the folder of the log is gone, requests are answered, and one line says so."""
    folder = tmp_path / "logs"
    folder.mkdir()
    access = AccessSettings(log=str(folder / "log"))
    client = create_app(sample_index, access=access).test_client()
    folder.rename(tmp_path / "old")
    codes = [client.get("/healthz").status_code for _ in range(3)]
    assert codes == [200, 200, 200]
    assert capsys.readouterr().err.count("Cannot write the access log") == 1
    folder.mkdir()
    client.get("/robots.txt").close()
    client.application.extensions["access_log"].close()
    (line,) = (folder / "log").read_text("utf-8").splitlines()
    assert json.loads(line)["path"] == "/robots.txt"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_stops_no_request(
    sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a full disk, requests are answered, and one line says so instead of a traceback each."""
    client = create_app(sample_index, access=AccessSettings(log="/dev/full")).test_client()
    assert [client.get("/healthz").status_code for _ in range(3)] == [200, 200, 200]
    said = capsys.readouterr().err
    assert said.count("Cannot write the access log") == 1
    assert "Traceback" not in said


def test_a_file_that_was_cut_is_written_on(sample_index: Path, tmp_path: Path) -> None:
    """After another program copies the log and empties it, lines begin at its start."""
    log = tmp_path / "log"
    client = create_app(sample_index, access=AccessSettings(log=str(log))).test_client()
    client.get("/healthz").close()
    log.write_bytes(b"")
    client.get("/robots.txt").close()
    client.application.extensions["access_log"].close()
    assert log.read_bytes().startswith(b'{"time"')
    assert len(log.read_bytes().splitlines()) == 1
