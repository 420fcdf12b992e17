"""Check how groups of mentions are scored and split, and how weights are learned and written."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from index.records import Author, Paper
from search.authors.mentions import Mention
from search.authors.pair_model import PairModel
from tests.bench.identity_scores import Scores, score_groups
from tests.bench.identity_sets import NameSet


@pytest.mark.parametrize(
    ("truth", "groups", "expected"),
    [
        ("aabb", [0, 0, 1, 1], Scores(1, 1, 1, 1)),
        ("aabb", [0, 0, 0, 0], Scores(0.5, 1, 2 / 6, 1)),
        ("aabb", [0, 1, 2, 3], Scores(1, 0.5, 1, 0)),
        ("aab", [0, 1, 1], Scores((1 + 0.5 + 0.5) / 3, (0.5 + 0.5 + 1) / 3, 0, 0)),
        (["a", "", "a"], [0, 1, 0], Scores(1, 1, 1, 1)),  # unlabelled mentions do not count
        ([], [], Scores(1, 1, 1, 1)),
    ],
)
def test_groups_are_scored(truth: list[str], groups: list[int], expected: Scores) -> None:
    """By hand: B-cubed and pairs."""
    assert score_groups([(list(truth), groups)]) == expected


def test_pairs_are_counted_within_a_name() -> None:
    """Groups of two names are never compared, though they have the same numbers."""
    assert score_groups([("aa", [0, 0]), ("bb", [0, 0])]) == Scores(1, 1, 1, 1)


def test_names_are_split_by_their_digest() -> None:
    """So the same name is always in the same half, and both halves have some."""
    mention = Mention(Paper("p", "T", authors=(Author("A B", "a b"),)), 0)
    sets = [NameSet(f"name {at}", (mention,) * 2, ("x", "y")) for at in range(100)]
    reported = sum(one.is_for_report for one in sets)
    assert 30 < reported < 70
    assert len({one.fold for one in sets}) == 5
    assert all(one.is_shared for one in sets)


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    """The file is that of `search.authors.pair_model`."""
    training = pytest.importorskip("tests.bench.identity_training", reason="needs scikit-learn")
    model = PairModel(-1.5, {"coauthor": 4.0, "ambiguity": -0.25}, 0.4, 0.0)
    training.write_model(model, tmp_path / "model.toml")
    text = (tmp_path / "model.toml").read_text("utf-8")
    assert msgspec.convert(tomllib.loads(text), PairModel) == model
