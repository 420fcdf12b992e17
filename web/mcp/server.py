"""Serve the tools over standard input and output."""

from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult
from pydantic import ValidationError

from index import __version__
from search.answers.searcher import Searcher
from web.mcp.tools import PaperTools
from web.wording import shorten_text

INSTRUCTIONS = (
    "Search papers in a local index. Begin with `search`, pass the ids that it returns to the other"
    " tools, and mention a `warning`: it says that a paper was withdrawn, rejected or retracted."
    " A name may be that of several people: `author` tells them apart and says by what evidence."
)

LONGEST_REPEATED = 60
"""Characters of the name of an argument that a message repeats; chosen."""


class PaperServer(MCPServer[Any]):
    """A server that refuses wrong arguments in one sentence, unknown ones too."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool, but not with arguments that it would ignore."""
        for tool in await self.list_tools():
            known = tool.input_schema["properties"]
            if tool.name == name and (unknown := [key for key in arguments if key not in known]):
                sentence = f"Unknown argument '{shorten_text(unknown[0], LONGEST_REPEATED)}'."
                raise ToolError(f"Error executing tool {name}: {sentence} Use {', '.join(known)}.")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                sentence = describe_invalid_argument(error.__cause__)
                raise ToolError(f"Error executing tool {name}: {sentence}") from error
            raise


def describe_invalid_argument(error: ValidationError) -> str:
    """Name the first argument that is missing or invalid, and what it should be."""
    first = error.errors(include_url=False)[0]
    named = first["loc"][0]
    if first["type"] == "missing":
        return f"The argument '{named}' is missing."
    return f"Invalid {named}: {first['msg'][:1].lower()}{first['msg'][1:]}."


def create_server(searcher: Searcher) -> MCPServer:
    """Create the server of the tools over one index; it logs only what fails."""
    server = PaperServer(
        "papersearch", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR"
    )
    for tool in PaperTools(searcher).list_tools():
        server.add_tool(tool, structured_output=False)
    return server
