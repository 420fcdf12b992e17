"""Collect what is wrong with a generation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from index.engines.errors import ClusterUnusable
from index.errors import GenerationCorrupt, PapersearchError

REBUILD = (
    "Run `papers rollback` to return to an older generation, or `papers build DUMP`, where the "
    "index can be written."
)
"""The way out of damage to what a build has written."""

MOST_FAULTS = 100
"""Faults that are kept; the others are only counted. Chosen."""


class Fault(NamedTuple):
    """One thing that is wrong.

    Attributes:
        place: The file or the paper: ``ledger``, ``paper 'arxiv:2006.04779'``.
        problem: A clause that says what is wrong with it.
        way_out: What to do about it, a sentence; empty if the problem says so.
    """

    place: str
    problem: str
    way_out: str = REBUILD

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.place}: {self.problem}. {self.way_out}".rstrip()


class Faults:
    """The faults that were found, at most `MOST_FAULTS`, and how many there are."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0

    def add(self, place: str, problem: str, way_out: str = REBUILD) -> None:
        """Add a fault."""
        self.count += 1
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(Fault(place, problem, way_out))

    @contextmanager
    def catch(self, place: str, way_out: str = REBUILD) -> Iterator[None]:
        """Add a fault instead of an error of the block, which ends.

        Args:
            place: What the block checks.
            way_out: What to do about it.
        """
        try:
            yield
        except (ClusterUnusable, GenerationCorrupt) as error:  # a cluster away calls for no rebuild
            self.add(place, str(error).rstrip("."), "")
        except (PapersearchError, OSError, ValueError, LookupError) as error:
            said = error.reason if isinstance(error, GenerationCorrupt) else str(error)
            self.add(place, said.rstrip(".") or type(error).__name__, way_out)
