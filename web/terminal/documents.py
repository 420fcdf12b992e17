"""Print JSON documents."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from msgspec import Struct


def print_json(document: "Struct") -> None:
    """Print one JSON document on one line."""
    import msgspec

    click.echo(msgspec.json.encode(document))
