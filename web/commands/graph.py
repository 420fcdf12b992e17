"""Print what surrounds a person, a paper, a topic or an institution."""

import sys
from pathlib import Path

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.graph.centres import slice_around
from search.graph.elements import NodeKind, Slice
from search.graph.scope import EXPLORER, Scope
from web.commands.export import open_output
from web.commands.options import NonEmpty, decode_text, hidden_option, index_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.printing import print_text, write_file_text

FORMATS = ("text", "json", "graphml")
"""What a slice can be written as."""

CENTRES = {
    "author": (NodeKind.PERSON, "NAME", "Around this author, in any spelling."),
    "paper": (NodeKind.PAPER, "ID", "Around this paper: an id, a DOI, an address or a title."),
    "topic": (NodeKind.TOPIC, "NAME", "Around this topic."),
    "institution": (NodeKind.INSTITUTION, "NAME", "Around this institution."),
}
"""The option that names each kind of centre: what it takes, and its help."""


@click.command()
@index_option
@click.option("--author", type=decode_text, metavar="NAME", help=CENTRES["author"][2])
@click.option("--identity", type=decode_text, metavar="KEY", help="Only this person of the name.")
@click.option("--paper", type=decode_text, metavar="ID", help=CENTRES["paper"][2])
@click.option("--topic", type=decode_text, metavar="NAME", help=CENTRES["topic"][2])
@click.option("--institution", type=decode_text, metavar="NAME", help=CENTRES["institution"][2])
@hidden_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    show_default=True,
    help="How to print it; GraphML is read by Gephi, Cytoscape and yEd.",
)
@click.option(
    "--output",
    type=NonEmpty("a file", Path),
    metavar="FILE",
    help="Write to FILE, which is replaced once all is written, instead of printing.",
)
def graph(
    index_name: str | None,
    identity: str | None,
    hidden: bool,
    file_format: str,
    output: Path | None,
    **named: str | None,
) -> None:
    """Print what surrounds an author, paper, topic or institution.

    Name one centre: an author, a paper, a topic or an institution.
    """
    given = [(CENTRES[option][0], value) for option, value in named.items() if value]
    if len(given) != 1:
        raise click.UsageError("Name one of --author, --paper, --topic and --institution.")
    searcher = Searcher(index_directory(index_name))
    scope = Scope(EXPLORER, hidden=hidden)
    shown = slice_around(searcher, *given[0], scope, identity=identity or "")
    text = _write_slice(shown, file_format)
    if output is not None:
        with open_output(output) as file:
            file.write(text.encode())
    elif file_format == "text":
        print_text(text.rstrip("\n"))
    else:
        write_file_text(text, is_json=file_format == "json")
    sys.exit(FOUND if shown.nodes[1:] else NOTHING_FOUND)


def _write_slice(shown: Slice, file_format: str) -> str:
    """Return a slice in a format; JSON and GraphML have the places of the explorer's drawing."""
    if file_format == "text":
        from web.terminal.graphs import format_slice

        return "\n".join((*format_slice(shown), ""))
    from web.drawing.drawing import EXPLORER_CANVAS, draw_slice

    points = draw_slice(shown, EXPLORER_CANVAS, lambda _: "").points
    if file_format == "graphml":
        from web.drawing.graphml import write_graphml

        return write_graphml(shown, points)
    import msgspec

    from web.api.graphs import describe_graph

    size = (EXPLORER_CANVAS.width, EXPLORER_CANVAS.height)
    return msgspec.json.encode(describe_graph(shown, points, size)).decode() + "\n"
