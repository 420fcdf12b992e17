"""Pairs of made-up records that are one work, or two."""

from msgspec.structs import replace

from index.records import Appearance, Author, Paper

A = "offline agents learn values from logged trajectories without acting in their environment again"
A2 = "logged trajectories teach offline agents values without acting inside their environment twice"
B = "benchmarks measure retrieval quality over judged collections with graded relevance assessments"
CONFERENCE = Appearance("ICML", venue_kind="conference", year=2020, type="conference paper")
PREPRINT = Appearance("arXiv", venue_kind="repository", year=2019, type="preprint")
JOURNAL = Appearance("JMLR", venue_kind="journal", year=2022, type="journal article")


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
    "the DOI of a book": (paper(doi="10.1007/978-3-031-19830-4"),
                          paper("Other words", doi="10.1007/978-3-031-19830-4")),
    "a series of published papers": (
        paper(show=CONFERENCE), paper("Deep Value Learning on Scale", abstract=A2, show=JOURNAL)),
}  # fmt: skip
"""Pairs of records that are two works, by the reason."""
