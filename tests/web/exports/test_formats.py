"""Test the list of formats."""

import pytest

from search.errors import ChoiceUnknown
from tests.support.paths import ROOT
from web.compression import MEDIA_TYPES
from web.exports.formats import FORMATS, find_format


def test_formats_are_found_by_name() -> None:
    """Another name is refused with the list of names."""
    assert [find_format(name).name for name in FORMATS] == list(FORMATS)
    with pytest.raises(ChoiceUnknown, match="bibtex, ris, csl, csv, jsonl"):
        find_format("docx")


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_compressed_and_documented(name: str) -> None:
    """The server compresses each, and the room's README names it with its suffix."""
    export = FORMATS[name]
    assert export.media_type in MEDIA_TYPES
    assert f"| `{name}` | `{export.suffix}` |" in (ROOT / "web/exports/README.md").read_text(
        "utf-8"
    )
