"""Serve the index over HTTP."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from index.settings import index_directory
from search.budget.gate import THREADS
from web.commands.access_options import access_options, read_access
from web.commands.options import NonEmpty, index_option
from web.errors import AddressUnusable
from web.terminal.printing import escape_controls, print_error, print_text
from web.wording import format_count

if TYPE_CHECKING:
    from web.accounts.settings import AccountSettings

SWITCH_SECONDS = 0.001
"""Seconds after which a thread that runs Python lets another one run. Beside three threads that
parse long queries, ordinary searches took .1 s (95 of 100 under .4 s) on a busy machine, and .45 s
(1 s) with Python's own 5 ms; .3 ms was no better. Processor time per request was the same."""


@click.command()
@index_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    type=NonEmpty("an address"),
    help="Address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port to listen on; 0 picks a free one.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=THREADS,
    show_default=True,
    metavar="N",
    help="Requests answered at the same time.",
)
@access_options
@click.option("--open", "opens", is_flag=True, help="Open the home page in a browser.")
def serve(
    index_name: str | None,
    host: str,
    port: int,
    threads: int,
    opens: bool,
    **asked: Any,  # noqa: ANN401 - read by `read_access`
) -> None:
    """Serve the index to browsers and programs until interrupted.

    People can sign in and claim papers if PAPERS_SECRET_KEY and PAPERS_DATABASE are set.
    """
    import sys
    from threading import Thread

    from web.app import MAX_REQUEST_BYTES, create_app
    from web.server.limits import ServerLimits
    from web.server.log import set_up_log
    from web.server.server import Server

    access, accounts = read_access(host, **asked), _read_accounts()
    app = create_app(index_directory(index_name), threads, access, accounts)
    limits = ServerLimits(body_bytes=MAX_REQUEST_BYTES)
    try:
        server = Server(app, (host, port), threads, limits, behind_proxy=access.proxies > 0)
    except OSError as error:
        raise AddressUnusable(host, port, error.strerror or str(error)) from error
    except ValueError as error:  # waitress raises it if the name does not resolve
        raise AddressUnusable(host, port, "no such host") from error
    set_up_log(app.logger)
    searcher = app.extensions["searcher"]
    address = escape_controls(_describe_address(host, server.port))
    print_text(f"{format_count(searcher.manifest.papers, 'paper')} at {address}  (Ctrl-C stops)")
    Thread(target=searcher.warm_up, daemon=True).start()
    sys.setswitchinterval(SWITCH_SECONDS)
    _stop_on_signals(server.stop)
    if opens:
        Thread(target=_open_browser, args=(address,), daemon=True).start()
    server.run()


def _read_accounts() -> "AccountSettings | None":
    """Return the settings of accounts; say so if one that is set has no effect."""
    from web.accounts.settings import find_missing_setting, read_account_settings

    if missing := find_missing_setting(os.environ):
        print_error(f"There are no accounts, since {missing} is not set.")
    return read_account_settings(os.environ)


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
