"""Check how messages pass through a pipe; `test_worker_pool` tests processes at work."""

import gc
import io
from contextlib import suppress

import pytest

from index.build.worker_process import (
    GC_THRESHOLD,
    WorkerProcess,
    collect_rarely,
    read_message,
    write_message,
)


@pytest.mark.parametrize("contents", [[b"a"], [b"abc", b"d" * 100_000, b"\0"]])
def test_messages_are_read_as_written(contents: list[bytes]) -> None:
    """Messages come back whole, one by one, and then the pipe has ended."""
    pipe = io.BytesIO()
    for content in contents:
        write_message(pipe, content)
    pipe.seek(0)
    assert [read_message(pipe) for _ in contents] == contents
    with pytest.raises(EOFError):
        read_message(pipe)


@pytest.mark.parametrize("length", range(11))
def test_a_truncated_message_is_the_end(length: int) -> None:
    """A message of which the end is missing is not returned."""
    whole = io.BytesIO()
    write_message(whole, b"abc")
    assert len(whole.getvalue()) == 11
    with pytest.raises(EOFError):
        read_message(io.BytesIO(whole.getvalue()[:length]))


def test_a_closed_pipe_raises() -> None:
    """Nothing can be written to a closed pipe or read from it."""
    pipe = io.BytesIO()
    pipe.close()
    for closed in (pipe, None):
        with pytest.raises(BrokenPipeError):
            write_message(closed, b"a")
        with pytest.raises(EOFError):
            read_message(closed)


def test_an_ended_process_refuses_messages() -> None:
    """After its end a process takes no message and sends none, and can be ended again."""
    process = WorkerProcess("index.build.worker_pool")
    process.end()
    process.end()
    with pytest.raises(BrokenPipeError):
        process.send(b"a")
    with pytest.raises(EOFError):
        process.receive()


def test_garbage_is_collected_rarely_for_a_while() -> None:
    """The threshold of the garbage collector is restored afterwards, also after an error."""
    before = gc.get_threshold()
    within: list[int] = []
    with suppress(EOFError), collect_rarely():
        within.append(gc.get_threshold()[0])
        read_message(None)
    assert within == [GC_THRESHOLD]
    assert gc.get_threshold() == before
