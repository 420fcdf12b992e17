"""Find the identifier that an address holds.

Shared by the readers whose dumps write identifiers as addresses, ``https://orcid.org/...``.
"""

import re
from collections.abc import Iterable

from index.normalise.reference_words import arxiv_in

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def arxiv_id(texts: Iterable[str | None]) -> str:
    """Give the arXiv id that the first of some addresses or DOIs holds, or nothing."""
    named = (text for text in texts if text and "arxiv" in text.lower())
    return next(filter(None, map(arxiv_in, named)), "")


def orcid_id(text: str | None) -> str:
    """Give the number of an ORCID, which dumps write as an address, or nothing."""
    found = _ORCID.search((text or "").upper())
    return found[0] if found else ""


def last_part(address: str | int | None) -> str:
    """Give what stands behind the last slash: ``W1`` of ``https://openalex.org/W1``."""
    return str(address or "").rstrip("/").rpartition("/")[2]


def given(values: dict[str, str]) -> dict[str, str]:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value}
