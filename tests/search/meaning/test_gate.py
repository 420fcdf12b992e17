"""Check which queries are ranked by meaning too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.language.parser import parse
from search.meaning.gate import admits_query
from search.planning.ranking import plan_query


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Index some papers, one of them by an author whose name is no word."""
    texts = ["sorting networks on parallel computers", "routing messages in dense networks"]
    papers = [{"id": str(number), "title": title} for number, title in enumerate(texts)]
    return Searcher(index_of(*papers, {"id": "2", "title": "A paper", "authors": ["Ada Batcher"]}))


@pytest.mark.parametrize(
    ("query", "admitted"),
    [
        ("sorting networks", False),
        ("sorting dense networks", False),
        ("sorting parallel dense networks", True),
        ("sorting in the parallel and dense networks", True),
        ("sorting parallel dense networks batcher", False),
        ("sorting parallel dense networks 1968", False),
        ("sorting parallel dense nteworks", False),
        ("how can we do sorting of messages on parallel dense networks with unknownwords", True),
        ("title:sorting title:parallel title:dense title:networks", False),
        ('"sorting networks" on parallel computers', False),
        ("sorting AND parallel AND dense AND networks", False),
        ("", False),
    ],
)
def test_only_questions_are_admitted(searcher: Searcher, query: str, *, admitted: bool) -> None:
    """A query of few words, or with a name, a year or an unknown word, means a certain paper."""
    planned = plan_query(parse(query).query, searcher.engine, query)
    assert admits_query(planned, searcher.engine) is admitted
