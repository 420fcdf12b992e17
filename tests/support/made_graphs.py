"""Build small indexes whose research graph is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.author_index import open_authors

if TYPE_CHECKING:
    from pathlib import Path

    from search.answers.searcher import Searcher

PAPERS: tuple[dict[str, object], ...] = (
    {
        "id": "a", "title": "Cats on mats", "authors": [
            {"name": "Ada Bell", "affiliations": ["Cat Institute"]},
            {"name": "Cy Dorn", "affiliations": ["Dog College"]},
        ], "topics": ["cats", "mats"], "year": 2015, "citations": 40,
    },
    {
        "id": "b", "title": "Cats on mats again", "authors": [
            {"name": "Ada M. Bell", "affiliations": ["Cat Institute"]},
            {"name": "Cy Dorn"}, {"name": "Eve Fox"},
        ], "topics": ["cats"], "year": 2018, "citations": 4,
    },
    {
        "id": "c", "title": "Dogs without mats", "authors": ["Ada Bell", "Eve Fox"],
        "topics": ["dogs"], "year": 2021,
    },
    {
        "id": "d", "title": "Dogs and cats withdrawn", "authors": ["Ada Bell", "Gil Hart"],
        "topics": ["dogs"], "year": 2022, "status": "withdrawn",
    },
    {"id": "e", "title": "Birds alone", "authors": ["Ivy Jones"], "topics": ["birds"]},
    {"id": "f", "title": "A paper of nobody"},
)  # fmt: skip
"""Papers of Ada Bell, with co-authors, topics and institutions; of Ivy Jones; and of nobody."""


def open_graph(folder: Path) -> Searcher:
    """Build an index of `PAPERS` and open it."""
    return open_authors(folder, PAPERS)
