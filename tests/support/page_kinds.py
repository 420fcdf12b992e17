"""List one address of every kind of page, from the table in the README of the pages."""

import re

from tests.support.paths import ROOT

PLACEHOLDER = re.compile(r"\b[A-Z]+\b")
"""What stands in the table for an id or a name."""

EXAMPLES = {"ID": "kingma-2015-adam"}
"""What stands for each placeholder in an index of the sample."""


def list_documented() -> list[str]:
    """Return every address that the README of the pages names, with its placeholders."""
    text = (ROOT / "web" / "pages" / "README.md").read_text("utf-8")
    return sorted(set(re.findall(r"`(/[^`]*)`", text)))


def list_addresses() -> list[str]:
    """Return every address that the README of the pages names, with examples from the sample."""
    return [PLACEHOLDER.sub(lambda found: EXAMPLES[found[0]], one) for one in list_documented()]
