"""Describe a failure as JSON."""

from typing import Annotated

from msgspec import Meta, Struct

from index.errors import PapersearchError


class Failure(Struct, frozen=True):
    """What went wrong."""

    status: Annotated[int, Meta(description="The HTTP status.")]
    kind: Annotated[str, Meta(description="Name of the class of error.")]
    message: Annotated[str, Meta(description="One sentence that names the way out.")]


class FailureDocument(Struct, frozen=True):
    """A failure."""

    error: Annotated[Failure, Meta(description="What went wrong.")]


def describe_failure(error: PapersearchError, status: int) -> FailureDocument:
    """Return a failure as JSON."""
    return FailureDocument(Failure(status, type(error).__name__, str(error)))
