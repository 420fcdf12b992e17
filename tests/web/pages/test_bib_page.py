"""Check the page to which a bibliography is sent."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.bibliography.check import MAX_ENTRIES
from tests.support.tide_papers import PAPERS
from web.app import create_app
from web.pages.bib_page import MAX_UPLOAD

TITLE = "Learning to Predict the Tides from Satellite Images"
PREPRINT = (
    f"@misc{{lee, title = {{{TITLE}}},\n author = {{Lee, Ann}}, eprint = {{1905.01234}},"
    " year = 2019}\n"
)


@pytest.fixture(scope="module")
def tides(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over seven papers."""
    return create_app(index_of(*PAPERS)).test_client()


def send(
    client: FlaskClient, text: str | bytes, headers: dict[str, str] | None = None, **fields: str
) -> TestResponse:
    """Send a bibliography as text, or as a file if it is bytes."""
    sent: dict[str, Any] = {"text": text}
    if isinstance(text, bytes):
        sent = {"file": (BytesIO(text), "a.bib")}
    return client.post("/bib", data=sent | fields, headers=headers)


def test_the_form(tides: FlaskClient) -> None:
    """It says what may be sent and that nothing is kept."""
    page = tides.get("/bib").text
    assert "At most 2 MB and 2,000 entries. Nothing you send is kept." in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("text", [PREPRINT, PREPRINT.encode()])
def test_a_report(tides: FlaskClient, text: str | bytes) -> None:
    """A text and a file are checked alike, and no browser or proxy stores the answer."""
    answer = send(tides, text)
    assert answer.status_code == 200
    assert "1 of 1 entry found in the index." in answer.text
    assert "booktitle: Advances in Neural Information Processing Systems" in answer.text
    assert '<a href="/paper/p1">' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_corrected_file(tides: FlaskClient) -> None:
    """It has the bytes that were sent but for what is corrected; changes can be chosen."""
    raw = PREPRINT.encode() + b"% caf\xe9\r\n"
    answer = send(tides, raw, action="download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fixed.bib"'
    assert answer.data.startswith(b"@inproceedings{lee, title")
    assert answer.data.endswith(b"% caf\xe9\r\n")
    assert send(tides, raw, action="download", change="status").data == raw


def test_what_is_sent_is_escaped(tides: FlaskClient) -> None:
    """Neither keys nor values nor problems are markup."""
    evil = "<script>alert(1)</script>"
    entries = (
        PREPRINT.replace("2019", f"2019, note = {{{evil}}}").replace("{lee", f"{{{evil}")
        + f"@misc{{{evil}2, title = {{{evil}}}}}\n@misc{{{evil}3, title = {{\n"
    )
    assert evil not in send(tides, entries).text
    assert "&lt;script&gt;" in send(tides, entries).text


@pytest.mark.parametrize(
    ("text", "headers", "change", "expected"),
    [
        ("no entries", {}, "missing", (400, "The text has no BibTeX entries.")),
        ("", {}, "missing", (400, "The text has no BibTeX entries.")),
        (PREPRINT, {}, "all", (400, "Unknown change")),
        (PREPRINT, {"Origin": "https://elsewhere.example"}, "missing", (403, "Only the form")),
        (PREPRINT, {"Origin": "null"}, "missing", (403, "Only the form")),
        (PREPRINT, {"Origin": "http://["}, "missing", (403, "Only the form")),
    ],
)
def test_refusals(
    tides: FlaskClient, text: str, headers: dict[str, str], change: str, expected: tuple[int, str]
) -> None:
    """What cannot be checked is answered with a sentence."""
    answer = send(tides, text, headers, change=change)
    assert (answer.status_code, expected[1] in answer.text) == (expected[0], True)


def test_a_large_file_is_refused(tides: FlaskClient) -> None:
    """A form may be a little larger than the file in it."""
    kind = "application/x-www-form-urlencoded"
    body = b"text=" + b"x" * (MAX_UPLOAD + 100_000)
    assert tides.post("/bib", data=body, content_type=kind).status_code == 413
    assert tides.post("/bib", data=body[:MAX_UPLOAD], content_type=kind).status_code == 400


def test_the_form_of_this_site_is_accepted(tides: FlaskClient) -> None:
    """A browser names the site as the origin."""
    assert send(tides, PREPRINT, {"Origin": "http://localhost"}).status_code == 200


def test_entries_beyond_the_limit_are_said(tides: FlaskClient) -> None:
    """The page says how many were not checked, and lists a part of the others."""
    many = "".join(f"@misc{{k{n}, title = {{Nobody Wrote {n}}}}}\n" for n in range(MAX_ENTRIES + 5))
    page = send(tides, many).text
    assert "The last 5 entries were not checked" in page
    assert "and 1,800 more" in page
    assert len(page) < 500_000


def test_other_addresses_take_no_body(tides: FlaskClient) -> None:
    """A large body is refused everywhere else."""
    assert tides.post("/search", data={"text": "x" * 20_000}).status_code == 405
