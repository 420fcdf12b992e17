"""Answers: how are PubMed's baseline and update files read?

Both are one format: the later record of a number takes the earlier one's place, so files are
read in their order. An update file ends with the numbers of records that are gone. Titles that
PubMed translated lose their brackets; the original title stands at the end of the abstract.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.formats.pubmed_words import journal_name, plain_title, status_of, type_of
from index.normalise.dates import day_in
from index.normalise.languages import language_code
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.xml_records import Layout, find_root, read_text, read_xml
from index.text.emails import remove_mail_from_affiliation

NAME = "pubmed"

_GONE = ("DeleteCitation", "DeleteDocument")
_LAYOUT = Layout(records=("PubmedArticle", "PubmedBookArticle", *_GONE))
_OLD_LAYOUT = Layout(records=("MedlineCitation", *_GONE))
"""Until 2016 the baseline had no envelope around a citation."""

_OLD_ROOT = "MedlineCitationSet"
_ROOTS = ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", _OLD_ROOT)

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)
_AT = re.compile(r"(?:[(\[]at[)\]]|@)\s?(?=[\w-]+\.\w)", re.IGNORECASE)
"""An address that is torn apart, or disguised."""

_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV"}
_UNLABELLED = ("", "UNLABELLED", "UNASSIGNED")
_PLACEHOLDER = "abstract available from the publisher"
_COMMON_TYPES = re.compile(
    r"(?:Journal Article|English Abstract|Retract|Research Support|Preprint)", re.IGNORECASE
)
"""Kinds of publication that say nothing about a paper's topic that is not said elsewhere."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Give one article or book, or what is left of those that are gone.

    Raises:
        RecordError: It has no number.
    """
    if record.tag in _GONE:
        numbers = [number for one in record.iter("PMID") if (number := read_text(one).strip())]
        if not numbers:
            message = "names no record that is gone"
            raise RecordError(message)
        for number in numbers:
            yield RawRecord(source, NAME, id=f"{NAME}:{number}", deleted=True)
        return
    found = record.find("BookDocument")
    if found is not None:
        yield _book(record, found, source)
        return
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None or (article := citation.find("Article")) is None:
        message = "has no article"
        raise RecordError(message)
    yield _article(record, citation, article, source)


def _article(record: Element, citation: Element, article: Element, source: Source) -> RawRecord:
    number = _number(citation)
    kinds = _texts(article, "PublicationTypeList/PublicationType")
    title, original = _titles(article)
    doi = next(
        (one for one in article.iterfind("ELocationID[@EIdType='doi']") if _valid(one)), None
    )
    names = {"doi": read_text(doi).strip()} | _names(record.find("PubmedData/ArticleIdList"))
    corrected = [one.get("RefType", "") for one in citation.iter("CommentsCorrections")]
    return RawRecord(
        source=source,
        kind=NAME,
        id=f"{NAME}:{number}",
        title=title,
        abstract=_abstract(article.find("Abstract"), citation.findall("OtherAbstract"), original),
        authors=tuple(_authors(article.findall("AuthorList"))),
        appearances=(_appearance(article, kinds),),
        topics=tuple(_topics(citation, kinds)),
        ids=_ids(number, names),
        urls=_urls(number, names),
        status=status_of(kinds, corrected),
        language=_language(article),
        updated=_changed(citation),
    )


def _book(record: Element, found: Element, source: Source) -> RawRecord:
    """Give a book of PubMed's Bookshelf, or a chapter, which has a title of its own."""
    number = _number(found)
    names = _names(found.find("ArticleIdList")) | _names(
        record.find("PubmedBookData/ArticleIdList")
    )
    book = found.find("Book")
    book = Element("Book") if book is None else book
    written = book.find("BookTitle")
    chapter = read_text(found.find("ArticleTitle")).strip()
    lists = [*found.findall("AuthorList"), *book.findall("AuthorList")]
    return RawRecord(
        source=source,
        kind=NAME,
        id=f"{NAME}:{number}",
        title=plain_title(chapter or read_text(written)),
        abstract=_abstract(found.find("Abstract"), [], ""),
        authors=tuple(_authors(lists)),
        venue=read_text(written).strip() if chapter else "",
        venue_kind="book",
        year=_year(book.find("PubDate")) or _year(found.find("ContributionDate")),
        type="book chapter" if chapter else "book",
        topics=tuple(_texts(found, "KeywordList/Keyword")),
        ids=_ids(number, names),
        urls=_urls(number, names),
        language=_language(found),
        updated=_changed(found),
    )


def _number(citation: Element) -> str:
    number = read_text(citation.find("PMID")).strip()
    if not number.isdecimal():
        message = "has no PubMed number"
        raise RecordError(message)
    return number


def _titles(article: Element) -> tuple[str, str]:
    """Give the title that is shown, and the original one if that is another."""
    title = plain_title(read_text(article.find("ArticleTitle")))
    original = plain_title(read_text(article.find("VernacularTitle")))
    return (title, original if original != title else "") if title else (original, "")


def _abstract(own: Element | None, others: Iterable[Element], original: str) -> str:
    """Join the sections, each with its label; else take the first of other abstracts."""
    english = sorted(others, key=lambda other: other.get("Language", "eng") != "eng")
    candidates = ([*_sections(found)] for found in (own, *english) if found is not None)
    sections = next((sections for sections in candidates if sections), [])
    return "\n\n".join([*sections, f"Original title: {original}"] if original else sections)


