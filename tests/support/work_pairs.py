"""Pairs of made-up records that are one work, or two."""

from msgspec.structs import replace

from index.records import Appearance, Author, Paper

A = "offline agents learn values from logged trajectories without acting in their environment again"
A2 = "logged trajectories teach offline agents values without acting inside their environment twice"
B = "benchmarks measure retrieval quality over judged collections with graded relevance assessments"
CONFERENCE = Appearance("ICML", venue_kind="conference", year=2020, type="conference paper")
PREPRINT = Appearance("arXiv", venue_kind="repository", year=2019, type="preprint")
JOURNAL = Appearance("JMLR", venue_kind="journal", year=2022, type="journal article")
REPORT = Appearance(year=2020, type="report")
SERIES = f"{A} {B}; this part covers"
"""The abstract that the reports of a series share."""


def paper(
    title: str = "Deep Value Learning at Scale",
    names: str = "Aviral Kumar",
    year: int | None = 2020,
    abstract: str = A,
    show: Appearance = PREPRINT,
    **ids: str,
) -> Paper:
    """Make a record whose id is made of its content, so that distinct records have distinct ids."""
    authors = tuple(Author(name, name.lower().replace(".", "")) for name in names.split(", "))
    return Paper(
        id=repr((title, names, year, abstract, show, ids)),
        title=title,
        abstract=abstract,
        authors=authors if names else (),
        appearances=(replace(show, year=year),),
        ids=ids,
    )


def column(
    place: str,
    title: str = "Notes from the Harbour Office",
    year: int = 2020,
    abstract: str = "",
    **ids: str,
) -> Paper:
    """Make a record of a journal's volume, issue and pages: ``3/2/7-8``."""
    volume, issue, pages = place.split("/")
    show = replace(JOURNAL, volume=volume, issue=issue, pages=pages)
    return paper(title, year=year, abstract=abstract, show=show, **ids)


def chapter(title: str, book: str, pages: str, **ids: str) -> Paper:
    """Make a chapter of a book."""
    show = Appearance(book, venue_kind="book", type="book chapter", pages=pages)
    return paper(title, year=2020, abstract="", show=show, **ids)


def report(topic: str, number: str = "", **ids: str) -> Paper:
    """Make a report of a series on a topic."""
    title, text = f"Strategy for the Harbour District: {topic}", f"{SERIES} {topic}"
    return paper(title, year=2020, abstract=text, show=replace(REPORT, issue=number), **ids)


ONE_WORK: dict[str, tuple[Paper, Paper]] = {
    "the same DOI under another title": (
        paper(doi="10.1/a"), paper("Renamed", abstract="", doi="10.1/a")),
    "an arXiv id and its DOI": (
        paper(arxiv="2001.00001"), paper("Renamed", doi="10.48550/arxiv.2001.00001")),
    "an arXiv id, rewritten": (
        paper(arxiv="2001.00001"), paper("Renamed", abstract=B, arxiv="2001.00001")),
    "title, author and year": (paper(), paper("Deep value learning, at scale!")),
    "initials for a name": (paper(), paper(names="A. Kumar", abstract="")),
    "one of several authors": (paper(names="Yi Wang, Aviral Kumar, Bo Li"), paper(abstract=B)),
    "years two apart": (paper(), paper(year=2018, abstract=B)),
    "a year unknown": (paper(), paper(year=None, abstract=B)),
    "years far apart, abstracts alike": (paper(), paper(year=2009)),
    "retitled, abstracts alike": (paper(), paper("Deep Value Learning on Scale", abstract=A2)),
    "retitled on publication": (
        paper(), paper("NetVal: Deep Value Learning at Scale", show=CONFERENCE)),
    "a generic title, abstracts alike": (paper("Editorial"), paper("Editorial", year=2021)),
    "an extended abstract": (
        paper(show=CONFERENCE), paper("Deep Value Learning at Scale (Extended Abstract)",
                                      abstract=B, show=JOURNAL)),
    "a volume that one record lacks": (column("3/2/7-8"), column("//", year=2021)),
    "a volume written in two ways": (column("3/2/7-8"), column("III (2020)//7")),
    "a generic title at the same place": (
        column("3/2/7-8", "Editorial"), column("3//7", "Editorial")),
    "a preprint without a volume": (column("3/2/7-8"), paper("Notes from the Harbour Office")),
    "extended for a journal": (
        paper(show=replace(CONFERENCE, volume="5", pages="1-8")),
        paper(abstract="", show=replace(JOURNAL, volume="7", pages="201-230"))),
    "an early version counted from page 1": (
        column("//1-16"), column("3/2/113-127", year=2021)),
    "a chapter from two dumps": (
        chapter("The Harbour in History", "Ports", "11-30", doi="10.1000/a"),
        chapter("The Harbour in History", "Ports of the South", "11-30", doi="10.1000/a")),
    "a DOI under another title, pages counted anew": (
        chapter("The Harbour in History", "Ports", "1-20", doi="10.1000/a"),
        chapter("Quays and Their Keepers", "Ports", "111-130", doi="10.1000/a")),
    "registered by two publishers": (
        column("3/2/7-8", doi="10.1000/a"), column("3/2/7-8", doi="10.2000/b")),
    "another volume, all else the same": (
        column("3//7-8", abstract=A), column("4//7-8", abstract=A)),
    "a preprint with its own DOI": (
        paper(doi="10.2139/ssrn.1"),
        paper("Deep Value Learning on Scale", abstract=A2, show=JOURNAL, doi="10.1000/a")),
    "a report that became an article": (
        report("shallow ports", doi="10.1000/r"),
        paper("Strategy for the Harbor District: shallow ports", abstract=SERIES, show=JOURNAL,
              doi="10.1000/a")),
    "versions of a deposit": (
        report("shallow ports", doi="10.6084/m9.figshare.1.v1"),
        report("shallow port", doi="10.6084/m9.figshare.1.v2")),
}  # fmt: skip
"""Pairs of records that are one work, by the reason."""

