"""Test how the server words its refusals."""

from http import HTTPStatus

import pytest

from tests.support.raw_http import check_refusal
from web.server.refusals import SENTENCES, Refusal, encode_refusal


@pytest.mark.parametrize("status", SENTENCES)
def test_every_refusal_has_a_sentence(status: HTTPStatus) -> None:
    """A refusal is one plain sentence with the headers of every page."""
    sentence = check_refusal(encode_refusal(status), status.value)
    assert sentence == f"{SENTENCES[status]}\n"
    assert Refusal(status).code == status.value


def test_a_busy_server_says_when_to_come_back() -> None:
    """The answer of a full server has Retry-After, and no other has."""
    answers = {status: encode_refusal(status) for status in SENTENCES}
    busy = [status for status, answer in answers.items() if b"\r\nRetry-After: 1\r\n" in answer]
    assert busy == [HTTPStatus.SERVICE_UNAVAILABLE]
