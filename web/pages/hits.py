"""Lay out the hits of a page of results: marked titles and abstracts, and the names of authors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from index.records import Author, Paper
from search.answers.highlight import Highlighter
from search.answers.marked_text import write_html
from search.answers.results import Results
from web.math.formulas import write_formulas
from web.pages.name_lists import write_first_names, write_names
from web.wording import shorten_text

MOST_MATCHES = 12
"""Authors named because they match; chosen."""

FULL_TEXTS = 150_000
"""Bytes of the hits of a page that are shown in full. Later ones are shown by a short title and the
first names. Chosen: 100 hits with abstracts and marks of usual length take 180,000 at most."""

LONGEST_TITLE = 500
"""Characters of a title in a list; chosen."""

LONGEST_ABSTRACT = 5_000
"""Characters of an abstract in a list. Chosen: one in ten thousand is longer."""

EXAMINED = 10_000
"""Authors of a page of whom it is examined whether they match; the first of the others are named
without a mark. Chosen: 10,000 take 0.1 s, and three papers of physics have as many."""

SHORT_TITLE = 150
"""Characters of a title on a page that is full; chosen."""

SHORT_NAMES = 3
"""Authors named on a page that is full; chosen."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One hit as the page shows it, ready to print.

    Attributes:
        paper: The paper.
        title: Its title with the matches marked.
        authors: The names of its authors as links, with the matches marked.
        passage: The part of its abstract that shows the matches; empty if there is no abstract, or
            if it is left out.
        abstract: The abstract with the matches marked; empty likewise.
    """

    paper: Paper
    title: Markup
    authors: Markup
    passage: Markup
    abstract: Markup


def list_hits(results: Results) -> Iterator[ShownHit]:
    """Yield the hits of a page, in full as long as they are of usual length together."""
    return show_papers((hit.paper, results.highlighter) for hit in results.hits)


def show_papers(found: Iterable[tuple[Paper, Highlighter]]) -> Iterator[ShownHit]:
    """Yield papers as hits, in full as long as they are of usual length together.

    Args:
        found: The papers of one page, each with what marks the matches in it.
    """
    left, examined = FULL_TEXTS, EXAMINED
    for paper, highlighter in found:
        if left < 0:
            yield _show_shortly(paper)
            continue
        shown = _show_in_full(paper, highlighter, examined)
        examined = max(0, examined - len(paper.authors))
        texts = (shown.title, shown.authors, shown.passage, shown.abstract)
        left -= sum(len(text.encode()) for text in texts)
        yield shown if left >= 0 else _show_shortly(paper)


def _show_in_full(paper: Paper, highlighter: Highlighter, examined: int) -> ShownHit:
    title, abstract = paper.title, paper.abstract
    if len(title) > LONGEST_TITLE:
        title = shorten_text(title, LONGEST_TITLE)
    if len(abstract) > LONGEST_ABSTRACT:
        abstract = shorten_text(abstract, LONGEST_ABSTRACT)
    names = list_names(paper.authors, highlighter, examined)
    marks = highlighter.find_spans(abstract)
    return ShownHit(
        paper=paper,
        title=write_html(title, highlighter.find_spans(title), write_formulas),
        authors=names,
        passage=highlighter.choose_passage(abstract, marks).write_html(
            abstract, marks, write_formulas
        ),
        abstract=write_html(abstract, marks, write_formulas),
    )


def _show_shortly(paper: Paper) -> ShownHit:
    title = write_formulas(shorten_text(paper.title, SHORT_TITLE))
    names = write_first_names(paper.authors, SHORT_NAMES)
    return ShownHit(paper, title, names, passage=Markup(""), abstract=Markup(""))


def list_names(
    authors: tuple[Author, ...], highlighter: Highlighter, examined: int = EXAMINED
) -> Markup:
    """List the first authors of a paper, those that match, with a mark, and the last one, as links.

    Args:
        authors: The authors of a paper.
        highlighter: What the query matched.
        examined: The first authors of whom it is examined whether they match.
    """
    found = (n for n, one in enumerate(authors[:examined]) if highlighter.matches_name(one.name))
    return write_names(authors, set(islice(found, MOST_MATCHES)))
