"""Describe as JSON whether a server can answer."""

from typing import Annotated

from msgspec import Meta, Struct

WORKER = "WORKER"
"""The key under which an application's settings have the number of its process."""


class HealthDocument(Struct, frozen=True):
    """Whether a server can answer; not in the envelope of other answers, so that it stays cheap."""

    status: Annotated[str, Meta(description="`ok` or `failing`.")]
    generation: Annotated[str, Meta(description="Name of the generation in use, or empty.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    message: Annotated[str, Meta(description="What is wrong, or empty.")]
    worker: Annotated[
        int,
        Meta(
            description="Number of the process that answered, from 1; 0 if there is only one."
            " Each of several may have another generation, for at most two seconds."
        ),
    ]
