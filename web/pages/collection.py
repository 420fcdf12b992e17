"""Gather what the pages of a venue, of a year of it and of a topic show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response, current_app, redirect, render_template, request

from index.records import Paper
from search.answers.results import Results
from search.answers.value_names import find_value
from search.errors import ValueMissing
from search.request.facets import FACETS, FacetValue, Selection
from search.request.search_request import SearchRequest
from search.suggest.authors import find_written_name
from web.api.addresses import value_path
from web.api.collections import describe_collection
from web.pages.blueprint import get_searcher, pages, respond_json
from web.pages.feeds import respond_feed
from web.pages.generation_cache import GenerationCache
from web.pages.histogram import Histogram, lay_out_histogram
from web.pages.view import search_path
from web.pages.watching import list_watch_links

PAPERS = 8
"""Papers in each of the lists of a collection; chosen, two lists fit a screen and a half."""

VALUES = 12
"""Authors, topics and venues of a collection; chosen."""

MOST_WITH_AUTHORS = 200_000
"""Papers of a collection up to which its authors are counted. Chosen: counting them takes 1.1 s of
processor time at 2 million papers and .13 s at 95,099; the three other facets take .3 and .03 s."""

LEAST_PAPERS = {"author": 2, "topic": 2}
"""Papers of a value that is listed. Chosen: those with one paper are many, in no telling order."""

KEPT = 200
"""Collections that are kept until the generation changes. Chosen."""

KINDS = ("venue", "topic")
"""The facets whose values have a page."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The papers of a venue, of one year of it, or of a topic.

    Attributes:
        kind: One of `KINDS`.
        value: Its name, as the index writes it.
        year: The year, or None for all.
        cited: The search for it, the most cited papers first; also the counts.
        newest: The newest papers.
    """

    kind: str
    value: str
    year: int | None
    cited: Results
    newest: tuple[Paper, ...]

    @property
    def heading(self) -> str:
        """Return the name with the year."""
        return self.value if self.year is None else f"{self.value} {self.year}"

    @property
    def most_cited(self) -> tuple[Paper, ...]:
        """Return the papers with the most citations, those without citations left out."""
        return tuple(hit.paper for hit in self.cited.hits if hit.paper.citations)

    def list_values(self, name: str) -> tuple[tuple[FacetValue, str], ...]:
        """Return the most frequent values of a facet, each with the address of its papers here.

        Authors and topics of a single paper are left out.

        Authors, whose values are keys, are named as a paper writes them.
        """
        least = LEAST_PAPERS.get(name, 1)
        every = self.cited.facets.get(name, ())
        found = [one for one in every if one.value != self.value and one.count >= least]
        asked = self.request.selections
        narrower = ({**asked, name: Selection((one.value,))} for one in found[:VALUES])
        addresses = (search_path(SearchRequest(selections=chosen)) for chosen in narrower)
        shown = map(_name_author, found) if name == "author" else found
        return tuple(zip(shown, addresses, strict=False))

    @property
    def request(self) -> SearchRequest:
        """Return the search for its papers."""
        return SearchRequest(selections=self.cited.request.selections)

    def find_path(self, twin: str = "") -> str:
        """Return the address of its page or of a twin of it."""
        return value_path(self.kind, self.value, self.year, twin)


def _name_author(found: FacetValue) -> FacetValue:
    return replace(found, value=find_written_name(get_searcher().engine, found.value))


def answer_collection(kind: str, typed: str, year: int | None, twin: str) -> Response | str:
    """Answer a request for a collection; a name in another spelling is redirected.

    Args:
        kind: One of `KINDS`.
        typed: The name in the address.
        year: The year in the address, or None.
        twin: ``.json``, ``.atom`` or empty.

    Raises:
        ValueMissing: No paper has the venue or topic, or the venue had none in the year.
    """
    value = find_value(get_searcher().engine, kind, typed)
    if value is None:
        raise ValueMissing(kind, typed)
    if value != typed:
        path = request.script_root + value_path(kind, value, year, twin)
        return redirect(path, 301, Response)  # type: ignore[return-value] # the class that is given
    selections = _select(kind, value, year)
    if twin == ".atom":
        page = value_path(kind, value, year)
        asked = SearchRequest(selections=selections)
        return respond_feed(asked, f"{value} {year or ''}".strip(), page)
    found = _find(kind, value, year, selections)
    if not found.cited.total and not found.cited.concealed:
        raise ValueMissing(kind, f"{value} {year or ''}".strip())
    if twin == ".json":
        links = {"page": found.find_path(), "feed": found.find_path(".atom")}
        return respond_json(describe_collection(found), links)
    return _render(found)


def _select(kind: str, value: str, year: int | None) -> dict[str, Selection]:
    selected = {kind: Selection((value,))}
    return selected if year is None else {**selected, "year": Selection((str(year),))}


def _find(
    kind: str, value: str, year: int | None, selections: Mapping[str, Selection]
) -> Collection:
    """Return a collection, which is gathered once for each generation."""
    kept = current_app.extensions.setdefault("collections", GenerationCache[Collection](KEPT))
    found: Collection = kept.get(
        get_searcher().manifest.name,
        (kind, value, year, get_searcher().people.version),
        lambda: _gather(kind, value, year, selections),
        lambda found: not found.cited.parsed.notices,  # nothing was left out
    )
    return found


def _gather(
    kind: str, value: str, year: int | None, selections: Mapping[str, Selection]
) -> Collection:
    searcher = get_searcher()
    asked = SearchRequest(selections=selections, sort="newest", per_page=PAPERS, facets=())
    newest = searcher.search(asked)
    left_out = {kind} if newest.total <= MOST_WITH_AUTHORS else {kind, "author"}
    facets = tuple(name for name in ("year", "author", "topic", "venue") if name not in left_out)
    cited = searcher.search(replace(asked, sort="cited", facets=facets))
    return Collection(kind, value, year, cited, tuple(hit.paper for hit in newest.hits))


def _render(found: Collection) -> str:
    return render_template(
        "collection.html",
        found=found,
        title=FACETS[found.kind].title,
        histogram=_link_years(found),
        watch=list_watch_links(found.request, found.cited.generation),
        all_papers=search_path(found.request),
    )


def _link_years(found: Collection) -> Histogram | None:
    """Lay out the years; the bars of a venue link to its pages of one year."""
    drawn = lay_out_histogram(replace(found.cited, request=found.request))
    if drawn is None or found.kind != "venue":
        return drawn
    bars = (
        replace(bar, address=value_path(found.kind, found.value, bar.first))
        if bar.first == bar.last
        else bar
        for bar in drawn.bars
    )
    return replace(drawn, bars=tuple(bars))


@pages.app_template_global("value_path")
def link_value(kind: str, value: str, year: int | None = None, twin: str = "") -> str:
    """Return the address of the page of a venue or a topic, for templates."""
    return value_path(kind, value, year, twin)
