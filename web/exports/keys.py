"""Make the keys by which documents cite papers: ``vaswani2017attention-5kt2x``.

The key of a paper depends on nothing but the paper and the pattern, so it is the same in every
export. What keeps the keys of two papers apart is a short hash of the paper's id, not the order in
which they are written.
"""

import os
import re
from base64 import b32encode
from hashlib import blake2b
from string import Formatter

from index.records import Paper
from index.text.folding import fold
from search.errors import ParameterInvalid
from web.exports.people import split_person

ENVIRONMENT = "PAPERS_BIBTEX_KEY"
"""The environment variable that holds the pattern of keys."""

DEFAULT_PATTERN = "{family}{year}{word}-{hash}"
HASH_LETTERS = 5
"""Letters of the hash, one of 32 each. Of the 95,099 papers of 14 conferences, 4,582 pairs have the
same key but for the hash. Tried 0 to 5 letters on them: 2,652, 137, 1, 0, 0 and 0 keys are taken
twice. Pairs grow with the square of the papers: with 20 times as many, 3 letters would be taken
twice some 56 times, 5 letters hardly ever."""

LONGEST_PATTERN = 100
LONGEST_PART = 40
"""Characters of each part of a key that are kept; chosen."""

_FIELDS = ("family", "year", "word", "venue", "id", "hash")
_LITERAL = re.compile(r"[A-Za-z0-9:._/+-]*")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:._/+-]+")
_WORD = re.compile(r"[a-z0-9]+")
_PASSED = frozenset(
    "a an the on of in for and to with from by at is are as towards toward via using".split()
)
"""Words of a title that say too little for a key."""

_EXPECTED = f"letters, digits, :._/+- and the fields {', '.join(f'{{{one}}}' for one in _FIELDS)}"


class KeyPattern:
    """The pattern of the keys of one export."""

    def __init__(self, pattern: str = DEFAULT_PATTERN) -> None:
        """Check a pattern.

        Args:
            pattern: Text with fields in braces; one without ``{hash}`` is followed by a hyphen and
                the hash, unless it has ``{id}``.

        Raises:
            ParameterInvalid: The pattern has an unknown field, or a character that keys cannot
                have.
        """
        if len(pattern) > LONGEST_PATTERN or not _is_valid(pattern):
            raise ParameterInvalid("key pattern", pattern, _EXPECTED)
        self._pattern = pattern
        self._is_told_apart = "{hash}" in pattern
        self._has_id = "{id}" in pattern

    def make_key(self, paper: Paper) -> str:
        """Return the key of a paper, in ASCII and without spaces."""
        plain_id = _NOT_IN_KEYS.sub("-", paper.id)
        hashed = _hash_id(paper.id)
        family = split_person(paper.authors[0].name).family if paper.authors else ""
        key = self._pattern.format(
            family=_simplify(family) or "anon",
            year=paper.shown.year or "",
            word=_find_word(paper.title),
            venue=_simplify(paper.shown.venue),
            id=plain_id,
            hash=hashed,
        )
        if self._is_told_apart or (self._has_id and plain_id == paper.id):
            return key
        return f"{key}-{hashed}"


def read_key_pattern(written: str | None = None) -> KeyPattern:
    """Return the pattern that a user wrote, else that of the environment, else the default.

    Raises:
        ParameterInvalid: The pattern is not valid.
    """
    return KeyPattern(written or os.environ.get(ENVIRONMENT) or DEFAULT_PATTERN)


def _is_valid(pattern: str) -> bool:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:  # a brace without its partner
        return False
    fields = [field for _, field, _, _ in parts if field is not None]
    plain = all(not spec and not conversion for _, _, spec, conversion in parts)
    literal = all(_LITERAL.fullmatch(text) for text, _, _, _ in parts)
    return plain and literal and bool(fields) and set(fields) <= set(_FIELDS)


def _hash_id(paper_id: str) -> str:
    digest = blake2b(paper_id.encode("utf-8", "replace"), digest_size=5).digest()
    return b32encode(digest).decode().lower()[:HASH_LETTERS]


def _simplify(text: str) -> str:
    """Return the letters and digits of a name in lower-case ASCII."""
    return "".join(_WORD.findall(fold(text)))[:LONGEST_PART]


def _find_word(title: str) -> str:
    """Return the first word of a title that says something; else its first word."""
    words = _WORD.findall(fold(title[:1000]))
    telling = (word for word in words if word not in _PASSED and len(word) > 1)
    return next(telling, next(iter(words), ""))[:LONGEST_PART]
