"""Serve an index to readers and bombs while it is changed, and check every answer.

Run from the project's folder: ``python -m tests.soak.soak --seconds 600``, or ``make soak``. All of
it happens on this machine, in a temporary folder that is removed at the end. The exit code is 1 if
anything was not as it must be, with a sentence for each fault.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread

from tests.soak.bombs import BadConnections, Bomber, make_bombs
from tests.soak.chronicle import Chronicle, Faults
from tests.soak.client import AnswerFault, Client, Tally
from tests.soak.disturbances import DISTURBANCES, RESTARTS
from tests.soak.observer import Observer, find_leftovers, judge_memory, judge_rest
from tests.soak.questions import make_questions
from tests.soak.readers import Reader, ask
from tests.soak.server import Server, Usage, can_measure
from tests.soak.writer import Writer
from tests.support.killed_commands import Commands

WARMING = 4
"""One in this many bombs is sent before the server is measured for the first time; chosen."""

DISTURBED = 0.2
"""Share of the steps that are disturbances; chosen."""

ENDING = 1_500
"""Characters of a log that are shown if there is an exception in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a soak does.

    Attributes:
        seconds: How long, unless `steps` are given.
        steps: The steps of the writer and the disturbances; empty for as many as fit.
        readers: Threads that ask ordinary questions; every second one keeps its connection.
        bombers: Threads that send bombs.
        connections: Slow, idle and broken connections that are held.
        seed: Seed of the random choices.
        workers: Processes of the server that answer.
        pause: Seconds between two requests of a thread, so that a short soak leaves the processors
            to the writer.
    """

    seconds: float = 600
    steps: Sequence[str] = ()
    readers: int = 4
    bombers: int = 3
    connections: int = 150
    seed: int = 1
    workers: int = 1
    pause: float = 0


@dataclass(slots=True)
class Outcome:
    """What happened in a soak.

    Attributes:
        faults: What was not as it must be.
        tally: The requests.
        steps: The number of commands by their names, and of kills.
        switches: How often another generation came into use.
        connections: Slow, idle and broken connections that were opened.
        usage: What the server took from the machine, while clients were at work.
    """

    faults: Faults = field(default_factory=Faults)
    tally: Tally = field(default_factory=Tally)
    steps: dict[str, int] = field(default_factory=dict)
    switches: int = 0
    connections: int = 0
    usage: Sequence[Usage] = ()


def run_soak(folder: Path, plan: Plan) -> Outcome:
    """Run a soak in an empty folder."""
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    outcome = Outcome()
    with ExitStack() as stack:
        log = stack.enter_context((folder / "writer.log").open("wb"))
        commands = stack.enter_context(Commands(environment, log.fileno()))
        chronicle = Chronicle(outcome.faults)
        writer = Writer(folder, commands, chronicle, outcome.faults, plan.seed)
        writer.begin()
        command = ("--index", str(writer.index), "--workers", str(plan.workers))
        server = Server(command, folder / "server.log", environment, outcome.faults)
        _serve(stack.enter_context(server), writer, chronicle, plan, outcome)
        server.stop()
    outcome.steps, outcome.switches = writer.counts, chronicle.switches
    for name in ("server", "writer"):
        text = (folder / f"{name}.log").read_text("utf-8", "replace")
        if "Traceback" in text or "exception" in text:
            outcome.faults.add(f"The log of the {name} has an exception: {text[-ENDING:]}")
    for sentence in find_leftovers(writer.index, temporary, environment):
        outcome.faults.add(sentence)
    return outcome


def _serve(
    server: Server, writer: Writer, chronicle: Chronicle, plan: Plan, outcome: Outcome
) -> None:
    """Let clients loose on a server while the writer works, and see what is left of it."""
    with Client(server, outcome.tally) as client:
        _warm_up(client, chronicle, outcome.faults)
    before, stop = server.measure(), Event()
    bad = BadConnections(server.port, plan.connections, outcome.faults, stop, plan.seed)
    observer = Observer(server, stop)
    clients = _make_clients(server, chronicle, plan, outcome, stop)
    threads = [bad, *clients, *([observer] if can_measure() else [])]
    for thread in threads:
        thread.start()
    try:
        _take_steps(writer, server, client, plan)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    with client:
        writer.finish(client)
    outcome.connections, outcome.usage = bad.opened, observer.found
    if can_measure():
        last = Client(server, outcome.tally, keeps=False)
        for sentence in (*judge_memory(observer.found), *judge_rest(server, before, last)):
            outcome.faults.add(sentence)


def _make_clients(
    server: Server, chronicle: Chronicle, plan: Plan, outcome: Outcome, stop: Event
) -> Iterator[Thread]:
    for at in range(plan.readers):
        client = Client(server, outcome.tally, keeps=at % 2 == 0, pause=plan.pause)
        yield Reader(client, chronicle, outcome.faults, stop, plan.seed + at)
    for at in range(plan.bombers):
        client = Client(server, outcome.tally, keeps=at % 2 == 0, pause=plan.pause)
        yield Bomber(client, outcome.faults, stop, plan.seed + at)


def _warm_up(client: Client, chronicle: Chronicle, faults: Faults) -> None:
    """Ask everything once, so that the server has loaded what it needs."""
    for question in make_questions(Random(0), 0, 0):
        try:
            ask(client, question, chronicle)
        except AnswerFault as fault:
            faults.add(f"{question.kind}: {fault}.")
    for method, path in islice(make_bombs(Random(0)), 0, None, WARMING):
        client.ask("bomb", path, method)


def _take_steps(writer: Writer, server: Server, client: Client, plan: Plan) -> None:
    for name in plan.steps or _choose_steps(plan):
        if disturb := DISTURBANCES.get(name):
            disturb(writer.index, server)
            writer.check(client, name)
        else:
            writer.step(client, name)


def _choose_steps(plan: Plan) -> Iterator[str]:
    """Yield steps as long as there is time: disturbances, and steps that the writer chooses.

    Each kind of restart comes once at the beginning. In the second half nothing restarts the
    server, so that its memory can be compared.
    """
    chance, started = Random(plan.seed), time.monotonic()
    yield from RESTARTS
    while (passed := time.monotonic() - started) < plan.seconds:
        restarts = RESTARTS if passed < plan.seconds / 2 else ()
        possible = [name for name in DISTURBANCES if name in restarts or name not in RESTARTS]
        yield chance.choice(possible) if chance.random() < DISTURBED else ""


def describe_outcome(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of the summary."""
    tally = outcome.tally
    for kind in sorted(tally.seconds):
        counts = {status: n for (one, status), n in tally.counts.items() if one == kind}
        listed = ", ".join(f"{n:,} x {status}" for status, n in sorted(counts.items()))
        yield f"{kind:20} {listed}; {describe_times(tally.seconds[kind])}"
    yield f"requests: {sum(tally.counts.values()):,}"
    listed = ", ".join(f"{n} {name}" for name, n in outcome.steps.items())
    yield f"steps: {listed}; {outcome.switches} switches of the generation"
    yield f"slow, idle and broken connections: {outcome.connections:,}"
    if found := outcome.usage:
        sizes = sorted(round(usage.memory / 1e6) for usage in found)
        files = [usage.descriptors for usage in found]
        yield f"private memory, MB: {sizes[0]} least, {median(sizes):.0f} median, {sizes[-1]} most"
        yield f"descriptors: {files[0]} first, {median(files):.0f} median, {max(files)} most"
        yield f"threads: {max(usage.threads for usage in found)} most"


def describe_times(seconds: Sequence[float]) -> str:
    """Return the median, the 99th percentile and the longest of some times, in milliseconds."""
    ranked = sorted(one * 1000 for one in seconds)
    middle, late = (ranked[int(len(ranked) * share)] for share in (0.5, 0.99))
    return f"p50 {middle:.0f}, p99 {late:.0f}, longest {ranked[-1]:.0f} ms"


def main() -> None:
    """Read the options, run a soak and print what happened."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("--seconds", type=float, default=600, help="how long (600)")
    options.add_argument("--seed", type=int, default=1, help="another one makes other choices")
    options.add_argument("--connections", type=int, default=150, help="bad ones held at once (150)")
    options.add_argument("--workers", type=int, default=2, help="processes that answer (2)")
    chosen = options.parse_args()
    plan = Plan(
        chosen.seconds, seed=chosen.seed, connections=chosen.connections, workers=chosen.workers
    )
    with TemporaryDirectory(prefix="papers-soak-") as folder:
        outcome = run_soak(Path(folder), plan)
    print("\n".join(describe_outcome(outcome)))
    faults = outcome.faults.describe()
    print("\n".join([f"FAULT: {fault}" for fault in faults] or ["No fault was found."]))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
