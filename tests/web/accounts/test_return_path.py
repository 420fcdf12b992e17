"""Test that a sign-in returns to this site and to no other."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.accounts.return_path import clean_return_path, sign_in_path

SAFE = [
    "/", "/account", "/authors/Wei%20Wang?identity=openreview:~Wei_Wang1",
    "/search?q=a&year=2019..2022", "/claim?author=Jos%C3%A9&identity=dblp%3Ax",
    "/search?q=https://x.org//a", "/authors/a@b",
]  # fmt: skip
ELSEWHERE = [
    "", "//evil.example", "///evil.example", "https://evil.example", "https:evil.example",
    "evil.example", "\\\\evil.example", "/\\evil.example", "/%5cevil.example", "/%5Cevil.example",
    "/%2fevil.example", "/%2F/x", "/\tevil", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example", " //evil.example", "/ /x", "/%09/evil.example", "/%0a/evil",
    "/%0d%0aSet-Cookie:a=b", "/a\r\nSet-Cookie: a=b", "/%00", "/x\x00", "/../x", "/%2e%2e/x",
    "javascript:alert(1)", "data:text/html,x", "/\xe9", "/\u2028", "/%e2%80%a8x", "?a", "#a",
    "@evil.example", "/" + "a" * 1_000, ".", "http:///evil.example", "/%ff\\",
]  # fmt: skip


@pytest.mark.parametrize("path", SAFE)
def test_paths_of_this_site_are_kept(path: str) -> None:
    """A page of the site, with its parameters, is where a sign-in returns to."""
    assert clean_return_path(path) == path
    assert sign_in_path(path).startswith("/sign-in?return=%2F")


@pytest.mark.parametrize("path", ELSEWHERE)
def test_other_addresses_are_replaced(path: str) -> None:
    """Whatever a browser or a proxy could read as another host is replaced by a page of ours."""
    assert clean_return_path(path) == "/account"
    assert clean_return_path(path, "/x") == "/x"


@given(st.text(alphabet="/\\%25cCfFeE09aAdD.:@?#\t\n\r é", max_size=12))
def test_no_address_leads_elsewhere(text: str) -> None:
    """Whatever is named, what is returned has this site's host."""
    path = clean_return_path(f"/{text}")
    assert urlsplit(urljoin("https://own.example/sign-in", path)).netloc == "own.example"
    assert not path.startswith(("//", "/\\"))
    assert path.isascii()
