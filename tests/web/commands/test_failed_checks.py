"""Test that commands refuse a new generation that cannot be searched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index.store.generations import read_current_name
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from click.testing import Result

    from search.answers.results import Results

    Papers = Callable[..., Result]


def test_an_index_that_cannot_be_searched_is_not_used(
    papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that makes a generation searches it; if that fails, the old one stays."""
    index, dump = tmp_path / "ix", tmp_path / "d.jsonl"
    dump.write_text(json.dumps({"id": "p", "title": "Paper"}) + "\n", "utf-8")
    papers("build", str(SAMPLE), index=index)
    older = read_current_name(index)
    removed = Searcher(index).search(SearchRequest()).hits[0].paper.id

    def fail(_searcher: Searcher, _request: SearchRequest) -> Results:
        message = "too many buckets"
        raise ValueError(message)

    monkeypatch.setattr(Searcher, "search", fail)
    for command in (("build", str(dump)), ("add", str(dump)), ("remove", removed), ("verify",)):
        result = papers(*command, index=index)
        assert result.exit_code == 1
        assert "a search of everything fails: too many buckets" in result.stderr
        assert read_current_name(index) == older
