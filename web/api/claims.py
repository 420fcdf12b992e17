"""Describe the claims of people as JSON, for the maintainer of an index."""

from typing import Annotated

from msgspec import Meta, Struct


class ClaimDocument(Struct, frozen=True):
    """A claim: somebody says that the papers of an identity are theirs."""

    number: Annotated[int, Meta(description="The number by which it is accepted or rejected.")]
    state: Annotated[str, Meta(description="`pending`, `accepted` or `rejected`.")]
    name: Annotated[str, Meta(description="The name of the person, as ORCID gives it or as typed.")]
    orcid: Annotated[str, Meta(description="Their ORCID iD, or empty.")]
    author: Annotated[str, Meta(description="The name on whose page the claim was made.")]
    identity: Annotated[str, Meta(description="The key of the identity.")]
    page: Annotated[str, Meta(description="Address of the page of the identity.")]
    proof: Annotated[
        str,
        Meta(
            description="What the sources name for the identity: this ORCID iD (`orcid`), another "
            "one (`other`), or none (`none`)."
        ),
    ]
    note: Annotated[str, Meta(description="What the person says to the maintainer.")]
    created: Annotated[str, Meta(description="When it was made, in UTC.")]
    decided: Annotated[str, Meta(description="When it was decided, in UTC, or empty.")]
    reason: Annotated[str, Meta(description="Why it was rejected, or empty.")]


class ClaimsDocument(Struct, frozen=True):
    """All claims."""

    claims: Annotated[list[ClaimDocument], Meta(description="Those that wait come first.")]
