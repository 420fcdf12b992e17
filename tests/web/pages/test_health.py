"""Check what monitors are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import index.store.file_watch
from index.people.curation import CURATION
from index.store.generations import find_current_folder
from index.store.ledger import LEDGER
from tests.support.two_generations import KEPT
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_health_is_told(index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """An index in use is healthy; one whose files are damaged is not, with the reason."""
    directory = index_of(KEPT)
    client = create_app(directory).test_client()
    response = client.get("/healthz")
    name = find_current_folder(directory).name
    healthy = {"status": "ok", "generation": name, "papers": 1, "message": "", "worker": 0}
    assert (response.status_code, response.get_json()) == (200, healthy)
    assert response.headers["Cache-Control"] == "no-store"
    monkeypatch.setattr(index.store.file_watch, "INTERVAL_SECONDS", 0)
    failing = create_app(directory).test_client()
    ledger = find_current_folder(directory) / LEDGER
    ledger.write_bytes(bytes(ledger.stat().st_size))
    response = failing.get("/healthz")
    document = response.get_json()
    assert (response.status_code, document["status"]) == (503, "failing")
    assert LEDGER in document["message"]


def test_a_wrong_file_of_people_is_named(index_of: Callable[..., Path]) -> None:
    """The server is healthy, since it goes on without the file."""
    directory = index_of(KEPT)
    (directory / CURATION).write_text("[[person]]\n", "utf-8")
    document = create_app(directory).test_client().get("/healthz").get_json()
    assert document["status"] == "ok"
    assert "line 1: the person has no name" in document["message"]
