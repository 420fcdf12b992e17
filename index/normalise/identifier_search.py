"""Find identifiers in running text: queries, references, links and notes.

A bare DOI or arXiv id is recognised; an identifier of another scheme needs its prefix
(``pmid:101``) or the address of its page.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.normalise.dois import RESOLVERS, SICI
from index.normalise.identifiers import ARXIV, SCHEMES, parse_identifier

PREFIXES = {
    "acl": "acl",
    "corpusid": "s2",
    "dblp": "dblp",
    "isbn": "isbn",
    "openalex": "openalex",
    "openreview": "openreview",
    "pmc": "pmc",
    "pmcid": "pmc",
    "pmid": "pmid",
    "pubmed": "pmid",
    "s2": "s2",
}
"""The scheme of each prefix that can come before a colon; ``doi:`` and ``arxiv:`` are part of the
pattern."""

_PAGES = ("doi", "acl", "openreview", "pmid", "pmc", "openalex", "s2", "dblp")
"""The schemes whose addresses name papers, in the order in which they are tried."""

_SIGN = r"[^\s\"<>()~^*?={}\[\]]"
"""A character of a DOI in running text; pairs of round brackets are allowed too. Real DOIs may
contain others, but these have a meaning in queries."""

_PUNCTUATION = ".,;:!"
_DOI = (
    rf"10\.[0-9]{{4,9}}/(?:{_SIGN}|\({_SIGN}*\))*"
    rf"(?:{SICI}|[^\s\"<>()~^*?={{}}\[\].,;:!]|(?<=\)))"
)
_IN_TEXT = re.compile(
    rf"(?:(?P<address>(?:https?://|(?:dx\.|www\.|export\.)?(?:doi|arxiv)\.org/)"
    rf"(?:[^\s\"<>()^]|\([^\s\"()^]*\)|{SICI})++)"
    rf"|(?:doi:\s?)?(?P<doi>{_DOI})"
    rf"|(?:arxiv:\s?)?(?P<arxiv>{ARXIV})(?:v\d+)?(?:\.pdf)?"
    rf"|(?P<prefix>{'|'.join(PREFIXES)}):\s?(?P<rest>[^\s\"()^]+))"
    r"[.,;:!]*(?=[\s()\"^]|$)",
    re.IGNORECASE,
)
_WORD_START = re.compile(r"(?<![^\s(\"])[^\s(\"]")
_NAMED_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|e-print|format|html|pdf|ps|src)/|\barxiv[.:]\s?|\barxiv\s(?=\d{4}\.))"
    rf"({ARXIV})",
    re.IGNORECASE | re.ASCII,
)
_BARE_ARXIV = re.compile(rf"(?:abs/)?({ARXIV})(?:v\d+)?$", re.IGNORECASE | re.ASCII)
_LINK_SITES = (
    *(("doi", site) for site in RESOLVERS),
    ("arxiv", "arxiv"),
    ("acl", "aclanthology.org/"),
    ("acl", "aclweb.org/anthology/"),
    ("openreview", "openreview.net/"),
)
"""What a link must contain to be read in each scheme. For DOIs only resolvers count, since a
publisher's page may be about another edition."""


class FoundIdentifier(NamedTuple):
    """An identifier in a text.

    Attributes:
        scheme: A key of `SCHEMES`.
        value: The identifier as written, without prefix, address and version.
        span: Its start and end in the text, including prefix, address and closing punctuation.
        prefix: The prefix it has in the text, if it is one of `PREFIXES`; else empty. A page of
            dblp counts as the prefix ``dblp``, with which the ids of its papers begin.
    """

    scheme: str
    value: str
    span: tuple[int, int]
    prefix: str = ""


def match_identifier(text: str, at: int = 0) -> FoundIdentifier | None:
    """Return the identifier that starts at a position and ends with a word, or None.

    Args:
        text: Any text.
        at: The position of a word's first character.
    """
    found = _IN_TEXT.match(text, at)
    if found is None:
        return None
    prefix = (found["prefix"] or "").lower()
    if found["address"]:
        scheme, value = _read_address(found["address"].rstrip(_PUNCTUATION))
        prefix = "dblp" if scheme == "dblp" else ""
    elif prefix:
        scheme, value = PREFIXES[prefix], parse_identifier(PREFIXES[prefix], found["rest"])
    else:
        scheme, value = ("doi", found["doi"]) if found["doi"] else ("arxiv", found["arxiv"])
    return FoundIdentifier(scheme, value, found.span(), prefix) if value else None


def identify(text: str) -> FoundIdentifier | None:
    """Return the identifier that makes up a whole text, or None."""
    found = match_identifier(text)
    return found if found and found.span[1] == len(text) else None


def find_identifiers(text: str) -> Iterator[FoundIdentifier]:
    """Yield every identifier in a text, from left to right."""
    end = 0
    for word in _WORD_START.finditer(text):
        if word.start() >= end and (found := match_identifier(text, word.start())):
            end = found.span[1]
            yield found


def find_arxiv_id(*texts: str | None) -> str:
    """Return the first arXiv id that follows the word arXiv, in links, DOIs or notes."""
    for text in texts:
        if text and "arxiv" in text.lower() and (found := _NAMED_ARXIV.search(text)):
            return SCHEMES["arxiv"].canonicalise(found[1])
    return ""


def find_bare_arxiv_id(text: str) -> str:
    """Return the arXiv id that makes up a whole text, or the first one after the word arXiv."""
    found = _BARE_ARXIV.match(text.strip())
    return SCHEMES["arxiv"].canonicalise(found[1]) if found else find_arxiv_id(text)


def find_link_ids(*links: str) -> dict[str, str]:
    """Return the identifiers in links to a paper's pages: DOI, arXiv, ACL and OpenReview.

    Returns:
        The first identifier of each scheme.
    """
    found: dict[str, str] = {}
    for link in links:
        lowered = link.lower()
        for scheme, site in _LINK_SITES:
            if site in lowered and scheme not in found and (value := _parse_link(scheme, link)):
                found[scheme] = value
    return found


def _parse_link(scheme: str, link: str) -> str:
    return find_arxiv_id(link) if scheme == "arxiv" else parse_identifier(scheme, link)


def _read_address(address: str) -> tuple[str, str]:
    if "arxiv.org/" in address.lower() and (value := SCHEMES["arxiv"].extract(address)):
        return "arxiv", value
    for scheme in _PAGES:
        if value := SCHEMES[scheme].extract(address):
            return scheme, value
    return "", ""
