"""Read the papers around a node."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.records import Paper, decode_paper
from index.text.folding import fold
from search.answers.related import find_related
from search.answers.restrictions import NOT_HIDDEN
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.answers.value_names import find_value
from search.authors.identities import Identity
from search.authors.name_cluster import NameCluster, find_cluster
from search.engines.engine import Order
from search.errors import ValueMissing
from search.graph.author_keys import reduce_key
from search.graph.elements import Edge, EdgeKind, Node, NodeKind, Place
from search.graph.scope import Scope
from search.planning.plan import Exact, Numbers, Plan, all_of
from search.planning.plan import Node as Match

MOST_READ = 300
"""Papers of a node that are read, the most cited first. Reading takes .05 ms each; of 300 papers
the most frequent co-authors and topics hardly differ from those of all."""

RELATED = 8
"""Related papers around a paper. Chosen, in place of a list."""


CITED = 8
"""Papers that a paper cites, and papers that cite it, that are read, those cited most. Chosen."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The papers around a node.

    Attributes:
        centre: The node.
        papers: Papers that it is part of, the most cited first; of a paper, itself and those that
            it cites, that cite it, or that are related to it.
        edges: Edges between papers, which the papers themselves do not tell.
        unread: Further papers, beyond `MOST_READ`.
        keys: The author keys that mean the centre, if it is a person.
    """

    centre: Node
    papers: tuple[Paper, ...]
    edges: tuple[Edge, ...] = ()
    unread: int = 0
    keys: frozenset[str] = frozenset()


def make_paper_node(paper: Paper) -> Node:
    """Return the node of a paper."""
    place = Place(NodeKind.PAPER, paper.id)
    return Node(place, paper.title, paper.citations or 0, paper.shown.year)


def rank_cited(paper: Paper) -> tuple[int, int, str]:
    """Return what papers are ordered by: citations, then the newest, then ids."""
    return -(paper.citations or 0), -(paper.shown.year or 0), paper.id


def surround_person(
    cluster: NameCluster, scope: Scope, identity: Identity | None = None
) -> Surroundings:
    """Select the papers of a name, or of one person of that name.

    Args:
        cluster: The papers of the name.
        scope: Which of them are included.
        identity: The person; None for everybody of the name.
    """
    mentions = cluster.mentions
    if identity is not None:
        mentions = tuple(placed.mention for placed in identity.mentions)
    found = sorted((one.paper for one in mentions if scope.includes(one.paper)), key=rank_cited)
    name = cluster.name if identity is None else identity.name
    place = Place(NodeKind.PERSON, reduce_key(_find_key(cluster, name)))
    read, beyond = tuple(found[:MOST_READ]), cluster.total - len(cluster.mentions)
    unread = len(found) - len(read) + (beyond if identity is None and not scope.dated else 0)
    keys = frozenset(variant.key for variant in cluster.variants)
    return Surroundings(Node(place, name, len(found)), read, unread=unread, keys=keys)


def _find_key(cluster: NameCluster, name: str) -> str:
    """Return the key of a spelling of a name."""
    keys = {variant.name: variant.key for variant in cluster.variants}
    return keys.get(name) or next((variant.key for variant in cluster.variants), fold(name))


def surround_value(searcher: Searcher, kind: NodeKind, typed: str, scope: Scope) -> Surroundings:
    """Read the papers of a topic or an institution, the most cited first.

    Args:
        searcher: The index.
        kind: `NodeKind.TOPIC` or `NodeKind.INSTITUTION`.
        typed: Its name in any case.
        scope: Which papers are included.

    Raises:
        ValueMissing: No paper has it.
    """
    value = find_value(searcher.engine, kind.value, typed)
    if value is None:
        raise ValueMissing(kind.value, typed)
    conditions: list[Match] = [Exact(kind.value, value)]
    if not scope.hidden:
        conditions.append(NOT_HIDDEN)
    if scope.dated:
        conditions.append(Numbers("year", scope.first, scope.last))
    plan = Plan(all_of(conditions), scored=False)
    found = searcher.engine.find(plan, Order("citations", descending=True), 0, MOST_READ)
    papers = tuple(decode_paper(record) for _, record in found.hits)
    node = Node(Place(kind, value), value, found.total)
    return Surroundings(node, papers, unread=found.total - len(papers))


def surround_paper(
    searcher: Searcher, paper: Paper, scope: Scope, related: Sequence[Hit] | None = None
) -> Surroundings:
    """Read the papers around a paper: cited, related and citing ones in turn.

    Args:
        searcher: The index.
        paper: The paper; it is included whatever its status and year.
        scope: Which others are included.
        related: Its related papers, if they are known already.
    """
    if related is None:
        related = find_related(searcher, paper, limit=RELATED, hidden=scope.hidden).hits
    known = searcher.read_references(paper, CITED)
    cited, citing = (_read_papers(searcher, ids) for ids in (known.references, known.cited_by))
    alike = [hit.paper for hit in related[:RELATED]]
    mixed = (one for row in zip_longest(cited, alike, citing) for one in row if one is not None)
    others = {one.id: one for one in mixed if one.id != paper.id and scope.includes(one)}
    node = make_paper_node(paper)
    named = {*known.references, *known.cited_by}
    edges = (
        Edge(node.place, Place(NodeKind.PAPER, one.id), EdgeKind.RELATED)
        for one in alike
        if one.id in others and one.id not in named
    )
    return Surroundings(node, (paper, *others.values()), tuple(edges))


def _read_papers(searcher: Searcher, ids: Iterable[str]) -> list[Paper]:
    found = (searcher.engine.read_paper(one) for one in ids)
    return [decode_paper(record) for record in found if record is not None]


def surround_place(searcher: Searcher, place: Place, scope: Scope) -> Surroundings:
    """Read the papers around a node that was opened.

    Raises:
        AuthorMissing, PaperMissing, ValueMissing: The index does not have it.
    """
    if place.kind is NodeKind.PAPER:
        return surround_paper(searcher, searcher.read_paper(place.key), scope)
    if place.kind is NodeKind.PERSON:
        return surround_person(find_cluster(searcher, place.key), scope)
    return surround_value(searcher, place.kind, place.key, scope)
