"""Test which ways to write an address have one key, and which addresses stay apart."""

from base64 import b32encode
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.addresses import (
    KEY_BYTES,
    list_address_keys,
    make_address_key,
    parse_address,
)

PAGE = "https://journal.example.org/v12/stone21b.html"

PASTED = [
    PAGE,
    "http://www.journal.example.org/v12/stone21b.html",
    "journal.example.org/v12/stone21b.html/",
    "HTTPS://Journal.Example.ORG:443//v12/stone21b.html.",
    f"{PAGE}?utm_source=feed&utm_medium=x",
    f"{PAGE}?download=1&lang=de#page=3",
    f"{PAGE}#sec:2",
    "https://journal.example.org/v12%2Fstone21b.html",
    "https://journal.example.org/v12/stone21b.html;jsessionid=9A8",
    "https://journal-example-org.proxy.campus.example/v12/stone21b.html",
    f"https://login.campus.example/login?url={PAGE}",
    "https://find.example/url?q=https%3A%2F%2Fjournal.example.org%2Fv12%2Fstone21b.html&sa=D",
    f"https://web.archive.example/web/2021/{PAGE}",
]


@pytest.mark.parametrize("pasted", PASTED)
def test_a_pasted_address_is_found(pasted: str) -> None:
    """What browsers, feeds, proxies and people put around an address does not matter."""
    assert make_address_key(PAGE) in list_address_keys(pasted)


KEPT = [
    ("https://a.example/view.php?id=7", "http://a.example/view.php?lang=en&amp;id=7#top", True),
    ("https://a.example/view.php?id=7", "https://a.example/view.php?id=8", False),
    ("https://a.example/view.php", "https://a.example/view.php?id=8", False),
    ("https://a.example/view.php?id=7", "https://a.example/view.php", False),
    ("https://a.example/2020.html#stone", "https://a.example/2020.html#stone", True),
    ("https://a.example/2020.html#stone", "https://a.example/2020.html#lee", False),
    ("https://a.example/2020.html#page=2", "https://a.example/2020.html", True),
    ("https://a.example/Paper", "https://a.example/paper", False),
    ("https://a.example/?b=1&a=2", "https://a.example?a=2&b=1", True),
    ("https://a.example/index.html", "https://a.example", True),
    ("https://a.example/~lee/x.pdf", "a.example/%7Elee/x.pdf", True),
    ("ftp://a.example/x.ps.gz", "ftp://a.example/x.ps.gz", True),
    ("https://a.example/x.pdf", "https://b.example/x.pdf", False),
]


@pytest.mark.parametrize(("held", "pasted", "expected"), KEPT)
def test_what_names_a_page(held: str, pasted: str, expected: bool) -> None:  # noqa: FBT001
    """Parameters and fragments that name the paper count, the case of a path too."""
    assert (make_address_key(held) in list_address_keys(pasted)) is expected


def test_the_most_specific_key_comes_first() -> None:
    """An address with all its parameters comes before the same one without them."""
    first, *others = list_address_keys("https://a.example/x?b=1#c")
    assert first == make_address_key("https://a.example/x?b=1#c")
    assert others[-1] == make_address_key("https://a.example/x")


def test_keys_are_short_and_few() -> None:
    """A key has nine characters, and an address with many parameters has few keys."""
    keys = list_address_keys("https://a.example/x?" + "&".join(f"x{n}=1" for n in range(40)))
    assert {len(key) for key in keys} == {9}
    assert len(keys) <= 4


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.example/", PAGE + "?"]))
def test_any_text_has_keys(text: str, start: str) -> None:
    """No text raises, and its own key is among those that are looked up for it."""
    assert make_address_key("") == ""
    key = make_address_key(start + text)
    assert key in list_address_keys(start + text) or not key or "://" in text


HOSTS = st.from_regex(r"[a-z]{1,8}\.[a-z]{2,8}\.(?:org|edu)", fullmatch=True)
PATHS = st.lists(st.from_regex(r"[\w.~-]{0,8}[a-z0-9]", fullmatch=True), min_size=1, max_size=4)
AROUND = st.tuples(
    st.sampled_from(["", "http://", "https://", "HTTPS://www.", "www."]),
    st.sampled_from(["", "/", ".", "?utm_source=a", "?x=1&utm_id=2#page=9", "#:~:text=a"]),
)


@given(HOSTS, PATHS, AROUND)
def test_any_page_is_found_in_any_wrapping(
    host: str, path: list[str], around: tuple[str, str]
) -> None:
    """Whatever an address is, its usual wrappings lead to its key."""
    place = "/".join([host, *path])
    assert parse_address(place) is not None
    assert make_address_key(f"https://{place}") in list_address_keys(place.join(around))


@given(st.text(min_size=1))
def test_a_key_is_a_digest_in_base_32(text: str) -> None:
    """The key of a plain address has the letters that the standard library gives."""
    place = f"a.example/{text.encode().hex()}"
    digest = blake2b(place.encode(), digest_size=KEY_BYTES).digest()
    assert make_address_key(f"https://{place}") == f"/{b32encode(digest).decode().lower()}"
