"""Write the links of a page of results over several indexes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search.indexes.merge import MergedHit
from search.indexes.search import INDEX, MergedRequest, MergedResults
from web.api.indexes import link_place
from web.pages.page_size import LONGEST_ADDRESS


@dataclass(frozen=True, slots=True)
class IndexChoice:
    """An index as a value of the facet of indexes.

    Attributes:
        name: Its name.
        papers: How many of its papers match; None if it was not searched.
        selected: Whether it is selected.
        address: The search with it selected, or no longer; empty if that is too long for a link.
        own: The same search in this index alone; empty if it was not searched.
        problem: Why it is left out, or empty.
    """

    name: str
    papers: int | None
    selected: bool
    address: str
    own: str
    problem: str


def link_merged(request: MergedRequest, page: int = 1, path: str = "/search") -> str:
    """Return the address of a search over all indexes; empty if it is too long for a link."""
    pairs = [("q", request.query)] if request.query else []
    pairs += [(INDEX, name) for name in request.selected]
    if page > 1:
        pairs.append(("page", str(page)))
    if request.per_page != MergedRequest().per_page:
        pairs.append(("per_page", str(request.per_page)))
    address = f"{path}?{urlencode(pairs)}" if pairs else path
    return address if len(address) <= LONGEST_ADDRESS else ""


def link_own(results: MergedResults) -> dict[str, str]:
    """Return the address of the search in each index that answered; its start if it is too long."""
    alone = MergedRequest(results.request.query)
    return {
        name: link_merged(alone, path=f"/{name}/search") or f"/{name}/" for name in results.answers
    }


def link_places(hit: MergedHit, results: MergedResults) -> list[tuple[str, str]]:
    """Return the indexes that found a paper, each with the address of its page there."""
    return [
        (place.index, link_place(place, results.answers[place.index].view)) for place in hit.places
    ]


def list_choices(results: MergedResults, names: Sequence[str]) -> list[IndexChoice]:
    """List the indexes as values of a facet, in their order."""
    asked, own = results.request, link_own(results)
    return [
        IndexChoice(
            name,
            results.answers[name].total if name in results.answers else None,
            name in asked.selected,
            link_merged(_toggle(asked, name)),
            own.get(name, ""),
            results.left_out.get(name, ""),
        )
        for name in names
    ]


def _toggle(request: MergedRequest, name: str) -> MergedRequest:
    kept = tuple(one for one in request.selected if one != name)
    return replace(request, selected=kept if name in request.selected else (*kept, name))
