"""Choose, count and sort the papers that the page of a name lists."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from index.records import Paper
from search.authors.identities import PlacedMention
from search.authors.placed_papers import is_hidden
from search.errors import PageInvalid
from web.math.formulas import write_formulas
from web.pages.name_lists import write_names
from web.pages.page_size import cut_paragraphs
from web.people.author_request import AuthorRequest

MOST_CHOICES = 15
"""Values of a filter that are offered; chosen."""

FULL_TEXTS = 200_000
"""Bytes of the abstracts of a page with formulas; later ones are on pages of papers. Chosen: 100
abstracts of usual length take 130,000."""

LONGEST_ABSTRACT = 5_000
"""Characters of an abstract that can be opened here. Chosen: one in ten thousand is longer."""

_YEARS = re.compile(r"(?P<first>[0-9]{4})\.\.(?P<last>[0-9]{4})")

_READ: dict[str, Callable[[Paper], str]] = {
    "year": lambda paper: str(paper.shown.year or ""),
    "type": lambda paper: paper.shown.type,
    "venue": lambda paper: paper.shown.venue,
}
"""What each filter looks at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: its number of papers, and the address that selects or drops it."""

    value: str
    papers: int
    address: str
    selected: bool


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper of the list.

    Attributes:
        paper: The paper.
        authors: Its authors as links; the one whose page this is stands out.
        placed: How sure it is that the paper is of this identity, and why.
        abstract: The paragraphs of its abstract; empty if there is none or no room.
    """

    paper: Paper
    authors: Markup
    placed: PlacedMention
    abstract: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class PaperList:
    """A page of the papers of a name or an identity.

    Attributes:
        mentions: The papers of this page.
        groups: The same with their texts, by year; one group without a heading in other orders.
        total: The number of papers that the filters leave, on all pages.
        hidden: The number of withdrawn, rejected and retracted papers that are not listed.
        filters: The choices of each filter, by its name.
        pages: The number of pages.
    """

    mentions: tuple[PlacedMention, ...]
    groups: tuple[tuple[str, tuple[ListedPaper, ...]], ...]
    total: int
    hidden: int
    filters: dict[str, tuple[Choice, ...]]
    pages: int


def list_papers(asked: AuthorRequest, mentions: Iterable[PlacedMention]) -> PaperList:
    """List the papers of a page.

    Args:
        asked: The order, the filters and the page.
        mentions: The papers of a name or an identity, the newest first.

    Raises:
        PageInvalid: There are fewer pages.
    """
    every = list(mentions)
    open_to_see = [one for one in every if asked.hidden or not is_hidden(one)]
    kept = [one for one in open_to_see if _matches(one, asked)]
    size = asked.per_page
    pages = max(1, -(-len(kept) // size))
    if asked.page > pages:
        raise PageInvalid(asked.page, pages)
    if asked.sort == "cited":
        kept.sort(key=lambda one: -(one.mention.paper.citations or 0))
    shown = kept[(asked.page - 1) * size : asked.page * size]
    return PaperList(
        tuple(shown),
        tuple(_group(asked, _describe(shown))),
        len(kept),
        len(every) - len(open_to_see),
        {name: _list_choices(name, asked, open_to_see) for name in _READ},
        pages,
    )


def _matches(placed: PlacedMention, asked: AuthorRequest, but: str = "") -> bool:
    """Return whether a paper has the values that are selected, one filter left out."""
    paper = placed.mention.paper
    return all(
        name == but or _has_value(getattr(asked, name), read(paper)) for name, read in _READ.items()
    )


def _has_value(selected: str, value: str) -> bool:
    """Return whether a value is the selected one, or in the selected range of years."""
    if years := _YEARS.fullmatch(selected):
        return years["first"] <= value <= years["last"]
    return selected in ("", value)


def _list_choices(
    name: str, asked: AuthorRequest, mentions: list[PlacedMention]
) -> tuple[Choice, ...]:
    """List the values of a filter; each with the papers that it has beside the other filters."""
    read, selected = _READ[name], getattr(asked, name)
    counts = Counter(
        value
        for one in mentions
        if (value := read(one.mention.paper)) and _matches(one, asked, but=name)
    )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CHOICES]
    if name == "year":
        ranked = sorted(counts.items(), reverse=True)
    return tuple(
        Choice(
            value,
            count,
            asked.find_path(**{name: "" if value == selected else value}),
            value == selected,
        )
        for value, count in ranked
    )


def _describe(mentions: Iterable[PlacedMention]) -> Iterator[ListedPaper]:
    left = FULL_TEXTS
    for placed in mentions:
        mention, paper = placed.mention, placed.mention.paper
        names = write_names(paper.authors, own=mention.position)
        texts = _write_abstract(paper) if left > 0 else ()
        left -= sum(len(text.encode()) for text in texts)
        yield ListedPaper(paper, names, placed, texts if left >= 0 else ())


def _write_abstract(paper: Paper) -> tuple[Markup, ...]:
    """Write the paragraphs of an abstract with its formulas; none of one of absurd length."""
    if len(paper.abstract) > LONGEST_ABSTRACT:
        return ()
    return tuple(write_formulas(paragraph) for paragraph in cut_paragraphs(paper.abstract))


def _group(
    asked: AuthorRequest, papers: Iterable[ListedPaper]
) -> Iterator[tuple[str, tuple[ListedPaper, ...]]]:
    if asked.sort != "year":
        yield "", tuple(papers)
        return
    for year, found in groupby(papers, lambda one: one.paper.shown.year):
        yield str(year or "Year unknown"), tuple(found)
