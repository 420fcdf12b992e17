"""Make up works, second records of them, and near misses, as dumps have them.

Works are made of the words, sentences and authors of real papers, so that no two are the same by
chance.
"""

import random
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from index.records import Appearance, Author, Paper

SHARE = 0.3
"""Share of works that get a second record, or a near miss."""

Make = Callable[[random.Random, Paper, "Material"], Paper]


class Material:
    """The source of made-up works."""

    def __init__(self, papers: list[Paper], chance: random.Random) -> None:
        """Cut papers into pieces."""
        self._words = [word for paper in papers for word in paper.title.split()]
        self._sentences = [part for paper in papers for part in paper.abstract.split(". ") if part]
        self._authors = list({a.key: a for paper in papers for a in paper.authors}.values())
        self._chance = chance

    def authors(self) -> tuple[Author, ...]:
        """Make up a list of one to eight authors."""
        return tuple(self._chance.sample(self._authors, self._chance.randint(1, 8)))

    def title(self) -> str:
        """Make up a title of five to twelve words."""
        return " ".join(self._chance.choices(self._words, k=self._chance.randint(5, 12)))

    def topic(self, other: str) -> str:
        """Choose a word of at least four letters that differs from another."""
        while True:
            word = self._chance.choice(self._words)
            if word.isalpha() and len(word) >= 4 and word.lower() != other.lower():
                return word

    def abstract(self) -> str:
        """Make up an abstract of eight sentences."""
        return ". ".join(self._chance.choices(self._sentences, k=8))

    def article(self, year: int) -> Appearance:
        """Make up a volume, an issue and pages of a journal."""
        page = self._chance.randint(1, 900)
        return Appearance(
            "JMLR", venue_kind="journal", year=year, type="journal article",
            volume=str(year - 1985), issue=str(self._chance.randint(1, 12)),
            pages=f"{page}-{page + self._chance.randint(1, 30)}",
        )  # fmt: skip

    def work(self, number: int) -> Paper:
        """Make up a published paper, every second one in a journal."""
        year = self._chance.randint(1990, 2025)
        show = Appearance("NeurIPS", venue_kind="conference", year=year, type="conference paper")
        if number % 2:
            show = self.article(year)
        return Paper(
            id=f"work:{number}",
            title=self.title(),
            abstract=self.abstract(),
            authors=self.authors(),
            appearances=(show,),
            ids={"doi": f"10.1000/{number}"} if self._chance.random() < 0.5 else {},
        )


def _preprint(paper: Paper, later: int) -> Paper:
    show = Appearance("arXiv", "", "repository", (paper.shown.year or 0) + later, "preprint")
    return replace(paper, appearances=(show,), ids={})


def _initials(chance: random.Random, paper: Paper, _: Material) -> Paper:
    """Return the same title, one author by initials, and another year."""
    first = chance.choice(paper.authors)
    family = first.key.split()[-1]
    author = Author(f"{first.name[:1]}. {family.title()}", f"{first.key[:1]} {family}")
    return replace(_preprint(paper, chance.randint(-2, 2)), authors=(author,))


def _drop_words(chance: random.Random, text: str, share: float) -> str:
    return " ".join(word for word in text.split() if chance.random() > share)


