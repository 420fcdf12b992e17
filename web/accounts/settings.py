"""Read the settings of accounts from the environment, and check them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from web.access.settings import is_loopback
from web.errors import AccountsMisconfigured

SECRET_KEY, DATABASE = "PAPERS_SECRET_KEY", "PAPERS_DATABASE"
CLIENT_ID, CLIENT_SECRET = "PAPERS_ORCID_CLIENT_ID", "PAPERS_ORCID_CLIENT_SECRET"
ISSUER = "PAPERS_ORCID_ISSUER"
SMTP_URL, MAIL_FROM = "PAPERS_SMTP_URL", "PAPERS_MAIL_FROM"

DEFAULT_ISSUER = "https://orcid.org"

SHORTEST_SECRET = 32
"""Characters of the secret key. Chosen: 16 random bytes in hexadecimal."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The service that signs people in, and how it knows this site.

    Attributes:
        issuer: Its address, such as ``https://orcid.org``, without a final slash.
        client_id: The name under which the site is registered there.
        client_secret: The password that belongs to it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What accounts need.

    Attributes:
        secret_key: Signs the cookies of forms.
        database: The SQLite file.
        provider: Signs people in; None if only private keys do.
        smtp_url: The mail server; empty if no mail is sent.
        mail_from: The sender of mail.
    """

    secret_key: str = field(repr=False)
    database: Path
    provider: ProviderSettings | None = None
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""


def find_missing_setting(environ: Mapping[str, str]) -> str:
    """Return the setting without which the other has no effect; empty if both or none are set."""
    missing = [name for name in (SECRET_KEY, DATABASE) if not environ.get(name)]
    return missing[0] if len(missing) == 1 else ""


def read_account_settings(environ: Mapping[str, str]) -> AccountSettings | None:
    """Read the settings of accounts.

    Returns:
        The settings; None if accounts are off, because there is no secret key or no database.

    Raises:
        AccountsMisconfigured: A setting is not valid.
    """
    secret, database = environ.get(SECRET_KEY, ""), environ.get(DATABASE, "")
    if not secret or not database:
        return None
    if len(secret) < SHORTEST_SECRET:
        raise AccountsMisconfigured(
            SECRET_KEY,
            f"has {len(secret)} characters; the fewest are {SHORTEST_SECRET}",
            "Set it to a random text, such as the output of `openssl rand -hex 32`",
        )
    return AccountSettings(
        secret,
        Path(database).expanduser(),
        _read_provider(environ),
        environ.get(SMTP_URL, ""),
        environ.get(MAIL_FROM, ""),
    )


def _read_provider(environ: Mapping[str, str]) -> ProviderSettings | None:
    client_id, client_secret = environ.get(CLIENT_ID, ""), environ.get(CLIENT_SECRET, "")
    if not client_id and not client_secret:
        return None
    if not client_id or not client_secret:
        missing, other = (CLIENT_SECRET, CLIENT_ID) if client_id else (CLIENT_ID, CLIENT_SECRET)
        raise AccountsMisconfigured(missing, f"is missing beside {other}", "Set both or neither")
    issuer = (environ.get(ISSUER) or DEFAULT_ISSUER).rstrip("/")
    if not _is_trustworthy(issuer):
        raise AccountsMisconfigured(
            ISSUER, "is no https address", f"Set it to one such as {DEFAULT_ISSUER}"
        )
    return ProviderSettings(issuer, client_id, client_secret)


def _is_trustworthy(address: str) -> bool:
    """Return whether nobody between can change what an address answers."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:  # a bracket that is not closed
        return False
    if parts.query or parts.fragment or parts.username is not None or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
