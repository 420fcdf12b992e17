"""Test `papers graph`."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from tests.support.made_graphs import open_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build an index whose graph is known."""
    folder = tmp_path_factory.mktemp("graphs")
    open_graph(folder)
    return str(folder / "index")


@pytest.fixture
def graph(papers: Callable[..., Result], directory: str) -> Callable[..., Result]:
    """Return a function that runs the command on that index."""
    return lambda *arguments: papers("graph", "--index", directory, *arguments)


def test_a_slice_is_listed(graph: Callable[..., Result]) -> None:
    """Each kind is a list, the nearest first, with what is known of each node."""
    printed = graph("--author", "bell, ada")
    assert printed.exit_code == 0
    assert printed.stdout.startswith("Around Ada Bell\n\nPeople (2)\n  Cy Dorn (2 papers)\n")
    assert "  Cats on mats (2015, 40 citations)\n" in printed.stdout
    assert "withdrawn" not in printed.stdout
    assert "Dogs and cats withdrawn" in graph("--author", "Ada Bell", "--hidden").stdout


def test_formats_say_the_same(graph: Callable[..., Result], tmp_path: Path) -> None:
    """JSON and GraphML have the same nodes, printed or in a file."""
    found = json.loads(graph("--topic", "cats", "--format", "json").stdout)
    ids = [node["id"] for node in found["nodes"]]
    assert ids[0] == "topic:cats"
    file = tmp_path / "cats.graphml"
    written = graph("--topic", "cats", "--format", "graphml", "--output", str(file))
    assert (written.exit_code, written.stdout) == (0, "")
    assert list(nx.read_graphml(BytesIO(file.read_bytes())).nodes) == ids


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "Name one of --author, --paper, --topic and --institution."),
        (("--author", "Ada Bell", "--topic", "cats"), 2, "Name one of --author"),
        (("--author", "Nobody Known"), 1, "No paper names the author"),
        (("--author", "Ada Bell", "--identity", "s2:1"), 1, "belong to 's2:1'"),
        (("--paper", "zzz"), 1, "No paper has the id 'zzz'"),
        (("--institution", "Bird School"), 1, "No paper has the institution 'Bird School'"),
    ],
)
def test_failures(
    graph: Callable[..., Result], arguments: tuple[str, ...], code: int, message: str
) -> None:
    """A centre that is missing or not named is a failure in one line."""
    refused = graph(*arguments)
    assert refused.exit_code == code
    assert message in refused.stderr


def test_a_lonely_paper_finds_nothing(
    papers: Callable[..., Result], index_of: Callable[..., Path]
) -> None:
    """The exit code says that nothing surrounds it."""
    index = index_of({"id": "f", "title": "Alone"})
    printed = papers("graph", "--index", str(index), "--paper", "f")
    assert printed.exit_code == 1
    assert printed.stdout == "Around Alone\n\nNothing else is connected to it.\n"
