"""Test the JSON of completions."""

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


def test_no_completions() -> None:
    """A text without completions has an empty list."""
    assert describe_completions("zz", ()) == CompletionsDocument("zz", ())
