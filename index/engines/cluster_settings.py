"""Read the settings of a cluster from the environment, and check them."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit, urlunsplit

from msgspec import Struct

from index.engines.errors import ClusterMisconfigured

PREFIX = "PAPERS_OPENSEARCH_"
"""What the names of all settings begin with."""

DIALECTS = ("opensearch", "elasticsearch")
"""The products that a cluster may run."""

MOST_URLS = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_SECONDS = (1, 3_600)
_SHARDS = (1, 1_024)
_REPLICAS = (0, 100)


class ClusterSettings(Struct, frozen=True):
    """Where a cluster is, and how it keeps an index.

    Attributes:
        urls: The addresses of its nodes, without credentials.
        user: The user, or empty.
        password: The user's password.
        api_key: A key that takes the place of user and password, or empty.
        ca: The file of certificates that the cluster's is signed with; empty for the system's.
        timeout: Seconds that a request may take.
        prefix: What the names of indexes begin with, and the name of the alias.
        shards: Number of primary shards of a new index.
        replicas: Number of copies of each shard of a new index.
        dialect: One of `DIALECTS`.
    """

    urls: tuple[str, ...]
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""
    timeout: int = 30
    prefix: str = "papers"
    shards: int = 1
    replicas: int = 1
    dialect: str = DIALECTS[0]

    @property
    def where(self) -> str:
        """Return the addresses as one text for messages."""
        return ", ".join(self.urls[:3]) + (", ..." if len(self.urls) > 3 else "")  # noqa: PLR2004

    def __repr__(self) -> str:
        """Return the addresses only, so that no log or traceback shows a secret."""
        return f"ClusterSettings({self.where})"


_DEFAULT = ClusterSettings(())


def read_settings(environment: Mapping[str, str]) -> ClusterSettings:
    """Return the settings of the environment.

    Raises:
        ClusterMisconfigured: One is missing or cannot be used.
    """
    given = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(PREFIX) and value.strip()
    }
    urls, user, password = _parse_urls(given.pop("URL", ""))
    return ClusterSettings(
        urls,
        given.get("USER", user),
        given.get("PASSWORD", password),
        _parse_key(given),
        given.get("CA", ""),
        _parse_number(given, "TIMEOUT", _DEFAULT.timeout, _SECONDS),
        _parse_prefix(given),
        _parse_number(given, "SHARDS", _DEFAULT.shards, _SHARDS),
        _parse_number(given, "REPLICAS", _DEFAULT.replicas, _REPLICAS),
        _parse_dialect(given),
    )


def _parse_urls(text: str) -> tuple[tuple[str, ...], str, str]:
    """Return addresses without credentials, and the user and password that one of them holds."""
    urls, user, password = [], "", ""
    for each in filter(None, (part.strip() for part in text.split(","))):
        try:
            parts = urlsplit(each)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise _refuse_url() from error
        if parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
            raise _refuse_url()
        if not host or port == 0:
            raise _refuse_url()
        user = unquote(parts.username or "") or user
        password = unquote(parts.password or "") or password
        address = f"[{host}]" if ":" in host else host
        place = f"{address}:{port}" if port else address
        urls.append(urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", "")))
    if not urls:
        problem = "is not set; set it to the address of the cluster, such as https://localhost:9200"
        raise ClusterMisconfigured(f"{PREFIX}URL", problem)
    return tuple(urls[:MOST_URLS]), user, password


def _refuse_url() -> ClusterMisconfigured:
    """Return an error that does not repeat the address, which may contain a password."""
    problem = "is not a list of addresses such as https://localhost:9200, separated by commas"
    return ClusterMisconfigured(f"{PREFIX}URL", problem)


def _parse_number(
    given: Mapping[str, str], name: str, default: int, bounds: tuple[int, int]
) -> int:
    low, high = bounds
    text = given.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise ClusterMisconfigured(PREFIX + name, f"is not a number from {low:,} to {high:,}")
    return int(text)


def _parse_key(given: Mapping[str, str]) -> str:
    key = given.get("API_KEY", "")
    if not re.fullmatch("[!-~]*", key):
        problem = "is not a key of letters, digits and signs without spaces"
        raise ClusterMisconfigured(f"{PREFIX}API_KEY", problem)
    return key


def _parse_prefix(given: Mapping[str, str]) -> str:
    prefix = given.get("PREFIX", _DEFAULT.prefix)
    if not _NAME.fullmatch(prefix):
        problem = "is not a word of at most 61 lower-case letters, digits, hyphens and underscores"
        raise ClusterMisconfigured(f"{PREFIX}PREFIX", problem)
    return prefix


def _parse_dialect(given: Mapping[str, str]) -> str:
    dialect = given.get("DIALECT", DIALECTS[0])
    if dialect not in DIALECTS:
        raise ClusterMisconfigured(f"{PREFIX}DIALECT", f"is not {' or '.join(DIALECTS)}")
    return dialect
