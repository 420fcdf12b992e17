"""Record what each generation holds, and judge each answer by those that may have given it.

The writer registers the contents of a generation only after the command that made it has ended, but
readers may meet it before. So answers wait until the writer has finished its next step.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType

from tests.soak.made_papers import Editions, is_hidden

Judge = Callable[["Contents"], str]
"""Returns what is wrong with an answer, given what the index held; empty if nothing is."""

MOST_FAULTS = 20
"""Different faults that are reported; a fault that repeats is counted."""


@dataclass(frozen=True)
class Contents:
    """What a generation holds.

    Attributes:
        name: The generation.
        editions: The edition of each paper, by its number.
    """

    name: str
    editions: Editions

    @property
    def shown(self) -> set[int]:
        """The papers that a search finds by default."""
        return {number for number in self.editions if not is_hidden(number)}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be judged.

    Attributes:
        kind: What was asked.
        generation: The generation that the answer names, or empty.
        started: The number of steps that had been finished when it was asked.
        ended: The same when it arrived.
        judge: Judges it.
    """

    kind: str
    generation: str
    started: int
    ended: int
    judge: Judge


class Faults:
    """Collects faults, each different one once with its number; safe to share between threads."""

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._lock = Lock()

    def add(self, fault: str) -> None:
        """Record a fault."""
        with self._lock:
            if fault in self._found or len(self._found) < MOST_FAULTS:
                self._found[fault] += 1

    def describe(self) -> list[str]:
        """Return a sentence for each fault."""
        with self._lock:
            found = dict(self._found)
        return [one if count == 1 else f"{one} ({count:,} times)" for one, count in found.items()]


class Chronicle:
    """Knows which generation was in use after each step of the writer; shared between threads."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._known: dict[str, Contents] = {}
        self._in_use: list[str] = []
        self._waiting: list[Answer] = []
        self._lock = Lock()

    @property
    def contents(self) -> Contents:
        """What the generation in use after the last step holds."""
        return self._known[self._in_use[-1]]

    @property
    def steps(self) -> int:
        """The number of finished steps."""
        return len(self._in_use)

    @property
    def switches(self) -> int:
        """How often another generation came into use."""
        return sum(one != other for one, other in zip(self._in_use, self._in_use[1:], strict=False))

    @property
    def generations(self) -> MappingProxyType[str, Contents]:
        """Every generation that was ever complete."""
        return MappingProxyType(self._known)

    def register(self, name: str, editions: Editions) -> None:
        """Record what a new generation holds."""
        self._known.setdefault(name, Contents(name, dict(editions)))

    def finish_step(self, name: str) -> None:
        """Record which generation is in use after a step, and judge what can be judged.

        Raises:
            KeyError: Nobody registered the generation.
        """
        self._known[name]  # pylint: disable=pointless-statement
        with self._lock:
            self._in_use.append(name)
        self._judge_answers()

    def submit(self, answer: Answer) -> None:
        """Judge an answer as soon as the step during which it arrived has ended."""
        with self._lock:
            self._waiting.append(answer)

    def _judge_answers(self) -> None:
        with self._lock:
            done = len(self._in_use)
            ready = [one for one in self._waiting if one.ended < done]
            self._waiting = [one for one in self._waiting if one.ended >= done]
        for answer in ready:
            if fault := self._find_fault(answer):
                self._faults.add(f"{answer.kind}: {fault}.")

    def _find_fault(self, answer: Answer) -> str:
        # A step that was under way when the answer arrived may have switched before.
        possible = dict.fromkeys(self._in_use[answer.started - 1 : answer.ended + 1])
        if answer.generation:
            if answer.generation not in self._known:
                return f"the answer names an unknown generation, {answer.generation}"
            if answer.generation not in possible:
                return "the answer names a generation that was not in use"
            possible = dict.fromkeys([answer.generation])
        found = [answer.judge(self._known[name]) for name in possible]
        return "" if "" in found else found[-1]
