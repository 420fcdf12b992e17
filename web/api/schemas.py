"""Derive the JSON Schema of every answer from the structs of this room."""

from typing import Any

import msgspec

from index.meaning.embedding import EmbedReport
from index.meaning.status import IndexStatus
from index.packs.packing import PackReport
from index.store.manifest import Report
from web.api.authors import NameDocument
from web.api.bibliography import BibliographyDocument
from web.api.claims import ClaimsDocument
from web.api.collections import CollectionDocument, ValuesDocument
from web.api.completions import CompletionsDocument
from web.api.contents import ContentsDocument
from web.api.differences import ChangesDocument, DifferencesDocument
from web.api.facet_values import FacetPageDocument
from web.api.failures import FailureDocument
from web.api.following import FollowingDocument
from web.api.graphs import GraphDocument
from web.api.health import HealthDocument
from web.api.indexes import IndexesDocument, MergedResultsDocument, ServerHealthDocument
from web.api.papers import CitingPaperDocument
from web.api.results import ResultsDocument
from web.api.similar import SimilarDocument
from web.api.why_not import WhyNotDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"

ANSWERS: dict[str, type[msgspec.Struct]] = {
    "results": ResultsDocument,
    "paper": CitingPaperDocument,
    "author": NameDocument,
    "similar": SimilarDocument,
    "graph": GraphDocument,
    "why-not": WhyNotDocument,
    "suggest": CompletionsDocument,
    "facet": FacetPageDocument,
    "index": ContentsDocument,
    "diff": DifferencesDocument,
    "changes": ChangesDocument,
    "collection": CollectionDocument,
    "values": ValuesDocument,
    "following": FollowingDocument,
    "health": HealthDocument,
    "indexes": IndexesDocument,
    "merged": MergedResultsDocument,
    "server-health": ServerHealthDocument,
    "status": IndexStatus,
    "report": Report,
    "embed": EmbedReport,
    "pack": PackReport,
    "bib": BibliographyDocument,
    "claims": ClaimsDocument,
    "error": FailureDocument,
}
"""Every JSON answer by the name that ``papers schema`` takes."""


def derive_schema(name: str) -> dict[str, Any]:
    """Derive the JSON Schema of one of `ANSWERS`."""
    return {"$schema": DIALECT} | msgspec.json.schema(ANSWERS[name])


def list_keys(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return each key of a struct with its description; empty where it has none."""
    _, found = msgspec.json.schema_components([kind], ref_template="#/{name}")
    properties: dict[str, Any] = found[kind.__name__]["properties"]
    return {key: str(part.get("description", "")) for key, part in properties.items()}
