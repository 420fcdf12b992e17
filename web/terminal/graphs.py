"""Print a slice of the research graph as lists."""

from collections.abc import Iterator

import click

from search.graph.elements import NodeKind, Slice
from web.drawing.wording import HEADINGS, list_facts
from web.terminal.printing import escape_controls


def format_slice(shown: Slice) -> Iterator[str]:
    """Yield the lines that say what a slice contains, by kind, the nearest first."""
    yield f"Around {click.style(escape_controls(shown.centre.label), bold=True)}"
    for kind in NodeKind:
        nodes, more = shown.list_kind(kind), shown.left_out.get(kind, 0)
        if nodes:
            yield f"\n{HEADINGS[kind]} ({len(nodes)}{f' of {len(nodes) + more:,}' if more else ''})"
        for node in nodes:
            facts = ", ".join(list_facts(node))
            yield f"  {escape_controls(node.label)}{f' ({facts})' if facts else ''}"
    if not shown.nodes[1:]:
        yield "\nNothing else is connected to it."
    if shown.unread:
        yield f"\nFrom the {shown.read:,} most cited of {shown.read + shown.unread:,} papers."
