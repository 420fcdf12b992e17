"""Read PubMed's baseline and update files.

Both have one format. A later record of a PubMed number replaces the earlier one, so files are read
in their order. An update file ends with the numbers of deleted records. Titles that PubMed
translated lose their brackets; the original title is added at the end of the abstract.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.formats.pubmed_dates import find_publication_date, find_updated
from index.formats.pubmed_words import clean_title, find_status, find_type, parse_journal
from index.normalise.identifiers import build_address, parse_orcid
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml
from index.text.emails import remove_mail_from_affiliation

NAME = "pubmed"

_DELETIONS = ("DeleteCitation", "DeleteDocument")
_LAYOUT = Layout(records=("PubmedArticle", "PubmedBookArticle", *_DELETIONS))
_OLD_LAYOUT = Layout(records=("MedlineCitation", *_DELETIONS))
"""Until 2016 the baseline had no ``PubmedArticle`` around a citation."""

_OLD_ROOT = "MedlineCitationSet"
_ROOTS = ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", _OLD_ROOT)

_AT = re.compile(r"(?:[(\[]at[)\]]|@)\s?(?=[\w-]+\.\w)", re.IGNORECASE)
"""The @ of an e-mail address, also disguised as "(at)" or followed by a space."""

_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV"}
_UNLABELLED = ("", "UNLABELLED", "UNASSIGNED")
_PLACEHOLDER = "abstract available from the publisher"
_COMMON_TYPES = re.compile(
    r"(?:Journal Article|English Abstract|Retract|Research Support|Preprint)", re.IGNORECASE
)
"""Publication types that add nothing to a paper's topics."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one article or book, or a list of deleted records.

    Raises:
        RecordError: It has no PubMed number or no article.
    """
    if record.tag in _DELETIONS:
        numbers = [number for one in record.iter("PMID") if (number := read_text(one).strip())]
        if not numbers:
            message = "names no deleted record"
            raise RecordError(message)
        for number in numbers:
            yield RawRecord(source, NAME, id=f"{NAME}:{number}", deleted=True)
        return
    found = record.find("BookDocument")
    if found is not None:
        yield _convert_book(record, found, source)
        return
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None or (article := citation.find("Article")) is None:
        message = "has no article"
        raise RecordError(message)
    yield _convert_article(record, citation, article, source)


def _convert_article(
    record: Element, citation: Element, article: Element, source: Source
) -> RawRecord:
    number = _find_number(citation)
    types = read_texts(article, "PublicationTypeList/PublicationType")
    title, original = _find_titles(article)
    doi = next(
        (one for one in article.iterfind("ELocationID[@EIdType='doi']") if _is_valid(one)), None
    )
    names = {"doi": read_text(doi).strip()} | _find_names(record.find("PubmedData/ArticleIdList"))
    corrections = [one.get("RefType", "") for one in citation.iter("CommentsCorrections")]
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{number}",
        title=title,
        abstract=_join_abstract(
            article.find("Abstract"), citation.findall("OtherAbstract"), original
        ),
        authors=tuple(_convert_authors(article.findall("AuthorList"))),
        appearances=(_find_appearance(article, types),),
        topics=tuple(_collect_topics(citation, types)),
        ids=_collect_ids(number, names),
        urls=_collect_urls(number, names),
        status=find_status(types, corrections),
        language=_find_language(article),
        updated=find_updated(citation),
    )


def _convert_book(record: Element, found: Element, source: Source) -> RawRecord:
    """Convert a book of PubMed's Bookshelf, or a chapter, which has its own title."""
    number = _find_number(found)
    names = _find_names(found.find("ArticleIdList")) | _find_names(
        record.find("PubmedBookData/ArticleIdList")
    )
    book = found.find("Book")
    book = Element("Book") if book is None else book
    written = book.find("BookTitle")
    chapter = read_text(found.find("ArticleTitle")).strip()
    lists = [*found.findall("AuthorList"), *book.findall("AuthorList")]
    year, date = find_publication_date([book.find("PubDate"), found.find("ContributionDate")])
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{number}",
        title=clean_title(chapter or read_text(written)),
        abstract=_join_abstract(found.find("Abstract"), [], ""),
        authors=tuple(_convert_authors(lists)),
        venue=read_text(written).strip() if chapter else "",
        venue_kind="book",
        year=year,
        date=date,
        type="book chapter" if chapter else "book",
        topics=tuple(read_texts(found, "KeywordList/Keyword")),
        ids=_collect_ids(number, names),
        urls=_collect_urls(number, names),
        language=_find_language(found),
        updated=find_updated(found),
    )


def _find_number(citation: Element) -> str:
    number = read_text(citation.find("PMID")).strip()
    if not number.isdecimal():
        message = "has no PubMed number"
        raise RecordError(message)
    return number


