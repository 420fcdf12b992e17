"""Test the JSON of completions."""

import pytest

from search.suggest.completions import Completion, Kind
from web.api.completions import (
    CompletionDocument,
    CompletionsDocument,
    describe_completions,
)


def test_completions_lead_to_papers_or_searches() -> None:
    """A title leads to its paper, and anything else to the search for its query."""
    title = Completion(Kind.TITLE, "A title", 'title:"A title"', 1, paper_id="a b")
    field = Completion(Kind.FIELD, "venue:", "deep venue:", None)
    assert describe_completions("deep v", (title, field)) == CompletionsDocument(
        "deep v",
        (
            CompletionDocument("title", "A title", 'title:"A title"', 1, "/paper/a%20b"),
            CompletionDocument("field", "venue:", "deep venue:", None, "/search?q=deep+venue%3A"),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "query", "url"),
    [
        ("ann l", 'author:"Ann Lee"', "/authors/Ann%20Lee"),
        (" ann l", 'author:"Ann Lee"', "/authors/Ann%20Lee"),
        ("author:ann", 'author:"Ann Lee"', "/search?q=author%3A%22Ann+Lee%22"),
        ("bees ann", 'bees author:"Ann Lee"', "/search?q=bees+author%3A%22Ann+Lee%22"),
    ],
)
def test_an_author_alone_leads_to_their_page(typed: str, query: str, url: str) -> None:
    """With other words, or with the field, the search is wanted."""
    author = Completion(Kind.AUTHOR, "Ann Lee", query, 3)
    assert describe_completions(typed, (author,)).completions[0].url == url


def test_no_completions() -> None:
    """A text without completions has an empty list."""
    assert describe_completions("zz", ()) == CompletionsDocument("zz", ())
