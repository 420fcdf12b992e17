r"""Parse the identifiers of papers, people and books, and build the addresses of their pages.

`SCHEMES` is the one table. Each scheme says what people call it, what an identifier looks like,
what may come before and after it, which of several spellings is the canonical one, and where its
page is. A text is read whether it is the bare identifier, one with a prefix (``doi:10.1000/x``) or
an address (``https://doi.org/10.1000%2Fx?utm_source=feed``). `index.normalise.identifier_search`
finds identifiers in running text.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from index.normalise.check_digits import canonicalise_isbn, canonicalise_orcid
from index.normalise.dois import decode, extract_doi

MAX_LENGTH = 2_000
"""Characters of a text that are read. Identifiers are far shorter; addresses may be long."""

ARXIV = (
    r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
    r"|(?!arxiv\.)[a-z][a-z-]{1,15}(?:\.[a-z][a-z-]{1,9})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})(?![0-9])"
)
"""An arXiv id: ``2006.04779`` since April 2007, before it ``hep-th/9901001``, also written with a
subject class: ``math.GT/0309136`` is ``math/0309136``. The third and fourth digit are a month."""

_ARXIV_START = r"(?:(?<![0-9])(?=[0-9])|(?<![a-z-])(?=[a-z]))"

ACL = r"(?:[A-Z]\d\d-\d{4}|(?:19|20)\d\d\.[\w-]{1,60}\.\d{1,5})"
"""An id of the ACL Anthology: ``P19-1001`` until 2019, since then ``2022.acl-long.1``."""

_ACCESSIONS = {"WOS": "wos", "ISI": "wos", "ISIP": "wos", "MEDLINE": "pmid"}
"""The scheme of each prefix of Web of Science's accession numbers."""


class Scheme(NamedTuple):
    """One kind of identifier.

    Attributes:
        name: Its key in `Paper.ids` and `Author.ids`.
        label: What people call it.
        extract: Return the identifier that a text holds, as written; empty if it holds none.
        canonicalise: Return the one spelling of an extracted identifier; empty if its check digit
            is wrong.
        page: The address of an identifier's page, with ``{}`` in place of the identifier.
    """

    name: str
    label: str
    extract: Callable[[str], str]
    canonicalise: Callable[[str], str]
    page: str


def parse_identifier(scheme: str, text: str) -> str:
    """Return the canonical identifier that a text holds.

    Args:
        scheme: A key of `SCHEMES`.
        text: A bare identifier, one with a prefix, or an address. A DOI, an arXiv id and an
            ORCID iD are found with other words around them too.

    Returns:
        The identifier; empty if the text holds none.
    """
    found = SCHEMES[scheme]
    written = found.extract(text[:MAX_LENGTH])
    return found.canonicalise(written) if written else ""


def parse_orcid(text: str | None) -> str:
    """Return the ORCID iD in an address or text, or an empty text."""
    return parse_identifier("orcid", text) if text else ""


def parse_accession(text: str) -> dict[str, str]:
    """Return the identifier in an accession number of Web of Science.

    Args:
        text: ``WOS:000236202800037``, which older exports write ``ISI:`` or ``ISIP:``, or
            ``MEDLINE:32109013``, since the platform has the records of other databases too.

    Returns:
        The number by ``wos`` or ``pmid``; empty if it is that of another database.
    """
    scheme = _ACCESSIONS.get(text.partition(":")[0].strip().upper(), "")
    number = text.partition(":")[2].strip() if scheme else ""
    return {scheme: number} if number else {}


def build_address(scheme: str, value: str) -> str:
    """Return the address of an identifier's page.

    Args:
        scheme: Any name; one that `SCHEMES` does not have has no pages.
        value: A canonical identifier.

    Returns:
        The address, percent-encoded; empty if there is none.
    """
    if scheme not in SCHEMES or not value:
        return ""
    page = _CORPUS_PAGE if scheme == "s2" and value.isdecimal() else SCHEMES[scheme].page
    return page.format(quote(value, safe="/"))


def _make_extractor(site: str, prefix: str, pattern: str, after: str = "") -> Callable[[str], str]:
    """Return a function that extracts an identifier which fills a whole text.

    Args:
        site: A pattern of what precedes the identifier in an address, without ``https://``.
        prefix: A pattern of the words that may precede it, without a colon.
        pattern: A pattern of the identifier itself.
        after: A pattern of what may follow it, before ``?`` and ``#``.
    """
    whole = re.compile(
        rf"\s*(?:(?:https?://)?(?:www\.|m\.)?(?:{site})|(?:{prefix})\s?:?\s?)?"
        rf"(?P<id>{pattern})(?:{after})[.,;/]*(?:[?&#]\S*)?\s*",
        re.IGNORECASE | re.ASCII,
    )
    bare = re.compile(pattern, re.IGNORECASE | re.ASCII)

    def extract(text: str) -> str:
        if bare.fullmatch(text):  # as in most dumps, and found in a third of the time
            return text
        plain = decode(text)
        if " " in plain and " " not in text:  # from %20 in a parameter
            plain = plain.replace(" ", "+")
        found = whole.fullmatch(plain)
        return found["id"] if found else ""

    return extract


def _make_searcher(pattern: str) -> Callable[[str], str]:
    """Return a function that extracts the first match of a pattern in any text."""
    anywhere = re.compile(pattern, re.IGNORECASE | re.ASCII)

    def extract(text: str) -> str:
        found = anywhere.search(decode(text) if "%" in text else text)
        return found["id"] if found else ""

    return extract


