"""Find identifiers in running text: queries, references, links and notes.

A DOI and an arXiv id are recognised by their form; an identifier of another scheme needs its prefix
(``pmid:101``) or the address of its page. `identify_bare` reads what is an identifier only if some
paper has it: ``PMC1234567``.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from index.normalise.dois import RESOLVERS, SICI, extract_doi
from index.normalise.identifiers import ACL, ARXIV, SCHEMES, parse_identifier

ADDRESS = "address"
"""The scheme of a web address that is not of a site whose addresses hold identifiers."""

PREFIXES = {
    "acl": "acl",
    "corpusid": "s2",
    "dblp": "dblp",
    "isbn": "isbn",
    "isbn10": "isbn",
    "isbn13": "isbn",
    "isi": "wos",
    "isip": "wos",
    "openalex": "openalex",
    "openreview": "openreview",
    "orcid": "orcid",
    "orcidid": "orcid",
    "pmc": "pmc",
    "pmcid": "pmc",
    "pmid": "pmid",
    "pubmed": "pmid",
    "pubmedid": "pmid",
    "s2": "s2",
    "s2cid": "s2",
    "wos": "wos",
}
"""The scheme of each prefix, without spaces and hyphens; ``doi:`` and ``arxiv:`` are part of the
pattern."""

_PAGES = ("acl", "openreview", "pmid", "pmc", "openalex", "s2", "dblp", "wos", "orcid", "isbn")
"""The schemes whose addresses name papers, in the order in which they are tried."""

_BARE = ("acl", "dblp", "isbn", "openalex", "orcid", "pmc", "s2")
"""The schemes in which an identifier without its prefix may be recognised by its form."""

_BARE_FORM = re.compile(
    rf"PMC\d{{3,9}}|W\d{{5,12}}|[0-9a-f]{{40}}|{ACL}|(?:\d{{4}}-?){{3}}\d{{3}}[\dX]"
    r"|(?:97[89]-?)?(?:\d-?){9}[\dX]|(?:conf|journals|books|phd)/[\w-]+/[\w-]+",
    re.IGNORECASE | re.ASCII,
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
"""The dashes that word processors and PDFs put in place of hyphens."""

_SHORTEST_BARE = 6
"""Characters of such an identifier."""

_QUOTES = "\u201c\u201d\u201e\u201f\xab\xbb"
_WIDE = "\uff0c\u3002\uff1b\u3001"
"""The comma, full stop, semicolon and enumeration comma of Chinese and Japanese, which end ids."""

_CLOSING = "!'\u2019`\u2026"
_SIGN = rf"[^\s\"<>()~^*?={{}}\[\]{_QUOTES}{_WIDE}]"
"""A character of a DOI in running text; pairs of round brackets are allowed too. Real DOIs may
contain others, but these have a meaning in queries."""

_PUNCTUATION = ".,;:!?'\u2019>]}"
_OPEN = r"(?:\\(?:url|href|doi)\{|[\[{<'\u2018`]{1,2})?(?:(?:info|urn|view-source):)?"
_SEPARATOR = r"\s?[:=\uff1a]\s?[{<]?"
_END = rf"[].,;:?>}}{_CLOSING}]*(?=[\s()\"^{_QUOTES}{_WIDE}\uff1a\u3011\u300d\u300b]|$)"
"""What ends an identifier: punctuation, and a space, bracket or quotation mark after it."""

_DOI = (
    rf"10\.[0-9]{{4,9}}(?:/|%2F)(?:{_SIGN}|\({_SIGN}*\))*"
    rf"(?:{SICI}|[^\s\"<>()~^*?={{}}\[\].,;:{_CLOSING}{_QUOTES}{_WIDE}]|(?<=\)))"
)
_ADDRESS_SIGNS = rf"(?:[^\s\"<>()^{_QUOTES}{_WIDE}]|\([^\s\"()^]*\)|{SICI})"
_HOST = r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,12}"
_MAY_BEGIN = re.compile(
    r"[^\s0-9/:=\uff1a]*[0-9/:=\uff1a]|[\[{<'\u2018`]*(?:ar|co|doi|isbn|isi|orcid|pm|pub|s2|wos)",
    re.IGNORECASE,
)
"""The beginning of any identifier; checked first, since few words of a query fit."""

_BARE_HOST = re.compile(_HOST, re.IGNORECASE)
_IN_TEXT = (
    rf"{_OPEN}(?:"
    rf"(?:(?:arxiv|doi|eprint|link|pdf|pmcid|pmid|url){_SEPARATOR})?"
    rf"(?P<address>(?:https?(?::|%3A)(?:/|%2F){{1,3}}(?=\w)|(?!{ARXIV})(?={_HOST}(?::\d{{1,5}})?(?:/|[?#]\w))){_ADDRESS_SIGNS}++)"
    rf"|(?:doi(?:\s(?:no\.?|number))?(?:{_SEPARATOR}|[\s/._|-]|(?=10\.)))?(?P<doi>{_DOI})"
    rf"|(?:(?:arxiv(?:\s(?:e-?prints?|id|preprint))?|corr)[,.]?(?:{_SEPARATOR}|[\s/_-]|(?=\d))){{0,2}}"
    rf"(?:abs/)?(?P<arxiv>{ARXIV})(?:v\d{{1,3}})?(?:\.pdf)?"
    r"(?:\s?\[[a-z-]{2,12}(?:\.[a-z-]{2,12})?\])?"
    rf"|(?P<prefix>acl|corpus\s?id|dblp|(?P<isbn>isbn(?:-?1[03])?)|openalex|openreview|orcid(?:\sid)?|pmcid"
    rf"|pmc|pmid|pubmed(?:\sid)?|s2cid|s2|wos|isip?)"
    rf"(?:{_SEPARATOR}|(?<=pmid)\s?(?=\d{{1,9}}(?!\w))"
    r"|(?<!acl)(?<!dblp)(?<!s2)\s(?=[\d -]{10}|\S*\d{5}))"
    r"(?P<rest>(?(isbn)(?:97[89][ -]?)?(?:\d[ -]?){9}[\dX](?![\dX])|[^\s\"()^,;\uff0c\uff1b]+))"
    rf")(?:{_END}|(?(arxiv)(?=[,;])|(?(rest)(?=[,;])|(?!))))"
)


@cache
def _compile_in_text() -> re.Pattern[str]:
    """Compile the pattern of all identifiers; most searches from the terminal do without."""
    return re.compile(_IN_TEXT, re.IGNORECASE)


_WORD_START = re.compile(r"(?<![^\s(\"])[^\s(\"]")
_PREPRINT_SITES = re.compile(
    r"(?:\bar[x5]iv[.-](?:labs[.-])?(?:arxiv[.-])?org\b|\balphaxiv[.-]org/|\b(?:huggingface|hf)\.co/papers/"
    r"|\barxiv-vanity\.com/|\bscirate\.com/arxiv/|semanticscholar\.org/arxiv)",
    re.IGNORECASE,
)
"""The sites whose addresses hold arXiv ids."""

_SITES = (
    "xiv", "ar5iv", "huggingface", "hf.co", "aclanthology", "aclweb", "openreview", "nlm.nih",
    "pubmed.gov", "europepmc", "openalex", "semanticscholar", "dblp", "orcid", "isbn", "scirate",
    "webofscience",
)  # fmt: skip
"""One of them, or the start of a DOI, is in every address that holds an identifier; looked for
first, since few addresses contain it. As one pattern they take five times as long."""

_DOI_START = re.compile(r"10\.\d{4,9}(?:/|%2f)")

_SEGMENT = re.compile(r"[^/?#&=:]+")
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
        scheme: A key of `SCHEMES`, or `ADDRESS`.
        value: The canonical identifier, without prefix, address and version; a DOI is in the case
            in which it is written, an address is whole.
        span: Its start and end in the text, including prefix, address and the punctuation around.
    """

    scheme: str
    value: str
    span: tuple[int, int]


