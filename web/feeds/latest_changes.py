"""Compare the last two generations once, however often they are asked for.

To compare generations takes a tenth of a second after a small update, and a minute if all papers of
a large index differ. So a thread of its own does it, once for each generation, and keeps the first
differences of each kind.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from threading import Condition, Thread

from index.changes.generations import Difference, compare_generations, find_pair
from index.errors import PapersearchError
from index.store.generations import read_current_name
from index.store.manifest import Manifest, read_manifest

MOST = 100
"""Differences of each kind that are kept; `papers diff` lists all. Chosen: five screens."""

PATIENCE = 2.0
"""Seconds that a request waits for a comparison that has just begun; chosen."""


@dataclass(frozen=True, slots=True)
class LatestChanges:
    """What differs between the last two generations.

    Attributes:
        old: The earlier generation.
        new: The later one, in use.
        counts: The number of works of each kind.
        differences: The first `MOST` of each kind, by kind and then by id.
    """

    old: Manifest
    new: Manifest
    counts: dict[str, int]
    differences: tuple[Difference, ...]

    def list_kinds(self) -> list[tuple[str, tuple[Difference, ...]]]:
        """Return the differences grouped by kind."""
        grouped = groupby(self.differences, key=lambda one: one.kind)
        return [(kind, tuple(found)) for kind, found in grouped]


class ChangesKeeper:
    """Compares the last two generations of an index; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        """Remember the index."""
        self._directory = directory
        self._changed = Condition()
        self._name = ""
        self._found: LatestChanges | PapersearchError | None = None

    def read(self, patience: float = PATIENCE) -> LatestChanges | None:
        """Return the differences of the generation in use; None if they are still looked for.

        Args:
            patience: Seconds to wait for them.

        Raises:
            IndexUnusable: There is no index, or only one generation, or one is damaged.
        """
        name = read_current_name(self._directory)
        with self._changed:
            if name != self._name:
                self._name, self._found = name, None
                Thread(target=self._compare, args=(name,), daemon=True).start()
            self._changed.wait_for(lambda: self._found is not None, patience)
            if isinstance(self._found, PapersearchError):
                raise type(self._found).from_message(str(self._found))
            return self._found

    def _compare(self, name: str) -> None:
        found: LatestChanges | PapersearchError | None = None
        try:
            found = compare_latest(self._directory, name)
        except PapersearchError as error:
            found = error
        finally:
            with self._changed:
                if name == self._name:  # no other generation is in use by now
                    self._found = found
                    if found is None:  # an unforeseen failure, which the log has
                        self._name = ""
                    self._changed.notify_all()


def compare_latest(directory: Path, name: str) -> LatestChanges:
    """Compare a generation with the one that it replaced.

    Args:
        directory: The index.
        name: The generation.

    Raises:
        IndexUnusable: There is no other generation, or one is damaged.
    """
    pair = find_pair(directory, new=name)
    old, new = map(read_manifest, pair)
    with compare_generations(*pair) as comparison:
        differences = tuple(comparison.list_differences(MOST))
        return LatestChanges(old, new, comparison.counts, differences)
