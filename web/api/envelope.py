"""Describe what is around the data of every JSON answer of the server."""

from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

T = TypeVar("T")


class AnswerMeta(Struct, frozen=True):
    """How an answer came about."""

    generation: Annotated[str, Meta(description="The generation that answered.")]
    took_ms: Annotated[float, Meta(description="Time of the whole request in milliseconds.")]
    next: Annotated[
        str | None,
        Meta(description="The `cursor` of the next page, or null; only in lists read by cursor."),
    ]


class Answer(Struct, Generic[T], frozen=True):
    """An answer of the server; the command line prints its data alone."""

    data: Annotated[T, Meta(description="The answer itself, one of the documents below.")]
    meta: Annotated[AnswerMeta, Meta(description="How the answer came about.")]
    links: Annotated[
        dict[str, str],
        Meta(description="Addresses on this server: `self`, `next` and `prev` pages, `page`."),
    ]
