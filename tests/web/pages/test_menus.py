"""Test the menus of a page of results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from search.request.parameters import parse_parameters
from search.request.search_request import CHOICES, SORTS, SearchRequest
from tests.support.made_vectors import add_vectors
from web.app import create_app
from web.pages.menus import CHOICE_MENUS, MAIN_SORTS, list_choices, list_sorts
from web.wording import CHOICE_LABELS, SORT_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher
    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


WATCHES = {"Atom feed", "New since this visit"}
"""The links of the same menu by which a search is followed."""


def list_options(
    client: FlaskClient, read: Read, name: str, address: str
) -> tuple[list[str], list[str]]:
    """Return the labels of a menu, and the value and label of the selected one."""
    elements = read(client.get(address).text)
    options = [e for e in elements if e.tag == "option" and e.inside[-1].get("name") == name]
    selected = next(e for e in options if "selected" in e.attributes)
    return [e.text for e in options], [selected.get("value"), selected.text]


def read_sorts(client: FlaskClient, read: Read, address: str) -> tuple[str, dict[str, str]]:
    """Return the sort that a page says is in use, and the addresses of the others by label."""
    elements = read(client.get(address).text)
    around = {"sorts", "others"}
    found = [e for e in elements if around & {outer.get("class") for outer in e.inside}]
    current = [e.text for e in found if "aria-current" in e.attributes]
    assert len(current) == 1
    links = {e.text: e.get("href") for e in found if e.tag == "a"}
    return current[0], {text: at for text, at in links.items() if text not in WATCHES}


def _name_sort(sort: str) -> str:
    return MAIN_SORTS.get(sort, SORT_LABELS[sort])


@pytest.mark.parametrize("sort", SORTS)
def test_sorts_are_links(client: FlaskClient, read: Read, sort: str) -> None:
    """The page names the sort in use and links the others."""
    current, others = read_sorts(client, read, f"/search?q=learning&page=2&sort={sort}")
    assert current == _name_sort(sort)
    assert set(others) == {_name_sort(other) for other in SORTS} - {current}
    for label, address in others.items():
        assert read_sorts(client, read, address)[0] == label
        assert "page" not in address


def test_sorts_of_a_long_search_are_buttons(sample_searcher: Searcher) -> None:
    """A search that is too long for links has no addresses of sorts."""
    results = sample_searcher.search(SearchRequest("learning OR " + "tide " * 1_000))
    assert {one.address for one in list_sorts(results)} == {""}
    assert [one.label for one in list_sorts(results) if one.main] == list(MAIN_SORTS.values())


@pytest.mark.parametrize(
    ("address", "selected"),
    [
        ("/search", "Newest"),
        ("/search?venue=NeurIPS&sort=relevance", "Newest"),
        ("/search?q=venue:NeurIPS+year:2017&records=1", "Newest"),
        ("/search?q=has:doi&sort=newest", "Newest"),
        ("/search?sort=cited", "Most cited"),
        ("/search?venue=NeurIPS&page=2", "Newest"),
    ],
)
def test_browsing_never_claims_relevance(
    client: FlaskClient, read: Read, address: str, selected: str
) -> None:
    """Where no word ranks papers, the page names the sort in use and offers no best match."""
    current, others = read_sorts(client, read, address)
    assert current == selected
    labels = {_name_sort(sort) for sort in SORTS if sort != "relevance"}
    assert {current, *others} == labels
    document = client.get(address.replace("/search", "/search.json", 1)).get_json()["data"]
    assert document is not None
    assert _name_sort(document["sort"]) == selected


VALUES = [(name, str(value)) for name, kind in CHOICES.items() for value in kind]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_a_choice_is_shown(sample_searcher: Searcher, name: str, value: str) -> None:
    """The menu of a choice shows the value in use; the default needs no parameter."""
    request = parse_parameters([("q", "learning"), (name, value)])
    plain = sample_searcher.search(SearchRequest("learning"))
    results = replace(plain, request=request, has_vectors=True)
    menus = {menu.name: menu for menu in list_choices(results)}
    default, label, labels = next(iter(CHOICES[name])), *CHOICE_MENUS[name]
    assert list(menus) == list(CHOICES)
    assert menus[name].label == label
    assert [(o.value, o.label, o.selected) for o in menus[name].options] == [
        ("" if one == default else one, labels[one], one == value) for one in CHOICES[name]
    ]


def test_choices_are_on_the_page(client: FlaskClient, read: Read) -> None:
    """The page has the menu of citations; that of meanings needs an index with vectors."""
    page = client.get("/search?q=learning").text
    assert [e.get("name") for e in read(page) if e.tag == "select"] == ["prior"]
    offered, selected = list_options(client, read, "prior", "/search?q=learning&prior=none")
    assert (offered, selected) == (["for broad topics", "always", "never"], ["none", "never"])


QUESTION = "why do young lions hunt more at night than older ones in the savanna"


def test_a_ranking_by_meaning_is_named(index_of: Callable[..., Path], read: Read) -> None:
    """With vectors, the page says that it ranks a question by meaning too, and links the other."""
    titles = ["Young lions at night", "Older lions of the savanna", "Hunting young prey"]
    index = index_of(*({"id": f"p{n}", "title": title} for n, title in enumerate(titles)))
    add_vectors(index)
    client = create_app(index).test_client()
    page = read(client.get("/search", query_string={"q": QUESTION}).text)
    assert [e.get("name") for e in page if e.tag == "select"] == ["prior", "meaning"]
    assert "Ranked by words and meaning. Rank by words alone" in [e.text for e in page]
    link = next(e for e in page if e.text == "Rank by words alone")
    words = read(client.get(link.get("href")).text)
    assert "Ranked by words and meaning" not in words[0].text
    labels = [e.text for e in words if e.tag == "a" and e.get("aria-label")]
    assert labels == ["Ranking by words alone ×"]


@pytest.mark.parametrize("search", ["q=learning&sort=newest", "venue=NeurIPS", "q=has:doi"])
def test_choices_are_shown_where_a_score_orders_hits(
    client: FlaskClient, read: Read, search: str
) -> None:
    """Where a field orders the hits, the page has no menu of how they are ranked."""
    page = client.get(f"/search?{search}&prior=none").text
    names = {element.get("name") for element in read(page) if element.tag == "select"}
    assert names == set()
    assert ("prior", "none") in {(e.get("name"), e.get("value")) for e in read(page)}


def test_every_choice_has_labels() -> None:
    """Each value has an option, and each that is not the default a name as an active filter."""
    options = {name: list(labels) for name, (_, labels) in CHOICE_MENUS.items()}
    assert options == {name: list(kind) for name, kind in CHOICES.items()}
    filters = {name: list(labels) for name, labels in CHOICE_LABELS.items()}
    assert filters == {name: values[1:] for name, values in options.items()}
