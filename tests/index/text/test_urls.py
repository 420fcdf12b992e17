"""Check that split web addresses are joined and that links become text."""

import pytest

from index.text.urls import clean_address, convert_links, has_links, join_addresses

SPLIT = [
    ("at https: //x. github. io/abc.", "at https://x.github.io/abc."),
    ("at https: / /github. com/a/b", "at https://github.com/a/b"),
    ("under www. x. org now", "under www.x.org now"),
    ("at github. com/a and gitlab. com/c", "at github.com/a and gitlab.com/c"),
    ("at https://github.com/a/ my-repo.", "at https://github.com/a/my-repo."),
    ("at https://github.com. We use foo.org", "at https://github.com. We use foo.org"),
    ("as shown. com/x and see google. We", "as shown. com/x and see google. We"),
]


@pytest.mark.parametrize(("text", "joined"), SPLIT)
def test_join_addresses(text: str, joined: str) -> None:
    """Spaces go up to the top-level domain; a full stop that ends a sentence stays."""
    assert join_addresses(text) == joined


ADDRESSES = [
    (r"\url{https://x.org/a\_b c}", "https://x.org/a_bc"),
    ("<https://x.org>", "https://x.org"),
    ("https://x.org/~me", "https://x.org/~me"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_clean_address(text: str, address: str) -> None:
    """An address loses white space, wrapping and escapes."""
    assert clean_address(text) == address


LINKS = [
    ("[code](https://x.org)", "code (https://x.org)"),
    ("[https://x.org](https://x.org)", "https://x.org"),
    (r"\href{https://x.org}{our page}", "our page (https://x.org)"),
    ("hyperlink{https://x.org}{page}", "page (https://x.org)"),
]


@pytest.mark.parametrize(("text", "converted"), LINKS)
def test_convert_links(text: str, converted: str) -> None:
    """A link becomes its words with the address in brackets, unless these are the same."""
    assert has_links(text)
    assert convert_links(text) == converted


def test_text_without_links() -> None:
    """Brackets alone do not make a link."""
    assert not has_links("see [1] and (2)")
