"""Describe as JSON the papers of a name, the people among them, and one of these people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta, Struct

from search.authors.identifiers import collect_identifiers
from search.authors.identities import Identities, Identity, PlacedMention
from search.authors.name_cluster import Variant
from search.authors.profile import Profile
from search.authors.similar_names import NearbyNames
from search.request.search_request import View
from web.api.addresses import author_path
from web.api.profiles import ProfileDocument, describe_profile
from web.api.results import ListedDocument, collect_listed

CLUSTER = "name cluster, not an identity"
IDENTITY = "identity"

MOST_IDENTITIES, MOST_VARIANTS, MOST_IDS = 100, 50, 10
"""Identities, spellings and identifiers in an answer; chosen."""

NO_NAMES = NearbyNames()

_SCHEMES_SHOWN = ("orcid", "openreview", "s2", "openalex")
"""Identifiers of people that are public names; dblp's numbers are evidence only."""


class VariantDocument(Struct, frozen=True):
    """A spelling of a name, or a similar name."""

    name: Annotated[str, Meta(description="As most papers write it.")]
    key: Annotated[str, Meta(description="The folded name.")]
    papers: Annotated[int, Meta(description="Number of papers that name it.")]
    url: Annotated[str, Meta(description="Address of the page of the name.")]


class IdentityDocument(Struct, frozen=True):
    """The papers of a name that evidence puts together."""

    key: Annotated[str, Meta(description="A lasting key, which the parameter `identity` takes.")]
    name: Annotated[str, Meta(description="The name as most of its papers write it.")]
    papers: Annotated[int, Meta(description="Number of its papers.")]
    level: Annotated[
        str,
        Meta(
            description="How sure it is: `name only`, `one source`, `sources agree`,"
            " `persistent identifier` or `curated here`."
        ),
    ]
    evidence: Annotated[tuple[str, ...], Meta(description="What puts its papers together.")]
    ids: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description="Identifiers of the person that sources give, by scheme."),
    ]
    url: Annotated[str, Meta(description="Address of its page on this server.")]


class MentionDocument(ListedDocument, frozen=True, kw_only=True):
    """A paper of the name, and how sure it is that it belongs to the identity."""

    position: Annotated[int, Meta(description="Place of the author in the list, from 1.")]
    named: Annotated[str, Meta(description="The name as this paper writes it.")]
    identity: Annotated[str | None, Meta(description="Key of its identity, or null.")]
    nearest: Annotated[
        str | None,
        Meta(description="Of a paper of no identity, the key of the one it fits best, or null."),
    ]
    confidence: Annotated[
        float, Meta(description="How sure it is of `identity` or `nearest`, from 0 to 1.")
    ]
    reasons: Annotated[tuple[str, ...], Meta(description="Why, in words.")]


class NameDocument(Struct, frozen=True, kw_only=True):
    """The papers of a name and the people among them; or one of these people."""

    kind: Annotated[
        str,
        Meta(description="`name cluster, not an identity`; with `identity`, `identity`."),
    ]
    name: Annotated[str, Meta(description="The name in its shortest full form.")]
    identity: Annotated[str | None, Meta(description="The identity that was asked for, or null.")]
    papers: Annotated[int, Meta(description="Number of papers of the name.")]
    variants: Annotated[
        tuple[VariantDocument, ...], Meta(description="Its spellings, the most frequent first.")
    ]
    others: Annotated[
        tuple[VariantDocument, ...],
        Meta(description="For a name of initials, the full names that may be meant."),
    ]
    other_names: Annotated[
        tuple[VariantDocument, ...],
        Meta(description="Names that are spelt otherwise and have the same people."),
    ]
    similar: Annotated[
        tuple[VariantDocument, ...],
        Meta(description="Names that are spelt alike and may have others."),
    ]
    identifiers: Annotated[
        dict[str, int],
        Meta(description="Number of different identifiers of people in the sources, by scheme."),
    ]
    identities: Annotated[
        tuple[IdentityDocument, ...], Meta(description="At most 100, those of most papers first.")
    ]
    identities_total: Annotated[int, Meta(description="Number of all identities.")]
    possible: Annotated[int, Meta(description="Papers that fit none of the identities.")]
    profile: Annotated[
        ProfileDocument, Meta(description="What its papers say, or those of the identity.")
    ]
    total: Annotated[int, Meta(description="Number of papers in the list, on all pages.")]
    hidden: Annotated[
        int, Meta(description="Withdrawn, rejected and retracted papers that are not listed.")
    ]
    page: Annotated[int, Meta(description="Number of this page, from 1.")]
    per_page: Annotated[int, Meta(description="Papers on a page.")]
    hits: Annotated[tuple[MentionDocument, ...], Meta(description="The papers of this page.")]


