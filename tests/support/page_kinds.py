"""List one address of every kind of page, from the table in the README of the pages."""

import re

from tests.support.paths import ROOT

PLACEHOLDER = re.compile(r"\b[A-Z]+\b")
"""What stands in the table for an id or a name."""

EXAMPLES = {
    "/facet/NAME": "/facet/venue",
    "/venue/NAME": "/venue/NeurIPS",
    "/topic/NAME": "/topic/attention",
    "institution=NAME": "topic=attention",  # the sample names no institution
    "/authors/NAME": "/authors/Yoshua%20Bengio",
    "ID": "kingma-2015-adam",
    "YEAR": "2017",
}
"""What stands for each placeholder, after its path if it needs one, in an index of the sample."""


def list_documented() -> list[str]:
    """Return every address that the README of the pages names, with its placeholders."""
    text = (ROOT / "web" / "pages" / "README.md").read_text("utf-8")
    return sorted(set(re.findall(r"`(/[^`]*)`", text)))


def list_addresses() -> list[str]:
    """Return every address that the README of the pages names, with examples from the sample."""
    return [_fill_in(one) for one in list_documented()]


def _fill_in(address: str) -> str:
    for placeholder, example in EXAMPLES.items():
        address = re.sub(rf"{placeholder}\b", example, address)
    assert not PLACEHOLDER.search(address.replace("NeurIPS", "")), f"no example for {address}"
    return address
