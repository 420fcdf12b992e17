"""Do to an index and its server what a system does to them: pauses, copies, clocks, slow disks."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from index.store.generations import CURRENT, GENERATIONS, read_current_name
from tests.soak.server import Server

MOMENT_S = 0.5
"""Seconds that a disturbance lasts; chosen."""

OLDER_NS = 10**18
"""Nanoseconds by which a file is older after a clock was set back; some thirty years."""


def pause_server(_index: Path, server: Server) -> None:
    """Stop the server's process for a moment, as a busy machine or a debugger does."""
    server.send(signal.SIGSTOP)
    time.sleep(MOMENT_S)
    server.send(signal.SIGCONT)


def replace_folder(index: Path, _server: Server) -> None:
    """Replace the folder of the index by a copy of itself; for a moment there is none."""
    copy, old = index.with_name("copy"), index.with_name("old")
    shutil.copytree(index, copy)
    index.rename(old)
    time.sleep(MOMENT_S)
    copy.rename(index)
    shutil.rmtree(old)


def set_back_clock(index: Path, _server: Server) -> None:
    """Write the name of the generation in use again, in a file that is older than the present."""
    replacement = index / "older"
    shutil.copy(index / CURRENT, replacement)
    changed = replacement.stat().st_mtime_ns - OLDER_NS
    os.utime(replacement, ns=(changed, changed))
    replacement.replace(index / CURRENT)


def hide_current(index: Path, _server: Server) -> None:
    """Take the file that names the generation in use away for a moment."""
    hidden = (index / CURRENT).rename(index / "hidden")
    time.sleep(MOMENT_S)
    hidden.rename(index / CURRENT)


def delay_generation(index: Path, _server: Server) -> None:
    """Take the folder of the generation in use away for a moment, as if it arrived late."""
    folder = index / GENERATIONS / read_current_name(index)
    late = folder.rename(index / "late")
    set_back_clock(index, _server)
    time.sleep(MOMENT_S)
    late.rename(folder)


def stop_server(_index: Path, server: Server) -> None:
    """Ask the server to end, as a system that shuts down does, and start it again."""
    server.restart(killed=False)


def kill_server(_index: Path, server: Server) -> None:
    """Kill the server, as a system without memory does, and start it again."""
    server.restart(killed=True)


def kill_worker(_index: Path, server: Server) -> None:
    """Kill one of several processes that answer."""
    server.kill_worker()


RESTARTS = ("stop", "kill", "kill worker")
"""The disturbances after which the server is another process."""

DISTURBANCES: Mapping[str, Callable[[Path, Server], None]] = {
    "pause": pause_server,
    "copy": replace_folder,
    "clock": set_back_clock,
    "hide": hide_current,
    "delay": delay_generation,
    "stop": stop_server,
    "kill": kill_server,
    "kill worker": kill_worker,
}
"""All of them, by the names of their steps; none changes what is in use afterwards."""
