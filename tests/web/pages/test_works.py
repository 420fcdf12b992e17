"""Test how pages show a work, the records it is merged from, and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from search.request.search_request import View
from tests.support.made_works import (
    DBLP,
    ORIGINAL,
    PREPRINT,
    TIDES,
    TRY,
    WORK_OF,
    write_repaired_index,
)
from web.api.addresses import paper_path
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]
    Papers = Callable[..., Result]

SITE = "http://localhost"
"""Where Flask's client reads pages."""


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of one work of four records and one of a single record."""
    return write_repaired_index(tmp_path_factory.mktemp("works"))


@pytest.fixture
def browser(works: Path) -> FlaskClient:
    """Return a client over that index."""
    return create_app(works).test_client()


def _list_texts(elements: list[Element], tag: str, inside: str = "") -> list[str]:
    """Return the texts of elements with a tag, all or those inside an element with a class."""
    return [
        element.text
        for element in elements
        if element.tag == tag and (not inside or inside in {e.get("class") for e in element.inside})
    ]


def test_a_hit_names_its_other_versions(papers: Papers, works: Path, browser: FlaskClient) -> None:
    """A hit shows its first version and names the others, on a terminal and on a page."""
    also = "also: arXiv 2019, submitted to ICML 2018 (not accepted)"
    assert also in papers("search", "tides", index=works).stdout
    assert also in browser.get("/search?q=tides").text


def test_results_lead_to_the_records_and_back(browser: FlaskClient, read: Read) -> None:
    """A link of the menu leads to the records, and from there another back to the works."""
    address, views = "/search?q=tides&sort=title", list[tuple[str, list[str]]]()
    for _ in range(3):
        elements = read(browser.get(address).text)
        link = next(e for e in elements if e.tag == "a" and e.get("class") == "view")
        hits = [e.get("href") for e in elements if e.tag == "a" and e.inside[-1].tag == "h2"]
        views.append((link.text, hits))
        for hit in hits:
            read(browser.get(hit).text)
        address = link.get("href")
    separate = "Show duplicates separately"
    assert [text for text, _ in views] == [separate, "Merge duplicates", separate]
    assert views[0] == views[2]
    assert views[1][1] == [
        paper_path(one, view=View.RECORDS) for one in (PREPRINT, DBLP, TIDES, "alone")
    ]


@pytest.mark.parametrize("search", ["q=night", "q=zzzqqq", "venue=Nature"])
def test_the_menu_always_offers_the_records(browser: FlaskClient, search: str) -> None:
    """The menu offers the records even if no hit is merged from several."""
    assert "Show duplicates separately</a>" in browser.get(f"/search?{search}").text


@pytest.mark.parametrize(
    "search", ["q=tides+records:yes", "q=tides&records=1", "q=tides+records:yes&records=1"]
)
def test_links_back_to_works(browser: FlaskClient, read: Read, search: str) -> None:
    """The link, and the chip if there is one, lead back to works, whatever the query says."""
    elements = read(browser.get(f"/search?{search}").text)
    chips = [e for e in elements if e.tag == "a" and "Duplicates" in e.get("aria-label")]
    assert len(chips) == (1 if "records=1" in search else 0)
    links = [e for e in elements if e.get("class") == "view"]
    assert len(links) == 1
    for link in chips + links:
        document: Any = browser.get(
            link.get("href").replace("/search", "/search.json", 1)
        ).get_json()["data"]
        assert document["records"] is False
        assert {hit["id"] for hit in document["hits"]} == {TIDES, "alone"}


def test_the_form_on_a_page_of_records(browser: FlaskClient, read: Read) -> None:
    """The form on a page of records searches records."""
    elements = read(browser.get("/search?q=tides&records=1").text)
    hidden = [(e.get("name"), e.get("value")) for e in elements if e.get("type") == "hidden"]
    assert ("records", "1") in hidden


def test_page_of_a_work(browser: FlaskClient, read: Read) -> None:
    """A work's page lists each version once, its identifiers with labels, and its records."""
    elements = read(browser.get(f"/paper/{TIDES}").text)
    assert [e.text for e in elements if e.get("class") == "version"] == [
        "NeurIPS 2020 conference paper Advances 33",
        "arXiv 2019 preprint",
        "submitted to ICML 2018 not accepted",
    ]
    assert _list_texts(elements, "li", "sources")[:2] == [
        "openreview.gz, part/1, record 1, byte 100, 2020-01-02, CC0-1.0",
        "dblp.gz, part/1, record 3, byte 300, 2020-01-02, CC0-1.0",
    ]
    buttons = ["Read PDF", "Publisher page", "PDF 2", "arXiv", "Copy BibTeX", "Similar papers"]
    assert sorted(_list_texts(elements, "li", "buttons")) == sorted(buttons)
    labels = _list_texts(elements, "dt", "card")
    values = _list_texts(elements, "dd", "card")
    named = dict(zip(labels, values, strict=True))
    assert (named["DOI"], named["other DOI"]) == ("10.1000/tides", "10.48550/arxiv.1901.00001")
    assert (named["arXiv"], named["OpenReview"]) == ("1901.00001", "tides")
    assert _list_texts(elements, "li", "records") == [
        f"{TIDES} openreview",
        f"{PREPRINT} arxiv: On the Tides (supplies: abstract)",
        f"{DBLP} dblp",
        f"{TRY} openreview",
    ]
    assert "record 2" not in " ".join(_list_texts(elements, "p"))
    details = next(e for e in elements if e.tag == "details" and e.get("class") == "originals")
    assert details.text == "Original text abstract Water was \\emph{seen} to rise."


