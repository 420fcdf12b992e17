"""Check `papers search --save`, `papers replay` and the page that saves a search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from search.replay.saved_search import read_saved_search
from tests.support.two_generations import KEPT, TURN, WALK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient


def test_a_saved_search_is_run_again(
    papers: Callable[..., Result], index_of: Callable[..., Path], tmp_path: Path
) -> None:
    """The report names the search, both runs, and what differs; the exit code tells whether."""
    directory, target = index_of(KEPT, WALK), tmp_path / "saved.json"
    saved = papers("search", "paper OR graphs", "--save", str(target), index=directory)
    assert (saved.exit_code, "2 papers" in saved.stdout) == (0, True)
    unchanged = papers("replay", str(target), index=directory)
    assert (unchanged.exit_code, "No differences." in unchanged.stdout) == (1, True)
    index_of(WALK | {"status": "oral"}, TURN, {"id": "p", "title": "A paper"}, directory=directory)
    found = papers("replay", str(target), index=directory)
    assert found.exit_code == 0
    text = found.stdout
    for expected in ("paper OR graphs", "papers.jsonl", "Added: 1", "Gone: 1", "Changed: 1"):
        assert expected in text
    assert "status: poster -> oral" in text
    document = json.loads(papers("replay", "--json", str(target), index=directory).stdout)
    assert [one["paper"]["id"] for one in document["added"]] == ["p"]
    assert document["gone"][0]["reason"] == "removed"
    piped = papers("replay", "-", stdin=target.read_bytes(), index=directory)
    assert piped.stdout.splitlines()[0] == text.splitlines()[0]


def test_long_reports_are_cut(
    papers: Callable[..., Result], index_of: Callable[..., Path], tmp_path: Path
) -> None:
    """The limit leaves papers out and says how many."""
    directory, target = index_of(KEPT), tmp_path / "saved.json"
    papers("search", "--save", str(target), index=directory)
    index_of(KEPT, WALK, TURN, directory=directory)
    assert "and 1 more" in papers("replay", str(target), "--limit", "1", index=directory).stdout
    assert "more;" not in papers("replay", str(target), "--limit", "0", index=directory).stdout


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": "x"}', "\x1b[31m"])
def test_other_files_are_refused(
    papers: Callable[..., Result], tmp_path: Path, content: str
) -> None:
    """A file that is no saved search is refused in one sentence, with the way out."""
    path = tmp_path / "odd.json"
    path.write_text(content, "utf-8")
    done = papers("replay", str(path))
    assert done.exit_code == 2
    assert "papers search --save FILE" in " ".join(done.stderr.split())


def test_a_file_that_cannot_be_written_is_told(
    papers: Callable[..., Result], tmp_path: Path
) -> None:
    """A target in no folder, and queries from standard input, are wrong usage."""
    done = papers("search", "deep", "--save", str(tmp_path / "none" / "x.json"))
    assert (done.exit_code, "cannot be written" in done.stderr) == (2, True)
    piped = papers("search", "-", "--save", str(tmp_path / "x.json"), stdin="a\n")
    assert piped.exit_code == 2


def test_the_server_saves_searches(client: FlaskClient, papers: Callable[..., Result]) -> None:
    """The document of the server is one that `papers replay` reads."""
    response = client.get("/search.manifest.json?q=attention&hidden=show")
    assert response.headers["Content-Disposition"].startswith("attachment")
    saved = read_saved_search(response.data, "x")
    assert saved.query == "attention"
    assert papers("replay", "-", stdin=response.data).exit_code == 1


def test_the_server_saves_no_more_than_it_can(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search with too many hits is refused with the limit."""
    monkeypatch.setattr("web.pages.saved_search.MOST", 5)
    response = client.get("/search.manifest.json")
    assert response.status_code == 400
    assert "the limit is 5" in response.text


def test_pages_link_what_the_server_saves(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of results links its saved search if the server would save it."""
    link = "/search.manifest.json?q=attention"
    assert f'href="{link}"' in client.get("/search?q=attention").text
    assert client.get(link).status_code == 200
    monkeypatch.setattr("web.pages.search_page.MOST", 1)
    assert link not in client.get("/search?q=attention").text


def test_the_report_repeats_no_query(papers: Callable[..., Result], tmp_path: Path) -> None:
    """What was searched for is named only if it is not what was typed."""
    for query, reported in (("attention", False), ("(attention", True)):
        path = tmp_path / f"{reported}.json"
        papers("search", query, "--save", str(path))
        assert ("Searched for attention\n" in papers("replay", str(path)).stdout) is reported
