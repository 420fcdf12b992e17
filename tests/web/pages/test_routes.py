"""Test what every page shows and where its links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from search.request.parameters import parse_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]

PAGES = [
    ("/", 200),
    ("/search", 200),
    ("/search?q=attention", 200),
    ("/search?q=%22deep+learning%22+-vision&sort=newest&per_page=2&page=2", 200),
    ("/search?q=adam&venue=ICLR&venue=-ACL&year=2014..2020&type=conference+paper&hidden=show", 200),
    ("/search?facets=author,topic,institution,language,venue", 200),
    ("/search?q=zzzqqq", 200),
    ("/search?q=attention&venue=Nature&year=1950", 200),
    ("/search?q=title:+)(+%22open+nosuchfield:x", 200),
    ("/paper/vaswani-2017-attention", 200),
    ("/paper/obokata-2014-pluripotency", 200),
    ("/paper/black-2024-pi0", 200),
    ("/paper/nope", 404),
    ("/paper", 404),
    ("/nowhere", 404),
    ("/search?q=adam&page=500", 404),
    ("/search?page=0", 404),
    ("/search?sort=best", 400),
    ("/search?q=" + "+OR+".join(["word"] * 300), 400),
]

SEARCHES = [
    "q=learning",
    "q=learning&venue=NeurIPS&venue=ICML",
    "q=learning&venue=-NeurIPS&type=-preprint",
    "q=learning&year=2014..2014",
    "q=learning&year=2012..2016",
    "q=learning&year=..2010",
    "q=learning&year=2014&year=2017",
    "q=learning&year=-2014",
    "author=yoshua+bengio&sort=newest",
    "q=learning&prior=none",
    "venue=NeurIPS&prior=citations",
    "q=learning&topic=attention&author=-ashish+vaswani",
    "q=retracted&hidden=show&per_page=3",
    "q=a&facets=author,venue&author=yoshua+bengio",
    "q=zzzqqq&venue=ICML&year=2012..2016&language=en",
    "venue=Nowhere&year=2014&year=2015",
]


def _list_submitted(elements: list[Element]) -> list[tuple[str, str]]:
    """Return what a browser sends if the search form is submitted unchanged."""
    pairs: list[tuple[str, str]] = []
    for element in elements:
        inside = any(outer.get("id") == "search" for outer in element.inside)
        if not inside and element.get("form") != "search":
            if element.tag == "option" and "selected" in element.attributes:
                pairs.append((element.inside[-1].get("name"), element.get("value")))
            continue
        if element.tag == "input":
            ticked = element.get("type") != "checkbox" or "checked" in element.attributes
            pairs += [(element.get("name"), element.get("value"))] if ticked else []
    return pairs


def _list_hits(client: FlaskClient, address: str) -> tuple[int, list[str]]:
    parts = urlsplit(address)
    document: Any = client.get(f"{parts.path}.json?{parts.query}").get_json()["data"]
    return document["total"], [hit["id"] for hit in document["hits"]]


@pytest.mark.parametrize(("address", "status"), PAGES)
def test_every_page_is_well_formed(
    client: FlaskClient, read: Read, address: str, status: int
) -> None:
    """Every page, error pages too, is valid labelled HTML without script or style."""
    response = client.get(address)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    read(response.text)


def test_results_show_the_hits(client: FlaskClient, read: Read) -> None:
    """A page of results shows title, authors, venue and year of each hit, and the total."""
    elements = read(client.get("/search?q=attention+is+all+you+need").text)
    hits = [element for element in elements if element.get("class") == "hit"]
    assert hits[0].text.startswith("Attention Is All You Need Ashish Vaswani, Noam Shazeer")
    assert "NeurIPS 2017" in hits[0].text
    assert "also: arXiv 2017" in hits[0].text
    total = next(element for element in elements if element.get("class") == "total")
    count = _list_hits(client, "/search?q=attention+is+all+you+need")[0]
    assert total.text == f"{count} papers"
    assert len(hits) == min(count, 10)


@pytest.mark.parametrize("search", SEARCHES)
def test_the_unchanged_form_repeats_the_search(
    client: FlaskClient, read: Read, search: str
) -> None:
    """Submitting the form unchanged sends the same request and finds the same papers."""
    form = _list_submitted(read(client.get(f"/search?{search}").text))
    assert parse_parameters(form) == parse_parameters(parse_qsl(search))
    assert _list_hits(client, f"/search?{urlencode(form)}") == _list_hits(
        client, f"/search?{search}"
    )


def test_boxes_show_the_selection(client: FlaskClient, read: Read) -> None:
    """Exactly the selected and the excluded values are ticked, the excluded with a minus."""
    elements = read(client.get("/search?venue=ICML&venue=ICLR&type=-preprint&hidden=show").text)
    ticked = {
        (element.get("name"), element.get("value"))
        for element in elements
        if element.get("type") == "checkbox" and "checked" in element.attributes
    }
    assert ticked == {
        ("venue", "ICML"),
        ("venue", "ICLR"),
        ("type", "-preprint"),
        ("hidden", "show"),
    }


@pytest.mark.parametrize(
    ("form", "same"),
    [
        ("year_from=2014&year_to=2017", "year=2014..2017"),
        ("year_from=2014&year_to=2014", "year=2014"),
        ("year_from=2014&year_to=", "year=2014.."),
        ("year_from=&year_to=2014", "year=..2014"),
        ("year_from=2017&year_to=2014", "year=2014..2017"),
        ("year_from=&year_to=", ""),
    ],
)
def test_year_boxes(client: FlaskClient, form: str, same: str) -> None:
    """The two year boxes select a range; an empty box leaves its end open."""
    assert _list_hits(client, f"/search?q=learning&{form}") == _list_hits(
        client, f"/search?q=learning&{same}"
    )


def test_chips_remove_their_filter(client: FlaskClient, read: Read) -> None:
    """Each active filter is shown once, and its link removes only this filter."""
    search = "q=learning&venue=NeurIPS&venue=-ICML&year=2010..2018&hidden=show"
    elements = read(client.get(f"/search?{search}").text)
    chips = {
        element.text.partition(" hides ")[0].removesuffix(" ×"): set(
            parse_qsl(urlsplit(element.get("href")).query)
        )
        for element in elements
        if any(outer.get("class") == "chips" for outer in element.inside) and element.tag == "a"
    }
    parameters = set(parse_qsl(search))
    assert chips == {
        "Venue: NeurIPS": parameters - {("venue", "NeurIPS")},
        "Venue: not ICML": parameters - {("venue", "-ICML")},
        "Year: 2010 to 2018": parameters - {("year", "2010..2018")},
        "Including withdrawn and rejected papers": parameters - {("hidden", "show")},
        "Clear all": {("q", "learning")},
    }


@pytest.mark.parametrize(
    ("query", "interpreted"),
    [
        ("attention  need", ""),
        ("(attention", "Searched for attention"),
        ("tides year:>=2012", "Searched for tides year:2012.."),
    ],
)
def test_the_interpretation_is_shown_if_it_differs(
    client: FlaskClient, read: Read, query: str, interpreted: str
) -> None:
    """A page shows how the query was understood only if that is not what was typed."""
    elements = read(client.get("/search", query_string={"q": query}).text)
    assert "".join(e.text for e in elements if e.get("class") == "read") == interpreted


@pytest.mark.parametrize(
    "search",
    [
        "q=attention&venue=Nature&year=1950",
        "q=%22attention+is%22+zzzqqq",
        "q=pluripotency&venue=Nature",
        "venue=Nowhere&author=yoshua+bengio",
    ],
)
def test_broader_searches_find_what_they_promise(
    client: FlaskClient, read: Read, search: str
) -> None:
    """If nothing is found, every broader search offered finds as many papers as it says."""
    elements = read(client.get(f"/search?{search}").text)
    offered = [
        element
        for element in elements
        if any(outer.get("class") == "none" for outer in element.inside) and element.tag == "li"
    ]
    assert offered
    for offer in offered:
        link = next(e for e in elements if e.tag == "a" and offer in e.inside)
        promised = int(offer.text.rpartition("(")[2].split()[0].replace(",", ""))
        assert _list_hits(client, link.get("href"))[0] == promised > 0


def test_long_queries_without_results(client: FlaskClient) -> None:
    """A very long query without results is answered too."""
    response = client.get("/search?q=" + "+".join(f"zqxzq{n:03d}q" for n in range(199)))
    assert response.status_code == 200
    assert "Nothing found" in response.text


def test_advice_if_nothing_helps(client: FlaskClient) -> None:
    """If no broader search helps, the page gives advice and links to all papers."""
    text = client.get("/search?q=zzzqqq").text
    assert "Nothing found" in text
    assert "browse all papers</a>" in text


def test_pages_follow_one_another(client: FlaskClient, read: Read) -> None:
    """Following "Next" from the first page lists every hit exactly once and ends."""
    address, ids = "/search?q=learning&per_page=25", list[str]()
    total = _list_hits(client, address)[0]
    while address:
        ids += _list_hits(client, address)[1]
        elements = read(client.get(address).text)
        links = [e for e in elements if e.tag == "a" and e.get("rel") == "next"]
        address = links[0].get("href") if links else ""
    assert len(ids) == len(set(ids)) == total > 50


def test_hidden_papers_are_linked(client: FlaskClient, read: Read) -> None:
    """A page counts the papers hidden for their status, and its link shows them."""
    elements = read(client.get("/search?q=pluripotency").text)
    note = next(e for e in elements if e.get("class") == "hint concealed")
    assert note.text == "1 withdrawn or rejected paper hidden. Show it"
    link = next(e for e in elements if e.tag == "a" and note in e.inside)
    assert "obokata-2014-pluripotency" in _list_hits(client, link.get("href"))[1]


def test_paper_page(client: FlaskClient, read: Read) -> None:
    """A paper's page has meta tags, links to its authors and topics, and its versions."""
    elements = read(client.get("/paper/vaswani-2017-attention").text)
    metas = [(e.get("name"), e.get("content")) for e in elements if e.tag == "meta"]
    assert ("citation_title", "Attention Is All You Need") in metas
    assert ("citation_author", "Łukasz Kaiser") in metas
    assert ("citation_publication_date", "2017") in metas
    links = {e.text: e.get("href") for e in elements if e.tag == "a"}
    assert _list_hits(client, links["Noam Shazeer"])[0] > 1
    assert "Attention Is All You Need" in client.get(links["machine translation"]).text
    assert client.get(links["NeurIPS 2017"]).status_code == 200
    assert links["1706.03762"] == "https://arxiv.org/abs/1706.03762"
    versions = [e.text for e in elements if e.get("class") == "version"]
    assert versions == ["NeurIPS 2017 conference paper", "arXiv 2017 preprint"]
    sources = next(e for e in elements if e.get("class") == "sources")
    assert sources.text.startswith("Source records papers.jsonl, record 1, byte 0, 20")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_can_only_be_read(client: FlaskClient, read: Read, method: str) -> None:
    """Any method but GET is refused, and the response lists the allowed ones."""
    response = getattr(client, method)("/search?q=adam")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    read(response.text)


def test_robots(client: FlaskClient, read: Read) -> None:
    """Crawlers are kept out of searches, but not out of papers."""
    rules = client.get("/robots.txt").text.splitlines()
    assert rules[:2] == ["User-agent: *", "Disallow: /search"]
    assert "Disallow: /paper" not in rules
    elements = read(client.get("/search?q=adam").text)
    assert ("robots", "noindex, nofollow") in {(e.get("name"), e.get("content")) for e in elements}
