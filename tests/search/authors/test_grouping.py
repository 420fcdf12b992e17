"""Check `search.authors.grouping`, `search.authors.constraints` and `search.authors.pair_model`."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.authors.constraints import Constraints
from search.authors.features import NAME_FEATURE, PAIR_FEATURES, Pair
from search.authors.grouping import Grouper
from search.authors.pair_model import PairModel, compute_probability, read_model

MODEL = PairModel(constant=-2.0, weights={}, best_share=0.5, threshold=0.0)

Groups = set[frozenset[int]]


def _group(scores: dict[Pair, float], constraints: Constraints) -> Groups:
    grouper = Grouper(scores, constraints, MODEL, base=-2.0)
    grouper.join_similar()
    return {frozenset(members) for members in grouper.groups.values()}


def _free(size: int) -> Constraints:
    return Constraints([{}] * size, [()] * size, map(str, range(size)))


def test_weights_cover_the_features() -> None:
    """And evidence never counts against one person, but years and a frequent name do."""
    model = read_model()
    assert set(model.weights) == {*PAIR_FEATURES, NAME_FEATURE}
    negative = {feature for feature, weight in model.weights.items() if weight < 0}
    assert negative == {"years", NAME_FEATURE}
    nothing, something = [0.0] * len(PAIR_FEATURES), [1.0, *[0.0] * (len(PAIR_FEATURES) - 1)]
    scores = model.score_pairs([nothing, something], 2.0)
    assert scores == [model.score_name(2.0), model.score_name(2.0) + model.weights["coauthor"]]
    assert compute_probability(0) == 0.5


def test_one_link_does_not_join_two_large_groups() -> None:
    """The mean over all pairs counts as much as the best pair here."""
    strong = {pair: 5.0 for group in (range(3), range(3, 6)) for pair in combinations(group, 2)}
    assert _group(strong | {(0, 3): 1.5}, _free(6)) == {frozenset((0, 1, 2)), frozenset((3, 4, 5))}
    assert _group(strong | {(0, 3): 3.0}, _free(6)) == {frozenset(range(6))}


@pytest.mark.parametrize(
    ("ids", "initials", "papers", "apart", "allowed"),
    [
        ([{}, {}], [(), ()], "ab", [], True),
        ([{"s2": "1"}, {"s2": "1"}], [(), ()], "ab", [], True),
        ([{"s2": "1"}, {"s2": "2"}], [(), ()], "ab", [], False),
        ([{"s2": "1"}, {"orcid": "2"}], [(), ()], "ab", [], True),
        ([{}, {}], [("m", "i"), ("m", "a")], "ab", [], False),
        ([{}, {}], [("m", "i"), ("m",)], "ab", [], True),
        ([{}, {}], [(), ()], "aa", [], False),
        ([{}, {}], [(), ()], "ab", [(0, 1)], False),
    ],
)
def test_what_keeps_mentions_apart(
    ids: list[dict[str, str]],
    initials: list[tuple[str, ...]],
    papers: str,
    apart: list[Pair],
    *,
    allowed: bool,
) -> None:
    """Identifiers, given names, one paper, and the maintainer."""
    constraints = Constraints(ids, initials, papers, apart)
    assert constraints.allow(0, 1) is constraints.allow(1, 0) is allowed
    assert len(_group({(0, 1): 9.0}, Constraints(ids, initials, papers, apart))) == 2 - allowed


def test_what_keeps_a_mention_apart_keeps_its_group_apart() -> None:
    """The maintainer's word holds for all papers that were joined."""
    scores = dict.fromkeys([(0, 1), (1, 2), (0, 2)], 5.0) | {(0, 1): 9.0}
    apart = Constraints([{}] * 3, [()] * 3, "abc", [(0, 2)])
    assert _group(scores, apart) == {frozenset((0, 1)), frozenset((2,))}


SIZE = 7
_SCORES = st.dictionaries(
    st.sampled_from(list(combinations(range(SIZE), 2))), st.floats(-6, 6, allow_nan=False)
)


@given(_SCORES, st.lists(st.sampled_from(["", "1", "2"]), min_size=SIZE, max_size=SIZE))
def test_groups_divide_the_mentions_and_keep_constraints(
    scores: dict[Pair, float], ids: list[str]
) -> None:
    """No group has two identifiers of one scheme."""
    known = [{"s2": one} if one else {} for one in ids]
    groups = _group(scores, Constraints(known, [()] * SIZE, map(str, range(SIZE))))
    assert sorted(at for group in groups for at in group) == list(range(SIZE))
    assert all(len({ids[at] for at in group} - {""}) <= 1 for group in groups)


@given(_SCORES, st.permutations(range(SIZE)))
def test_the_order_of_scores_does_not_matter(scores: dict[Pair, float], order: list[int]) -> None:
    """Scores come from a mapping, whose order means nothing."""
    pairs = sorted(scores, key=lambda pair: (order[pair[0]], order[pair[1]]))
    shuffled = {pair: scores[pair] for pair in pairs}
    assert _group(shuffled, _free(SIZE)) == _group(scores, _free(SIZE))


def test_a_mention_is_rated_by_the_others_of_its_group() -> None:
    """By the best and the mean; one that shares nothing is rated by its name."""
    grouper = Grouper({(0, 1): 3.0}, _free(4), MODEL, -2.0)
    grouper.join_similar()
    assert grouper.rate(0) == 3.0
    assert grouper.find_nearest(3, {0, 2}) == (None, -2.0)
    grouper.join_certain([(1, 2), (2, 3)])
    assert grouper.rate(0) == pytest.approx(0.5 * 3 + 0.5 * (3 - 2 - 2) / 3)
    assert grouper.rate(3) == -2.0


def test_the_nearest_group_shares_most_and_may_be_the_same() -> None:
    """Here the best one has another identifier."""
    ids = [{"s2": "1"}, {}, {"s2": "2"}, {}]
    scores = {(0, 1): -0.5, (0, 2): 9.0, (0, 3): -1.0}
    grouper = Grouper(scores, Constraints(ids, [()] * 4, "abcd"), MODEL, -2.0)
    grouper.join_similar()
    assert grouper.find_nearest(0, {1, 2, 3}) == (1, -0.5)
    assert grouper.find_nearest(0, {3}) == (3, -1.0)