def _retitle(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the work with another word in the title and a shorter abstract, in any year."""
    words = paper.title.split()
    words[chance.randrange(len(words))] = material.title().split()[0]
    abstract = _drop_words(chance, paper.abstract, 0.2)
    return replace(_preprint(paper, -4), title=" ".join(words), abstract=abstract)


def _rewritten(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the same title and authors, with half of the abstract replaced."""
    abstract = paper.abstract[: len(paper.abstract) // 2] + material.abstract()[:500]
    return replace(_preprint(paper, -1), abstract=_drop_words(chance, abstract, 0.1))


def _same_doi(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the same DOI and authors under another title, without an abstract."""
    ids = {"doi": paper.ids.get("doi", f"10.1000/{paper.id}")}
    return replace(paper, title=material.title(), abstract="", ids=ids)


def _namesake(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the title with other authors."""
    return replace(paper, authors=material.authors(), abstract=material.abstract(), ids={})


def _second_part(_: random.Random, paper: Paper, __: Material) -> Paper:
    """Return a second part by the same authors with the same abstract."""
    return replace(paper, title=f"{paper.title} Part 2", ids={})


def _decades(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the title and authors with a year decades away."""
    return replace(_preprint(paper, 9), abstract=material.abstract())


def _print_place(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the work as another dump writes its volume, issue and pages, without an abstract."""
    show = paper.shown
    if not show.volume:
        show = material.article(show.year or 0)
    ways = [
        replace(show, volume=f"{show.volume} ({show.year})", pages=show.pages.split("-")[0]),
        replace(show, issue=f"{show.issue}-{int(show.issue or 0) + 1}", pages=""),
        replace(show, volume="", issue="", pages=show.pages),
        replace(show, year=(show.year or 0) + 1, volume="", issue="", pages=""),
    ]
    return replace(paper, appearances=(chance.choice(ways),), abstract="", ids={})


def _two_registrants(_: random.Random, paper: Paper, __: Material) -> Paper:
    """Return the work as an archive registered it, at the same place with another DOI."""
    return replace(paper, abstract="", ids={"doi": f"10.2000/{paper.id}"})


def _whole_sici(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the same DOI made of a SICI under another title."""
    return replace(paper, title=material.title(), abstract="")


def _cut_sici(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return another paper of the same issue by the same authors, whose DOI is cut as well."""
    return replace(paper, title=material.title(), abstract="")


def _column(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the column of another issue: the next volume, or another number of this one."""
    year = (paper.shown.year or 0) + chance.randint(0, 2)
    show = replace(material.article(year), volume=paper.shown.volume)
    if chance.random() < 0.5:
        show = replace(show, volume=str(int(show.volume) + 1))
    else:
        show = replace(show, issue=str(int(paper.shown.issue) + 1))
    return replace(paper, appearances=(show,), ids={})


def _registered_column(_: random.Random, paper: Paper, __: Material) -> Paper:
    """Return the column of the next year in a dump that has DOIs and no volumes."""
    show = replace(paper.shown, year=(paper.shown.year or 0) + 1)
    return replace(paper, appearances=(show,), ids={"doi": f"{paper.ids['doi']}.2"})


def _report(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return another report of the series, on another topic with its own DOI or number."""
    old = paper.title.split()[-1]
    topic = material.topic(old)
    report = replace(
        paper, title=f"{paper.title.rpartition(' ')[0]} {topic}",
        abstract=f"{paper.abstract.removesuffix(old)}{topic}",
    )  # fmt: skip
    if chance.random() < 0.5:
        return replace(report, ids={"doi": f"{paper.ids['doi']}.2"})
    return replace(report, ids={}, appearances=(replace(paper.shown, issue="2020-2"),))


def _begin_sici(paper: Paper, number: int) -> Paper:
    return replace(paper, ids={"doi": f"10.1000/1234-5678(1999){number}<11:aid>2.0.co;2"})


def _begin_cut(paper: Paper, number: int) -> Paper:
    return replace(paper, ids={"doi": f"10.1000/1234-5678(1999){number}"})


def _begin_column(paper: Paper, number: int) -> Paper:
    """Make a column of a few words, which many columns have, and of one author."""
    title = " ".join(("Notes", *paper.title.split()[:2]))
    show = replace(paper.shown, volume=paper.shown.volume or "7", issue=paper.shown.issue or "3")
    show = replace(show, venue="JMLR", venue_kind="journal", type="journal article")
    ids = {"doi": f"10.1000/{number}"} if number % 3 == 0 else {}
    shown = replace(paper, title=title, abstract="", authors=paper.authors[:1], ids=ids)
    return replace(shown, appearances=(show,))


def _begin_registered(paper: Paper, number: int) -> Paper:
    column = _begin_column(paper, number)
    show = replace(column.shown, volume="", issue="", pages="")
    return replace(column, appearances=(show,), ids={"doi": f"10.1000/{number}"})


def _begin_report(paper: Paper, number: int) -> Paper:
    topic = paper.title.split()[-1]
    show = Appearance("", year=paper.shown.year, type="report", issue="2020-1")
    ids = {"doi": f"10.1000/{number}"}
    return replace(paper, abstract=f"{paper.abstract} {topic}", appearances=(show,), ids=ids)


SAME: dict[str, Make] = {
    "initials": _initials,
    "retitled": _retitle,
    "rewritten": _rewritten,
    "same doi": _same_doi,
    "another place": _print_place,
    "two registrants": _two_registrants,
    "whole SICI": _whole_sici,
}
OTHER: dict[str, Make] = {
    "namesake": _namesake,
    "second part": _second_part,
    "decades apart": _decades,
    "column": _column,
    "column's DOI": _registered_column,
    "report": _report,
    "cut SICI": _cut_sici,
}
BEGIN: dict[str, Callable[[Paper, int], Paper]] = {
    "same doi": lambda paper, number: replace(paper, ids={"doi": f"10.1000/{number}"}),
    "whole SICI": _begin_sici,
    "column": _begin_column,
    "column's DOI": _begin_registered,
    "report": _begin_report,
    "cut SICI": _begin_cut,
}
"""How the first record of a kind differs from other works."""

REPEATED = 4
"""Number of further records of a column: each is made from the one before it."""


def plant_records(
    count: int, material: Material, chance: random.Random
) -> Iterator[tuple[Paper, str]]:
    """Yield papers, each with its kind of record: ``work`` or a name of the tables."""
    kinds = list((SAME | OTHER).items())
    for number in range(count):
        work = material.work(number)
        name, make = chance.choice(kinds)
        if chance.random() >= SHARE:
            yield work, "work"
            continue
        if name in BEGIN:
            work = BEGIN[name](work, number)
        yield work, "work"
        for step in range(REPEATED if name.startswith("column") else 1):
            work = replace(make(chance, work, material), id=f"{name}:{number}:{step}")
            yield work, name