def test_records_have_pages(browser: FlaskClient, read: Read) -> None:
    """A work's page links to its records and each record's page back; crawlers stay away."""
    elements = read(browser.get(f"/paper/{TIDES}").text)
    listed = [
        e.get("href")
        for e in elements
        if e.tag == "a" and any(outer.get("class") == "records" for outer in e.inside)
    ]
    assert listed == [paper_path(one, view=View.RECORDS) for one in (TIDES, PREPRINT, DBLP, TRY)]
    for address, record in zip(listed, WORK_OF, strict=True):
        page = read(browser.get(address).text)
        assert record["title"] in _list_texts(page, "h1")
        metas = {(e.get("name"), e.get("content")) for e in page if e.tag == "meta"}
        assert ("robots", "noindex") in metas
        assert [e.get("href") for e in page if e.get("rel") == "canonical"] == [
            SITE + paper_path(TIDES)
        ]
        back = next(
            e for e in page if e.tag == "a" and e.text == "a paper merged from several records"
        )
        assert back.get("href") == paper_path(TIDES)
        twin = next(e.get("href") for e in page if e.get("type") == "application/json")
        document: Any = browser.get(twin).get_json()["data"]
        assert (document["id"], document["url"]) == (record["id"], address)


@pytest.mark.parametrize("address", ["/paper/alone", "/paper/alone?records=1"])
def test_a_single_record_is_its_own_work(browser: FlaskClient, read: Read, address: str) -> None:
    """The page of a paper of one record has no list of records and no link to a work."""
    text = browser.get(address).text
    read(text)
    assert "Merged from" not in text
    assert "several records" not in text


def test_the_id_of_a_record_leads_to_its_work(browser: FlaskClient) -> None:
    """The id of a merged record leads to the page and the JSON of the work."""
    for one in (PREPRINT, TRY):
        document: Any = browser.get(paper_path(one, ".json")).get_json()["data"]
        assert document["id"] == TIDES
        assert f'<link rel="canonical" href="{SITE}{paper_path(TIDES)}">' in browser.get(
            paper_path(one)
        ).text.replace("&#39;", "'")
    assert browser.get("/paper/nothing?records=1").status_code == 404


def test_a_works_twin(browser: FlaskClient) -> None:
    """The JSON lists a work's records, the fields each supplied, and original texts."""
    document: Any = browser.get(f"/paper/{TIDES}.json").get_json()["data"]
    assert document["records"] == [TIDES, PREPRINT, DBLP, TRY]
    assert document["origins"] == {"abstract": PREPRINT}
    assert document["originals"] == {"abstract": ORIGINAL}
    assert document["ids"]["doi 2"] == "10.48550/arxiv.1901.00001"
    assert document["ids"]["record"] == PREPRINT
    assert len(document["appearances"]) == 4
    alone: Any = browser.get("/paper/alone.json").get_json()["data"]
    assert (alone["records"], alone["originals"], alone["origins"]) == ([], {}, {})


def test_meta_tags_are_of_the_published_version(browser: FlaskClient, read: Read) -> None:
    """The meta tags name the published version and its DOI."""
    elements = read(browser.get(f"/paper/{PREPRINT}").text)
    metas = [(e.get("name"), e.get("content")) for e in elements if e.tag == "meta"]
    named = dict(pair for pair in metas if pair[0].startswith("citation_"))
    expected = {
        "citation_title": "On Tides",
        "citation_author": "Ada Reed",
        "citation_publication_date": "2020",
        "citation_doi": "10.1000/tides",
        "citation_arxiv_id": "1901.00001",
        "citation_conference_title": "Advances 33",
        "citation_pdf_url": "https://example.org/a.pdf",
        "citation_abstract_html_url": SITE + paper_path(TIDES),
    }
    assert expected.items() <= named.items()
    assert "citation_journal_title" not in named


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/why-not.json?q=rise&id=openreview:tides", True),
        ("/why-not.json?q=rise&id=openreview:tides&records=1", False),
        ("/why-not.json?q=rise+records:yes&id=openreview:tides", False),
        ("/why-not.json?q=rise&records=1&id=arxiv:1901.00001", True),
    ],
)
def test_why_not_of_a_record(browser: FlaskClient, address: str, *, found: bool) -> None:
    """Why-not checks the record if records are searched, and the work otherwise."""
    document: Any = browser.get(address).get_json()["data"]
    assert document["found"] is found


def test_related_papers_of_a_record(browser: FlaskClient) -> None:
    """Works are related to a record, and the record's own work is not among them."""
    document: Any = browser.get(f"/similar.json?id={PREPRINT}&records=1").get_json()["data"]
    assert document["id"] == PREPRINT
    assert TIDES not in {hit["id"] for hit in document["hits"]}
    work: Any = browser.get(f"/similar.json?id={PREPRINT}").get_json()["data"]
    assert work["id"] == TIDES
