"""Limit how many requests one client may make in a time."""

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, current_app, request
from flask_limiter import Limiter

from search.budget.errors import TooManyRequests

EXEMPT = frozenset({"asset", "pages.healthz", "pages.robots"})
"""Endpoints that are never refused: files, and what monitors and crawlers ask first."""

_NAME = "rate_limit"

_NETWORK_BITS = 64
"""Bits of an IPv6 address that one customer of a provider has at least."""


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
            storage_uri="memory://",
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
