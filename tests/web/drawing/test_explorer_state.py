"""Test the addresses of the explorer."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.graph.elements import Node, NodeKind, Place
from search.graph.scope import MOST_OPENED
from web.drawing.explorer_state import ExplorerState, centre_on, parse_state

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20
)
PLACES = st.builds(Place, st.sampled_from(NodeKind), NAMES)
YEARS = st.none() | st.integers(0, 9999)
STATES = st.builds(
    ExplorerState,
    st.sampled_from(NodeKind),
    NAMES,
    NAMES | st.just(""),
    st.lists(PLACES, max_size=MOST_OPENED, unique=True).map(tuple),
    st.frozensets(st.sampled_from(NodeKind)),
    YEARS,
    YEARS,
    st.booleans(),
)


def _parse(address: str) -> ExplorerState:
    return parse_state(parse_qs(urlsplit(address).query, keep_blank_values=True))


@given(STATES)
def test_a_state_survives_its_address(state: ExplorerState) -> None:
    """The address holds all of the state."""
    assert _parse(state.find_path()) == state


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Invalid centre of the graph ''. Use author=NAME, paper=ID"),
        ("author=A&paper=b", "Invalid centre of the graph 'person=A, paper=b'"),
        ("author=A&author=B", "Invalid centre of the graph"),
        ("author=A&open=planning", "Invalid open 'planning'. Use a kind and a key"),
        ("author=A&open=venue:ICML", "Invalid open 'venue:ICML'"),
        ("author=A&open=topic:", "Invalid open 'topic:'"),
        ("author=A&hide=venue", "Unknown hide 'venue'. Choose one of person, paper"),
        ("author=A&from=-1", "Invalid from '-1'. Use a year"),
        ("author=A&to=20200", "Invalid to '20200'. Use a year"),
        ("author=A&hidden=yes", "Unknown hidden 'yes'. Choose one of show"),
        (f"author={'A' * 1001}", "1,001 characters in one name; the limit is 1,000"),
        (
            "author=A&" + "&".join(f"open=topic:{one}" for one in range(9)),
            "9 open nodes; the limit is 8",
        ),
    ],
)
def test_invalid_addresses(query: str, message: str) -> None:
    """Every parameter is checked, and the message says what to write."""
    with pytest.raises(QueryError) as refusal:
        _parse(f"/graph?{query}")
    assert message in str(refusal.value)


def test_nodes_and_kinds_are_toggled() -> None:
    """What is opened or hidden twice is as it was; not everything can be opened."""
    state = ExplorerState(NodeKind.TOPIC, "cats")
    place = Place(NodeKind.PAPER, "a")
    opened = state.toggle_node(place)
    assert opened is not None
    assert opened.find_path() == "/graph?topic=cats&open=paper%3Aa"
    assert opened.toggle_node(place) == state
    assert (
        state.toggle_kind(NodeKind.PAPER).find_path(".json") == "/graph.json?topic=cats&hide=paper"
    )
    assert state.toggle_kind(NodeKind.PAPER).toggle_kind(NodeKind.PAPER) == state
    for number in range(MOST_OPENED):
        state = state.toggle_node(Place(NodeKind.PAPER, str(number))) or state
    assert state.toggle_node(place) is None


def test_a_person_is_named() -> None:
    """The centre of a person is the name, of other nodes the key."""
    node = Node(Place(NodeKind.PERSON, "geoffrey hinton"), "Geoffrey Hinton")
    assert centre_on(node).find_path() == "/graph?author=Geoffrey+Hinton"
