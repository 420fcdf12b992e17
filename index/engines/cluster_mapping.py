"""Define how a paper is stored in a cluster: settings, mapping and documents of an index."""

from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import zstandard

from index.fields import FIELDS, Kind

if TYPE_CHECKING:
    from index.engines.document import Document

RECORD = "record"
"""The field of the paper's bytes: compressed, in base64, only in ``_source``."""

TOKENS = "_tokens"
"""Suffix of the columns with the distinct tokens of a field. Counting the tokens of a text would
load them into the memory of the nodes, so completions count these columns."""

COLUMNS = frozenset(
    name
    for name, kind in FIELDS.items()
    if kind in {Kind.WORDS, Kind.POSITIONS} and name not in {"text", "title", "abstract"}
)
"""The fields of tokens that have such a column. Stems are never completed, and would take a third
of all columns."""

ANALYSER = "tokens"
"""The analyser that only splits at white space: the tokens are exactly ours, in order. A token
between values (`index.fields.BREAK`) takes a position like any other, so no phrase spans two."""

PHRASES = "phrases"
"""The analyser of phrases in queries, which leaves a gap where the phrase has `GAP`."""

GAP = "\x02"
"""Stands for any token in a phrase; no token of ours contains it."""

LONGEST_TOKEN = 1_000
"""Characters after which the cluster would cut a token; the longest of ours has 100."""

LONGEST_VALUE = 8_000
"""Characters of a whole value: Lucene takes 32,766 bytes, and a character has at most four. Longer
ones are cut for sorting, and left out of filters and facets."""

MAX_KEY = 500
"""Bytes of the longest ``_id``."""

_LEVEL = 3
"""Level of zstandard. Tried 1, 3, 9: 1,316, 1,295 and 1,278 bytes a record, in 25, 27 and 70
microseconds."""


def choose_settings(shards: int) -> dict[str, Any]:
    """Return the settings of an index while it is filled.

    It is not searched and has no copies, and the log of changes is synced only by a commit, since
    a build that is killed is resumed from what its ledger holds or begun anew.
    """
    analysis = {
        "analyzer": {
            ANALYSER: {"type": "custom", "tokenizer": ANALYSER},
            PHRASES: {"type": "custom", "tokenizer": ANALYSER, "filter": [PHRASES]},
        },
        "filter": {PHRASES: {"type": "stop", "stopwords": [GAP]}},
        "tokenizer": {ANALYSER: {"type": "whitespace", "max_token_length": LONGEST_TOKEN}},
    }
    similarity = {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}}
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "translog": {"durability": "async"},
            "similarity": similarity,
        },
        "analysis": analysis,
    }


def choose_mapping() -> dict[str, Any]:
    """Return the mapping of an index: the fields of `index.fields`, and no others."""
    properties: dict[str, Any] = {name: _map_field(kind) for name, kind in FIELDS.items()}
    for name in sorted(COLUMNS):
        properties[name + TOKENS] = {"type": "keyword", "index": False}
    properties[RECORD] = {"type": "binary"}
    return {"dynamic": "strict", "properties": properties}


def _map_field(kind: Kind) -> dict[str, Any]:
    if kind is Kind.INTEGER:
        return {"type": "long"}
    if kind is Kind.WORDS:
        return {"type": "text", "analyzer": ANALYSER, "index_options": "freqs"}
    if kind is Kind.POSITIONS:
        return {"type": "text", "analyzer": ANALYSER, "index_options": "positions"}
    if kind is Kind.ORDER:
        return {"type": "keyword", "index": False}
    return {"type": "keyword", "ignore_above": LONGEST_VALUE}


def make_source(document: "Document", record: bytes) -> dict[str, Any]:
    """Return the source of a paper's document."""
    source: dict[str, Any] = {RECORD: encode_record(record)}
    values: dict[str, list[str | int]] = {}
    for field, text in document.texts:
        values.setdefault(field, []).append(text)
    for field, number in document.integers:
        values.setdefault(field, []).append(number)
    for field, found in values.items():
        if FIELDS[field] is Kind.ORDER:
            source[field] = str(found[0])[:LONGEST_VALUE]
        else:
            source[field] = found if len(found) > 1 else found[0]
        if field in COLUMNS:
            distinct = dict.fromkeys(token for text in found for token in str(text).split(" "))
            source[field + TOKENS] = list(distinct)
    return source


def make_key(paper_id: str, dup: str) -> str:
    """Return the ``_id`` of a document: that of a work differs from that of a row behind it.

    A cluster takes ids of 512 bytes; a longer one is replaced by its digest.
    """
    key = f"{dup}:{paper_id}"
    if len(encoded := key.encode()) <= MAX_KEY:
        return key
    return f"{dup}:#{blake2b(encoded, digest_size=16).hexdigest()}"


def encode_record(record: bytes) -> str:
    """Return a paper's bytes as the text that the cluster keeps."""
    return b64encode(zstandard.compress(record, _LEVEL)).decode("ascii")


def decode_record(text: str) -> bytes:
    """Return a paper's bytes from the text that the cluster keeps."""
    return zstandard.decompress(b64decode(text))
