"""Lay out the sorts of a page of results as links, and how hits are ranked as menus."""

from dataclasses import dataclass

from search.answers.results import Results
from search.request.search_request import CHOICES, DEFAULT_SORT
from web.pages.view import AddressWriter
from web.wording import SORT_LABELS

MAIN_SORTS = {"relevance": "Best match", "newest": "Newest", "cited": "Most cited"}
"""The sorts that a page offers beside the count; the others are in its menu."""

CHOICE_MENUS = {
    "prior": (
        "Favour cited papers",
        {"auto": "for broad topics", "citations": "always", "none": "never"},
    ),
    "meaning": (
        "Rank by meaning too",
        {"auto": "for questions", "none": "never", "all": "always, and find more papers"},
    ),
}
"""The label and the options of the menu for each of `search.request.search_request.CHOICES`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a menu.

    Attributes:
        value: The value of the parameter; empty if it is the default, so that addresses are short
            and another query can have another default.
        label: The option for people.
        selected: Whether it is in use.
    """

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu: the name of its parameter, its label and its options."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SortLink:
    """A link to the same search in another order.

    Attributes:
        label: The sort for people.
        value: The value of the parameter ``sort``.
        address: The first page of that search; empty if it is too long, or for the sort in use.
        current: Whether it is the sort in use.
        main: Whether it is offered beside the count.
    """

    label: str
    value: str
    address: str
    current: bool
    main: bool


def list_sorts(results: Results) -> list[SortLink]:
    """List the sorts, with the best match only if the query ranks papers."""
    offered = [sort for sort in SORT_LABELS if results.plan.scored or sort != DEFAULT_SORT]
    write = AddressWriter(results.request).write
    return [
        SortLink(
            label=MAIN_SORTS.get(sort, label),
            value=sort,
            address="" if sort == results.sort else write(sort=sort),
            current=sort == results.sort,
            main=sort in MAIN_SORTS or sort == results.sort,
        )
        for sort, label in SORT_LABELS.items()
        if sort in offered
    ]


def list_choices(results: Results) -> list[Menu]:
    """List the menus of how hits are ranked, if a score orders them.

    The menu of meaning is left out if the index has no vectors.
    """
    if results.sort != DEFAULT_SORT:
        return []
    menus, missing = [], set() if results.has_vectors else {"meaning"}
    for name, kind in CHOICES.items():
        if name in missing:
            continue
        label, labels = CHOICE_MENUS[name]
        default, used = next(iter(kind)), getattr(results.request, name)
        options = (
            Option("" if value == default else value, labels[value], value == used)
            for value in kind
        )
        menus.append(Menu(name, label, tuple(options)))
    return menus
