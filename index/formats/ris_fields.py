"""Find authors, identifiers, dates and pages in RIS, which exporters put under different tags."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from index.names.author_lists import drop_nobody, invert_names, split_names
from index.normalise.dates import drop_placeholder, find_first_date, find_year, parse_date
from index.normalise.dois import extract_doi
from index.normalise.identifier_search import find_arxiv_id, find_link_ids
from index.normalise.identifiers import parse_accession, parse_identifier
from index.normalise.raw_values import drop_empty
from index.normalise.volumes import join_pages
from index.records import RawAuthor
from index.scanners.tagged_records import Fields

VENUES = ("JF", "T2", "JO", "JA", "J2", "J1", "SO")
"""The tags of venues; the full name comes first, and the title of a series (``T3``) last."""

_EDITORS = ("A2", "ED")
_ADVISED = frozenset(("thesis", "patent"))
"""Types of works whose second list of people names no editors."""

_YEARS = ("PY", "Y1", "DA", "YR")
_EARLY = ("EA", "C6", "ET")
"""Where some exporters put the date of early access or of a publication online. ``C6`` and ``ET``
have other meanings too, so they count only if they hold a date and nothing else."""

_EARLY_DATE = re.compile(
    r"(?:epub )?(?:[a-z]{3,9}[ -]){0,2}(?:\d{1,2},? )?(?:19|20)\d\d[\d/ -]*", re.IGNORECASE
)
_BETWEEN_LINKS = re.compile(r";\s*(?=https?:|www\.|$)")
_NOTED_DOI = re.compile(
    r"\b(?:doi|dx\.doi\.org|doi\.org)(?:\s?[:=/]\s?|\s)\S*10\.\d", re.IGNORECASE
)
_NOTED_PMID = re.compile(r"\bpmid\s?:\s?(\d{4,8})\b", re.IGNORECASE)
_SCOPUS = re.compile(r"\beid=(2-s2\.0-\d+)")
_PMC = re.compile(r"PMC\d{3,9}", re.IGNORECASE)
_PUBMED = re.compile(r"(?:pubmed|medline|nlm|mdc|mnh|cmedm)\b", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"(?:[A-Za-z]{0,4}[ .-]?){0,2}\d[\w.-]{0,15}")
_JOURNAL_CODE = re.compile(r"\w{3}, \d{5,9}[A-Z]?|\d{5,9}[A-Z]?, \w{3}", re.IGNORECASE)
"""What Ovid's exports of MEDLINE have as issue: its code for the journal and that of NLM."""

_SHORT_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,5}(?:[-/]\d{1,5})?", re.IGNORECASE)
_ADS = "adsabs.harvard.edu"
_BIBCODE = re.compile(r"adsabs\.harvard\.edu/abs/([12]\d{3}[^\s/?#]{15,21})")
_NOTED_ARXIV = re.compile(r"(?:eprintid: )?arXiv: ?", re.IGNORECASE)


def find_authors(fields: Fields, *, inverted: bool) -> tuple[RawAuthor, ...]:
    """Return the authors in the order of the file, or else the editors.

    Args:
        fields: A record.
        inverted: Whether the file is known to write ``Lee A.``.
    """
    names = list_names(fields, "AU", "A1")
    if len(fields.firsts("AU", "A1")) > 1:  # one list twice, or two parts of one
        names = list(dict.fromkeys(names))
    for tags in (_EDITORS, ("A3",), ("A4",)):
        if names:
            break
        names = list_names(fields, *tags)
    return _make_authors(names, inverted=inverted)


def find_editors(fields: Fields, paper_type: str, *, inverted: bool) -> tuple[RawAuthor, ...]:
    """Return the editors of the volume; of a thesis the tags hold its advisers.

    The third list of people (``A3``) is that of a series, or repeats the second.
    """
    names = [] if paper_type in _ADVISED else list_names(fields, *_EDITORS)
    return _make_authors([*dict.fromkeys(names)], inverted=inverted)


def _make_authors(names: list[str], *, inverted: bool) -> tuple[RawAuthor, ...]:
    return invert_names(names, certain=inverted) or tuple(map(_make_author, names))


def list_names(fields: Fields, *tags: str) -> list[str]:
    """List the names in some tags: one in each line, or several in a field that may be wrapped."""
    texts = fields.texts(*tags)
    lines = texts if any(";" in text for text in texts) else fields.lines(*tags)
    return drop_nobody(name for text in lines for name in _split_name(text))


def _split_name(text: str) -> list[str]:
    """Split what is several names: ``Lee, A.; Roe, J.``, ``Lee A., Roe B.``."""
    if ";" in text:
        return split_names(text)
    if "," in text and all(" " in part.strip() for part in text.split(",")):
        names = split_names(text)
        return names if len(names) > 1 and invert_names(names) else [text]
    return [text]