TWO_WORKS: dict[str, tuple[Paper, Paper]] = {
    "nobody in common": (paper(), paper(names="Bo Li")),
    "initials in common": (paper(names="Yi Wang"), paper(names="Yu Wang")),
    "no authors": (paper(names="", abstract=""), paper(names="")),
    "years three apart": (paper(), paper(year=2023, abstract=B)),
    "titles alike only": (paper(), paper("Deep Value Learning on Scale", abstract=B)),
    "titles alike, no abstract": (paper(), paper("Deep Value Learning on Scale", abstract="")),
    "abstracts alike only": (paper(), paper("Other words altogether")),
    "another part": (paper(), paper("Deep Value Learning at Scale II")),
    "another number": (paper("Overview of the TREC 2019 Track"),
                       paper("Overview of the TREC 2020 Track")),
    "a remark": (paper(), paper("Comment: Deep Value Learning at Scale")),
    "two arXiv ids": (paper(arxiv="2001.00001"), paper(arxiv="2001.00002")),
    "editorials": (paper("Editorial", abstract=""), paper("Editorial", year=2021, abstract="")),
    "introductions": (paper("Introduction to the Special Issue on Search", abstract=""),
                      paper("Introduction to the Special Issue on Search", abstract=B)),
    "the DOI of a volume": (paper(doi="10.1/v"), paper("Other words", "Bo Li", doi="10.1/v")),
    "the DOI of a volume, other pages": (
        chapter("The Harbour in History", "Ports", "11-30", doi="10.1000/v"),
        chapter("Quays and Their Keepers", "Ports", "31-44", doi="10.1000/v")),
    "chapters of two books": (
        chapter("The Harbour in History", "Ports of the North", "11-30", doi="10.1000/a"),
        chapter("The Harbour in History", "Ports of the South", "21-44", doi="10.1000/b")),
    "columns that start on the first page": (column("//1-2"), column("3/2/19-20")),
    "the DOI of a book": (paper(doi="10.1007/978-3-031-19830-4"),
                          paper("Other words", doi="10.1007/978-3-031-19830-4")),
    "a series of published papers": (
        paper(show=CONFERENCE), paper("Deep Value Learning on Scale", abstract=A2, show=JOURNAL)),
    "columns of two volumes": (column("3/2/7-8"), column("4/2/7-8", year=2021)),
    "columns of two issues": (column("3/2/7-8"), column("3/3/7-8")),
    "columns of one issue": (column("3/2/7-8"), column("3/2/19-20")),
    "columns of two volumes with one abstract": (
        column("3/2/7-8", abstract=A), column("4/2/7-8", year=2021, abstract=A)),
    "columns with a DOI each": (
        column("//", doi="10.1000/a"), column("//", year=2021, doi="10.1000/b")),
    "generic titles in two volumes": (
        column("3/2/7-8", "Editorial"), column("4/2/7-8", "Editorial", year=2021)),
    "reports with a DOI each": (
        report("soil", doi="10.1000/a"), report("water", doi="10.1000/b")),
    "reports with a number each": (report("soil", "2020-17"), report("soils", "2020-18")),
    "reports on two topics": (report("soil"), report("water")),
}  # fmt: skip
"""Pairs of records that are two works, by the reason."""
