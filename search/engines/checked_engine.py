"""Report that an engine cannot read its files, and reopen it after a failed assertion."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

from index.engines.damage import DamageReporter, Signs
from index.engines.engine import import_engine, load_engine
from index.errors import GenerationCorrupt, PapersearchError
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order
from search.planning.plan import Node, Plan

P = ParamSpec("P")
T = TypeVar("T")


class CheckedEngine:
    """An engine whose failures to read its files are raised as `GenerationCorrupt`."""

    def __init__(self, open_folder: Callable[[Path], Engine], signs: Signs, folder: Path) -> None:
        """Open the engine.

        Args:
            open_folder: Opens the engine.
            signs: Tells damage from other failures.
            folder: The folder of the engine in that of a generation.
        """
        self._open_folder, self._folder = open_folder, folder
        self._reporter = DamageReporter(folder.parent.name, signs)
        self._engine = self._reporter.call(open_folder, folder)

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""
        return self._call(self._engine.count_documents, field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        return self._call(self._engine.complete, field, prefix, limit, within)

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        return self._call(self._engine.find, plan, order, offset, limit)

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        return self._call(self._engine.count_matches, match)

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches."""
        return self._call(self._engine.count_facets, match, facets, limit)

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None."""
        return self._call(self._engine.read_paper, paper_id)

    def _call(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        try:
            return self._reporter.call(function, *args, **options)
        except GenerationCorrupt as error:
            if not isinstance(error.__cause__, Exception):
                self._reopen()
            raise

    def _reopen(self) -> None:
        """Open the engine again, since a failed assertion may have left a lock held for ever."""
        try:
            self._engine = self._reporter.call(self._open_folder, self._folder)
        except PapersearchError:
            return


def open_engine(name: str, folder: Path) -> Engine:
    """Open the engine files of a generation for reading.

    Raises:
        EngineMissing: There is no such engine, or its package is not installed.
        GenerationCorrupt: The engine cannot read its files.
    """
    open_folder = import_engine("search", name).open_folder
    return CheckedEngine(open_folder, load_engine(name).is_damage, folder)