def _make_author(name: str) -> RawAuthor:
    """Make an author; EndNote marks the name of an organisation with a comma at its end."""
    name = name.removesuffix(" and")  # before the last author of a list
    body = name.endswith(",") and " " in name
    return RawAuthor(name=name.rstrip(", ") if body else name, body=body)


def find_date(fields: Fields) -> tuple[str, str]:
    """Return the year of publication, or else of early access, and the first date in it."""
    early = [text for text in fields.firsts(*_EARLY) if _EARLY_DATE.fullmatch(text)]
    stated = fields.firsts(*_YEARS)
    year = find_year(*stated, *early)
    dates = [*stated, *early]
    if _ADS in fields.first("UR"):  # writes the first day where it knows only the month
        dates = [drop_placeholder(parse_date(text)) for text in dates]
    return year, find_first_date(int(year), *dates) if year else ""


def find_place(fields: Fields, paper_type: str) -> tuple[str, str, str]:
    """Return the volume, issue and pages."""
    first = fields.first("SP")
    if find_arxiv_id(first):
        first = ""
    pages = join_pages(first, fields.first("EP"))
    numbers = (text for text in fields.firsts("C7", "AR") if _ARTICLE_NUMBER.fullmatch(text))
    if paper_type in {"patent", "thesis"}:  # they have the number of an application, or a degree
        return "", "", pages
    volume = fields.first("VL", "VO")
    return volume, _find_issue(fields, paper_type), pages or next(numbers, "")


def _find_issue(fields: Fields, paper_type: str) -> str:
    """Return the issue, or the number of a report, which some write as a note or ISSN."""
    issue, note = fields.first("IS"), fields.first("M1")
    issue = "" if _JOURNAL_CODE.fullmatch(issue) else issue
    part = fields.first("CP")  # Web of Science has the conference here
    issue = issue or (part if _SHORT_NUMBER.fullmatch(part) else "")
    if paper_type == "report":
        return issue or note or fields.first("SN")
    return issue or (note if _SHORT_NUMBER.fullmatch(note) else "")


def list_links(fields: Fields) -> list[str]:
    """List the links, which some exporters write in one field with semicolons between them.

    A DOI may have a semicolon too.
    """
    texts = [*fields.lines("UR"), *fields.lines("L1", "L2", "LK")]
    return [link for text in texts for one in _BETWEEN_LINKS.split(text) if (link := one.strip())]


def collect_ids(fields: Fields, links: list[str]) -> dict[str, str]:
    """Return the identifiers, wherever exporters put them."""
    notes = " ".join(fields.lines("N1"))
    accession = fields.first("AN")
    arxiv = find_arxiv_id(*fields.firsts("JO", "T2", "JF", "SP", "M1", "AN", "PB", "C7"))
    noted = (note for note in fields.texts("N1") if _NOTED_ARXIV.match(note))
    bibcode = next((found[1] for link in links if (found := _BIBCODE.search(link))), "")
    scopus = next((found[1] for link in links if (found := _SCOPUS.search(link))), "")
    stated = {
        "doi": next(filter(None, _list_dois(fields, notes)), ""),
        "arxiv": arxiv or find_arxiv_id(*noted),
        "bibcode": fields.first("BC") or unquote(bibcode),
        "pmid": _find_pmid(fields, accession, notes, scopus),
        "pmc": next(filter(_PMC.fullmatch, fields.firsts("C2", "PMC", "PM")), ""),
        "scopus": scopus,
    }
    return _find_pages(links) | drop_empty(stated | parse_accession(accession))


def _list_dois(fields: Fields, notes: str) -> Iterator[str]:
    """Yield texts with a DOI, from the field for it to a note that calls a number one."""
    for text in fields.firsts("DO", "DI", "DOI", "M3", "L3", "ID"):
        yield text if extract_doi(text) else ""
    found = _NOTED_DOI.search(notes)
    yield extract_doi(notes[found.start() :]) if found else ""


def _find_pmid(fields: Fields, accession: str, notes: str, scopus: str) -> str:
    """Return the PubMed number: stated as one, or as the number in a database that is PubMed."""
    if stated := fields.first("PMID", "PM"):
        return parse_identifier("pmid", stated)
    if not accession.isdecimal() and (number := parse_identifier("pmid", accession)):
        return number
    databases = fields.texts("DB", "DP")
    if accession.isdecimal() and any(map(_PUBMED.match, databases)):
        return accession
    custom = fields.first("C2")
    if scopus and custom.isdecimal():
        return custom
    found = _NOTED_PMID.search(notes)
    return found[1] if found else ""


def _find_pages(links: list[str]) -> dict[str, str]:
    """Return the identifiers in the addresses of the paper's pages."""
    ids = find_link_ids(*links)
    for link in links:
        for scheme in ("pmid", "pmc") if "nlm.nih.gov" in link else ():
            if "/" in link and (value := parse_identifier(scheme, link)):
                ids.setdefault(scheme, value)
    return ids