def match_identifier(text: str, at: int = 0) -> FoundIdentifier | None:
    """Return the identifier that starts at a position and ends with a word, or None.

    Args:
        text: Any text.
        at: The position of a word's first character.
    """
    found = _compile_in_text().match(text, at) if _MAY_BEGIN.match(text, at) else None
    if found is None:
        return None
    prefix = re.sub(r"[\s-]", "", found["prefix"] or "").lower()
    if found["address"]:
        scheme, value = _read_address(found["address"].rstrip(_PUNCTUATION))
    elif prefix:
        scheme = PREFIXES[prefix]
        value = parse_identifier(scheme, found["rest"].rstrip(_PUNCTUATION))
    elif found["doi"]:
        scheme, value = "doi", extract_doi(found["doi"].replace("\\_", "_"))
    else:
        scheme, value = "arxiv", SCHEMES["arxiv"].canonicalise(found["arxiv"])
    return FoundIdentifier(scheme, value, found.span()) if value else None


def identify_bare(text: str) -> FoundIdentifier | None:
    """Return the identifier that a word may be if some paper has it, or None.

    Args:
        text: A word without punctuation around it: ``PMC1234567``, ``978-3-16-148410-0``, or the
            name of a site, which may be a paper's address.
    """
    if "." in text and _BARE_HOST.fullmatch(text):
        return FoundIdentifier(ADDRESS, text, (0, len(text)))
    return _identify_form(text.translate(_DASHES))


def _identify_form(text: str) -> FoundIdentifier | None:
    if len(text) < _SHORTEST_BARE or not _BARE_FORM.fullmatch(text):
        return None
    read = ((scheme, parse_identifier(scheme, text)) for scheme in _BARE if _fits(scheme, text))
    return next((FoundIdentifier(*pair, (0, len(text))) for pair in read if pair[1]), None)


def _fits(scheme: str, text: str) -> bool:
    """Return whether a bare identifier may be one of a scheme; a plain number is of none."""
    return scheme in {"isbn", "orcid"} or not text.isdecimal()


def list_inner_ids(address: str) -> list[FoundIdentifier]:
    """List the identifiers that fill a part of an address: ``https://a.org/read/2006.04779v2``."""
    found = []
    for part in _SEGMENT.finditer(address):
        text = part[0].removesuffix(".pdf").removesuffix(".html")
        if inner := _identify_form(text):
            found.append(inner)
        elif preprint := _BARE_ARXIV.match(text):
            found.append(FoundIdentifier("arxiv", preprint[1], part.span()))
    return found


def may_hold_identifier(address: str) -> bool:
    """Return whether an address may hold an identifier; fast, since few addresses do."""
    lowered = address.lower()
    if "10." in lowered and _DOI_START.search(lowered):
        return True
    return any(map(lowered.__contains__, _SITES))


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
    if not may_hold_identifier(address):
        return ADDRESS, address
    if _PREPRINT_SITES.search(address) and (value := parse_identifier("arxiv", address)):
        return "arxiv", value
    if value := extract_doi(address):
        return "doi", value
    for scheme in _PAGES:
        if (scheme != "orcid" or "orcid.org/" in address.lower()) and (
            value := parse_identifier(scheme, address)
        ):
            return scheme, value
    return ADDRESS, address
