"""Make secrets that only their holder has, of which the database keeps the digest alone."""

import hashlib
import secrets

BYTES = 32
"""Random bytes of a token: 256 bits, which nobody guesses."""

LONGEST = 100
"""Characters of what is compared with a token; a token has 43."""


def make_token() -> str:
    """Return a new secret of letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(BYTES)


def digest_text(text: str | None) -> bytes | None:
    """Return a digest by which a text is known again, as a function of SQL; None for none."""
    return None if text is None else hashlib.sha256(text.encode()).digest()


def digest_token(token: str) -> bytes:
    """Return what the database keeps of a secret.

    A plain digest is enough: what has 256 random bits cannot be tried out.
    """
    return hashlib.sha256(token[:LONGEST].encode("utf-8", "replace")).digest()
