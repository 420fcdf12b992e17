"""Test which nodes and edges a slice has."""

from dataclasses import replace
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.authors.identities import identify
from search.authors.name_cluster import find_cluster
from search.errors import ValueMissing
from search.graph.elements import EdgeKind, Node, NodeKind, Place, Slice
from search.graph.scope import EXPLORER, MOST_NODES, Scope
from search.graph.slices import (
    slice_institution,
    slice_paper,
    slice_person,
    slice_topic,
)
from tests.support.author_index import open_authors
from tests.support.made_graphs import open_graph


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index whose graph is known."""
    return open_graph(tmp_path_factory.mktemp("graph"))


def _slice(searcher: Searcher, name: str, scope: Scope) -> Slice:
    return slice_person(searcher, find_cluster(searcher, name), scope)


def _list_keys(shown: Slice, kind: NodeKind) -> list[str]:
    return [node.place.key for node in shown.list_kind(kind)]


def test_a_person_has_coauthors_papers_topics_and_institutions(searcher: Searcher) -> None:
    """All spellings of the name are the centre; a withdrawn paper and its author are left out."""
    shown = _slice(searcher, "Ada Bell", Scope())
    assert shown.centre == Node(Place(NodeKind.PERSON, "ada bell"), "Ada Bell", 3)
    assert _list_keys(shown, NodeKind.PERSON) == ["cy dorn", "eve fox"]
    assert _list_keys(shown, NodeKind.PAPER) == ["a", "b", "c"]
    assert set(_list_keys(shown, NodeKind.TOPIC)) == {"cats", "mats", "dogs"}
    assert _list_keys(shown, NodeKind.INSTITUTION) == ["Cat Institute"]


def test_edges_count_papers(searcher: Searcher) -> None:
    """An edge has its reason and the papers for which its nodes are joined."""
    shown = _slice(searcher, "Ada Bell", Scope())
    found = {(edge.one.key, edge.other.key): (edge.kind, edge.weight) for edge in shown.edges}
    assert found["ada bell", "cy dorn"] == (EdgeKind.COAUTHOR, 2)
    assert found["ada bell", "Cat Institute"] == (EdgeKind.AFFILIATION, 2)
    assert found["ada bell", "cats"] == (EdgeKind.TOPIC, 2)
    assert found["cy dorn", "a"] == (EdgeKind.WROTE, 1)
    assert ("eve fox", "a") not in found


def test_hidden_papers_can_be_asked_for(searcher: Searcher) -> None:
    """With them come their authors."""
    shown = _slice(searcher, "Ada Bell", Scope(hidden=True))
    assert "gil hart" in _list_keys(shown, NodeKind.PERSON)
    assert "d" in _list_keys(shown, NodeKind.PAPER)


def test_years_and_kinds_are_left_out(searcher: Searcher) -> None:
    """Everything is counted from papers of the years alone."""
    shown = _slice(searcher, "Ada Bell", Scope(first=2016, last=2020))
    assert _list_keys(shown, NodeKind.PAPER) == ["b"]
    assert shown.centre.weight == 1
    hiding = Scope(hide=frozenset({NodeKind.TOPIC, NodeKind.PAPER}))
    assert {node.kind for node in _slice(searcher, "Ada Bell", hiding).nodes} == {
        NodeKind.PERSON,
        NodeKind.INSTITUTION,
    }


def test_an_identity_narrows_the_centre(searcher: Searcher) -> None:
    """Of an identity only its own papers count."""
    cluster = find_cluster(searcher, "Ada Bell")
    found = identify(searcher, cluster)
    placed = [*found.possible, *(one for person in found.identities for one in person.mentions)]
    assert len(placed) == len(cluster.mentions)
    for person in found.identities:
        shown = slice_person(searcher, cluster, Scope(hidden=True), person)
        assert shown.read == len(person.mentions)


def test_a_paper_has_its_authors_and_related_papers(searcher: Searcher) -> None:
    """Authors come first and last author first; related papers are joined by likeness."""
    shown = slice_paper(searcher, searcher.read_paper("b"), Scope())
    assert _list_keys(shown, NodeKind.PERSON)[:3] == ["ada bell", "eve fox", "cy dorn"]
    related = [edge for edge in shown.edges if edge.kind is EdgeKind.RELATED]
    assert Place(NodeKind.PAPER, "a") in {edge.other for edge in related}
    assert "d" not in _list_keys(shown, NodeKind.PAPER)


def test_a_paper_without_authors_has_a_slice(searcher: Searcher) -> None:
    """Nothing but related papers can surround it."""
    shown = slice_paper(searcher, searcher.read_paper("f"), Scope())
    assert shown.centre.label == "A paper of nobody"
    assert _list_keys(shown, NodeKind.PERSON) == []


def test_topics_and_institutions_have_slices(searcher: Searcher) -> None:
    """The name may be in any case; people of an institution are those who name it."""
    shown = slice_topic(searcher, "CATS", Scope())
    assert shown.centre.label == "cats"
    assert _list_keys(shown, NodeKind.PAPER) == ["a", "b"]
    assert _list_keys(shown, NodeKind.TOPIC) == ["mats"]
    inside = slice_institution(searcher, "cat institute", Scope())
    assert _list_keys(inside, NodeKind.PERSON) == ["ada bell"]
    with pytest.raises(ValueMissing, match="unicorns"):
        slice_topic(searcher, "unicorns", Scope())


def test_opened_nodes_add_their_own(searcher: Searcher) -> None:
    """Opening adds what is around a node; one that the index does not have is ignored."""
    opened = (Place(NodeKind.PERSON, "ivy jones"), Place(NodeKind.TOPIC, "unicorns"))
    shown = _slice(searcher, "Ada Bell", Scope(opened=opened))
    assert shown.opened == opened[:1]
    assert "birds" in _list_keys(shown, NodeKind.TOPIC)
    again = _slice(searcher, "Ada Bell", Scope(opened=opened))
    assert again == shown


def test_slices_are_bounded(sample_searcher: Searcher) -> None:
    """However much is opened, a slice has no more nodes than a screen; what is left out counts."""
    scope = Scope(EXPLORER)
    shown = slice_topic(sample_searcher, "attention", scope)
    assert len(shown.nodes) <= MOST_NODES
    opened = tuple(node.place for node in shown.nodes[1:])
    wide = slice_topic(sample_searcher, "attention", replace(scope, opened=opened))
    assert len(shown.nodes) < len(wide.nodes) <= MOST_NODES
    assert sum(wide.left_out.values()) > 0


def test_edges_join_nodes_of_the_slice(sample_searcher: Searcher) -> None:
    """No edge leads out of a slice, or to itself, and none is there twice."""
    shown = slice_topic(sample_searcher, "attention", Scope(EXPLORER))
    places = {node.place for node in shown.nodes}
    assert len(shown.edges) > len(shown.nodes) // 2
    for edge in shown.edges:
        assert {edge.one, edge.other} <= places
        assert edge.one != edge.other
        assert edge.weight >= 1
    assert len({(e.one, e.other, e.kind) for e in shown.edges}) == len(shown.edges)


def test_an_index_built_again_has_the_same_slices(tmp_path: Path, searcher: Searcher) -> None:
    """Nothing of a slice depends on the order in which an index was built or read."""
    other = open_graph(tmp_path)
    assert _slice(other, "Ada Bell", Scope()) == _slice(searcher, "Ada M. Bell", Scope())


def test_citations_are_edges(tmp_path: Path) -> None:
    """What a paper cites and what cites it surround it, and citing leads to cited."""
    papers: list[dict[str, object]] = [
        {"id": "new", "title": "Cats on mats, again and again", "references": ["old"]},
        {"id": "newer", "title": "A survey of everything", "references": ["new", "old"]},
        {"id": "old", "title": "Behaviour of small animals"},
    ]
    cited = open_authors(tmp_path, papers)
    shown = slice_paper(cited, cited.read_paper("new"), Scope())
    assert _list_keys(shown, NodeKind.PAPER) == ["old", "newer"]
    citing = {(edge.one.key, edge.other.key) for edge in shown.edges if edge.kind is EdgeKind.CITES}
    assert citing == {("new", "old"), ("newer", "new"), ("newer", "old")}
