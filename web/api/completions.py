"""Describe the completions of a partial query as JSON."""

from typing import Annotated
from urllib.parse import urlencode

from msgspec import Meta, Struct

from search.suggest.completions import Completion
from web.api.addresses import paper_path


class CompletionDocument(Struct, frozen=True):
    """One completion."""

    kind: Annotated[str, Meta(description="`field`, `venue`, `author`, `topic` or `title`.")]
    text: Annotated[str, Meta(description="The completion as shown.")]
    query: Annotated[str, Meta(description="What replaces the typed text.")]
    count: Annotated[int | None, Meta(description="Papers that have it; null for a field's name.")]
    url: Annotated[str, Meta(description="Address of a title's paper, else of the search.")]


class CompletionsDocument(Struct, frozen=True):
    """The completions of a text."""

    query: Annotated[str, Meta(description="The text as typed.")]
    completions: Annotated[
        tuple[CompletionDocument, ...], Meta(description="The completions, best first.")
    ]


def describe_completions(text: str, completions: tuple[Completion, ...]) -> CompletionsDocument:
    """Return the completions of a text as JSON."""
    return CompletionsDocument(text, tuple(map(_describe_completion, completions)))


def _describe_completion(one: Completion) -> CompletionDocument:
    search = "/search?" + urlencode({"q": one.query})
    url = paper_path(one.paper_id) if one.paper_id else search
    return CompletionDocument(one.kind.value, one.text, one.query, one.count, url)