def _canonicalise_arxiv(value: str) -> str:
    """Drop the subject class of an old id, which is no part of it, and write the archive small."""
    archive, slash, number = value.rpartition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}" if slash else value


def _canonicalise_acl(value: str) -> str:
    return value.upper() if "-" in value[:4] else value.lower()


def _canonicalise_pmc(value: str) -> str:
    return f"PMC{value.upper().removeprefix('PMC').strip()}"


_CORPUS_PAGE = "https://api.semanticscholar.org/CorpusID:{}"
_NLM = r"ncbi\.nlm\.nih\.gov"

SCHEMES = {
    scheme.name: scheme
    for scheme in (
        Scheme("doi", "DOI", extract_doi, str.lower, "https://doi.org/{}"),
        Scheme(
            "arxiv",
            "arXiv",
            _make_searcher(rf"{_ARXIV_START}(?P<id>{ARXIV})(?:v\d+)?\b"),
            _canonicalise_arxiv,
            "https://arxiv.org/abs/{}",
        ),
        Scheme(
            "acl",
            "ACL Anthology",
            _make_extractor(
                r"aclanthology\.org/|aclanthology\.info/papers/|aclweb\.org/anthology(?:-new)?/(?:[\w/]+/)?",
                r"acl(?:\s?anthology)?",
                ACL,
                r"(?:v\d+)?(?:\.(?:pdf|bib|xml|endf))?",
            ),
            _canonicalise_acl,
            "https://aclanthology.org/{}",
        ),
        Scheme(
            "openreview",
            "OpenReview",
            _make_extractor(
                r"openreview\.net/(?:forum|pdf|revisions|references/pdf|attachment)\?(?:[^\s#]*&)?id=",
                r"openreview",
                r"[\w-]{1,60}",
            ),
            str,
            "https://openreview.net/forum?id={}",
        ),
        Scheme(
            "pmid",
            "PubMed",
            _make_extractor(
                rf"(?:pubmed\.{_NLM}|{_NLM}/pubmed|pubmed\.gov)/?(?:\?term=)?|europepmc\.org/(?:abstract|article)/MED/",
                r"pmid|pubmed",
                r"\d{1,9}",
            ),
            str,
            "https://pubmed.ncbi.nlm.nih.gov/{}/",
        ),
        Scheme(
            "pmc",
            "PubMed Central",
            _make_extractor(
                rf"(?:pmc\.{_NLM}|{_NLM}/(?:labs/)?pmc)/articles/|europepmc\.org/articles?/(?:PMC/)?",
                r"pmcid|pmc(?=:)",
                r"(?:PMC\s?)?\d{1,9}",
                r"(?:\.\d{1,2})?(?:/pdf(?:/\S*)?)?",
            ),
            _canonicalise_pmc,
            "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
        ),
        Scheme(
            "openalex",
            "OpenAlex",
            _make_extractor(
                r"(?:api\.|explore\.)?openalex\.org/(?:works/|authors/)?",
                r"openalex",
                r"[WAISTVFPC]\d{1,12}",
            ),
            str.upper,
            "https://openalex.org/{}",
        ),
        Scheme(
            "s2",
            "Semantic Scholar",
            _make_extractor(
                r"(?:api\.)?semanticscholar\.org/(?:(?:graph/v1/)?paper/(?:[^\s/]+/)?|reader/|CorpusID:)",
                r"s2|s2cid|corpusid",
                r"[0-9a-f]{40}|\d{1,12}",
            ),
            str.lower,
            "https://www.semanticscholar.org/paper/{}",
        ),
        Scheme(
            "dblp",
            "dblp",
            _make_extractor(
                r"dblp\d?\.(?:org|uni-trier\.de|dagstuhl\.de)/rec/(?:(?:html|bibtex|bib\d?|xml|rdf|nt)/)?",
                r"dblp",
                r"(?:books|conf|data|journals|persons|phd|reference|series|tr)(?:/[\w+-]+(?:\.[\w+-]+)*?)+?",
                r"(?:\.(?:html|bib|xml|rdf))?",
            ),
            str,
            "https://dblp.org/rec/{}",
        ),
        Scheme(
            "orcid",
            "ORCID",
            _make_searcher(r"(?<!\d)(?P<id>\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX])(?![\dX])"),
            canonicalise_orcid,
            "https://orcid.org/{}",
        ),
        Scheme(
            "wos",
            "Web of Science",
            _make_extractor(
                r"webofscience\.com/(?:wos/[\w-]+/full-record/|api/gateway\?(?:[^\s#]*&)?KeyUT=)"
                r"(?:WOS|ISIP?)(?::|%3A)",
                r"wos|isip?|accession number:?\s?wos",
                r"[A-Z]\d{4}[A-Z]{2}\d{8}|\d{3,15}",
            ),
            str.upper,
            "https://www.webofscience.com/wos/woscc/full-record/WOS:{}",
        ),
        Scheme(
            "isbn",
            "ISBN",
            _make_extractor(
                r"openlibrary\.org/isbn/|(?:search\.)?worldcat\.org/isbn/",
                r"isbn(?:-?1[03])?|urn:isbn",
                r"(?:97[89][ -]?)?(?:\d[ -]?){9}[\dX]",
            ),
            canonicalise_isbn,
            "https://openlibrary.org/isbn/{}",
        ),
    )
}
"""The schemes by name."""
