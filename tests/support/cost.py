"""Measure what some work costs, without a wall clock: calls made and processor time used."""

import sys
from collections.abc import Callable
from time import process_time
from types import FrameType

Work = Callable[[], object]

MAX_RATIO = 3
"""Largest growth of time for twice the size. Linear work doubles, quadratic work quadruples."""


def count_calls(work: Work) -> int:
    """Count the calls of Python and built-in functions that some work makes."""
    count = 0

    def record(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(record)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def measure_time(work: Work, repeats: int = 3) -> float:
    """Return the least processor time, in seconds, that some work took in a few repeats."""
    times = []
    for _ in range(repeats):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def grows_linearly(make: Callable[[int], Work], size: int) -> bool:
    """Return whether work of twice the size takes about twice as long.

    Quadratic work takes four times as long. The comparison is repeated, since other processes
    disturb it.

    Args:
        make: A function that makes the work of a size.
        size: The smaller size.
    """
    return any(
        measure_time(make(2 * size)) < MAX_RATIO * measure_time(make(size)) for _ in range(3)
    )
