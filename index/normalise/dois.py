r"""Extract DOIs from addresses and running text, also those made of a SICI.

A SICI holds ``<``, ``>``, ``;``, ``:`` and brackets:
``10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2``.
"""

import re
from html import unescape
from urllib.parse import unquote

from index.normalise.latex_signs import unescape_latex

ARXIV_DOI = "10.48550/arxiv."
"""What arXiv's own DOI for a preprint begins with, in lower case; the arXiv id follows."""

RESOLVERS = ("doi.org/", "doi.acm.org/", "doi.ieeecomputersociety.org/")
"""The sites that redirect from a DOI to its page; the last two no longer exist."""

SICI = r"(?:<[^\s\"<>]{1,80}>|\[[^\s\"\[\]]{1,80}\])\d\.\d\.[A-Z]{2};[12](?:-[\dA-Z#])?"
"""The end of a DOI made of a SICI: ``<1661::AID-SIM968>3.0.CO;2-2`` or ``[0123:ABC]2.0.CO;2``.

Source: ANSI/NISO Z39.56-1996, Serial Item and Contribution Identifier.
"""

_DOI_START = re.compile(r"(?<!\d)10\.[0-9]{4,9}(?:/|%2F)", re.IGNORECASE)
_DOI = re.compile(rf"10\.[0-9]{{4,9}}/[^\s\"<>]+(?:{SICI})?", re.IGNORECASE)
_NEXT_DOI = re.compile(
    r"10\.48550/arxiv\.|[;|](?:doi:|https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/", re.IGNORECASE
)
"""Where the next of several DOIs begins. NASA ADS writes that of arXiv without a space; other DOIs
may hold a second one, as some of reviews and supplements do."""

_DOI_PAGE = re.compile(
    r"(?:/(?:abstract|abs|epdf|epub|full|fulltext|html|meta|pdf|pdfft|references|summary))?"
    r"(?:(?<=[0-9])v[0-9]+(?:\.full)?(?:-text)?)?(?:\.pdf)?$",
    re.IGNORECASE,
)
"""What publishers append to a DOI in the address of a page or PDF: ``/full``, ``v1.full.pdf``."""

_ANGLES = str.maketrans(dict.fromkeys("\u27e8\u2329\u3008\u2039\uff1c", "<") | dict.fromkeys(
    "\u27e9\u232a\u3009\u203a\uff1e", ">"))  # fmt: skip
"""The brackets and quotation marks that some sources put in place of ``<`` and ``>``."""

_ANGLE_COMMAND = re.compile(
    r"\{?\\backslash\}?\s?text(?P<less>less|greater)|&(?P<entity>[lg])t\$?\\mathsemicolon\$?"
)
"""A sign that was escaped twice: ``{\\backslash}textless``, ``&lt$\\mathsemicolon$``."""

_WRAPPED_ANGLE = re.compile(r"(?:\\ensuremath|\\\(|[{$]){0,4}([<>])(?:\\\)|[}$]){0,4}")
_NUMERIC = re.compile(r"&#(?:0*(?:60|62)|x0*3[ce]);", re.IGNORECASE)
_SPACED_SICI = re.compile(
    r"\s?([<\[])\s?([^\s\"<>\[\]]{1,80})\s?([>\]])\s?(?=\d\.\d\.[A-Z]{2};[12])", re.IGNORECASE
)
"""The end of a SICI with spaces around its brackets, where a source has broken the line."""

_WHOLE_SICI = re.compile(rf"{SICI}$", re.IGNORECASE)
_CUT_SICI = re.compile(
    r"10\.\d{4,9}/(?:\(sici\).*|\d{4}(?:-\d{3}[\dx])?\(\d{4,8}(?:/\d+)?\)\d+(?:[:/-]\d*)*(?:[<\[].*)?)$",
    re.IGNORECASE,
)
_BROKEN_ENTITY = re.compile(r"&(?:amp|lt|gt)$", re.IGNORECASE)
_AFTER_DOI = ".,;:/"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def extract_doi(text: str) -> str:
    """Return the first DOI in a text, as written, or an empty text.

    The query and fragment of an address, the end of a publisher's address (``/full``), punctuation
    after the DOI, and closing brackets without an opening one are removed.
    """
    start = _DOI_START.search(text)
    if start is None:
        return ""
    before, written = text[: start.start()], text[start.start() :]
    if "/" in before:
        written = written.partition("?")[0].partition("#")[0]
        if "?" in before:  # article?id=10.1371/x&type=printable
            written = written.partition("&")[0]
    written = _unwrap_angles(unescape_latex(written))
    if "%" in written or "&" in written:
        written = decode(written)
    if not written.isascii():
        written = written.translate(_ANGLES)
    if ";" in written and ("<" in written or "[" in written):
        written = _SPACED_SICI.sub(r"\1\2\3", written, count=1)
    found = _DOI.match(written)
    if found is None:
        return ""
    doi = found[0]
    if doi.count("10.") > 1 and (more := _NEXT_DOI.search(doi, 1)):
        doi = doi[: more.start()]
    if "/" in before and not before.lower().endswith(RESOLVERS):
        doi = _DOI_PAGE.sub("", doi, count=1)
    return _trim_doi(doi)


def is_cut(doi: str) -> bool:
    """Return whether a DOI made of a SICI lacks its end, so that all papers of an issue share it.

    Some sources cut it at the ``<`` or before the last number:
    ``10.1002/(SICI)1097-0258(19980815/30)17:15/16``.
    """
    return "(" in doi and bool(_CUT_SICI.match(doi)) and not _WHOLE_SICI.search(doi)


def _unwrap_angles(text: str) -> str:
    """Undo the LaTeX around ``<`` and ``>`` that remains if it was escaped twice."""
    if "\\" not in text and "$" not in text:
        return text
    text = _ANGLE_COMMAND.sub(
        lambda found: "<" if "l" in (found["less"] or found["entity"])[:1] else ">", text
    )
    return _WRAPPED_ANGLE.sub(r"\1", text)


def _trim_doi(doi: str) -> str:
    """Cut closing punctuation, and closing brackets that were never opened."""
    doi = doi.rstrip(_AFTER_DOI)
    if "&" in doi:  # of an entity that was cut at its semicolon
        doi = _BROKEN_ENTITY.sub("", doi)
    while doi[-1] in _BRACKETS and doi.count(doi[-1]) > doi.count(_BRACKETS[doi[-1]]):
        doi = doi[:-1].rstrip(_AFTER_DOI)
    return doi if "/" in doi else ""


def decode(text: str) -> str:
    """Undo percent-encoding and the entities of ``<``, ``>`` and ``&``, however often."""
    while "%" in text or "&" in text:
        before = text
        if "&#" in text:
            text = _NUMERIC.sub(lambda found: unescape(found[0]), text)
        text = unquote(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        if text == before:
            break
    return text
