"""Test that a cursor leads through all hits of a search, each once, and through no other search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import CursorExpired, CursorInvalid
from search.request.search_request import MAX_HITS, SORTS, SearchRequest
from web.api.cursors import FIRST, follow_cursor, write_cursor
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

REQUEST = SearchRequest("attention")


def _walk(client: FlaskClient, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = address
    while following:
        answer: dict[str, Any] = client.get(following).get_json()
        yield answer
        following = answer["links"].get("next")
        assert (following is None) == (answer["meta"]["next"] is None)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", ["learning", "", "deep OR zzz", "venue:NeurIPS"])
def test_pages_are_the_whole_list(client: FlaskClient, sort: str, query: str) -> None:
    """The pages of a cursor, joined, are the pages by number: no paper twice, none lost."""
    search = f"/search.json?q={query}&sort={sort}&fields=id,rank"
    pages = list(_walk(client, f"{search}&per_page=60&cursor=*"))
    walked = [hit for page in pages for hit in page["data"]["hits"]]
    whole: list[Any] = []
    for page in range(1, len(pages) * 60 // 100 + 2):
        answer = client.get(f"{search}&per_page=100&page={page}")
        whole += answer.get_json()["data"]["hits"] if answer.status_code == 200 else []
    assert walked == whole
    assert len({hit["id"] for hit in walked}) == len(walked) == pages[0]["data"]["total"] > 20


def test_facets_are_counted_on_request(client: FlaskClient) -> None:
    """A page by cursor counts no facets unless they are named, which changes no cursor."""
    plain: Any = client.get("/search.json?q=learning&cursor=*").get_json()
    assert plain["data"]["facets"] == {}
    counted: Any = client.get("/search.json?q=learning&cursor=*&facets=venue").get_json()
    assert set(counted["data"]["facets"]) == {"venue"}
    assert counted["meta"]["next"] == plain["meta"]["next"]


def test_cursors_have_no_cap() -> None:
    """A cursor reaches pages beyond those that a number may name."""
    page = MAX_HITS + 1
    assert follow_cursor(REQUEST, "g", write_cursor(REQUEST, "g", page)).page == page


@given(st.integers(2, 2**31), st.text(max_size=40), st.text(max_size=40))
def test_a_cursor_leads_only_through_its_search(page: int, query: str, other: str) -> None:
    """A cursor leads to its page; with another query or page size it is refused."""
    request = SearchRequest(query)
    cursor = write_cursor(request, "g", page)
    assert follow_cursor(request, "g", cursor).page == page
    if SearchRequest(other).query != request.query:
        with pytest.raises(CursorInvalid):
            follow_cursor(SearchRequest(other), "g", cursor)
    with pytest.raises(CursorInvalid):
        follow_cursor(SearchRequest(query, per_page=11), "g", cursor)


@given(st.text(min_size=1).filter(lambda text: text != FIRST))
def test_any_other_text_is_refused(text: str) -> None:
    """A text that is no cursor is refused with a sentence, whatever it holds."""
    with pytest.raises(CursorInvalid, match="begin with cursor=\\*"):
        follow_cursor(REQUEST, "g", text)


def test_a_cursor_of_another_generation_is_refused(index_of: Callable[..., Path]) -> None:
    """After the index has changed, a cursor is answered with 410 and the way out."""
    with pytest.raises(CursorExpired):
        follow_cursor(REQUEST, "new", write_cursor(REQUEST, "old", 2))
    records = ({"id": f"p{n}", "title": f"Tides {n}"} for n in range(5))
    directory = index_of(*records)
    client = create_app(directory).test_client()
    first: Any = client.get("/search.json?q=tides&per_page=2&cursor=*").get_json()
    index_of({"id": "other", "title": "Tides"}, directory=directory)
    refused = client.get(first["links"]["next"])
    assert refused.status_code == 410
    assert "Begin again with cursor=*" in refused.get_json()["error"]["message"]
