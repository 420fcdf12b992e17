"""Describe as JSON whether a server can answer."""

from typing import Annotated

from msgspec import Meta, Struct


class HealthDocument(Struct, frozen=True):
    """Whether a server can answer; not in the envelope of other answers, so that it stays cheap."""

    status: Annotated[str, Meta(description="`ok` or `failing`.")]
    generation: Annotated[str, Meta(description="Name of the generation in use, or empty.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    message: Annotated[str, Meta(description="What is wrong, or empty.")]
