"""Limit how many requests one client may make in a time."""

import time
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import RLock
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits.storage import MemoryStorage

from search.budget.errors import TooManyRequests

EXEMPT = frozenset({"asset", "pages.healthz", "pages.robots", "indexes.healthz", "indexes.robots"})
"""Endpoints that are never refused: files, and what monitors and crawlers ask first."""

_NAME = "rate_limit"

_NETWORK_BITS = 64
"""Bits of an IPv6 address that one customer of a provider has at least."""


class LockedMemory(MemoryStorage):
    """Counts in memory that threads change one at a time.

    The library checks whether its timer runs, makes another one and starts it without a lock, so
    two requests at the same moment could start one timer twice, of which one then failed.
    """

    STORAGE_SCHEME = ["locked-memory"]  # noqa: RUF012 - the library declares a list

    def __init__(self, uri: str | None = None, **options: Any) -> None:  # noqa: ANN401 - the library's
        """Count nothing yet."""
        self._changing = RLock()
        super().__init__(uri, **options)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a count, and return it."""
        with self._changing:
            return super().incr(key, expiry, amount)

    def decr(self, key: str, amount: int = 1) -> int:
        """Subtract from a count, and return it."""
        with self._changing:
            return super().decr(key, amount)


def register_rate_limit(app: Flask, rate: str) -> None:
    """Refuse requests beyond a rate for each client; the counts are in memory.

    Args:
        app: The application.
        rate: A rate such as ``300/minute``; empty for none.
    """
    if rate:
        app.extensions[_NAME] = Limiter(
            name_client,
            app=app,
            application_limits=[rate],
            application_limits_exempt_when=lambda: request.endpoint in EXEMPT,
            storage_uri="locked-memory://",
            strategy="sliding-window-counter",
            headers_enabled=False,
        )


def describe_excess() -> TooManyRequests:
    """Return the failure of a request that was refused, with the seconds to wait."""
    limiter: Limiter = current_app.extensions[_NAME]
    reached = limiter.current_limit
    seconds = max(1.0, reached.reset_at - time.time()) if reached else 1.0
    return TooManyRequests(round(seconds))


def name_client() -> str:
    """Return what stands for a client: its address, or the network of one in IPv6."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, _NETWORK_BITS), strict=False))
    return text
