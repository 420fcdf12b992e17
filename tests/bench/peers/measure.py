"""Measure peers: build each alone, then let them take turns in rounds of the same queries."""

import json
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.data import JUDGED
from tests.bench.peers.peer import Mode
from tests.bench.peers.processes import Process, running
from tests.bench.peers.queries import (
    WARM,
    choose_queries,
    find_right_ids,
    list_known,
    list_questions,
    score_known,
    split_words,
)
from tests.bench.quality import CUT, judged_dump, score_judged_ids, write_judged

OWN = "papersearch"
SHARING = {"papersearch-http": OWN, "papersearch-command": OWN}
"""The peers that build nothing, and the one whose index they open."""

BUILT = "built.json"
NDCG = f"nDCG@{CUT}"
FIGURES = ("clock", "processors")

Row = dict[str, Any]
"""What was measured of one peer."""


@dataclass(frozen=True, slots=True)
class Job:
    """One comparison.

    Attributes:
        papers: The papers, in the project's own format.
        limit: The number of papers that are indexed, counted from the first.
        folder: The folder of what is built; what a peer built there before is used again.
        index: An index of this program that is opened in place of building one.
        rounds: How often every query is asked.
        judged: Whether known items and judged collections are searched, too.
    """

    papers: Path
    limit: int
    folder: Path
    index: Path | None = None
    rounds: int = 3
    judged: bool = False

    def owner_of(self, name: str) -> str:
        """Return the peer that builds what a peer opens."""
        return SHARING.get(name, name)

    def locate(self, name: str) -> Path:
        """Return the folder of what a peer opens."""
        owner = self.owner_of(name)
        return self.index if self.index and owner == OWN else self.folder / owner


@dataclass(slots=True)
class Samples:
    """The seconds of every query, round by round, by mode, counts and clock."""

    seconds: dict[tuple[str, bool, str], list[list[float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def summarise(self) -> list[Row]:
        """Return percentiles in milliseconds, of the median of each query over the rounds."""
        rows: dict[tuple[str, bool], Row] = {}
        for (mode, counts, clock), rounds in self.seconds.items():
            each = sorted(median(one) * 1000 for one in zip(*rounds, strict=True))
            row = rows.setdefault((mode, counts), {"mode": mode, "counts": counts})
            row[clock] = {f"p{share}": find_percentile(each, share) for share in (50, 95, 99)}
        return list(rows.values())


def find_percentile(ordered: list[float], share: int) -> float:
    """Return the value below which a percentage of ordered values lies, one of them."""
    return ordered[min(len(ordered) * share // 100, len(ordered) - 1)]


def build_peer(name: str, job: Job) -> Row:
    """Build a peer in a process of its own, unless it is built; return what that took."""
    folder = job.locate(name)
    if name in SHARING or folder == job.index:
        return {}
    told = job.folder / f"{name}.{BUILT}"
    if told.exists():
        found: Row = json.loads(told.read_text("utf-8"))
        return found
    with running(name) as process:
        found, peak = process.do_sampled(
            "build", folder=str(folder), papers=str(job.papers), limit=job.limit
        )
    found["memory"] = peak.anonymous
    told.write_text(json.dumps(found), "utf-8")
    return found


def time_peers(names: list[str], job: Job) -> dict[str, Row]:
    """Ask all peers the same queries, in rounds; return times and memory by peer."""
    queries = choose_queries(job.papers, job.limit)
    given = {"warm": queries[:WARM], "queries": queries[WARM:], "sampled": True}
    samples: dict[str, Samples] = defaultdict(Samples)
    with ExitStack() as stack:
        peers = {name: stack.enter_context(running(name)) for name in names}
        for _, (name, peer) in product(range(job.rounds), peers.items()):
            for mode, counts in product(peer.do("describe")["modes"], (False, True)):
                asked = {"folder": str(job.locate(name)), "mode": mode, "counts": counts}
                found = peer.do("search", **given, **asked)
                for clock in FIGURES:
                    samples[name].seconds[mode, counts, clock].append(found[clock])
        return {
            name: {
                "queries": len(queries[WARM:]),
                "memory": peer.measure_memory().anonymous,
                "times": samples[name].summarise(),
            }
            for name, peer in peers.items()
        }


def judge_peer(name: str, job: Job) -> dict[str, float]:
    """Return how well a peer ranks known items and judged collections, as words are typed."""
    if name in SHARING:
        return {}
    with running(name) as process:
        mode = process.do("describe")["typed"]
        known = [split_words(query) for query, _, _ in list_known()]
        found = _search(process, job.locate(name), known, mode)
        scores = score_known(found, find_right_ids(job.papers))
        for collection in JUDGED:
            folder = job.folder / f"{name}-{collection}"
            _build_judged(process, name, collection, folder)
            found = _search(process, folder, list(list_questions(collection)), mode)
            scores[f"{collection} {NDCG}"] = score_judged_ids(collection, found)[NDCG]
    return scores


def _search(process: Process, folder: Path, queries: list[list[str]], mode: Mode) -> Any:  # noqa: ANN401 - JSON
    asked = {"folder": str(folder), "mode": mode, "counts": False, "sampled": False}
    return process.do("search", warm=[], queries=queries, **asked)["ids"]


def _build_judged(process: Process, name: str, collection: str, folder: Path) -> None:
    """Build a judged collection; this program merges no papers there, as they were judged."""
    if folder.exists():
        return
    if name == OWN:
        write_judged(collection, folder)
    else:
        dump = judged_dump(collection)
        lines = len(dump.read_bytes().splitlines())
        process.do("build", folder=str(folder), papers=str(dump), limit=lines)


def compare(names: list[str], job: Job) -> list[Row]:
    """Build, time and judge; return a row for each peer."""
    job.folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, Row] = {}
    for name in names:
        rows[name] = {"peer": name, "papers": job.limit, "build": build_peer(name, job)}
        print(f"{name} is built: {rows[name]['build']}", flush=True)
    for name, found in time_peers(names, job).items():
        rows[name] |= found
    for name in names if job.judged else ():
        rows[name]["quality"] = judge_peer(name, job)
        print(f"{name} is judged: {rows[name]['quality']}", flush=True)
    return list(rows.values())
