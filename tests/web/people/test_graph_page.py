"""Test the explorer of the research graph, and its twins."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from tests.support.made_graphs import open_graph
from web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client over papers whose graph is known."""
    folder = tmp_path_factory.mktemp("explorer")
    open_graph(folder)
    return create_app(folder / "index").test_client()


def _list_nodes(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/graph.json?{query}")
    assert answer.status_code == 200, answer.text
    return [node["id"] for node in answer.get_json()["data"]["nodes"]]


@pytest.mark.parametrize(
    ("query", "centre"),
    [
        ("author=Ada+Bell", "person:ada bell"),
        ("author=bell,+ada", "person:ada bell"),
        ("paper=a", "paper:a"),
        ("paper=Cats+on+mats", "paper:a"),
        ("paper=f", "paper:f"),
        ("topic=Cats", "topic:cats"),
        ("institution=cat+institute", "institution:Cat Institute"),
    ],
)
def test_every_kind_of_centre(graphs: FlaskClient, query: str, centre: str) -> None:
    """The page, its JSON and its GraphML show the same nodes."""
    nodes = _list_nodes(graphs, query)
    assert nodes[0] == centre
    page = graphs.get(f"/graph?{query}")
    assert page.status_code == 200
    assert set(re.findall(r'data-node="([^"]*)"', page.text)) == set(nodes)
    written = graphs.get(f"/graph.graphml?{query}")
    assert written.mimetype == "application/graphml+xml"
    assert list(nx.read_graphml(BytesIO(written.data)).nodes) == nodes


def test_nodes_are_opened_and_closed(graphs: FlaskClient) -> None:
    """The link of a node opens it, and then closes it; each state is an address."""
    page = graphs.get("/graph?topic=birds").text
    drawing = page[page.index("data-graph") :]
    found = re.search(r'href="(/graph\?[^"]*)"[^>]*data-node="person:ivy jones"', drawing)
    assert found
    assert found[1] == "/graph?topic=birds&amp;open=person%3Aivy+jones"
    opened = graphs.get(found[1].replace("&amp;", "&")).text
    assert 'href="/graph?topic=birds"' in opened
    assert "close<span" in opened


def test_kinds_and_years_are_hidden(graphs: FlaskClient) -> None:
    """A hidden kind has a link that shows it again."""
    hidden = _list_nodes(graphs, "author=Ada+Bell&hide=topic&hide=institution&from=2016")
    assert hidden == ["person:ada bell", "person:eve fox", "person:cy dorn", "paper:b", "paper:c"]
    page = graphs.get("/graph?author=Ada+Bell&hide=topic").text
    assert 'class="off"' in page
    assert 'href="/graph?author=Ada+Bell"' in page


def test_withdrawn_papers_are_shown_if_asked_for(graphs: FlaskClient) -> None:
    """They are left out otherwise."""
    assert "paper:d" not in _list_nodes(graphs, "author=Ada+Bell")
    assert "paper:d" in _list_nodes(graphs, "author=Ada+Bell&hidden=show")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("author=Ada+Bell&paper=a", 400),
        ("author=Ada+Bell&open=%00", 400),
        ("author=Ada+Bell&from=12345", 400),
        (f"topic={'x' * 5000}", 400),
        ("author=Nobody+Known", 404),
        ("author=Ada+Bell&identity=s2:1", 404),
        ("paper=zzz", 404),
        ("topic=unicorns", 404),
        ("institution=unicorns", 404),
    ],
)
def test_refusals(graphs: FlaskClient, query: str, status: int) -> None:
    """Each twin refuses what the page refuses, and says why in one sentence."""
    for twin in ("", ".json", ".graphml"):
        assert graphs.get(f"/graph{twin}?{query}").status_code == status
    assert graphs.get(f"/graph.json?{query}").get_json()["error"]["message"].endswith(".")


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '"><svg onload=x>', "a' b", "\u202e"]
)
def test_hostile_values_are_text(graphs: FlaskClient, value: str) -> None:
    """Nothing of an address becomes markup."""
    for parameters in ({"topic": value}, {"topic": "cats", "open": f"topic:{value}"}):
        page = graphs.get("/graph", query_string=parameters)
        assert page.status_code in {200, 404}
        assert "<script>alert" not in page.text
        assert "<svg onload" not in page.text


def test_only_the_explorer_loads_its_script(graphs: FlaskClient) -> None:
    """A page with a panel needs no script of the graph."""
    assert "/static/graph." in graphs.get("/graph?topic=cats").text
    assert "/static/graph." not in graphs.get("/paper/a").text
