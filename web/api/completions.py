"""Describe the completions of a partial query as JSON."""

from typing import Annotated
from urllib.parse import urlencode

from msgspec import Meta, Struct

from search.suggest.completions import Completion, Kind
from web.api.addresses import author_path, paper_path

_AUTHOR = "author:"


class CompletionDocument(Struct, frozen=True):
    """One completion."""

    kind: Annotated[str, Meta(description="`field`, `venue`, `author`, `topic` or `title`.")]
    text: Annotated[str, Meta(description="The completion as shown.")]
    query: Annotated[str, Meta(description="What replaces the typed text.")]
    count: Annotated[int | None, Meta(description="Papers that have it; null for a field's name.")]
    url: Annotated[
        str,
        Meta(
            description="Address of a title's paper, or of the page of an author if nothing else is"
            " typed; else of the search."
        ),
    ]


class CompletionsDocument(Struct, frozen=True):
    """The completions of a text."""

    query: Annotated[str, Meta(description="The text as typed.")]
    completions: Annotated[
        tuple[CompletionDocument, ...], Meta(description="The completions, best first.")
    ]


def describe_completions(text: str, completions: tuple[Completion, ...]) -> CompletionsDocument:
    """Return the completions of a text as JSON."""
    described = (
        CompletionDocument(one.kind.value, one.text, one.query, one.count, _find_url(text, one))
        for one in completions
    )
    return CompletionsDocument(text, tuple(described))


def _find_url(text: str, one: Completion) -> str:
    """Return the address of what a completion is, or of its search.

    Whoever types ``author:`` or other words too wants a search, not the page of the author.
    """
    if one.paper_id:
        return paper_path(one.paper_id)
    alone = one.query.startswith(_AUTHOR) and not text.lstrip().casefold().startswith(_AUTHOR)
    if one.kind is Kind.AUTHOR and alone:
        return author_path(one.text)
    return "/search?" + urlencode({"q": one.query})
