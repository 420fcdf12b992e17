"""Answers: how is the index served to browsers?"""

import click

from index.errors import AddressUnusable
from index.settings import index_directory
from web.options import index_option

THREADS = 4
"""Requests answered at a time; the engine works outside Python's lock."""


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="Port to listen on; 0 takes a free one.")
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True,
              help="Requests answered at a time.")
def serve(index_name: str | None, host: str, port: int, threads: int) -> None:
    """Serve the index to browsers and programs until interrupted."""
    import logging

    from waitress import create_server

    from web.app import create_app

    directory = index_directory(index_name)
    app = create_app(directory)
    try:
        server = create_server(app, host=host, port=port, threads=threads, ident=None)
    except OSError as error:
        raise AddressUnusable(host, port, error.strerror or str(error)) from error
    logging.getLogger("waitress").setLevel(logging.ERROR)
    papers = app.extensions["searcher"].manifest.papers
    click.echo(f"{papers:,} papers at http://{host}:{server.effective_port}/  (Ctrl-C stops)")
    server.run()
