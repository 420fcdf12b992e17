"""Find the centre of a slice by what a reader calls it."""

from search.answers.paper_lookup import find_paper
from search.answers.searcher import Searcher
from search.authors.identities import Identity, identify
from search.authors.name_cluster import NameCluster, find_cluster
from search.errors import IdentityMissing
from search.graph.elements import NodeKind, Slice
from search.graph.scope import Scope
from search.graph.slices import slice_institution, slice_paper, slice_person, slice_topic


def slice_around(
    searcher: Searcher, kind: NodeKind, name: str, scope: Scope, identity: str = ""
) -> Slice:
    """Return what surrounds a person, a paper, a topic or an institution.

    Args:
        searcher: The index.
        kind: What the name is of.
        name: A name in any spelling; an id, a DOI, an address or a title of a paper; a topic or an
            institution in any case.
        scope: What the slice may contain.
        identity: The key of one person of a name; empty for everybody.

    Raises:
        AuthorMissing, IdentityMissing, PaperMissing, ValueMissing: The index does not have it.
    """
    if kind is NodeKind.PAPER:
        return slice_paper(searcher, find_paper(searcher, name), scope)
    if kind is NodeKind.TOPIC:
        return slice_topic(searcher, name, scope)
    if kind is NodeKind.INSTITUTION:
        return slice_institution(searcher, name, scope)
    cluster = find_cluster(searcher, name)
    return slice_person(searcher, cluster, scope, _find_identity(searcher, cluster, identity))


def _find_identity(searcher: Searcher, cluster: NameCluster, key: str) -> Identity | None:
    if not key:
        return None
    found = identify(searcher, cluster).find(key)
    if found is None:
        raise IdentityMissing(key, cluster.name)
    return found
