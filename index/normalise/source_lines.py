"""Read the lines in which databases state where and when a paper appeared.

Embase and PubMed write venue, date, volume, issue and pages in one text. `parse_source_line`
recognises both forms; any other text is none of them.
"""

import re
from typing import NamedTuple

LONGEST = 500
"""Characters; a longer text is no such line. Chosen."""

_NUMBER = r"[A-Za-z]{0,4}\d[\w.+/-]{0,15}(?: Suppl(?:ement)?\.?(?: \w{1,9})?)?"
_EMBASE = re.compile(
    rf"(?P<venue>\S.*?)(?:,? (?P<volume>{_NUMBER})(?::(?P<issue>{_NUMBER}))?)? "
    rf"\((?P<year>[12]\d{{3}})\)"
    rf"(?: (?P<volume_after>{_NUMBER})(?::(?P<issue_after>{_NUMBER}))?)?"
    r"(?: \((?P<pages>[\w-]{1,30})\))?"
    r"(?:\.? Article Number: (?P<article>[\w.-]*\w))?"
    r"\.?(?: Date of Publication: (?P<date>[\w ,/-]+?))?(?:[.;].*|\s*)",
    re.DOTALL,
)
_PUBMED = re.compile(
    r"(?P<venue>[^.;:]+(?:\. \([^()]+\))?)\. (?P<date>(?P<year>[12]\d{3})[\w /-]*)"
    rf"(?:;(?P<volume>{_NUMBER})?(?:\((?P<issue>[^()]*)\))?"
    r"(?::(?P<pages>[\w-]+(?:[,;] ?[\w-]+)*))?)?"
    r"\.(?:\s.*)?",
    re.DOTALL,
)


class SourceLine(NamedTuple):
    """The parts of a line.

    Attributes:
        venue: The name of the journal: ``Journal of Tides``.
        year: The year of publication: ``2014``.
        date: The date of publication as written, or the year: ``1 Jan 2019``.
        volume: ``54``.
        issue: ``3``; empty if there is none.
        pages: ``152-160``, or the number of the article.
    """

    venue: str
    year: str
    date: str
    volume: str
    issue: str
    pages: str


def parse_source_line(text: str) -> SourceLine | None:
    """Read a line of Embase or PubMed.

    Args:
        text: ``Journal of Tides 54:2 (2019) (152-160). Date of Publication: 1 Jan 2019`` or
            ``J Tides. 2019 Jan 1;54(2):152-60. doi: 10.1000/x.``

    Returns:
        Its parts, or None if the text has neither form.
    """
    if len(text) > LONGEST:
        return None
    found = _PUBMED.fullmatch(text) or _EMBASE.fullmatch(text)
    if not found:
        return None
    part = {name: (value or "").strip() for name, value in found.groupdict().items()}
    return SourceLine(
        part["venue"],
        part["year"],
        part["date"] or part["year"],
        part["volume"] or part.get("volume_after", ""),
        part["issue"] or part.get("issue_after", ""),
        part["pages"] or part.get("article", ""),
    )
