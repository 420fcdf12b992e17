"""Find the connected components of a graph."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def find_components(
    seeds: Iterable[Node], neighbours: Callable[[Node], Iterable[Node]]
) -> Iterator[list[Node]]:
    """Yield each connected component that contains a seed, once.

    Args:
        seeds: Nodes to start from.
        neighbours: Returns the nodes that share an edge with a node.

    Yields:
        The nodes of a component by their distance from its first seed, without duplicates.
    """
    visited: set[Node] = set()
    for seed in seeds:
        if seed in visited:
            continue
        visited.add(seed)
        component, waiting = [seed], deque([seed])
        while waiting:
            for node in neighbours(waiting.popleft()):
                if node not in visited:
                    visited.add(node)
                    component.append(node)
                    waiting.append(node)
        yield component
