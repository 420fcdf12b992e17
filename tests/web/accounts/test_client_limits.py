"""Test that one client cannot try keys or start sign-ins without end."""

from __future__ import annotations

from tests.support.accounts import Site, read_form_token
from web.accounts.sign_in_page import KEYS


def test_keys_cannot_be_tried_without_end(site: Site) -> None:
    """After some wrong keys an address has to wait; another one does not."""
    client = site.visit()
    form = {"csrf_token": read_form_token(client, "/sign-in"), "key": "x"}
    most = int(KEYS.partition("/")[0])

    def try_key(address: str) -> tuple[int, int]:
        answer = client.post("/sign-in/key", data=form, environ_base={"REMOTE_ADDR": address})
        return answer.status_code, int(answer.headers.get("Retry-After", 0))

    assert {try_key("192.0.2.1") for _ in range(most)} == {(400, 0)}
    status, seconds = try_key("192.0.2.1")
    assert status == 429
    assert 1 <= seconds <= 3_600
    assert try_key("192.0.2.2") == (400, 0)
