"""Read the parts that PubMed's articles and books share: identifiers, authors and abstracts."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.errors import RecordError
from index.normalise.identifiers import build_address, parse_orcid
from index.normalise.languages import find_language as find_code
from index.normalise.raw_values import drop_empty
from index.normalise.references import collect_references
from index.normalise.volumes import join_pages
from index.records import RawAuthor
from index.scanners.xml_records import read_text, read_texts
from index.text.emails import remove_mail_from_affiliation

NAME = "pubmed"

_AT = re.compile(r"(?:[(\[]at[)\]]|@)\s?(?=[\w-]+\.\w)", re.IGNORECASE)
"""The @ of an e-mail address, also disguised as "(at)" or followed by a space."""

_MARK = re.compile(
    r"(?:[a-z] |\d{1,2}(?! )|\d{1,2} (?=Dep|Div|Fac|Inst|School|Univ|Cent|Lab|Coll|Hosp))"
    r"(?=[A-Z][a-z])"
)
"""The mark between a name and its affiliation, as some publishers leave it: ``a Department``,
``1Department``. A number before other words may be that of a house."""

_CITED = {"pubmed": "pmid"}
_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV"}
_UNLABELLED = ("", "UNLABELLED", "UNASSIGNED")
_PLACEHOLDER = "abstract available from the publisher"

_ARTICLE = re.compile(r"[A-Za-z]{0,2}\d{1,8}")
"""The number of an article; a publisher's other numbers look like ``S0140-6736(18)12345-6``."""


def find_number(citation: Element) -> str:
    """Return the PubMed number.

    Raises:
        RecordError: There is none.
    """
    number = read_text(citation.find("PMID")).strip()
    if not number.isdecimal():
        message = "has no PubMed number"
        raise RecordError(message)
    return number


def join_abstract(own: Element | None, others: Iterable[Element], original: str) -> str:
    """Join the sections of the abstract, each with its label.

    Without an abstract of its own the paper gets another one: an English one, or else the first.
    """
    english_first = sorted(others, key=lambda other: other.get("Language", "eng") != "eng")
    candidates = ([*_find_sections(found)] for found in (own, *english_first) if found is not None)
    sections = next((sections for sections in candidates if sections), [])
    return "\n\n".join([*sections, f"Original title: {original}"] if original else sections)


def _find_sections(abstract: Element) -> Iterator[str]:
    for section in abstract.iterfind("AbstractText"):
        label, text = section.get("Label", "").strip(), read_text(section).strip()
        address = label.upper() == "CONTACT" and "@" in text
        if text and not address and not is_promise(text):
            yield text if label.upper() in _UNLABELLED else f"{label}: {text}"


def is_promise(text: str) -> bool:
    """Return whether an abstract says that the publisher has one."""
    return text.lower().startswith(_PLACEHOLDER)


def convert_authors(lists: Iterable[Element]) -> Iterator[RawAuthor]:
    """Yield the authors, or the editors if there are none."""
    editors_last = sorted(lists, key=lambda found: found.get("Type") == "editors")
    first = next((found for found in editors_last if found.find("Author") is not None), None)
    for author in () if first is None else first.iterfind("Author"):
        # A misspelt name is marked as invalid; its correction is another author element.
        if is_valid(author) and (read := _convert_author(author)) is not None:
            yield read


def _convert_author(author: Element) -> RawAuthor | None:
    family, given, suffix = (find_name(author, tag) for tag in ("LastName", "ForeName", "Suffix"))
    body = find_name(author, "CollectiveName")
    if not family and not given and not body:
        return None
    orcid = parse_orcid(find_name(author, "Identifier[@Source='ORCID']"))
    places = [*author.iterfind("AffiliationInfo/Affiliation"), *author.iterfind("Affiliation")]
    return RawAuthor(
        name="" if family or given else body,
        body=not (family or given),
        family=family,
        given=given or " ".join(find_name(author, "Initials")),
        suffix=_SUFFIXES.get(suffix, suffix),
        ids={"orcid": orcid} if orcid else {},
        affiliations=tuple(
            filter(None, (clean_affiliation(read_text(place, {})) for place in places))
        ),
    )


def clean_affiliation(text: str) -> str:
    """Return an affiliation without a mark at its beginning and e-mail addresses at its end."""
    text = _remove_mark(text.strip()).replace(" , ", ", ")
    text = remove_mail_from_affiliation(_AT.sub("@", text).replace(" @", "@")).strip(" ;,")
    return "" if "@" in text else text


def _remove_mark(text: str) -> str:
    found = _MARK.match(text)
    return text[found.end() :] if found else text


def find_names(known: Element | None) -> dict[str, str]:
    """Return the DOI and PMCID in a list of identifiers."""
    found = (
        {} if known is None else {one.get("IdType", ""): read_text(one).strip() for one in known}
    )
    return {scheme: found[scheme] for scheme in ("doi", "pmc") if found.get(scheme)}


def find_references(record: Element) -> tuple[str, ...]:
    """Return the works that an article cites, as far as they have identifiers."""
    lists = record.iterfind("PubmedData/ReferenceList")
    cited = (one.find("ArticleIdList") for found in lists for one in found.iter("Reference"))
    return collect_references(_find_cited_ids(known) for known in cited if known is not None)


def _find_cited_ids(known: Element) -> dict[str, str]:
    found = {one.get("IdType", ""): read_text(one).strip() for one in known}
    return {_CITED.get(scheme, scheme): found[scheme] for scheme in ("pubmed", "doi", "pmc")
            if found.get(scheme)}  # fmt: skip


def collect_ids(number: str, names: dict[str, str]) -> dict[str, str]:
    """Return the PubMed number and the other identifiers."""
    return drop_empty({"pmid": number} | names)


def collect_urls(number: str, names: dict[str, str]) -> dict[str, str]:
    """Return the addresses of the record and of the full text in PubMed Central."""
    urls = {"page": build_address("pmid", number)}
    if pmc := names.get("pmc"):
        urls["full text"] = build_address("pmc", pmc)
    return urls


def find_language(article: Element) -> str:
    """Return the code of the first language that is known."""
    return next(filter(None, map(find_code, read_texts(article, "Language"))), "")


def find_name(element: Element, path: str) -> str:
    """Return the text at a path without markup."""
    return read_text(element.find(path), {}).strip()


def is_valid(element: Element) -> bool:
    """Return whether a value is not marked as wrong."""
    return element.get("ValidYN", "Y") != "N"


def find_pages(found: Element) -> str:
    """Return the pages, or else the number of an article that is only online."""
    pages = find_name(found, "Pagination/MedlinePgn")
    if not pages:
        first, last = (find_name(found, f"Pagination/{end}Page") for end in ("Start", "End"))
        pages = join_pages(first, last)
    if pages:
        return pages
    number = find_name(found, "ELocationID[@EIdType='pii']")
    return number if _ARTICLE.fullmatch(number) else ""
