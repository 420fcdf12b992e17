"""Test that few costly requests are let through at a time."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest

from search.budget.budget import Budget
from search.budget.errors import ServerBusy
from search.budget.gate import Gate, Turn

LONG = 60.0
"""Seconds that no test waits, unless it fails."""


@pytest.mark.parametrize(
    ("threads", "cores", "places", "waiters"),
    [(1, 1, 1, 0), (2, 8, 1, 0), (4, 1, 1, 1), (4, 2, 1, 1), (4, 8, 2, 0), (16, 4, 3, 5)],
)
def test_costly_requests_hold_half_of_the_threads(
    threads: int, cores: int, places: int, waiters: int
) -> None:
    """They leave a core, and half of the threads, to cheap requests."""
    gate = Gate(threads, cores)
    assert (gate.places, gate.waiters) == (places, waiters)


def test_a_request_without_a_place_is_refused() -> None:
    """A place is free again once its request is answered."""
    gate = Gate(threads=2, cores=2)
    with gate.open_turn() as first:
        first.take()
        first.take()
        with gate.open_turn() as second, pytest.raises(ServerBusy, match="Try again"):
            second.take()
    with gate.open_turn() as third:
        third.take()
        assert gate.count_held() == 1


def test_a_request_that_fails_returns_its_place() -> None:
    """Whatever ends a request, its place is free again."""
    gate = Gate(threads=2, cores=2)
    with pytest.raises(ZeroDivisionError):
        _pass(gate, lambda: 1 // 0)
    assert gate.count_held() == 0


def test_a_refused_request_stays_refused() -> None:
    """It does not wait twice, whatever it tries next."""
    gate = Gate(threads=2, cores=2)
    refused = Turn(gate)
    with gate.open_turn() as first:
        first.take()
        with pytest.raises(ServerBusy):
            refused.take()
    with pytest.raises(ServerBusy):
        refused.take()
    Turn(gate).take()


def test_a_place_that_does_not_become_free_is_not_waited_for() -> None:
    """After its patience, a request is refused and leaves the queue."""
    gate = Gate(threads=4, cores=2, patience=0.01)
    with gate.open_turn() as first:
        first.take()
        for _ in range(3):
            with gate.open_turn() as other, pytest.raises(ServerBusy):
                other.take()
    with gate.open_turn() as last:
        last.take()
    assert gate.count_held() == 0


def test_the_longest_waiting_request_is_next() -> None:
    """Places go to waiting requests in the order in which they came, and all are returned."""
    gate = Gate(threads=8, cores=2, patience=LONG)
    order: list[int] = []
    pause = Event()
    with gate.open_turn() as first:
        first.take()
        threads = []
        for number in range(gate.waiters):
            threads.append(_start(_pass, gate, partial(order.append, number)))
            while gate.count_held() < number + 2:
                pause.wait(0.001)
        with gate.open_turn() as late, pytest.raises(ServerBusy):
            late.take()
        assert order == []
    for thread in threads:
        thread.join(LONG)
    assert order == list(range(gate.waiters))
    assert gate.count_held() == 0


def test_never_more_pass_than_there_are_places() -> None:
    """Whatever the order of events, places are neither lost nor made."""
    gate, most = Gate(threads=16, cores=3, patience=LONG), []
    inside: list[int] = []

    def hurry(number: int) -> None:
        for _ in range(40):
            try:
                with gate.open_turn() as turn:
                    turn.take()
                    inside.append(number)
                    most.append(len(inside))
                    inside.remove(number)
            except ServerBusy:
                most.append(0)

    threads = [_start(hurry, number) for number in range(12)]
    for thread in threads:
        thread.join(LONG)
    assert len(most) == 12 * 40
    assert 1 <= max(most) <= gate.places
    assert gate.count_held() == 0


def test_only_a_costly_request_takes_a_place() -> None:
    """A request passes the gate once it has used, or is about to use, more than a cheap one may."""
    now, gate = 0.0, Gate(threads=2, cores=2)
    with gate.open_turn() as first, gate.open_turn() as second:
        cheap, other = (Budget(95_000, lambda: now, turn) for turn in (first, second))
        now = cheap.cheap_seconds / 2
        cheap.check(cheap.cheap_seconds / 3)
        assert gate.count_held() == 0
        cheap.check(cheap.cheap_seconds)
        assert gate.count_held() == 1
        other.check()
        now = other.cheap_seconds * 1.01
        cheap.check()
        with pytest.raises(ServerBusy):
            other.check()


def _pass(gate: Gate, work: Callable[[], object]) -> None:
    with gate.open_turn() as turn:
        turn.take()
        work()


def _start(work: Callable[..., None], *given: object) -> Thread:
    thread = Thread(target=work, args=given, daemon=True)
    thread.start()
    return thread
