"""Print the JSON Schema of a record that can be built, or of an answer."""

import click

from web.commands.options import index_option
from web.terminal.printing import write_json_text

RECORD = "record"
"""Names the schema of the project's own JSON lines."""

ANSWERS = (
    "results", "paper", "author", "similar", "graph", "why-not", "suggest", "facet", "index",
    "diff", "changes", "collection", "values", "following", "health", "indexes", "merged",
    "server-health", "status", "report", "embed", "pack", "bib", "claims", "error",
)  # fmt: skip
"""The names of `web.api.schemas.ANSWERS`, which is loaded only when one is asked for."""


@click.command()
@click.argument("name", type=click.Choice((RECORD, *ANSWERS)), default=RECORD, metavar="[NAME]")
@index_option
def schema(name: str, index_name: str | None) -> None:
    """Print the JSON Schema of NAME, an answer or a record.

    Without NAME, print that of a record of the project's own JSON lines. Answers are results,
    paper, author, similar, graph, why-not, suggest, facet, index, diff, changes, collection,
    values, following, health, indexes, merged, server-health, status, report (of a build), embed,
    pack, bib, claims and error. Schemas are the same for every index.
    """
    import msgspec

    del index_name
    if name == RECORD:
        from index.formats.jsonl import build_schema

        found = build_schema()
    else:
        from web.api.schemas import derive_schema

        found = derive_schema(name)
    write_json_text(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
