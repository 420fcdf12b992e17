"""Check the search for connected components."""

from hypothesis import given
from hypothesis import strategies as st

from index.works.components import find_components

nodes = st.integers(0, 12)
edges = st.sets(st.tuples(nodes, nodes), max_size=12)


def neighbours_of(edges: set[tuple[int, int]]) -> dict[int, list[int]]:
    """Return the neighbours of every node that has any."""
    found: dict[int, list[int]] = {}
    for one, other in sorted(edges):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def test_components_of_a_graph() -> None:
    """Each component comes once, from its first seed outward; a seed without edges is alone."""
    edges = neighbours_of({(3, 1), (1, 2), (5, 6)})
    found = find_components([1, 3, 9, 6], lambda node: edges.get(node, []))
    assert list(found) == [[1, 2, 3], [9], [6, 5]]


def test_components_without_a_seed_are_left_out() -> None:
    """Only what a seed reaches is visited, whatever the nodes are."""
    edges = {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}
    assert list(find_components(["d"], edges.__getitem__)) == [["d", "c"]]


@given(edges)
def test_components_are_a_partition(edges: set[tuple[int, int]]) -> None:
    """Every node is in one component, together with both ends of each of its edges."""
    neighbours = neighbours_of(edges)
    found = list(find_components(neighbours, neighbours.__getitem__))
    assert sorted(node for component in found for node in component) == sorted(neighbours)
    component_of = {node: at for at, component in enumerate(found) for node in component}
    assert all(component_of[one] == component_of[other] for one, other in edges)
