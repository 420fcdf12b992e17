"""Run one peer in this process: read tasks from standard input, write results to standard output.

A task is a line of JSON, ``{"task": "build", ...}``, and its result another. `processes` starts
this module under the Python that has the peer's package.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.peers.peer import Mode, Papers, Peer, load_peer

Task = dict[str, Any]
Result = dict[str, Any]


def build(peer: Peer, task: Task) -> Result:
    """Build; return how many papers, the seconds of both clocks, and the bytes.

    What reading the file took is left out, except for this program, which reads it itself.
    """
    folder = Path(task["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    papers = Papers(Path(task["papers"]), task["limit"])
    started, used = time.perf_counter(), _read_processors()
    peer.build(folder, papers)
    return {
        "papers": papers.read,
        "clock": time.perf_counter() - started - papers.reading,
        "processors": _read_processors() - used - papers.reading,
        "bytes": peer.measure_bytes(folder),
    }


def search(peer: Peer, task: Task) -> Result:
    """Open, search for each query once, after others that only warm up; time each.

    Opening first makes sure that no answer is remembered from an earlier task.
    """
    mode, counts = Mode(task["mode"]), task["counts"]
    count = peer.sample if task["sampled"] else None
    peer.open(Path(task["folder"]))
    for words in task["warm"][: count and count // 5]:
        peer.search(words, mode, counts=counts)
    clock, processors, ids = [], [], []
    for words in task["queries"][:count]:
        started, used = time.perf_counter(), peer.processor_seconds()
        found = peer.search(words, mode, counts=counts)
        processors.append(peer.processor_seconds() - used)
        clock.append(time.perf_counter() - started)
        ids.append(found.ids)
    return {"clock": clock, "processors": processors, "ids": ids}


def find(peer: Peer, task: Task) -> Result:
    """Open and search once; return everything that was found."""
    peer.open(Path(task["folder"]))
    found = peer.search(task["words"], Mode(task["mode"]), counts=task["counts"])
    return found._asdict()


def describe(peer: Peer, task: Task) -> Result:
    """Return what the peer can do."""
    del task
    return {"modes": peer.modes, "typed": peer.typed}


TASKS: dict[str, Callable[[Peer, Task], Result]] = {
    "build": build,
    "describe": describe,
    "find": find,
    "search": search,
}


def _read_processors() -> float:
    """Return the processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Load the peer and do one task after another until the input ends."""
    # Whatever a library prints must not be taken for a result.
    results = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    peer = load_peer(sys.argv[1])
    for line in sys.stdin:
        task = json.loads(line)
        results.write(json.dumps(TASKS[task["task"]](peer, task)) + "\n")
        results.flush()
    peer.close()


if __name__ == "__main__":
    main()
