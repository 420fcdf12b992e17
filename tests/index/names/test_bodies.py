"""Check that a person's name is separated from the group for which the person writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.bodies import mentions_body, remove_lead, split_body

SPLIT = [
    ("Lind for the LUMEN Collaboration, Maja", "Lind, Maja", "LUMEN Collaboration"),
    ("Lind, Maja for the LUMEN Collaboration", "Lind, Maja", "LUMEN Collaboration"),
    ("Lind, Maja, for the LUMEN collaboration", "Lind, Maja", "LUMEN collaboration"),
    ("Lind, for the LUMEN Collaboration, Maja", "Lind, Maja", "LUMEN Collaboration"),
    ("Maja Lind for the LUMEN and ARC Collaborations", "Maja Lind", "LUMEN and ARC Collaborations"),
    ("Maja Lind, on behalf of the Fjord Working Group", "Maja Lind", "Fjord Working Group"),
    ("Maja Lind on behalf of Fjord Group", "Maja Lind", "Fjord Group"),
    ("Lind M (on behalf of the Fjord Study)", "Lind M", "Fjord Study"),
    ("Lind on behalf of the A, B and C Teams", "Lind", "A, B and C Teams"),
    ("Maja Lind and the LUMEN Consortium", "Maja Lind", "LUMEN Consortium"),
    ("Maja Lind for LUMEN Collaboration", "Maja Lind", "LUMEN Collaboration"),
    ("Maja Lind (LUMEN Collaboration)", "Maja Lind", "LUMEN Collaboration"),
    ("MAJA LIND FOR THE LUMEN COLLABORATION", "MAJA LIND", "LUMEN COLLABORATION"),
    ("Maja Lind representing the LUMEN Collaboration", "Maja Lind", "LUMEN Collaboration"),
    ("Maja Lind on behalf of the authors", "Maja Lind", ""),
]


@pytest.mark.parametrize(("text", "person", "group"), SPLIT)
def test_a_person_and_a_group(text: str, person: str, group: str) -> None:
    """The words between them belong to neither, in either order of the person's names."""
    assert mentions_body(text)
    assert split_body(text) == (person, group)


WHOLE = [
    "For, Anna",
    "Anna For",
    "For The Nguyen",
    "Center for the Study of Proofs",
    "Institute for Proof Research Group",
    "Working Group for the Proof Project",
    "Physicians for the Environment",
    "Society and the Environment Team",
    "Ministry of Health and the Expert Group",
    "for the LUMEN Collaboration",
    "LUMEN Collaboration",
    "Maja (Mia) Lind",
    "Maja Lind",
    "",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_name(text: str) -> None:
    """The name of a person or of a group alone stays whole, also if it holds a word of these."""
    assert split_body(text) == (text, "")


LEADS = [
    ("on behalf of the Fjord Study", "Fjord Study"),
    ("and on behalf of Fjord", "Fjord"),
    ("For the Fjord Trial", "Fjord Trial"),
    ("Forum of Proofs", "Forum of Proofs"),
    ("on behalf of ", "on behalf of "),
]


@pytest.mark.parametrize(("text", "name"), LEADS)
def test_words_before_a_group(text: str, name: str) -> None:
    """The words that lead to a group are no part of its name."""
    assert remove_lead(text) == name


@given(st.text("aA ,()forthebhalCg", max_size=80) | st.text(max_size=80))
def test_splitting_never_fails(text: str) -> None:
    """Any text can be split, and a text without a mention of a group is returned as it is."""
    person, group = split_body(text)
    assert isinstance(remove_lead(text), str)
    assert (person, group) == (text, "") or mentions_body(text) or "(" in text or "[" in text
