"""Print JSON documents."""

from typing import TYPE_CHECKING

from web.terminal.printing import write_json_text

if TYPE_CHECKING:
    from msgspec import Struct


def print_json(document: "Struct") -> None:
    """Print one JSON document on one line."""
    import msgspec

    write_json_text(msgspec.json.encode(document).decode() + "\n")
