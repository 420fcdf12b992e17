"""Check how nodes of a plan are joined."""

from search.planning.plan import NOTHING, AllOf, AnyOf, Anything, Term, Without, all_of, any_of

ONE, TWO = Term("text", "one"), Term("text", "two")


def test_several_nodes_are_joined() -> None:
    """Two nodes become the children of a new one, in order."""
    assert all_of([ONE, TWO]) == AllOf((ONE, TWO))
    assert any_of([ONE, TWO]) == AnyOf((ONE, TWO))


def test_one_node_stays_as_it_is() -> None:
    """A single node needs no other node around it."""
    assert all_of([ONE]) is any_of([ONE]) is ONE


def test_no_nodes_match_everything_or_nothing() -> None:
    """All of no conditions always hold, any of none never does."""
    assert all_of([]) == Anything()
    assert any_of([]) == NOTHING


def test_what_matches_everything_is_left_out_beside_others() -> None:
    """It restricts nothing, and engines differ in the score they would add."""
    assert all_of([Anything(), ONE, Anything(), TWO]) == AllOf((ONE, TWO))
    assert all_of([Anything(), Without(ONE)]) == Without(ONE)
    assert all_of([Anything(), Anything()]) == Anything()
