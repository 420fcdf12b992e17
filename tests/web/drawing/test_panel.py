"""Test the panel of a page: drawing, key, list and links."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.graph.elements import Node, NodeKind, Place, Slice
from search.graph.scope import Scope
from search.graph.slices import slice_topic
from tests.support.author_index import open_authors
from tests.support.made_graphs import open_graph
from web.app import create_app
from web.drawing.panel import Panel, draw_panel

HOSTILE = '</title></svg><script>alert(1)</script>"onload="x'


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    """Draw the panel of a topic."""
    searcher = open_graph(tmp_path_factory.mktemp("panel"))
    drawn = draw_panel(slice_topic(searcher, "cats", Scope()))
    assert drawn is not None
    return drawn


def test_the_list_says_what_the_drawing_shows(panel: Panel) -> None:
    """Every node but the centre is in the list, with the page that it stands for."""
    listed = {one.node.place for group in panel.groups for one in group.entries}
    assert listed == {one.node.place for one in panel.drawing.nodes[1:]}
    addresses = {one.node.label: one.address for group in panel.groups for one in group.entries}
    assert addresses["Ada Bell"] == "/authors/Ada%20Bell"
    assert addresses["Cats on mats"] == "/paper/a"
    assert addresses["mats"] == "/topic/mats"
    assert addresses["Cat Institute"] == "/search?institution=Cat+Institute"


def test_the_centre_leads_to_the_explorer(panel: Panel) -> None:
    """The page of the centre is the one that has the panel."""
    assert panel.explorer == "/graph?topic=cats"
    assert panel.drawing.nodes[0].address == panel.explorer


def test_the_key_has_what_is_drawn(panel: Panel) -> None:
    """Only shapes and shades of the drawing are explained."""
    assert [one.meaning for one in panel.key] == [
        "People",
        "Topics",
        "Institutions",
        "Papers 2013 to 2016",
        "Papers 2017 to 2020",
    ]


def test_nothing_around_draws_nothing() -> None:
    """A page without anything around its subject has no panel."""
    alone = Slice((Node(Place(NodeKind.PAPER, "f"), "A paper of nobody"),), ())
    assert draw_panel(alone) is None


def test_the_page_of_a_paper_has_a_panel(client: FlaskClient) -> None:
    """The drawing is in the page: named, described, its nodes links, one of them a Tab stop."""
    page = client.get("/paper/vaswani-2017-attention").text
    drawing = page[page.index('<svg class="graph" id="graph"') :].partition("</svg>")[0]
    assert 'aria-labelledby="graph-title graph-desc"' in drawing
    assert "<title" in drawing
    assert drawing.count("<a ") > 5
    assert drawing.count('tabindex="0"') == 1
    assert not re.search(r"style=|onload|<script", drawing)
    assert "The graph as a list" in page
    assert 'href="/graph?paper=vaswani-2017-attention"' in page


def test_labels_are_escaped(tmp_path: Path) -> None:
    """Markup in a title, a name or a topic is text in the drawing and in the list."""
    shared: dict[str, object] = {"authors": [HOSTILE], "topics": [HOSTILE]}
    papers = [{"id": one, "title": f"Cats {one} {HOSTILE}"} | shared for one in ("h", "i")]
    open_authors(tmp_path, papers)
    page = create_app(tmp_path / "index").test_client().get("/paper/h").text
    section = page[page.index('<section class="graph-panel"') :].partition("</section>")[0]
    assert section.count("&lt;script&gt;") > 5
    assert "<script" not in section
    assert section.count("<svg") == section.count("</svg>")
    assert '"onload' not in section
