"""Check the lists of names by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.people.authors_index import join_spellings

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element


def test_spellings_of_a_page_are_joined() -> None:
    """Middle initials do not part a name; names of initials stay apart."""
    counts = [
        ("Geoffrey E. Hinton", 62), ("Ada Reed", 20), ("Geoffrey Hinton", 13), ("G. Hinton", 2),
    ]  # fmt: skip
    assert join_spellings(counts) == [
        ("Geoffrey E. Hinton", 75), ("Ada Reed", 20), ("G. Hinton", 2),
    ]  # fmt: skip


def test_names_are_listed_by_letter(
    client: FlaskClient, read: Callable[[str], list[Element]]
) -> None:
    """The largest names come first; those of a letter are in order and lead to their pages."""
    largest = [
        e for e in read(client.get("/authors").text) if e.get("href").startswith("/authors/")
    ]
    assert largest[0].text == "Geoffrey Hinton"
    assert client.get(largest[0].get("href")).status_code == 200
    page = read(client.get("/authors?letter=y").text)
    names = [e.text for e in page if e.get("href").startswith("/authors/")]
    assert "Yoshua Bengio" in names
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize(
    ("asked", "status"), [("letter=AB", 400), ("letter=q&page=9", 404), ("page=x", 400)]
)
def test_other_lists_are_refused(client: FlaskClient, asked: str, status: int) -> None:
    """There is a list for each letter, and so many pages."""
    assert client.get(f"/authors?{asked}").status_code == status
