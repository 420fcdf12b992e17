"""Show the progress of commands that take long on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build.ingest import OnProgress

REFRESH_RECORDS = 500
"""Records between two updates of the count; one update takes longer than one record."""


@contextmanager
def show_progress(dumps: tuple[str, ...], *, visible: bool) -> "Iterator[OnProgress]":
    """Show a bar of bytes with rate and time left, and the number of records, on a terminal.

    Args:
        dumps: The dumps to be read; the bar is full when their sizes are reached.
        visible: Whether to show anything.

    Yields:
        The callback that a build reports its progress to.
    """
    if not (visible and sys.stderr.isatty()):
        yield lambda _bytes, _records: None
        return
    from tqdm import tqdm

    from index.dumps.streams import measure_dump

    sizes = [measure_dump(dump) for dump in dumps]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    counted = written = 0
    with tqdm(total=total, unit="B", unit_scale=True, desc="building", leave=False) as bar:

        def watch(count: int, records: int) -> None:
            nonlocal counted, written
            if count:
                bar.update(count)
            counted += records
            if counted - written >= REFRESH_RECORDS:
                written = counted
                bar.set_postfix_str(f"{counted:,} records", refresh=False)

        yield watch


@contextmanager
def show_paper_progress(task: str, *, visible: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar of papers with rate and time left on a terminal.

    Args:
        task: What is done: ``embedding``.
        visible: Whether to show anything.

    Yields:
        The callback that takes the number of papers done, and of all.
    """
    with _show_bar(task, " papers", visible=visible) as watch:
        yield watch


@contextmanager
def show_byte_progress(task: str, *, visible: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar of bytes with rate and time left on a terminal; see `show_paper_progress`."""
    with _show_bar(task, "B", visible=visible) as watch:
        yield watch


@contextmanager
def _show_bar(task: str, unit: str, *, visible: bool) -> Iterator[Callable[[int, int], None]]:
    if not (visible and sys.stderr.isatty()):
        yield lambda _done, _all: None
        return
    from tqdm import tqdm

    with ExitStack() as stack:
        bars: list[tqdm] = []

        def watch(done: int, every: int) -> None:
            if not bars:  # what was done before this run does not count for the rate
                bar = tqdm(total=every, initial=done, unit=unit, unit_scale=unit == "B", desc=task,
                           leave=False)  # fmt: skip
                bars.append(stack.enter_context(bar))
            bars[0].update(done - bars[0].n)

        yield watch