def _find_titles(article: Element) -> tuple[str, str]:
    """Return the title to show, and the original title if it differs."""
    title = clean_title(read_text(article.find("ArticleTitle")))
    original = clean_title(read_text(article.find("VernacularTitle")))
    return (title, original if original != title else "") if title else (original, "")


def _join_abstract(own: Element | None, others: Iterable[Element], original: str) -> str:
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
        if text and not address and not text.lower().startswith(_PLACEHOLDER):
            yield text if label.upper() in _UNLABELLED else f"{label}: {text}"


def _convert_authors(lists: Iterable[Element]) -> Iterator[RawAuthor]:
    """Yield the authors, or the editors if there are none."""
    editors_last = sorted(lists, key=lambda found: found.get("Type") == "editors")
    first = next((found for found in editors_last if found.find("Author") is not None), None)
    for author in () if first is None else first.iterfind("Author"):
        # A misspelt name is marked as invalid; its correction is another author element.
        if _is_valid(author) and (read := _convert_author(author)) is not None:
            yield read


def _convert_author(author: Element) -> RawAuthor | None:
    family, given, suffix = (_find_name(author, tag) for tag in ("LastName", "ForeName", "Suffix"))
    body = _find_name(author, "CollectiveName")
    if not family and not given and not body:
        return None
    orcid = parse_orcid(_find_name(author, "Identifier[@Source='ORCID']"))
    places = [*author.iterfind("AffiliationInfo/Affiliation"), *author.iterfind("Affiliation")]
    return RawAuthor(
        name="" if family or given else body,
        family=family,
        given=given or " ".join(_find_name(author, "Initials")),
        suffix=_SUFFIXES.get(suffix, suffix),
        ids={"orcid": orcid} if orcid else {},
        affiliations=tuple(
            filter(None, (_clean_affiliation(read_text(place, {})) for place in places))
        ),
    )


def _clean_affiliation(text: str) -> str:
    """Return an affiliation without the e-mail addresses that often end it."""
    text = remove_mail_from_affiliation(_AT.sub("@", text).replace(" @", "@")).strip(" ;,")
    return "" if "@" in text else text


def _find_appearance(article: Element, types: list[str]) -> Appearance:
    full = read_text(article.find("Journal/Title")) or read_text(
        article.find("Journal/ISOAbbreviation")
    )
    full = " ".join(full.split())
    name, kind = parse_journal(full)
    stated = find_type(types)
    if stated == "preprint":
        kind = "repository"
    elif not stated and kind == "journal":
        stated = "journal article"
    dates = [article.find("Journal/JournalIssue/PubDate"), *article.findall("ArticleDate")]
    year, date = find_publication_date(dates)
    return Appearance(name, full if full != name else "", kind, year, stated, None, date)


def _collect_topics(citation: Element, types: Iterable[str]) -> Iterator[str]:
    """Yield keywords, MeSH descriptors (major topics first) and publication types."""
    yield from read_texts(citation, "KeywordList/Keyword")
    headings = citation.findall("MeshHeadingList/MeshHeading")
    for heading in sorted(headings, key=lambda found: not _is_major(found)):
        yield read_text(heading.find("DescriptorName"))
    yield from (word for word in types if not _COMMON_TYPES.match(word))


def _is_major(heading: Element) -> bool:
    return any(part.get("MajorTopicYN") == "Y" for part in heading)


def _find_names(known: Element | None) -> dict[str, str]:
    """Return the DOI and PMCID in a list of identifiers."""
    found = (
        {} if known is None else {one.get("IdType", ""): read_text(one).strip() for one in known}
    )
    return {scheme: found[scheme] for scheme in ("doi", "pmc") if found.get(scheme)}


def _collect_ids(number: str, names: dict[str, str]) -> dict[str, str]:
    return drop_empty({"pmid": number} | names)


def _collect_urls(number: str, names: dict[str, str]) -> dict[str, str]:
    urls = {"page": build_address("pmid", number)}
    if pmc := names.get("pmc"):
        urls["full text"] = build_address("pmc", pmc)
    return urls


def _find_language(article: Element) -> str:
    return next(filter(None, map(find_language, read_texts(article, "Language"))), "")


def _find_name(element: Element, path: str) -> str:
    return read_text(element.find(path), {}).strip()


def _is_valid(element: Element) -> bool:
    return element.get("ValidYN", "Y") != "N"


def _recognises(head: Head) -> bool:
    return find_root(head) in _ROOTS


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    old = find_root(parse_head(stream.head())) == _OLD_ROOT
    return read_xml(stream, _OLD_LAYOUT if old else _LAYOUT, convert)


FORMAT = Format(NAME, "PubMed", _recognises, _read)
