"""Check the reader of PubMed's books and their chapters."""

from pathlib import Path

import pytest

from index.records import Paper
from tests.support.dump_records import read_papers

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedBookArticleSet SYSTEM "http://dtd.nlm.nih.gov/ncbi/pubmed/out/bookdoc.dtd">
<PubmedBookArticleSet>
"""
TAIL = "</PubmedBookArticleSet>\n"
CHAPTER = """<PubmedBookArticle><BookDocument><PMID Version="1">202</PMID><ArticleIdList>
<ArticleId IdType="bookaccession">NBK1</ArticleId><ArticleId IdType="doi">10.5555/mh.1</ArticleId>
</ArticleIdList><Book><Publisher><PublisherName>Sea Press</PublisherName></Publisher>
<BookTitle book="g">Handbook of Moss</BookTitle>
<PubDate><Year>1993</Year><Month>Mar</Month></PubDate>
<AuthorList Type="editors"><Author><LastName>Ed</LastName><ForeName>Eve</ForeName></Author>
</AuthorList><Volume>4</Volume><Isbn>9783161484100</Isbn></Book>
<ArticleTitle book="g" part="x">Moss in Fjords</ArticleTitle><Pagination><StartPage>7</StartPage>
<EndPage>19</EndPage></Pagination><Language>eng</Language><AuthorList Type="authors"><Author>
<LastName>Lee</LastName><ForeName>Ann</ForeName></Author><Author><CollectiveName>Moss Board, North
</CollectiveName></Author></AuthorList><Abstract><AbstractText Label="AIM">Rare.</AbstractText>
</Abstract></BookDocument><PubmedBookData><PublicationStatus>ppublish</PublicationStatus>
</PubmedBookData></PubmedBookArticle>
"""


def read_book(path: Path, *removed: str) -> Paper:
    """Read the chapter without some of its elements."""
    text = CHAPTER
    for part in removed:
        assert part in text
        text = text.replace(part, "")
    path.write_text(HEAD + text + TAIL, "utf-8")
    (paper,) = read_papers(path, "pubmed")
    return paper


def cut(start: str, end: str) -> str:
    """Return the part of the chapter from one text up to another."""
    at = CHAPTER.index(start)
    return CHAPTER[at : CHAPTER.index(end, at)]


def test_a_chapter(tmp_path: Path) -> None:
    """A chapter has its own title and authors; the book is its venue."""
    found = read_book(tmp_path / "d.xml")
    assert (found.id, found.title, found.abstract) == (
        "pubmed:202", "Moss in Fjords", "AIM: Rare.",
    )  # fmt: skip
    assert [author.name for author in found.authors] == ["Ann Lee", "Moss Board North"]
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == ("Handbook of Moss", "book", "book chapter")
    assert (show.year, show.date, show.publisher) == (1993, "1993-03", "Sea Press")
    assert (show.volume, show.pages) == ("4", "7-19")
    assert found.ids == {"pmid": "202", "doi": "10.5555/mh.1", "isbn": "9783161484100"}
    assert found.language == "en"


def test_a_chapter_of_a_growing_book(tmp_path: Path) -> None:
    """A chapter has the date on which it was contributed, not that of the book's beginning."""
    stated = "<ContributionDate><Year>2006</Year><Month>2</Month></ContributionDate>"
    text = CHAPTER.replace("</Abstract>", f"</Abstract>{stated}")
    (tmp_path / "d.xml").write_text(HEAD + text + TAIL, "utf-8")
    (found,) = read_papers(tmp_path / "d.xml", "pubmed")
    assert (found.shown.year, found.shown.date) == (2006, "2006-02")


TITLE = cut("<ArticleTitle", "<Pagination>")
AUTHORS = cut('<AuthorList Type="authors">', "<Abstract>")


def test_a_book(tmp_path: Path) -> None:
    """A whole book has its own title; without authors it has its editors."""
    found = read_book(tmp_path / "d.xml", TITLE, AUTHORS)
    assert (found.title, found.shown.type, found.shown.venue) == ("Handbook of Moss", "book", "")
    assert [author.name for author in found.authors] == ["Eve Ed"]


@pytest.mark.parametrize("removed", ["<Publisher>", "</Publisher>"])
def test_a_publisher_without_its_envelope(tmp_path: Path, removed: str) -> None:
    """A publisher's name may be directly in the book."""
    other = "</Publisher>" if removed == "<Publisher>" else "<Publisher>"
    assert read_book(tmp_path / "d.xml", removed, other).shown.publisher == "Sea Press"
