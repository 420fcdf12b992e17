"""Read PubMed's baseline and update files.

Both have one format. A later record of a PubMed number replaces the earlier one, so files are read
in their order. An update file ends with the numbers of deleted records. Titles that PubMed
translated lose their brackets; the original title is added at the end of the abstract.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.formats.pubmed_books import convert_book
from index.formats.pubmed_dates import find_publication_date, find_updated
from index.formats.pubmed_parts import (
    NAME,
    collect_ids,
    collect_urls,
    convert_authors,
    find_language,
    find_name,
    find_names,
    find_number,
    find_pages,
    find_references,
    is_valid,
    join_abstract,
)
from index.formats.pubmed_words import (
    clean_title,
    describe_journal,
    find_status,
    list_type_topics,
)
from index.records import Appearance, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml

_DELETIONS = ("DeleteCitation", "DeleteDocument")
_LAYOUT = Layout(records=("PubmedArticle", "PubmedBookArticle", *_DELETIONS))
_OLD_LAYOUT = Layout(records=("MedlineCitation", *_DELETIONS))
"""Until 2016 the baseline had no ``PubmedArticle`` around a citation."""

_OLD_ROOT = "MedlineCitationSet"
_ROOTS = (
    "PubmedArticleSet",
    "PubmedArticle",
    "PubmedBookArticleSet",
    "PubmedBookArticle",
    _OLD_ROOT,
)


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
        yield convert_book(record, found, source)
        return
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None or (article := citation.find("Article")) is None:
        message = "has no article"
        raise RecordError(message)
    yield _convert_article(record, citation, article, source)


def _convert_article(
    record: Element, citation: Element, article: Element, source: Source
) -> RawRecord:
    number = find_number(citation)
    types = read_texts(article, "PublicationTypeList/PublicationType")
    title, original = _find_titles(article)
    doi = next(
        (one for one in article.iterfind("ELocationID[@EIdType='doi']") if is_valid(one)), None
    )
    names = {"doi": read_text(doi).strip()} | find_names(record.find("PubmedData/ArticleIdList"))
    corrections = [one.get("RefType", "") for one in citation.iter("CommentsCorrections")]
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{number}",
        title=title,
        abstract=join_abstract(
            article.find("Abstract"), citation.findall("OtherAbstract"), original
        ),
        authors=tuple(convert_authors(article.findall("AuthorList"))),
        appearances=(_find_appearance(article, types),),
        topics=tuple(_collect_topics(citation, types)),
        ids=collect_ids(number, names),
        urls=collect_urls(number, names),
        status=find_status(types, corrections),
        language=find_language(article),
        updated=find_updated(citation),
        references=find_references(record),
    )


def _find_titles(article: Element) -> tuple[str, str]:
    """Return the title to show, and the original title if it differs."""
    title = clean_title(read_text(article.find("ArticleTitle")))
    original = clean_title(read_text(article.find("VernacularTitle")))
    return (title, original if original != title else "") if title else (original, "")


def _find_appearance(article: Element, types: list[str]) -> Appearance:
    full = read_text(article.find("Journal/Title")) or read_text(
        article.find("Journal/ISOAbbreviation")
    )
    name, full, kind, stated = describe_journal(full, types)
    dates = [article.find("Journal/JournalIssue/PubDate"), *article.findall("ArticleDate")]
    year, date = find_publication_date(dates)
    issue = article.find("Journal/JournalIssue")
    return Appearance(
        name,
        full,
        kind,
        year,
        stated,
        None,
        date,
        volume="" if issue is None else find_name(issue, "Volume"),
        issue="" if issue is None else find_name(issue, "Issue"),
        pages=find_pages(article),
    )


def _collect_topics(citation: Element, types: Iterable[str]) -> Iterator[str]:
    """Yield keywords, MeSH descriptors (major topics first) and publication types."""
    yield from read_texts(citation, "KeywordList/Keyword")
    headings = citation.findall("MeshHeadingList/MeshHeading")
    for heading in sorted(headings, key=lambda found: not _is_major(found)):
        yield read_text(heading.find("DescriptorName"))
    yield from list_type_topics(types)


def _is_major(heading: Element) -> bool:
    return any(part.get("MajorTopicYN") == "Y" for part in heading)


def _recognises(head: Head) -> bool:
    return find_root(head) in _ROOTS


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    old = find_root(parse_head(stream.head())) == _OLD_ROOT
    return read_xml(stream, _OLD_LAYOUT if old else _LAYOUT, convert)


FORMAT = Format(NAME, "PubMed", _recognises, _read)
