"""Measure how well the papers of a name are grouped into people.

Names that several profiles of OpenReview have are split at random into a half to tune on and a half
to report. Prints, over the labelled papers of the half to report, the scores of three baselines and
of the groups; how many papers of one person stay together where a name has one profile only; and
whether confidences mean what they say. ``--tune`` scores the other half by cross-validation, and
``--train`` writes the weights. Run from the project's folder:
``python -m tests.bench.identities --index INDEX``.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from search.answers.searcher import Searcher
from search.authors.comparisons import compare_mentions
from search.authors.curated_groups import NOTHING_SAID
from search.authors.grouping import Grouper, group_mentions
from search.authors.pair_model import PairModel, compute_probability
from tests.bench.identity_scores import score_groups
from tests.bench.identity_sets import FOLDS, NameSet, collect_sets
from tests.bench.identity_training import (
    Compared,
    train_model,
    write_model,
)
from tests.bench.speed_search import paperlists_index

SHARES, THRESHOLDS = (0.3, 0.4, 0.5, 0.7), (0.0, 0.25, 0.5)
"""What ``--tune`` tries."""

BINS = 5
"""Ranges of confidence whose precision is measured."""

Groups = list[int]


def compare_all(searcher: Searcher, names: Iterable[NameSet]) -> list[Compared]:
    """Compare the mentions of each name."""
    return [_compare(searcher, one) for one in names]


def _compare(searcher: Searcher, names: NameSet) -> Compared:
    papers, name = searcher.manifest.papers, names.mentions[0].name
    found = compare_mentions(searcher.engine, papers, name, names.mentions)
    places = [(mention.paper.id, mention.position) for mention in names.mentions]
    known = dict(zip(places, names.truth, strict=True))
    truth = tuple(known[mention.paper.id, mention.position] for mention in found.mentions)
    return Compared(names, found, truth)


def group(one: Compared, model: PairModel | None = None) -> Grouper:
    """Group the mentions of a name without identifiers."""
    size = len(one.truth)
    return group_mentions(one.found, [{}] * size, [NOTHING_SAID] * size, model)


def list_groups(grouper: Grouper) -> Groups:
    """Return the group of each mention."""
    owner = {at: first for first, members in grouper.groups.items() for at in members}
    return [owner[at] for at in range(len(owner))]


def join_coauthors(one: Compared) -> Groups:
    """Return the groups of the baseline: all that share any co-author, transitively."""
    groups = list(range(len(one.truth)))
    for (first, second), comparison in one.found.pairs.items():
        if comparison.coauthors and groups[first] != groups[second]:
            old, new = groups[second], groups[first]
            groups = [new if each == old else each for each in groups]
    return groups


BASELINES: dict[str, Callable[[Compared], Sequence[int]]] = {
    "all one person": lambda one: [0] * len(one.truth),
    "each paper its own": lambda one: range(len(one.truth)),
    "any shared co-author": join_coauthors,
}


def report(compared: Sequence[Compared]) -> None:
    """Print the scores of some names."""
    shared = [one for one in compared if one.names.is_shared]
    labelled = sum(bool(person) for one in shared for person in one.truth)
    mentions = sum(len(one.truth) for one in shared)
    print(f"{len(shared):,} names, {labelled:,} labelled of {mentions:,} papers")
    for label, baseline in BASELINES.items():
        print(f"{label:22}", score_groups((one.truth, baseline(one)) for one in shared))
    grouped = [(one, group(one)) for one in compared]
    both = [(one.truth, list_groups(each)) for one, each in grouped if one.names.is_shared]
    print(f"{'groups':22}", score_groups(both))
    single = [(one.truth, list_groups(each)) for one, each in grouped if not one.names.is_shared]
    kept = score_groups(single)
    print(f"{len(single):,} names of one profile: pairs R {kept.recall:.3f}")
    report_confidence([(one, each) for one, each in grouped if one.names.is_shared])


def report_confidence(grouped: Iterable[tuple[Compared, Grouper]]) -> None:
    """Print how often a pair of one group is of one person, by the confidence of the paper."""
    right: dict[int, list[float]] = {at: [] for at in range(BINS)}
    for one, grouper in grouped:
        for members in grouper.groups.values():
            for at in members:
                others = [each for each in members if each != at and one.truth[each]]
                if one.truth[at] and others:
                    sure = compute_probability(grouper.rate(at))
                    share = sum(one.truth[each] == one.truth[at] for each in others) / len(others)
                    right[min(int(sure * BINS), BINS - 1)].append(share)
    for at, shares in right.items():
        mean = sum(shares) / len(shares) if shares else 0
        print(f"confidence {at / BINS:.1f} to {(at + 1) / BINS:.1f}: {mean:.3f} of {len(shares)}")


def tune(compared: Sequence[Compared]) -> None:
    """Print scores by cross-validation, for each choice of how groups are joined."""
    folds = range(FOLDS)
    models = [train_model(one for one in compared if one.names.fold != fold) for fold in folds]
    shared = [one for one in compared if one.names.is_shared]
    for share in SHARES:
        for threshold in THRESHOLDS:
            chosen = [replace(model, best_share=share, threshold=threshold) for model in models]
            found = [(one.truth, list_groups(group(one, chosen[one.names.fold]))) for one in shared]
            print(f"best share {share}, threshold {threshold}: {score_groups(found)}", flush=True)


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", help="an index of paperlists; built without it")
    parser.add_argument("--tune", action="store_true", help="cross-validate in the other half")
    parser.add_argument("--train", type=Path, metavar="TOML", help="learn the weights from it")
    arguments = parser.parse_args()
    with paperlists_index(arguments.index) as index:
        searcher = Searcher(index)
        reporting = not (arguments.tune or arguments.train)
        names = [one for one in collect_sets(searcher) if one.is_for_report is reporting]
        if not reporting:
            names = [one for one in names if one.is_shared or one.is_sampled]
        started = time.process_time()
        compared = compare_all(searcher, names)
        print(f"compared in {time.process_time() - started:.1f} s")
        if arguments.tune:
            tune(compared)
        if arguments.train:
            write_model(train_model(compared), arguments.train)
        if reporting:
            report(compared)


if __name__ == "__main__":
    main()
