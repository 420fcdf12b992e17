"""Test the JSON of a failure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from search.errors import PageInvalid
from web.api.failures import Failure, FailureDocument, describe_failure

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_a_failure_names_its_class_and_sentence() -> None:
    """Status, class and sentence of an error become one document."""
    error = PageInvalid(7, 3)
    assert describe_failure(error, 404) == FailureDocument(Failure(404, "PageInvalid", str(error)))


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/search.json?sort=best", 400, "ChoiceUnknown"),
        ("/search.json?q=" + "x" * 20_001, 400, "QueryTooCostly"),
        ("/search.json?q=adam&page=900", 404, "PageInvalid"),
        ("/paper/nope.json", 404, "PaperMissing"),
        ("/paper.json", 404, "PaperMissing"),
        ("/nowhere.json", 404, "PapersearchError"),
    ],
)
def test_failures_are_json(client: FlaskClient, address: str, status: int, kind: str) -> None:
    """A failing JSON address answers with the status and one sentence as JSON."""
    response = client.get(address)
    document: Any = response.json
    assert response.status_code == document["error"]["status"] == status
    assert document["error"]["kind"] == kind
    assert set(document["error"]) == {"status", "kind", "message"}
    assert re.fullmatch(r".+[.]", document["error"]["message"])
