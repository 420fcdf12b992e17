"""Limit how often one client or person may do what costs a mail, a look-up elsewhere or a guess.

These limits hold beside that of all requests, which an operator may turn off.
"""

import time

from flask import Flask, current_app
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from search.budget.errors import TooManyRequests
from web.access.rate_limit import name_client

_EXTENSION = "client_limits"


def register_client_limits(app: Flask) -> None:
    """Begin to count; the counts are in memory and end with the process."""
    app.extensions[_EXTENSION] = SlidingWindowCounterRateLimiter(MemoryStorage())


def limit_client(action: str, rate: str) -> None:
    """Count an action of the client that asks.

    Args:
        action: What is counted, such as ``sign-in``.
        rate: How often a client may do it, such as ``20/hour``.

    Raises:
        TooManyRequests: It has been done too often.
    """
    _hit(action, rate, f"client {name_client()}")


def limit_person(action: str, rate: str, person: int) -> None:
    """Count an action of a person, who may ask by many clients.

    Args:
        action: What is counted, see `limit_client`.
        rate: How often a person may do it.
        person: The number of the person.

    Raises:
        TooManyRequests: It has been done too often.
    """
    _hit(action, rate, f"person {person}")


def _hit(action: str, rate: str, who: str) -> None:
    limiter: SlidingWindowCounterRateLimiter = current_app.extensions[_EXTENSION]
    limit = parse(rate)
    if not limiter.hit(limit, action, who):
        window = limiter.get_window_stats(limit, action, who)
        raise TooManyRequests(round(max(1.0, window.reset_time - time.time())))
