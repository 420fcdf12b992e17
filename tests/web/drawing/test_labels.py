"""Test the words and widths of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.graph.elements import Node, NodeKind, Place
from web.drawing.labels import LINE, LINES, measure_width, word_label


def _label(kind: NodeKind, text: str) -> tuple[str, ...]:
    return word_label(Node(Place(kind, "key"), text))


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        (NodeKind.PERSON, "Geoffrey Hinton", ("Geoffrey Hinton",)),
        (NodeKind.PERSON, "Maximilian Alexander Mustermann", ("M. A. Mustermann",)),
        (NodeKind.PAPER, "Learning in $O(n)$ time", ("Learning in O(n)", "time")),
        (
            NodeKind.PAPER,
            "Offline-to-Online Reinforcement Learning via Balanced Replay",
            ("Offline-to-Online", "Reinforcement …"),
        ),
        (NodeKind.INSTITUTION, "University of Toronto", ("Univ. of Toronto",)),
        (NodeKind.TOPIC, "planning", ("planning",)),
        (NodeKind.PAPER, "", ("?",)),
    ],
)
def test_labels(kind: NodeKind, text: str, lines: tuple[str, ...]) -> None:
    """A label has the first words in two lines; long names have initials."""
    assert _label(kind, text) == lines


@given(st.sampled_from(NodeKind), st.text(max_size=200))
def test_labels_are_short(kind: NodeKind, text: str) -> None:
    """Whatever a title holds, a label is never long and never empty."""
    lines = _label(kind, text)
    assert 1 <= len(lines) <= LINES
    assert all(0 < len(line) <= LINE for line in lines)


def test_widths() -> None:
    """Wide letters are wider; a Chinese character is as wide as it is high."""
    assert measure_width("iii", 10) < measure_width("nnn", 10) < measure_width("WWW", 10)
    assert measure_width("学", 10) == 10
