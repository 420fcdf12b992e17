"""Serve the tools over standard input and output."""

from mcp.server import MCPServer

from index import __version__
from search.answers.searcher import Searcher
from web.mcp.tools import PaperTools

INSTRUCTIONS = (
    "Search papers in a local index. Begin with `search`, pass the ids that it returns to the other"
    " tools, and mention a `warning`: it says that a paper was withdrawn, rejected or retracted."
)


def create_server(searcher: Searcher) -> MCPServer:
    """Create the server of the tools over one index; it logs only what fails."""
    server = MCPServer(
        "papersearch", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR"
    )
    for tool in PaperTools(searcher).list_tools():
        server.add_tool(tool, structured_output=False)
    return server