def _sections(abstract: Element) -> Iterator[str]:
    for section in abstract.iterfind("AbstractText"):
        label, text = section.get("Label", "").strip(), read_text(section).strip()
        address = label.upper() == "CONTACT" and "@" in text
        if text and not address and not text.lower().startswith(_PLACEHOLDER):
            yield text if label.upper() in _UNLABELLED else f"{label}: {text}"


def _authors(lists: Iterable[Element]) -> Iterator[RawAuthor]:
    """Give the authors; of a book without any, its editors."""
    kinds = sorted(lists, key=lambda found: found.get("Type") == "editors")
    first = next((found for found in kinds if found.find("Author") is not None), None)
    for author in () if first is None else first.iterfind("Author"):
        # A name that is misspelt in print stands beside its correction.
        if _valid(author) and (read := _author(author)) is not None:
            yield read


def _author(author: Element) -> RawAuthor | None:
    family, given, suffix = (_name(author, tag) for tag in ("LastName", "ForeName", "Suffix"))
    body = _name(author, "CollectiveName")
    if not family and not given and not body:
        return None
    number = _ORCID.search(_name(author, "Identifier[@Source='ORCID']"))
    places = [*author.iterfind("AffiliationInfo/Affiliation"), *author.iterfind("Affiliation")]
    return RawAuthor(
        name="" if family or given else body,
        family=family,
        given=given or " ".join(_name(author, "Initials")),
        suffix=_SUFFIXES.get(suffix, suffix),
        ids={"orcid": "-".join(number.groups()).upper()} if number else {},
        affiliations=tuple(filter(None, (_place(read_text(place, {})) for place in places))),
    )


def _place(text: str) -> str:
    """Give an affiliation without the e-mail addresses that often end it."""
    text = remove_mail_from_affiliation(_AT.sub("@", text).replace(" @", "@")).strip(" ;,")
    return "" if "@" in text else text


def _appearance(article: Element, kinds: list[str]) -> Appearance:
    full = read_text(article.find("Journal/Title")) or read_text(
        article.find("Journal/ISOAbbreviation")
    )
    full = " ".join(full.split())
    name, kind = journal_name(full)
    stated = type_of(kinds)
    if stated == "preprint":
        kind = "repository"
    elif not stated and kind == "journal":
        stated = "journal article"
    year = _year(article.find("Journal/JournalIssue/PubDate")) or _year(article.find("ArticleDate"))
    return Appearance(name, full if full != name else "", kind, year, stated)


def _year(date: Element | None) -> int | None:
    """Give the year of a date, of a span (``1998 Dec-1999 Jan``) the first."""
    if date is None:
        return None
    found = re.search(r"(?<!\d)\d{4}(?!\d)", _name(date, "Year") or _name(date, "MedlineDate"))
    return int(found[0]) if found else None


def _changed(citation: Element) -> str:
    """Give the day of the last revision, else that on which the record was completed."""
    parts = ("Year", "Month", "Day")
    dates = (
        "-".join(_name(citation, f"{name}/{part}") for part in parts)
        for name in ("DateRevised", "DateCompleted")
    )
    return next(filter(None, map(day_in, dates)), "")


def _topics(citation: Element, kinds: Iterable[str]) -> Iterator[str]:
    """Give keywords, MeSH descriptors with those that the paper is about first, and kinds."""
    yield from _texts(citation, "KeywordList/Keyword")
    headings = citation.findall("MeshHeadingList/MeshHeading")
    for heading in sorted(headings, key=lambda found: not _is_major(found)):
        yield read_text(heading.find("DescriptorName"))
    yield from (kind for kind in kinds if not _COMMON_TYPES.match(kind))


def _is_major(heading: Element) -> bool:
    return any(part.get("MajorTopicYN") == "Y" for part in heading)


def _names(known: Element | None) -> dict[str, str]:
    """Give the record's own identifiers; those of its references stand in lists elsewhere."""
    found = (
        {} if known is None else {one.get("IdType", ""): read_text(one).strip() for one in known}
    )
    return {scheme: found[scheme] for scheme in ("doi", "pmc") if found.get(scheme)}


def _ids(number: str, names: dict[str, str]) -> dict[str, str]:
    return {"pmid": number} | {scheme: value for scheme, value in names.items() if value}


def _urls(number: str, names: dict[str, str]) -> dict[str, str]:
    urls = {"page": f"https://pubmed.ncbi.nlm.nih.gov/{number}/"}
    if pmc := names.get("pmc"):
        urls["full text"] = f"https://www.ncbi.nlm.nih.gov/pmc/articles/{pmc}/"
    return urls


def _language(article: Element) -> str:
    return next(filter(None, map(language_code, _texts(article, "Language"))), "")


def _texts(element: Element, path: str) -> list[str]:
    return [text for found in element.iterfind(path) if (text := read_text(found).strip())]


def _name(element: Element, path: str) -> str:
    return read_text(element.find(path), {}).strip()


def _valid(element: Element) -> bool:
    return element.get("ValidYN", "Y") != "N"


def _recognises(head: Head) -> bool:
    return find_root(head) in _ROOTS


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    old = find_root(parse_head(stream.head())) == _OLD_ROOT
    return read_xml(stream, _OLD_LAYOUT if old else _LAYOUT, convert)


FORMAT = Format(NAME, "PubMed", _recognises, _read)
