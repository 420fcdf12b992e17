"""Read the books of PubMed's Bookshelf and their chapters."""

from xml.etree.ElementTree import Element

from index.formats import pubmed_parts as parts
from index.formats.pubmed_dates import find_publication_date, find_updated
from index.formats.pubmed_words import clean_title
from index.normalise.raw_values import drop_empty
from index.records import RawRecord, Source
from index.scanners.xml_records import read_text, read_texts


def convert_book(record: Element, found: Element, source: Source) -> RawRecord:
    """Convert a book of PubMed's Bookshelf, or a chapter, which has its own title."""
    number = parts.find_number(found)
    names = parts.find_names(found.find("ArticleIdList")) | parts.find_names(
        record.find("PubmedBookData/ArticleIdList")
    )
    book = found.find("Book")
    book = Element("Book") if book is None else book
    written = book.find("BookTitle")
    chapter = read_text(found.find("ArticleTitle")).strip()
    lists = [*found.findall("AuthorList"), *book.findall("AuthorList")]
    dates = [book.find("PubDate"), found.find("ContributionDate")]
    # A book that grows for years, such as a database, has the date of its beginning.
    year, date = find_publication_date(reversed(dates) if chapter else dates)
    return RawRecord(
        source=source,
        format=parts.NAME,
        id=f"{parts.NAME}:{number}",
        title=clean_title(chapter or read_text(written)),
        abstract=parts.join_abstract(found.find("Abstract"), [], ""),
        authors=tuple(parts.convert_authors(lists)),
        venue=read_text(written).strip() if chapter else "",
        venue_kind="book",
        year=year,
        date=date,
        type="book chapter" if chapter else "book",
        topics=tuple(read_texts(found, "KeywordList/Keyword")),
        ids=parts.collect_ids(number, names) | drop_empty({"isbn": parts.find_name(book, "Isbn")}),
        urls=parts.collect_urls(number, names),
        language=parts.find_language(found),
        updated=find_updated(found),
        volume=parts.find_name(book, "Volume"),
        pages=parts.find_pages(found),
        publisher=next(iter(read_texts(book, ".//PublisherName")), ""),
        editors=tuple(parts.convert_authors(book.findall("AuthorList[@Type='editors']"))),
    )
