"""Test the addresses at which papers are files: one, ticked ones, and all hits of a search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from search.budget.errors import ServerBusy
from search.budget.gate import Gate
from search.request.search_request import SearchRequest
from web.api.addresses import paper_path
from web.exports.formats import FORMATS, find_format
from web.exports.keys import ENVIRONMENT, KeyPattern
from web.exports.stream import SearchStream, Streams
from web.exports.table import BYTE_ORDER_MARK
from web.pages.export_page import MOST_TICKED

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher

VASWANI = "vaswani-2017-attention"
BEGINNINGS = {"bibtex": "@", "ris": "TY  - ", "csl": "[\n{", "csv": "ID,Title", "jsonl": '{"id":'}


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl"])
@pytest.mark.parametrize("address", ["/paper/{}{}", "/paper{1}?id={0}"])
def test_a_paper_is_a_file(client: FlaskClient, name: str, address: str) -> None:
    """Each format of a reference has an address beside the paper's page."""
    export = FORMATS[name]
    answer = client.get(address.format(VASWANI, export.suffix))
    assert answer.status_code == 200
    assert answer.mimetype == export.media_type
    assert answer.text.startswith(BEGINNINGS[name])
    saved = answer.headers["Content-Disposition"]
    assert saved.startswith('attachment; filename="vaswani2017attention-')
    assert saved.endswith(f'{export.suffix}"')


@pytest.mark.parametrize("name", FORMATS)
def test_all_hits_of_a_search_are_a_file(client: FlaskClient, name: str) -> None:
    """A file has every hit, in the order of the pages, and says what it holds."""
    export = FORMATS[name]
    answer = client.get(f"/search{export.suffix}?q=Learning&sort=title")
    assert answer.text.startswith(BEGINNINGS[name])
    assert answer.headers["Content-Disposition"].endswith(f'filename="learning{export.suffix}"')
    found = client.get("/search.json?q=Learning&sort=title&per_page=100").get_json()["data"]
    titles = [hit["title"] for hit in found["hits"]]
    assert len(titles) == found["total"] > 10
    places = [answer.text.find(title[:15]) for title in titles if title[:15].isascii()]
    assert name == "bibtex" or -1 not in places


def test_every_paper_is_in_the_file_once(client: FlaskClient, sample_searcher: Searcher) -> None:
    """More hits than a page may have are exported, without a gap or a repetition."""
    lines = client.get("/search.jsonl?hidden=show").text.splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert len(ids) == len(set(ids)) == sample_searcher.count_hits(SearchRequest(hidden=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_search_without_hits_is_an_empty_file(client: FlaskClient, name: str) -> None:
    """Programs read it as no papers."""
    text = client.get(f"/search{FORMATS[name].suffix}?q=zzzzqqqq").text
    assert {"csl": "[]\n", "csv": text}.get(name, "") == text
    assert text.count("\n") <= 1


def test_ticked_papers_are_a_file_in_their_order(client: FlaskClient) -> None:
    """A paper that is ticked twice is exported once."""
    other = "kingma-2015-adam"
    answer = client.get(f"/export?id={other}&id={VASWANI}&id={other}&format=jsonl")
    assert [json.loads(line)["id"] for line in answer.text.splitlines()] == [other, VASWANI]
    assert client.get(f"/export?id={VASWANI}").text.startswith("@inproceedings{")


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/export", 400, "1 to 500"),
        ("/export?" + "&".join(f"id={n}" for n in range(MOST_TICKED + 1)), 400, "501 ids"),
        (f"/export?id={VASWANI}&format=docx", 400, "Choose one of bibtex"),
        ("/export?id=nothing", 404, "No paper"),
        ("/paper/nothing.bib", 404, "No paper"),
        ("/paper/nothing/cite", 404, "No paper"),
        ("/search.bib?sort=odd", 400, "sort"),
        ("/search.csv?bom=2", 400, "bom"),
    ],
)
def test_bad_addresses_are_refused(
    client: FlaskClient, address: str, status: int, message: str
) -> None:
    """One sentence says what is wrong."""
    answer = client.get(address)
    assert answer.status_code == status
    assert message in answer.text


def test_a_table_may_begin_with_a_byte_order_mark(client: FlaskClient) -> None:
    """Only if it is asked for, and only a table."""
    assert client.get("/search.csv?bom=1&q=turing").data.startswith(
        BYTE_ORDER_MARK.encode() + b"ID"
    )
    assert not client.get("/search.bib?bom=1&q=turing").text.startswith(BYTE_ORDER_MARK)


def test_the_page_for_citing(client: FlaskClient) -> None:
    """BibTeX, APA and IEEE can be copied, and the files are linked."""
    answer = client.get(paper_path(VASWANI, "/cite"))
    assert "@inproceedings{vaswani2017attention-" in answer.text
    assert "Vaswani, A., Shazeer, N." in answer.text
    assert "A. Vaswani <i>et al.</i>" in answer.text
    for suffix in (".bib", ".ris", ".csl.json"):
        assert f'href="/paper/{VASWANI}{suffix}"' in answer.text


def test_the_pattern_of_keys_is_a_setting(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server reads it from the environment; one that is not valid is reported."""
    monkeypatch.setenv(ENVIRONMENT, "{id}")
    assert client.get(f"/paper/{VASWANI}.bib").text.startswith(f"@inproceedings{{{VASWANI},")
    monkeypatch.setenv(ENVIRONMENT, "{nothing}")
    assert "key pattern" in client.get(f"/paper/{VASWANI}.bib").text


def test_few_streams_run_at_a_time(sample_searcher: Searcher) -> None:
    """One more is refused, until another is closed or read to its end."""
    streams = Streams(Gate(threads=8), threads=8)

    def begin() -> SearchStream:
        found = sample_searcher.stream_hits(SearchRequest())
        return SearchStream(found, find_format("bibtex"), KeyPattern(), streams)

    first, second = begin(), begin()
    with pytest.raises(ServerBusy):
        begin()
    first.close()
    first.close()
    assert b"".join(begin()) == b"".join(second)
    for one in (begin(), begin()):
        one.close()


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_stream_that_nobody_reads_ends(client: FlaskClient, method: str, encoding: str) -> None:
    """No stream is left behind by a request for the head alone, or by a client that leaves."""
    statuses, headers = [], {"Accept-Encoding": encoding}
    for _ in range(20):
        answer = client.open("/search.bib?q=learning", method=method, headers=headers)
        answer.close()
        statuses.append(answer.status_code)
    assert statuses == [200] * 20
