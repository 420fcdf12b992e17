"""Answers: what may a record of the project's own JSON lines hold?"""

import click

from web.commands.options import index_option


@click.command()
@index_option
def schema(index_name: str | None) -> None:
    """Print the JSON Schema of a record of the project's own JSON lines.

    It is the same for every index.
    """
    import msgspec

    from index.formats.jsonl import schema as own_schema

    del index_name
    click.echo(msgspec.json.format(msgspec.json.encode(own_schema()), indent=2))
