"""Run the server of `papers serve`, in this process or in several."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket
from threading import Thread

import click
from flask import Flask

from index.errors import PapersearchError
from index.store.generations import open_current
from index.store.manifest import read_manifest
from web.access.settings import AccessSettings
from web.accounts.settings import AccountSettings
from web.api.health import WORKER
from web.app import MAX_REQUEST_BYTES, create_app
from web.errors import AddressUnusable
from web.indexes.application import create_indexes_app, warm_up
from web.server.limits import ServerLimits
from web.server.log import set_up_log
from web.server.server import Server
from web.server.workers import Supervisor, can_fork, open_sockets
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count, format_extent

SWITCH_SECONDS = 0.001
"""Seconds after which a thread that runs Python lets another one run. Beside three threads that
parse long queries, ordinary searches took .1 s (95 of 100 under .4 s) on a busy machine, and .45 s
(1 s) with Python's own 5 ms; .3 ms was no better. Processor time per request was the same."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is served, and to whom.

    Attributes:
        indexes: The folders of the indexes by their names; that of a single one is empty.
        address: The host and the port.
        threads: Requests that one process answers at the same time.
        access: What clients may do.
        accounts: What accounts need; without it, there are none.
    """

    indexes: dict[str, Path]
    address: tuple[str, int]
    threads: int
    access: AccessSettings
    accounts: AccountSettings | None


def serve_alone(service: Service, *, opens: bool) -> None:
    """Serve in this process until a signal.

    Args:
        service: What is served.
        opens: Whether to open the home page in a browser.

    Raises:
        AddressUnusable: The address cannot be listened on.
        IndexUnusable: The index is missing or cannot be used.
        AccountsMisconfigured: The database of accounts cannot be used.
    """
    server = _make_server(service, service.address)
    address = _announce(service, server.port)
    _stop_on_signals(server.stop)
    if opens:
        Thread(target=_open_browser, args=(address,), daemon=True).start()
    server.run()


def serve_with_workers(service: Service, workers: int, *, opens: bool) -> None:
    """Serve in several processes until a signal, and exit.

    Args:
        service: What is served.
        workers: The number of processes.
        opens: Whether to open the home page in a browser.

    Raises:
        AddressUnusable: The address cannot be listened on.
    """
    if not can_fork():
        raise click.BadParameter("this system cannot. Leave it out.", param_hint="--workers")
    with _refuse_address(service.address):
        sockets = open_sockets(*service.address)

    def serve_one(number: int, tell: Callable[[], None]) -> None:
        server = _make_server(service, sockets, number)
        signal.signal(signal.SIGTERM, lambda *_: server.stop())
        tell()
        server.run()

    def announce() -> None:
        address = _announce(service, sockets[0].getsockname()[1])
        if opens:
            supervisor.start_beside(partial(_open_browser, address))

    supervisor = Supervisor(serve_one, workers, sockets)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: supervisor.stop())
    sys.exit(supervisor.run(announce))


def _make_server(
    service: Service, place: tuple[str, int] | list[socket], worker: int = 0
) -> Server:
    """Return a server that listens, and prepare its process."""
    access = service.access
    app = _create_app(service)
    app.config[WORKER] = worker
    limits = ServerLimits(body_bytes=MAX_REQUEST_BYTES)
    with _refuse_address(service.address):
        server = Server(app, place, service.threads, limits, behind_proxy=access.proxies > 0)
    set_up_log(app.logger)
    Thread(target=warm_up, args=(app,), daemon=True).start()
    sys.setswitchinterval(SWITCH_SECONDS)
    return server


def _create_app(service: Service) -> Flask:
    """Return the application of the index, or that of several."""
    if "" not in service.indexes:
        return create_indexes_app(service.indexes, service.threads, service.access)
    return create_app(service.indexes[""], service.threads, service.access, service.accounts)


@contextmanager
def _refuse_address(address: tuple[str, int]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AddressUnusable(*address, error.strerror or str(error)) from error
    except ValueError as error:  # waitress raises it if the name does not resolve
        raise AddressUnusable(*address, "no such host") from error


def _announce(service: Service, port: int) -> str:
    """Print what is served and where; return the address."""
    address = escape_controls(_describe_address(service.address[0], port))
    counted = [_count_papers(directory) for directory in service.indexes.values()]
    usable = [papers for papers in counted if papers is not None]
    served = (
        format_count(sum(usable), "paper")
        if len(counted) == 1
        else format_extent(sum(usable), len(usable), len(counted))
    )
    print_text(f"{served} at {address}  (Ctrl-C stops)")
    return address


def _count_papers(directory: Path) -> int | None:
    """Return how many papers an index has; None if it cannot be used."""
    try:
        return open_current(directory, read_manifest).papers
    except PapersearchError:
        return None


def _open_browser(address: str) -> None:
    import webbrowser

    webbrowser.open(address)


def _stop_on_signals(stop: Callable[[], None]) -> None:
    """Stop the server on Ctrl-C or SIGTERM; a second signal ends the process at once."""
    import signal

    def handle(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handle)


def _describe_address(host: str, port: int) -> str:
    """Return the address to open; a name such as localhost may have several sockets."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
