"""Test the JSON of what keeps a paper out of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ADDRESS = "/why-not.json?id=kingma-2015-adam"


def test_clauses_are_nested(client: FlaskClient) -> None:
    """Each clause has its parts inside it, and a failed word says what comes near."""
    document: Any = client.get(f"{ADDRESS}&q=(optimizatoin OR zzz) -adam").get_json()["data"]
    clause = document["clause"]
    assert (clause["joint"], clause["met"], document["found"]) == ("and", False, False)
    either, without = clause["parts"]
    assert (either["joint"], [part["written"] for part in either["parts"]]) == (
        "or", ["optimizatoin", "zzz"],
    )  # fmt: skip
    assert either["parts"][0]["miss"]["missing"] == ["optimizatoin"]
    assert "optimization" in either["parts"][0]["miss"]["near"]
    assert (without["joint"], without["miss"]["where"]) == ("not", ["title"])


def test_filters_list_both_sides(client: FlaskClient) -> None:
    """A filter lists what was selected and what the paper has."""
    document: Any = client.get(
        f"{ADDRESS}&q=adam&venue=ICML&venue=-ICLR&year=2000..2001"
    ).get_json()["data"]
    venue, year = document["filters"]
    assert venue["name"] == "venue"
    assert venue["asked"] == ["ICML", "-ICLR"]
    assert "ICLR" in venue["has"]
    assert venue["met"] is False
    assert (year["asked"], year["met"]) == (["2000..2001"], False)


def test_a_found_paper_has_its_rank(client: FlaskClient) -> None:
    """A paper that the search finds has a rank, and its clause is met."""
    document: Any = client.get(f"{ADDRESS}&q=adam").get_json()["data"]
    assert document["found"] is True
    assert document["rank"] == 1
    assert document["clause"]["met"] is True
    assert document["clause"]["miss"] is None
