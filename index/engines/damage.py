"""Report that an engine cannot read its files as one error, whichever engine it is."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from index.errors import GenerationCorrupt, PapersearchError

P = ParamSpec("P")
T = TypeVar("T")

Signs = Callable[[BaseException], bool]
"""Returns whether an exception of an engine is a sign of damaged files."""

LONGEST_REASON = 200
"""Characters of an engine's message that are repeated; some contain bytes of the damaged file."""


class DamageReporter:
    """Calls functions of an engine, and raises `GenerationCorrupt` if its files are damaged."""

    def __init__(self, generation: str, signs: Signs) -> None:
        """Prepare for one generation.

        Args:
            generation: Its name.
            signs: Tells damage from other failures.
        """
        self._generation, self._signs = generation, signs

    def call(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Call a function and return its result.

        Raises:
            GenerationCorrupt: The engine cannot read its files.
        """
        try:
            return function(*args, **options)
        except PapersearchError:
            raise
        except BaseException as error:
            if not self._signs(error):
                raise
            kind = "" if isinstance(error, OSError | ValueError) else f"{type(error).__name__}: "
            reason = " ".join(f"{kind}{error}".split())[:LONGEST_REASON]
            raise GenerationCorrupt(self._generation, f"engine error: {reason}") from error
