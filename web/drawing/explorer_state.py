"""Read and write the address of the graph explorer, which holds all of its state.

The parameters are::

    author=NAME & identity=KEY | paper=ID | topic=NAME | institution=NAME
    & open=person:KEY & open=paper:ID & hide=topic & from=2015 & to=2020 & hidden=show
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search.errors import ChoiceUnknown, ParameterInvalid, QueryTooCostly
from search.graph.elements import Node, NodeKind, Place
from search.graph.scope import EXPLORER, LONGEST_KEY, MOST_OPENED, Scope

CENTRES = {
    "author": NodeKind.PERSON,
    "paper": NodeKind.PAPER,
    "topic": NodeKind.TOPIC,
    "institution": NodeKind.INSTITUTION,
}
"""The parameter that names the centre, by the kind of node that it names."""

LONGEST_LINK = 2_000
"""Characters of an address that each node of the explorer repeats; longer ones are not linked."""

_YEAR = re.compile("[0-9]{1,4}")
_EXAMPLE = "author=NAME, paper=ID, topic=NAME or institution=NAME"


@dataclass(frozen=True, slots=True)
class ExplorerState:
    """What the explorer shows.

    Attributes:
        kind: The kind of the centre.
        name: Its name or id, as the address has it.
        identity: The key of the identity, if only one person of the name is meant.
        opened: The nodes that are opened.
        hide: The kinds that are hidden.
        first: The first year of papers, or None.
        last: The last year, or None.
        hidden: Whether withdrawn, rejected and retracted papers are included.
    """

    kind: NodeKind
    name: str
    identity: str = ""
    opened: tuple[Place, ...] = ()
    hide: frozenset[NodeKind] = frozenset()
    first: int | None = None
    last: int | None = None
    hidden: bool = False

    @property
    def scope(self) -> Scope:
        """Return what the slice may contain."""
        return Scope(EXPLORER, self.opened, self.hide, self.first, self.last, self.hidden)

    def find_path(self, twin: str = "") -> str:
        """Return the address of the page, or of its twin ``.json`` or ``.graphml``."""
        return f"/graph{twin}?{urlencode(self.list_parameters())}"

    def list_parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the address without defaults."""
        names = {kind: name for name, kind in CENTRES.items()}
        given = [(names[self.kind], self.name), ("identity", self.identity)]
        given += [("open", str(place)) for place in self.opened]
        given += [("hide", kind.value) for kind in NodeKind if kind in self.hide]
        years = (("from", self.first), ("to", self.last))
        given += [(name, str(year)) for name, year in years if year is not None]
        given.append(("hidden", "show" if self.hidden else ""))
        return [(name, value) for name, value in given if value]

    def toggle_node(self, place: Place) -> "ExplorerState | None":
        """Open a node, or close it again; None if as many are open as may be."""
        if place in self.opened:
            return replace(self, opened=tuple(one for one in self.opened if one != place))
        if len(self.opened) == MOST_OPENED:
            return None
        return replace(self, opened=(*self.opened, place))

    def toggle_kind(self, kind: NodeKind) -> "ExplorerState":
        """Hide a kind of nodes, or show it again."""
        return replace(self, hide=self.hide ^ {kind})


def centre_on(node: Node) -> ExplorerState:
    """Return the state of the explorer around a node."""
    return ExplorerState(node.kind, node.label if node.kind is NodeKind.PERSON else node.place.key)


def parse_state(parameters: Mapping[str, Sequence[str]]) -> ExplorerState:
    """Parse the parameters of an address; unknown ones are ignored.

    Raises:
        ParameterInvalid: No centre is named, or more than one, or a value cannot be parsed.
        QueryTooCostly: Too many nodes are opened, or a value is too long.
    """
    given = {name: [one for one in values if one.strip()] for name, values in parameters.items()}
    centres = [(kind, value) for name, kind in CENTRES.items() for value in given.get(name, ())]
    if len(centres) != 1:
        named = ", ".join(f"{kind}={value}" for kind, value in centres)
        raise ParameterInvalid("centre of the graph", named, _EXAMPLE)
    (kind, name), identity = centres[0], "".join(given.get("identity", ())[:1])
    opened = tuple(dict.fromkeys(map(_parse_place, given.get("open", ()))))
    if len(opened) > MOST_OPENED:
        raise QueryTooCostly("open nodes", len(opened), MOST_OPENED)
    for value in (name, identity, *(place.key for place in opened)):
        if len(value) > LONGEST_KEY:
            raise QueryTooCostly("characters in one name", len(value), LONGEST_KEY)
    return ExplorerState(
        kind,
        " ".join(name.split()),
        identity,
        opened,
        frozenset(map(_parse_kind, given.get("hide", ()))),
        _parse_year("from", given.get("from", ())),
        _parse_year("to", given.get("to", ())),
        _parse_hidden(given.get("hidden", ())),
    )


def _parse_place(text: str) -> Place:
    kind, colon, key = text.partition(":")
    if not (colon and key) or kind not in {one.value for one in NodeKind}:
        raise ParameterInvalid("open", text, "a kind and a key, such as topic:planning")
    return Place(NodeKind(kind), key)


def _parse_kind(text: str) -> NodeKind:
    choices = [kind.value for kind in NodeKind]
    if text not in choices:
        raise ChoiceUnknown("hide", text, choices)
    return NodeKind(text)


def _parse_year(name: str, values: Sequence[str]) -> int | None:
    for value in values[:1]:
        if not _YEAR.fullmatch(value):
            raise ParameterInvalid(name, value, "a year, such as 2020")
        return int(value)
    return None


def _parse_hidden(values: Sequence[str]) -> bool:
    for value in values:
        if value != "show":
            raise ChoiceUnknown("hidden", value, ["show"])
    return bool(values)
