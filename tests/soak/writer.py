"""Change an index with real commands, some of which are killed, and check it after each."""

import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from os import kill
from pathlib import Path
from random import Random
from typing import NamedTuple

from index.store.generations import read_current_name
from index.store.history import list_earlier, list_generations, list_leftovers
from tests.soak.chronicle import Chronicle, Faults
from tests.soak.client import AnswerFault, Client
from tests.soak.made_papers import Editions, make_records, write_deletions, write_dump
from tests.soak.readers import find_missing
from tests.support.killed_commands import Commands

FIRST_PAPERS = 200
"""Papers of the first generation; chosen: a build takes about a second."""

KEPT = 2
"""Generations that commands keep unless told otherwise."""

MOST_DUMPS = 10
"""Dumps of a rebuild; when there are more, one that holds a part of all papers replaces them."""

SLOWEST_S = 1.5
"""The latest moment of a kill at a random time; chosen, commands take 0.3 to 2 s."""

STEPS = (
    "index.build.operations:hold_lock",
    "index.build.operations:prune_generations",
    "index.build.corpus:Corpus.put",
    "index.build.corpus:Corpus.join_works",
    "index.build.generation_builder:seal_folder",
    "index.build.generation_builder:verify_content",
    "index.build.operations:publish_generation",
    "index.store.generations:switch_current",
    "os:fsync",
    "pathlib:Path.replace",
    "pathlib:Path.rename",
)
"""Functions at whose calls a command may be killed: those that change what files mean."""


class Command(NamedTuple):
    """A command, and what the index holds after it.

    Attributes:
        arguments: The command line of `papers`.
        editions: The papers of the generation that it makes.
    """

    arguments: tuple[str, ...]
    editions: Editions


