"""Describe related papers as JSON."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from web.api.results import RankedDocument, describe_ranked

if TYPE_CHECKING:
    # Loaded only by the commands that use it.
    from search.answers.related import Related


class SimilarDocument(Struct, frozen=True):
    """The papers related to one paper."""

    id: Annotated[str, Meta(description="Id of the paper.")]
    title: Annotated[str, Meta(description="Its title.")]
    took_ms: Annotated[float, Meta(description="Time of the search in milliseconds.")]
    words: Annotated[
        dict[str, float],
        Meta(
            description="Stems that were searched for, those of the nearest papers among them, and "
            "what each can add to a score, relative to the first."
        ),
    ]
    hits: Annotated[
        tuple[RankedDocument, ...],
        Meta(description="The related papers, nearest first, without highlights."),
    ]


def describe_similar(found: "Related") -> SimilarDocument:
    """Return related papers as JSON."""
    return SimilarDocument(
        id=found.paper.id,
        title=found.paper.title,
        took_ms=round(found.took_ms, 2),
        words={word: round(weight, 4) for word, weight in found.words.items()},
        hits=tuple(map(describe_ranked, found.hits)),
    )
