"""Serve the index to assistants."""

import click

from index.settings import index_directory
from web.commands.options import index_option

NEEDED = "This command needs the package 'mcp'. Run `pip install 'papersearch[mcp]'`."


@click.command()
@index_option
def mcp(index_name: str | None) -> None:
    """Serve the index to an assistant over the Model Context Protocol.

    The assistant starts this command and speaks with it over standard input and output. Its tools
    are search, get, similar, citations, why_not, export, author and graph. It needs the extra
    papersearch[mcp].
    """
    directory = index_directory(index_name)
    try:
        from web.mcp.server import create_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "pydantic"}:
            raise
        raise click.UsageError(NEEDED) from error
    from search.answers.searcher import Searcher

    create_server(Searcher(directory)).run()
