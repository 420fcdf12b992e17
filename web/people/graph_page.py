"""Serve the explorer of the research graph, and its twins."""

from dataclasses import replace
from typing import NamedTuple

from flask import Response, render_template, request

from search.budget.optional_steps import refuse_long_searches
from search.graph.centres import slice_around
from search.graph.elements import Node, NodeKind, Slice
from search.graph.scope import MOST_OPENED
from web.api.addresses import author_path
from web.api.graphs import describe_graph
from web.drawing.addresses import find_page
from web.drawing.drawing import EXPLORER_CANVAS, Drawing, draw_slice
from web.drawing.explorer_state import LONGEST_LINK, ExplorerState, parse_state
from web.drawing.graphml import write_graphml
from web.drawing.panel import KEY_RADIUS, group_nodes, list_key
from web.drawing.shapes import draw_outline
from web.drawing.wording import HEADINGS
from web.pages.blueprint import get_searcher, respond_json
from web.people.blueprint import people

GRAPHML = "application/graphml+xml; charset=utf-8"


class KindSwitch(NamedTuple):
    """A link that hides or shows the nodes of a kind, with their shape."""

    kind: NodeKind
    outline: str
    heading: str
    shown: int
    hidden: bool
    address: str


@people.get("/graph")
def graph() -> str:
    """Show what surrounds a person, a paper, a topic or an institution."""
    state = _read_state()
    shown = read_slice(state)
    drawing = _draw(shown, state)
    return render_template(
        "graph.html",
        state=state,
        shown=shown,
        drawing=drawing,
        key=list_key(shown),
        groups=group_nodes(shown, find_page),
        switches=[_switch_kind(shown, state, kind) for kind in NodeKind],
        centre_page=_find_centre_page(state, shown.centre),
        find_toggle=lambda node: find_toggle(state, node),
        most_open=MOST_OPENED,
        all_years=replace(state, first=None, last=None).find_path() if state.scope.dated else "",
        all_statuses=replace(state, hidden=not state.hidden).find_path(),
    )


@people.get("/graph.json")
def graph_json() -> Response:
    """Return a slice with the places of its nodes as JSON."""
    state = _read_state()
    drawing = _draw(read_slice(state), state)
    canvas = drawing.canvas
    document = describe_graph(drawing.shown, drawing.points, (canvas.width, canvas.height))
    return respond_json(document, {"page": state.find_path()})


@people.get("/graph.graphml")
def graph_file() -> Response:
    """Return a slice as GraphML."""
    state = _read_state()
    drawing = _draw(read_slice(state), state)
    return Response(write_graphml(drawing.shown, drawing.points), content_type=GRAPHML)


def _read_state() -> ExplorerState:
    return parse_state(request.args.to_dict(flat=False))


def read_slice(state: ExplorerState) -> Slice:
    """Return the slice that a state of the explorer shows.

    Raises:
        AuthorMissing, IdentityMissing, PaperMissing, ValueMissing: The index has no such centre.
        SearchTooLong: Reading it takes longer than a request may.
    """
    with refuse_long_searches():
        return slice_around(
            get_searcher(), state.kind, state.name, state.scope, identity=state.identity
        )


def _draw(shown: Slice, state: ExplorerState) -> Drawing:
    """Draw a slice; a click on a node opens or closes it, on the centre leads to its page."""

    def find_address(node: Node) -> str:
        if node is shown.centre:
            return _find_centre_page(state, node)
        return find_toggle(state, node) or find_page(node)

    return draw_slice(shown, EXPLORER_CANVAS, find_address)


def find_toggle(state: ExplorerState, node: Node) -> str:
    """Return the address that opens or closes a node; empty if there is none or it is too long."""
    toggled = state.toggle_node(node.place)
    address = toggled.find_path() if toggled else ""
    return address if len(address) <= LONGEST_LINK else ""


def _find_centre_page(state: ExplorerState, node: Node) -> str:
    if node.kind is NodeKind.PERSON:
        return author_path(node.label, state.identity)
    return find_page(node)


def _switch_kind(shown: Slice, state: ExplorerState, kind: NodeKind) -> KindSwitch:
    hidden, count = kind in state.hide, len(shown.list_kind(kind))
    outline, address = draw_outline(kind, KEY_RADIUS), state.toggle_kind(kind).find_path()
    return KindSwitch(kind, outline, HEADINGS[kind], count, hidden, address)
