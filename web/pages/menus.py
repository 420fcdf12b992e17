"""Lay out the menus of a page of results: the sort, and how hits are ranked."""

from dataclasses import dataclass

from search.answers.results import Results
from search.request.search_request import CHOICES, DEFAULT_SORT
from web.wording import SORT_LABELS

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


def make_sort_menu(results: Results) -> Menu:
    """Return the menu of sorts, with relevance only if the query ranks papers."""
    asked, scored = results.request.sort, results.plan.scored
    default = results.sort if asked == DEFAULT_SORT else DEFAULT_SORT
    options = (
        Option("" if sort == default else sort, label, sort == results.sort)
        for sort, label in SORT_LABELS.items()
        if scored or sort != DEFAULT_SORT
    )
    return Menu("sort", "Sort", tuple(options))


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
