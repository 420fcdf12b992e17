"""Choose the nodes of a slice of the research graph, by written rules and the same every time."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from index.records import Paper
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.authors.identities import Identity
from search.authors.name_cluster import NameCluster
from search.budget.budget import check_budget
from search.errors import AuthorMissing, PaperMissing, ValueMissing
from search.graph.candidates import Candidates
from search.graph.connections import (
    find_citations,
    find_connected,
    find_edges,
    keep_strongest,
)
from search.graph.elements import Node, NodeKind, Place, Slice
from search.graph.scope import MOST_NODES, MOST_OPENED, OPENED, Scope
from search.graph.surroundings import (
    Surroundings,
    make_paper_node,
    rank_cited,
    surround_paper,
    surround_person,
    surround_place,
    surround_value,
)

NEWEST_SHARE = 3
"""One of this many papers is among the newest, the others are the most cited. Chosen: else a long
career hides what somebody works on now."""


def slice_person(
    searcher: Searcher, cluster: NameCluster, scope: Scope, identity: Identity | None = None
) -> Slice:
    """Return what surrounds a name, or one person of that name.

    Args:
        searcher: The index.
        cluster: The papers of the name.
        scope: What the slice may contain.
        identity: The person; None for everybody of the name.
    """
    return build_slice(searcher, surround_person(cluster, scope, identity), scope)


def slice_paper(
    searcher: Searcher, paper: Paper, scope: Scope, related: Sequence[Hit] | None = None
) -> Slice:
    """Return what surrounds a paper; its related papers are looked up unless they are given."""
    return build_slice(searcher, surround_paper(searcher, paper, scope, related), scope)


def slice_topic(searcher: Searcher, topic: str, scope: Scope) -> Slice:
    """Return what surrounds a topic.

    Raises:
        ValueMissing: No paper has it.
    """
    around = surround_value(searcher, NodeKind.TOPIC, topic, scope)
    return build_slice(searcher, around, scope)


def slice_institution(searcher: Searcher, institution: str, scope: Scope) -> Slice:
    """Return what surrounds an institution.

    Raises:
        ValueMissing: No author names it.
    """
    around = surround_value(searcher, NodeKind.INSTITUTION, institution, scope)
    return build_slice(searcher, around, scope)


def build_slice(searcher: Searcher, around: Surroundings, scope: Scope) -> Slice:
    """Choose nodes around a node, add those around the opened ones, and join them.

    Nodes that nothing connects with the centre or an opened node are left out.
    """
    chosen: dict[Place, Node] = {around.centre.place: around.centre}
    groups = [Candidates(around, searcher)]
    left_out = _choose(groups[0], scope.find_sizes(scope.sizes), chosen)
    opened = []
    for place in dict.fromkeys(scope.opened[:MOST_OPENED]):
        check_budget()
        beside = _surround_opened(searcher, place, scope)
        if beside is None or place == around.centre.place or place.kind in scope.hide:
            continue
        chosen.setdefault(beside.centre.place, beside.centre)
        opened.append(beside.centre.place)
        groups.append(Candidates(beside, searcher))
        left_out += _choose(groups[-1], scope.find_sizes(OPENED), chosen)
    edges = [edge for group in groups for edge in find_edges(group, chosen)]
    papers = {paper.id: paper for group in groups for paper in group.around.papers}
    drawn = [paper for key, paper in papers.items() if Place(NodeKind.PAPER, key) in chosen]
    edges += find_citations(searcher, drawn, chosen)
    centres = (around.centre.place, *opened)
    connected = find_connected(edges, centres)
    left_out.update(place.kind for place in chosen if place not in connected)
    nodes = [node for place, node in chosen.items() if place in connected]
    return Slice(
        nodes=tuple(nodes),
        edges=keep_strongest(edges, set(centres)),
        opened=tuple(opened),
        left_out=dict(left_out),
        read=len(around.papers),
        unread=around.unread,
    )


def _surround_opened(searcher: Searcher, place: Place, scope: Scope) -> Surroundings | None:
    """Read what is around an opened node; None if the index does not have it."""
    try:
        return surround_place(searcher, place, scope)
    except (AuthorMissing, PaperMissing, ValueMissing):
        return None


def _choose(
    candidates: Candidates, sizes: Mapping[NodeKind, int], chosen: dict[Place, Node]
) -> Counter[NodeKind]:
    """Add the first candidates of each kind to the chosen nodes; return how many are left out."""
    rankings: dict[NodeKind, Callable[[], Sequence[Node]]] = {
        NodeKind.PERSON: candidates.rank_people,
        NodeKind.PAPER: lambda: rank_papers(candidates.around, sizes[NodeKind.PAPER]),
        NodeKind.TOPIC: candidates.rank_topics,
        NodeKind.INSTITUTION: candidates.rank_institutions,
    }
    left_out: Counter[NodeKind] = Counter()
    for kind, size in sizes.items():
        ranked = rankings[kind]()
        room = max(0, min(size, MOST_NODES - len(chosen)))
        for node in ranked[:room]:
            chosen.setdefault(node.place, node)
        if more := len(ranked) - room:
            left_out[kind] += max(0, more)
    return left_out


def rank_papers(around: Surroundings, size: int) -> list[Node]:
    """Return the papers around a node: the most cited, but some places are for the newest.

    Args:
        around: The papers; those around a paper keep their order.
        size: How many will be shown.
    """
    papers = [paper for paper in around.papers if paper.id != around.centre.place.key]
    if around.centre.kind is not NodeKind.PAPER and len(papers) > size:
        cited = papers[: size - size // NEWEST_SHARE]
        newest = sorted(
            papers[len(cited) :], key=lambda one: (-(one.shown.year or 0), *rank_cited(one))
        )
        papers = [*cited, *newest]
    return [make_paper_node(paper) for paper in papers]