class Writer:
    """Changes an index and checks that it holds what it should after each command.

    Attributes:
        index: The folder of the index.
        counts: The number of commands by their names, and of kills.
    """

    def __init__(
        self, folder: Path, commands: Commands, chronicle: Chronicle, faults: Faults, seed: int
    ) -> None:
        self.counts: dict[str, int] = {}
        self.index = folder / "index"
        self._folder = folder / "dumps"
        self._folder.mkdir()
        self._commands = commands
        self._chronicle = chronicle
        self._faults = faults
        self._chance = Random(seed)
        self._dumps: dict[Path, Editions] = {}
        self._made = 0
        self._next_paper = FIRST_PAPERS
        self._recipe = folder / "papers.toml"
        self._recipe.write_text('[[dump]]\npath = "dumps/*.jsonl*"\n', "utf-8")

    @property
    def choices(self) -> Mapping[str, Callable[[], Command]]:
        """The commands that change papers, by name; each is made for the index as it is."""
        return {
            "add": self._add,
            "delete": self._delete,
            "remove": self._remove,
            "rebuild": self._rebuild,
            "build": self._build,
        }

    def begin(self) -> None:
        """Build the first generation, before there is a server."""
        editions = dict.fromkeys(range(FIRST_PAPERS), 0)
        self._run("build", Command(("build", self._write(editions, ".jsonl")), editions))

    def step(self, client: Client, name: str = "") -> None:
        """Take a step, and check the index after it.

        Args:
            client: Asks the server for all papers.
            name: ``rollback``, or a command that changes papers, after ``killed`` if it is killed
                and run again; by default one is chosen.
        """
        last = name.rsplit(maxsplit=1)[-1] if name else self._choose()
        if last == "rollback":
            self._roll_back()
        elif "killed" in name or (not name and self._chance.random() < 0.4):
            self._run_killed(client, last)
        else:
            self._run(last, self.choices[last]())
        self.check(client)

    def finish(self, client: Client) -> None:
        """Add papers once more, without a kill, so that nothing may be left over."""
        self._run("add", self._add())
        self.check(client)

    def check(self, client: Client, disturbance: str = "") -> None:
        """Check that the index is intact and that the server finds all papers once.

        Args:
            client: Asks the server.
            disturbance: What happened before, to be counted; empty for a command.
        """
        if disturbance:
            self._count(disturbance)
        self._count("verify")
        if self._start("verify") != 0:
            self._faults.add("papers verify fails.")
        try:
            wrong = find_missing(client, self._chronicle)
        except AnswerFault as fault:
            wrong = str(fault)
        if wrong:
            self._faults.add(f"Walk over all pages: {wrong}.")

    def _choose(self) -> str:
        if len(self._dumps) > MOST_DUMPS:
            return "build"
        return self._chance.choice([*self.choices, "add", "add", "rollback"])

    def _start(self, *arguments: str) -> int:
        code, _ = self._commands.run(*arguments, "--index", str(self.index))
        return code

    def _run(self, name: str, command: Command) -> None:
        """Run a command to its end, and record the generation that it made."""
        self._count(name)
        code = self._start(*command.arguments)
        if code != 0:
            self._faults.add(f"papers {name} ends with {code}.")
        self._record(command.editions)
        if self._chronicle.contents.editions != command.editions:
            self._faults.add(f"papers {name} ends, and the index does not hold what it should.")
        if len(list_generations(self.index)) > KEPT or list_leftovers(self.index):
            self._faults.add(f"papers {name} leaves more than {KEPT} generations.")

    def _run_killed(self, client: Client, name: str) -> None:
        """Kill a command, check the index, and run it again."""
        command = self.choices[name]()
        self._count("kills")
        if self._chance.random() < 0.5:
            self._kill_at_a_time(command)
        else:
            self._kill_at_a_step(command)
        self._record(command.editions)
        self.check(client)
        if name == "remove" and self._chronicle.contents.editions == command.editions:
            return  # papers that are gone cannot be removed again
        resumed = (*command.arguments, "--resume") if name in {"build", "rebuild"} else None
        self._run(name, command._replace(arguments=resumed or command.arguments))

    def _kill_at_a_step(self, command: Command) -> None:
        self._commands.run(
            *command.arguments, "--index", str(self.index),
            steps=[self._chance.choice(STEPS)],
            kill_at=self._chance.choice((1, 1, 2, 3, 7)),
            after=self._chance.random() < 0.5,
        )  # fmt: skip

    def _kill_at_a_time(self, command: Command) -> None:
        process = self._commands.start(*command.arguments, "--index", str(self.index))
        time.sleep(self._chance.random() * SLOWEST_S)
        with suppress(ProcessLookupError):
            kill(process, signal.SIGKILL)
        self._commands.wait()

    def _roll_back(self) -> None:
        self._count("rollback")
        possible = list_earlier(self.index, read_current_name(self.index))
        if self._start("rollback") != int(not possible):
            self._faults.add("papers rollback fails, or succeeds without an older generation.")
        self._record({})

    def _record(self, editions: Editions) -> None:
        """Register the generations that a command made, and which one is in use."""
        for name in list_generations(self.index):
            self._chronicle.register(name, editions)
        self._chronicle.finish_step(read_current_name(self.index))

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def _write(self, editions: Editions, ending: str) -> str:
        """Write a dump, which rebuilds read too, and return its path."""
        self._made += 1
        path = write_dump(self._folder / f"{self._made:06}{ending}", editions)
        self._dumps[path] = editions
        return str(path)

    def _add(self) -> Command:
        """Add new papers, and new editions of others."""
        held = self._chronicle.contents.editions
        new = dict.fromkeys(range(self._next_paper, self._next_paper + 20), 0)
        self._next_paper += len(new)
        changed = {number: held[number] + 1 for number in self._draw(10)}
        ending = self._chance.choice((".jsonl", ".jsonl.gz"))
        dump = self._write(new | changed, ending)
        return Command(("add", dump), {**held, **new, **changed})

    def _delete(self) -> Command:
        """Add a dump that declares papers deleted."""
        gone = self._draw(8)
        self._made += 1
        dump = write_deletions(self._folder / f"{self._made:06}.xml", gone)
        return Command(("add", str(dump)), self._without(gone))

    def _remove(self) -> Command:
        gone = self._draw(5)
        ids = tuple(str(make_records(number, 0)[0]["id"]) for number in gone)
        return Command(("remove", *ids), self._without(gone))

    def _rebuild(self) -> Command:
        """Build from all dumps, in which deleted papers are still."""
        editions = {number: at for dump in self._dumps.values() for number, at in dump.items()}
        return Command(("rebuild", "--recipe", str(self._recipe)), editions)

    def _build(self) -> Command:
        """Build from a single dump of a part of the papers, and keep no other generation."""
        held = self._chronicle.contents.editions
        for path in self._folder.iterdir():
            path.unlink()
        self._dumps.clear()
        chosen = self._draw(min(len(held), FIRST_PAPERS))
        editions = {number: held[number] + 1 for number in chosen}
        return Command(("build", "--keep", "1", self._write(editions, ".jsonl.gz")), editions)

    def _draw(self, count: int) -> list[int]:
        held = self._chronicle.contents.editions
        return self._chance.sample(sorted(held), min(count, len(held)))

    def _without(self, gone: list[int]) -> Editions:
        held = self._chronicle.contents.editions
        return {number: edition for number, edition in held.items() if number not in gone}