@dataclass(frozen=True, slots=True)
class NamePage:
    """One page of the papers of a name or an identity.

    Attributes:
        found: The people of the name.
        identity: The identity that was asked for, or None.
        mentions: The papers of this page.
        total: The number of papers on all pages.
        hidden: The number of papers that are not listed because of their status.
        page: The number of the page, from 1.
        per_page: The papers on a page.
    """

    found: Identities
    identity: Identity | None
    mentions: tuple[PlacedMention, ...]
    total: int
    hidden: int = 0
    page: int = 1
    per_page: int = 100


def describe_name(
    shown: NamePage, profile: Profile, nearby: NearbyNames = NO_NAMES
) -> NameDocument:
    """Return the papers of a name, or of an identity, as JSON.

    Args:
        shown: The people of the name, and a page of the papers.
        profile: What all papers of the name or of the identity say.
        nearby: Other names.
    """
    found, cluster, identity = shown.found, shown.found.cluster, shown.identity
    keys = {one.mention.paper.id: each.key for each in found.identities for one in each.mentions}
    return NameDocument(
        kind=IDENTITY if identity else CLUSTER,
        name=cluster.name,
        identity=identity.key if identity else None,
        papers=cluster.total,
        variants=_describe_variants(cluster.variants),
        others=_describe_variants(cluster.others),
        other_names=_describe_variants(nearby.others),
        similar=_describe_variants(nearby.similar),
        identifiers={
            scheme: len(values) for scheme, values in collect_identifiers(cluster.mentions).items()
        },
        identities=tuple(
            describe_identity(one, cluster.name) for one in found.identities[:MOST_IDENTITIES]
        ),
        identities_total=len(found.identities),
        possible=len(found.possible),
        profile=describe_profile(profile),
        total=shown.total,
        hidden=shown.hidden,
        page=shown.page,
        per_page=shown.per_page,
        hits=tuple(
            _describe_mention(one, keys.get(one.mention.paper.id)) for one in shown.mentions
        ),
    )


def describe_identity(identity: Identity, name: str) -> IdentityDocument:
    """Return an identity as JSON.

    Args:
        identity: The identity.
        name: The name whose page lists it.
    """
    ids = collect_identifiers(one.mention for one in identity.mentions)
    return IdentityDocument(
        identity.key,
        identity.name,
        len(identity.mentions),
        identity.level.label,
        identity.evidence,
        {scheme: ids[scheme][:MOST_IDS] for scheme in _SCHEMES_SHOWN if scheme in ids},
        author_path(name, identity.key),
    )


def _describe_variants(variants: Iterable[Variant]) -> tuple[VariantDocument, ...]:
    found = list(variants)[:MOST_VARIANTS]
    return tuple(
        VariantDocument(one.name, one.key, one.papers, author_path(one.name)) for one in found
    )


def _describe_mention(placed: PlacedMention, identity: str | None) -> MentionDocument:
    mention = placed.mention
    return MentionDocument(
        **collect_listed(mention.paper, View.WORKS),
        position=mention.position + 1,
        named=mention.name,
        identity=identity,
        nearest=placed.nearest or None,
        confidence=round(placed.confidence, 3),
        reasons=placed.reasons,
    )
