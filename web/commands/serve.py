"""Serve the index over HTTP."""

from typing import Any

import click

from index.errors import AddressUnusable
from index.settings import index_directory
from web.commands.options import NonEmpty, index_option
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count

THREADS = 4
"""Requests answered at the same time; the engine releases Python's lock while it searches."""

MAX_HEADER_BYTES = 262_144
"""Limit for one request with its address. The longest query, of which a character takes up to
twelve bytes when percent-encoded, and 20 kB of filters fit."""

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
def serve(index_name: str | None, host: str, port: int, threads: int) -> None:
    """Serve the index to browsers and programs until interrupted."""
    import logging
    import signal
    import sys
    from threading import Thread

    from waitress import create_server

    from web.app import MAX_REQUEST_BYTES, create_app

    directory = index_directory(index_name)
    app = create_app(directory, threads)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=MAX_REQUEST_BYTES,
        )
    except OSError as error:
        raise AddressUnusable(host, port, error.strerror or str(error)) from error
    except ValueError as error:  # waitress raises it if the name does not resolve
        raise AddressUnusable(host, port, "no such host") from error
    logging.getLogger("waitress").setLevel(logging.ERROR)
    searcher = app.extensions["searcher"]
    papers = searcher.manifest.papers
    address = escape_controls(_find_address(host, server))
    print_text(f"{format_count(papers, 'paper')} at {address}  (Ctrl-C stops)")
    Thread(target=searcher.warm_up, daemon=True).start()
    sys.setswitchinterval(SWITCH_SECONDS)
    # On SIGTERM, stop listening and finish the requests that are being answered.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    server.run()


def _find_address(host: str, server: Any) -> str:  # noqa: ANN401 - waitress is untyped
    """Return the address to open; a name such as localhost may have several sockets."""
    listening = getattr(server, "effective_listen", None)
    port = listening[0][1] if listening else server.effective_port
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
