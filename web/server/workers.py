"""Run an application in several processes that share one port, and replace those that end.

This process opens the listening sockets and forks the workers, which inherit them. A client that
connects is accepted by whichever worker is free, and one that waits for it loses nothing when a
worker ends, since the queue belongs to the socket. With `SO_REUSEPORT` each process would have a
queue of its own, chosen by the client's port: a busy worker would keep its share waiting.
"""

import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from time import monotonic

from waitress.adjustments import Adjustments

from index.errors import PapersearchError
from web.failures import exit_code
from web.terminal.printing import print_error, print_text

TICK_S = 0.1
"""Seconds between two looks at whether the server is told to stop; chosen. The end of a worker is
noticed at once."""

SETTLED_S = 10.0
"""Seconds after which a worker counts as healthy: if it ends later, another starts at once. Chosen;
a worker opens an index of 2 million papers in less than one."""

MOST_PAUSE_S = 30.0
"""The longest pause before another worker starts where they end again and again; chosen."""

FINISH_S = 35.0
"""Seconds that workers have to end. Chosen: five more than they give their requests."""

BACKLOG = 1024
"""Clients that the system keeps waiting to be accepted, as waitress has it."""


def can_fork() -> bool:
    """Return whether this system can run workers."""
    return hasattr(os, "fork")


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Listen on all addresses of a host; port 0 picks a free one.

    Raises:
        OSError: An address cannot be listened on.
        ValueError: The name of the host does not resolve.
    """
    sockets = []
    for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
        opened = socket.socket(family, kind, protocol)
        sockets.append(opened)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
    return sockets


def choose_pause(failures: int) -> float:
    """Return the seconds before another worker starts, after some ended soon, one after another."""
    return 0.0 if failures <= 1 else min(0.25 * 2.0 ** min(failures - 2, 20), MOST_PAUSE_S)


@dataclass(slots=True)
class Place:
    """The place of one worker, whichever process has it.

    Attributes:
        number: Its number, from 1.
        process: The process; None while there is none.
        started: When it was started.
        failures: How many in a row ended before they had settled.
        due: When the next one may be started.
    """

    number: int
    process: BaseProcess | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0


class Supervisor:
    """Starts workers, replaces those that end, and ends them all."""

    def __init__(
        self,
        serve: Callable[[int, Callable[[], None]], None],
        count: int,
        sockets: list[socket.socket],
    ) -> None:
        """Prepare, without starting a process.

        Args:
            serve: What a worker does until SIGTERM; it gets its number and what to call once it is
                ready.
            count: The number of workers.
            sockets: The listening sockets, which are closed when the server stops.
        """
        self._serve, self._sockets = serve, sockets
        self._context = multiprocessing.get_context("fork")
        self._places = [Place(number) for number in range(1, count + 1)]
        self._alive, self._life = os.pipe()  # workers end when nobody holds the second end
        self._stops = 0

    def run(self, announce: Callable[[], None]) -> int:
        """Run the workers until `stop` is called; return the exit code.

        Args:
            announce: Called once the first worker answers. If it ends before, the exit code is
                that of the worker, which has said what is wrong.
        """
        gc.freeze()  # so that collections in the workers leave the shared pages alone
        if code := self._start_first():
            return code
        if not self._stops:
            announce()
        while not self._stops:
            for place in self._places:
                if place.process is None and monotonic() >= place.due:
                    self._start(place)
            wait([process.sentinel for process in self.list_processes()], TICK_S)
            self._note_ends()
        self._finish()
        return 0

    def stop(self) -> None:
        """Let `run` end once all requests are answered; the second time, at once."""
        self._stops += 1

    def start_beside(self, work: Callable[[], None]) -> None:
        """Start a process for something else, which ends with this one."""
        self._context.Process(target=work, daemon=True).start()

    def list_processes(self) -> list[BaseProcess]:
        """List the processes that run."""
        return [place.process for place in self._places if place.process is not None]

    def _start_first(self) -> int:
        """Start one worker and wait until it is ready; return its exit code if it ends before."""
        heard, told = self._context.Pipe(duplex=False)
        with heard:
            process = self._start(self._places[0], partial(_tell, told))
            told.close()
            while not self._stops:
                if heard.poll(TICK_S):
                    return 0 if _is_ready(heard) else _join(process)
        return 0

    def _start(self, place: Place, tell: Callable[[], None] | None = None) -> BaseProcess:
        """Start a worker.

        Args:
            place: Its place.
            tell: What it calls once it is ready.
        """
        place.started = monotonic()
        place.process = process = self._context.Process(
            target=self._run_worker,
            args=(place.number, tell or _stay_silent),
            name=f"worker-{place.number}",
        )
        process.start()
        return process

    def _note_ends(self) -> None:
        for place in self._places:
            process = place.process
            if process is not None and not process.is_alive() and not self._stops:
                self._note_end(place, process)

    def _note_end(self, place: Place, process: BaseProcess) -> None:
        """Report that a worker has ended, and when another takes its place."""
        now, how = monotonic(), _describe_end(process)
        place.failures = place.failures + 1 if now - place.started < SETTLED_S else 1
        pause = choose_pause(place.failures)
        place.process, place.due = None, now + pause
        process.close()
        line = f"Worker {place.number} {how}. "
        if pause:
            line += f"That is {place.failures} in a row; the next one starts in {pause:g} s."
        else:
            line += "Another one takes its place."
        print_text(f"papers: {line}", error=True)  # a line of a log: not wrapped

    def _finish(self) -> None:
        """Let the workers answer what has arrived, then end those that still run."""
        for one in self._sockets:
            one.close()
        for process in self.list_processes():
            process.terminate()
        end = monotonic() + FINISH_S
        while self._stops == 1 and monotonic() < end:
            running = [one.sentinel for one in self.list_processes() if one.is_alive()]
            if not running:
                break
            wait(running, TICK_S)
        for process in self.list_processes():
            process.kill()
            process.join()

    def _run_worker(self, number: int, tell: Callable[[], None]) -> None:
        """Serve in a new process, until SIGTERM or until the process that started it is gone.

        Ctrl-C reaches every process of a terminal; only the first one acts on it.
        """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if self._stops:  # the signal came before these lines
            return
        os.close(self._life)
        Thread(target=_end_with_parent, args=(self._alive,), daemon=True).start()
        try:
            self._serve(number, tell)
        except PapersearchError as error:
            print_error(error)
            sys.exit(exit_code(error))


def _tell(told: Connection) -> None:
    """Report to the first process that this one answers requests."""
    with told:
        told.send_bytes(b"ready")


def _stay_silent() -> None:
    """Report to nobody: only the first worker is waited for."""


def _is_ready(heard: Connection) -> bool:
    """Return whether a worker says that it is ready; one that has ended says nothing."""
    try:
        return bool(heard.recv_bytes())
    except EOFError:
        return False


def _end_with_parent(alive: int) -> None:
    """Wait until the process that started this one has ended, then stop as on SIGTERM."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _join(process: BaseProcess) -> int:
    process.join()
    return process.exitcode or 0


def _describe_end(process: BaseProcess) -> str:
    code = _join(process)
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
