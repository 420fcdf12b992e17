"""Run `papers` in real processes that are killed with SIGKILL at chosen steps.

Starting Python and importing the project takes longer than building a small index. So one process
imports everything, and forks a new one for each command.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from tests.support.paths import ROOT

IMPORTED = (
    "index.build.operations",
    "index.engines.tantivy",
    "index.formats.registry",
    "web.commands.build",
    "web.cli",
)
"""Modules that are imported before a process is forked, with all that they import."""


class Commands:
    """Starts commands in processes of their own; a context manager.

    Args:
        environment: Their environment; by default that of the tests.
        log: The descriptor of a file for what they print; by default standard error.
    """

    def __init__(
        self, environment: Mapping[str, str] | None = None, log: int | None = None
    ) -> None:
        self._environment = environment
        self._log = log

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killed_commands"],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def start(
        self,
        *arguments: str,
        steps: Sequence[str] = (),
        kill_at: int = 0,
        after: bool = False,
        settings: Mapping[str, float] | None = None,
    ) -> int:
        """Start a command; call `wait` before the next one.

        Args:
            arguments: The command line of `papers`.
            steps: Functions, ``module:name`` or ``module:Class.name``, whose calls count.
            kill_at: The number of the call at which the process kills itself; 0 for none.
            after: Whether it kills itself after that call, and not before it.
            settings: Values by ``module:name`` that are set before the command runs.

        Returns:
            The number of the process.
        """
        order = {"arguments": arguments, "steps": list(steps), "kill_at": kill_at}
        self._send(order | {"after": after, "settings": dict(settings or {})})
        return int(self._receive())

    def wait(self) -> tuple[int, int]:
        """Wait for the end of a command.

        Returns:
            Its exit code, negative if a signal ended it, and how many steps it took; 0 steps if a
            signal ended it.
        """
        code, steps = self._receive().split()
        return int(code), int(steps)

    def run(self, *arguments: str, **options: Any) -> tuple[int, int]:  # noqa: ANN401 - as `start`
        """Run a command to its end, as `start` and `wait` do."""
        self.start(*arguments, **options)
        return self.wait()

    def _send(self, order: Mapping[str, object]) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()

    def _receive(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline()


def serve() -> None:
    """Fork a process for each order on standard input; write its number, and how it ended."""
    for module in IMPORTED:
        importlib.import_module(module)
    for line in sys.stdin:
        reading, writing = os.pipe()
        if not (pid := os.fork()):
            _obey(json.loads(line), writing)
        os.close(writing)
        _write_line(str(pid))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with os.fdopen(reading) as pipe:
            _write_line(f"{code} {pipe.read() or 0}")


def _write_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _obey(order: dict[str, Any], report: int) -> None:
    """Run a command in a forked process, and end the process."""
    code = 70  # of an exception
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    try:
        for place, value in order["settings"].items():
            owner, name = _find_owner(place)
            setattr(owner, name, value)
        counter = _Counter(order["kill_at"], after=order["after"])
        for place in order["steps"]:
            owner, name = _find_owner(place)
            setattr(owner, name, counter.wrap(getattr(owner, name)))
        code = _run_papers(order["arguments"])
        os.write(report, str(counter.count).encode())
    finally:
        os._exit(code)


def _run_papers(arguments: list[str]) -> int:
    from web.cli import main

    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _find_owner(place: str) -> tuple[Any, str]:
    """Return the module or class that holds a name, and the name."""
    module, _, path = place.partition(":")
    *classes, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for each in classes:
        owner = getattr(owner, each)
    return owner, name


class _Counter:
    """Counts calls of several functions, and kills the process at one of them."""

    def __init__(self, kill_at: int, *, after: bool) -> None:
        self.count = 0
        self._kill_at = kill_at
        self._after = after

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts its calls and does what another one does."""

        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - of any function
            self.count += 1
            kill = self.count == self._kill_at
            if kill and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = function(*arguments, **options)
            if kill:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call


if __name__ == "__main__":
    serve()
