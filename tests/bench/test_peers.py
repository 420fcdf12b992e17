"""Check that every peer answers the same questions about the same papers."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from search.answers.searcher import Searcher
from tests.bench.peers.measure import SHARING, Job, build_peer, find_percentile, time_peers
from tests.bench.peers.peer import COUNTED, DEPTH, OPENSEARCH, PEERS, Mode, Paper, Papers
from tests.bench.peers.processes import Process, find_python, running
from tests.bench.peers.queries import TELLING, choose_queries, score_known, split_words
from tests.bench.peers.report import merge_rows, print_tables
from tests.bench.quality import iterate_papers
from tests.support.cluster import use_cluster
from tests.support.paths import SAMPLE

PAPERS = 300
QUESTIONS = [
    (Mode.ALL, ["speech"]),
    (Mode.ALL, ["hinton", "speech"]),
    (Mode.ANY, ["parallel", "speech"]),
]
"""Words without other forms in the sample, so that every stemmer finds the same papers."""


class Ready(NamedTuple):
    """A peer at work on the sample."""

    name: str
    process: Process
    folder: Path


def find_papers(job: Job, mode: Mode, words: list[str]) -> list[Paper]:
    """Return the papers that have the words, without any engine."""
    has = all if mode is Mode.ALL else any
    return [
        paper
        for paper in Papers(job.papers, job.limit)
        if has(word in split_words(" ".join(map(str, paper))) for word in words)
    ]


def count_values(papers: list[Paper]) -> dict[str, dict[str, int]]:
    """Count venues and years."""
    return {
        name: dict(Counter(str(value) for paper in papers if (value := getattr(paper, name))))
        for name in COUNTED
    }


@pytest.fixture(scope="module")
def job(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Return a comparison over papers of the sample, in an empty folder.

    They have one appearance each: this program counts all of them, peers know only the first.
    """
    folder = tmp_path_factory.mktemp("peers")
    papers = (one for one in iterate_papers(Searcher(sample_index)) if len(one.appearances) == 1)
    lines = [msgspec.json.encode(paper) for paper in islice(papers, PAPERS)]
    (folder / "papers.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return Job(folder / "papers.jsonl", len(lines), folder, rounds=1)


@pytest.fixture(scope="module", params=PEERS)
def peer(request: pytest.FixtureRequest, job: Job) -> Iterator[Ready]:
    """Return each peer that is installed, built."""
    with pytest.MonkeyPatch.context() as patch:
        name = request.param
        if name == "opensearch":
            patch.setenv(OPENSEARCH, use_cluster())
        if not find_python(name):
            pytest.skip(f"the package of {name} is not installed for any Python here")
        build_peer(job.owner_of(name), job)
        with running(name) as process:
            yield Ready(name, process, job.locate(name))


def test_peers_find_and_count_the_same(peer: Ready, job: Job) -> None:
    """Every peer finds the papers that have the words, and counts them alike."""
    modes = peer.process.do("describe")["modes"]
    assert Mode.ANY in modes
    for mode, words in QUESTIONS[:1] if peer.name in SHARING else QUESTIONS:
        if mode in modes:
            asked = {"folder": str(peer.folder), "mode": mode, "words": words, "counts": True}
            found, expected = peer.process.do("find", **asked), find_papers(job, mode, words)
            ids = {paper.id for paper in expected}
            assert set(found["ids"]) <= ids
            assert len(found["ids"]) == min(len(ids), DEPTH)
            titles = {(paper.id, paper.title) for paper in expected}
            texts = zip(found["ids"], (title for title, _ in found["texts"]), strict=True)
            assert set(texts) <= titles
            counts = {name: found["counts"][name] for name in COUNTED}
            assert counts == count_values(expected)


def test_a_peer_that_is_unknown_to_every_python_is_not_found() -> None:
    """Without a cluster there is nothing to measure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(OPENSEARCH, raising=False)
        assert find_python("opensearch") is None
        assert find_python("fts5")


def test_turns_are_timed(job: Job, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A comparison has figures of every mode and clock, and prints a row for every peer."""
    few = replace(job, rounds=2, folder=tmp_path)
    built = build_peer("fts5", few)
    assert built["papers"] == few.limit == PAPERS
    assert built == build_peer("fts5", few)  # what is built is used again
    row = time_peers(["fts5"], few)["fts5"]
    assert [(one["mode"], one["counts"]) for one in row["times"]] == [
        (mode, counts) for mode in Mode for counts in (False, True)
    ]
    assert row["times"][0]["processors"]["p50"] > 0
    rows = [{"peer": "fts5", "papers": few.limit, "build": built, "quality": {}} | row]
    print_tables(merge_rows(tmp_path / "rows.json", rows))
    printed = capsys.readouterr().out
    assert printed.count("| fts5 |") == 3
    assert json.loads((tmp_path / "rows.json").read_text("utf-8"))[0]["peer"] == "fts5"


def test_rows_of_other_peers_are_kept(tmp_path: Path) -> None:
    """A later run replaces the rows of its own peers, but no ranking that it did not judge."""
    kept = tmp_path / "rows.json"
    merge_rows(kept, [{"peer": "xapian", "papers": 1, "quality": {"known MRR@10": 0.5}}])
    rows = merge_rows(kept, [{"peer": "fts5", "papers": 1}, {"peer": "xapian", "papers": 2}])
    assert [(row["peer"], row["papers"]) for row in rows] == [("fts5", 1), ("xapian", 2)]
    assert rows[1]["quality"] == {"known MRR@10": 0.5}


def test_queries_are_always_the_same() -> None:
    """Queries are neighbouring words of titles, none twice, none of short words alone."""
    queries = choose_queries(SAMPLE, PAPERS)
    assert queries == choose_queries(SAMPLE, PAPERS)
    assert len(queries) == len({tuple(words) for words in queries}) > 100
    titles = [f" {' '.join(split_words(paper.title))} " for paper in Papers(SAMPLE, PAPERS)]
    assert all(any(f" {' '.join(words)} " in title for title in titles) for words in queries)
    assert all(max(map(len, words)) >= TELLING for words in queries)


def test_ranks_are_scored() -> None:
    """The right paper counts by its rank, and not at all where it is not found."""
    found = [["a", "b"], ["b", "a"], ["b"]]
    scores = score_known(found, [{"a"}, {"a", "c"}, {"a"}])
    assert scores == pytest.approx({"known MRR@10": 0.5, "known nDCG@10": 0.54364}, abs=1e-5)


@pytest.mark.parametrize(("share", "expected"), [(50, 3), (95, 5), (99, 5)])
def test_percentiles_are_measured_values(share: int, expected: float) -> None:
    """A percentile is one of the values."""
    assert find_percentile([1, 2, 3, 4, 5], share) == expected
