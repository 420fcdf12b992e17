"""Send requests to a cluster, and report its failures as errors of ours."""

import logging
import os
import ssl
from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, cast

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnection,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from index.engines.cluster_settings import PREFIX, ClusterSettings, read_settings
from index.engines.errors import (
    ClusterFailed,
    ClusterIndexMissing,
    ClusterMisconfigured,
    ClusterOverloaded,
    ClusterRefused,
    ClusterUnreachable,
    ClusterUnready,
    ClusterUnsupported,
    ClusterUnusable,
    ClusterUnwritable,
)

Json = dict[str, Any]

RETRIES = 3
"""Further nodes that a request is sent to if one does not answer. Chosen."""

CONNECTIONS = 16
"""Connections to each node that are kept open; the threads of a server share them. Chosen."""

MAJORS = {"opensearch": (1, 2, 3), "elasticsearch": (7, 8)}
"""The major versions of each product that are supported."""

OTHER_DIALECT = f"If this is meant, set {PREFIX}DIALECT to the name of the product."
UPGRADE = "Use a cluster of a supported version."
"""The ways out of the two ways in which a cluster is not supported."""

_GATEWAY = {502, 504}
_UNREADY = ("no_shard_available", "not_discovered", "not_yet_recovered", "all shards failed")


class Cluster:
    """A cluster, whose failures are raised as `ClusterUnusable`.

    Attributes:
        settings: Where it is, and how it keeps an index.
    """

    def __init__(self, settings: ClusterSettings) -> None:
        """Prepare a client; nothing is sent yet."""
        self.settings = settings
        _check_certificates(settings.ca)
        self._client = OpenSearch(
            hosts=list(settings.urls),
            headers=_make_headers(settings),
            ca_certs=settings.ca or None,
            timeout=settings.timeout,
            max_retries=RETRIES,
            maxsize=CONNECTIONS,
        )

    @cached_property
    def _greeting(self) -> Json:
        """Return what the cluster says of itself, after checking its version."""
        answer = self.request("GET", "/")
        _check_version(answer, self.settings)
        return answer

    @property
    def uuid(self) -> str:
        """Return the identity of the cluster.

        Raises:
            ClusterUnsupported: It runs another product or version.
        """
        return str(self._greeting.get("cluster_uuid", ""))

    @property
    def version(self) -> str:
        """Return the product and its version, such as ``opensearch 3.1.0``."""
        return _describe_version(self._greeting)

    def request(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Json:
        """Send a request and return the answer.

        Args:
            method: ``GET``, ``POST``, ``PUT``, ``DELETE`` or ``HEAD``.
            path: The path, with quoted parts.
            body: JSON, or bytes that are sent as they are, such as the lines of a bulk request.
            params: Parameters of the address; ``ignore`` lists statuses that are no failures, and
                ``request_timeout`` is in seconds.

        Raises:
            ClusterUnusable: The cluster cannot be reached, or cannot do this.
        """
        try:
            answer = self._client.transport.perform_request(
                method, path, params=dict(params or {}), body=body
            )
        except OpenSearchException as error:
            raise describe_error(error, self.settings) from error
        return cast("Json", answer) if isinstance(answer, dict) else {"answer": answer}

    def search(self, index: str, body: Json, params: Mapping[str, Any] | None = None) -> Json:
        """Run a search on all shards of an index.

        Args:
            index: The name of the index; empty if `body` holds a point in time.
            body: The search.
            params: Parameters of the address.

        Raises:
            ClusterUnready: A shard did not answer, so that papers would be missing.
            ClusterUnusable: The cluster cannot be reached, or cannot do this.
        """
        options = {"allow_partial_search_results": "false", **(params or {})}
        answer = self.request("POST", f"/{index}/_search" if index else "/_search", body, options)
        shards = answer.get("_shards", {})
        if answer.get("timed_out") or shards.get("failed"):
            failed = f"{shards.get('failed', 0)} of {shards.get('total', 0)} shards failed"
            raise ClusterUnready(self.settings.where, failed)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def connect() -> Cluster:
    """Return the cluster that the environment names; one per process and settings.

    Raises:
        ClusterMisconfigured: A setting is missing or cannot be used.
    """
    return _connect(read_settings(os.environ), os.getpid())


@lru_cache(8)
def _connect(settings: ClusterSettings, _process: int) -> Cluster:
    # The client logs every failure, also those that are expected; errors of ours say more.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return Cluster(settings)


def _make_headers(settings: ClusterSettings) -> dict[str, str]:
    """Return the headers of all requests. The client itself only takes accounts in Latin-1."""
    if settings.api_key:
        return {"Authorization": f"ApiKey {settings.api_key}"}
    account = f"{settings.user}:{settings.password}".encode(errors="surrogateescape")
    return {"Authorization": f"Basic {b64encode(account).decode()}"} if settings.user else {}


def _check_certificates(path: str) -> None:
    """Check that a file of certificates can be read; an empty path stands for the system's own.

    Raises:
        ClusterMisconfigured: It cannot.
    """
    try:
        ssl.create_default_context(cafile=path or None)
    except OSError as error:
        raise ClusterMisconfigured(f"{PREFIX}CA", "names no readable file of certificates") from (
            error
        )


def _describe_version(answer: Json) -> str:
    """Return the product and version; that of Elasticsearch does not name its product."""
    version = answer.get("version")
    told = version if isinstance(version, dict) else {}
    return f"{told.get('distribution', 'elasticsearch')} {told.get('number', 'unknown')}"


def _check_version(answer: Json, settings: ClusterSettings) -> None:
    majors = MAJORS[settings.dialect]
    supported = f"{settings.dialect} {', '.join(map(str, majors))}"
    if not isinstance(answer.get("version"), dict):
        raise ClusterUnreachable(settings.where, "what answers there is not a cluster")
    product, _, number = (found := _describe_version(answer)).partition(" ")
    if product != settings.dialect:
        raise ClusterUnsupported(settings.where, found, supported, OTHER_DIALECT)
    if number.partition(".")[0] not in map(str, majors):
        raise ClusterUnsupported(settings.where, found, supported, UPGRADE)


def describe_error(error: OpenSearchException, settings: ClusterSettings) -> ClusterUnusable:
    """Return the error of ours for one of the client."""
    where = settings.where
    if isinstance(error, ConnectionTimeout):
        return ClusterUnreachable(where, f"no answer within {settings.timeout} s")
    if isinstance(error, SSLError):
        cause = _find_cause(error)
        fault = "certificate is not trusted" if "CERTIFICATE" in cause else "answer is not TLS"
        return ClusterUnreachable(where, f"its {fault}: {cause}")
    if isinstance(error, NoConnection):
        return ClusterUnreachable(where, _find_cause(error))
    if isinstance(error, TransportError):
        return _describe_status(error, where)
    return ClusterUnreachable(where, "what answers there is not a cluster: it sends no JSON")


def _describe_status(error: TransportError, where: str) -> ClusterUnusable:
    status, kind, reason = error.status_code, str(error.error), _find_reason(error)
    told = ": ".join(dict.fromkeys(filter(None, (kind, reason))))
    told = f"{status}, {told}" if told else str(status)
    return describe_failure(int(status), told, where) or ClusterFailed(where, told)


def describe_failure(status: int, told: str, where: str) -> ClusterUnusable | None:
    """Return the error for a status, of a request or of an item of one; None if none fits.

    Args:
        status: The HTTP status.
        told: What the cluster tells about it, its kind included.
        where: The addresses of the cluster.
    """
    low = told.lower()
    if status == 404 and "index_not_found" in low:  # noqa: PLR2004 - a status
        return ClusterIndexMissing(where, told.partition("[")[2].partition("]")[0])
    if status == 507 or "flood" in low or "disk usage" in low or "cluster_block" in low:  # noqa: PLR2004 - a status
        return ClusterUnready(where, told) if _is_unready(low) else ClusterUnwritable(where, told)
    if status in {401, 403}:
        return ClusterRefused(where, told)
    if status == 429 or "circuit_breaking" in low:  # noqa: PLR2004 - a status
        return ClusterOverloaded(where, told)
    if status == 503 or _is_unready(low):  # noqa: PLR2004 - a status
        return ClusterUnready(where, told)
    return ClusterUnreachable(where, told) if status in _GATEWAY else None


def _is_unready(told: str) -> bool:
    return any(sign in told for sign in _UNREADY) or "no master" in told or "not recovered" in told


def _find_reason(error: TransportError) -> str:
    """Return the reason in a cluster's answer, of the first cause if it names one."""
    answer = error.info if isinstance(error.info, dict) else {}
    found = answer.get("error", "")
    if not isinstance(found, dict):
        return str(found)
    causes = found.get("root_cause") or [found]
    first = causes[0] if isinstance(causes[0], dict) else found
    return str(first.get("reason") or found.get("reason") or "")


def _find_cause(error: TransportError) -> str:
    """Return why there is no connection, in the words of the system where it has any."""
    cause: object = error.info
    while isinstance(cause, BaseException):
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = getattr(cause, "reason", None) or cause.__cause__ or cause.__context__
    return str(cause or error.error).rpartition(": ")[2]
