"""Hold what an operator decides about clients, and check it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address

DEFAULT_RATE = "300/minute"
"""Requests of one client where the server can be reached from other machines. Chosen: a reader who
opens a page each second with its completions stays below it."""

NO_RATE = "none"
"""The value of ``--rate-limit`` that turns the limit off."""

ANY_ORIGIN = "*"

_RATE = re.compile(r"[1-9][0-9]{0,6}/(?:second|minute|hour|day)")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """What clients may do.

    Attributes:
        rate: Requests of one client, such as ``300/minute``; empty for any number.
        origins: The sites whose scripts may read answers; ``*`` stands for every site.
        proxies: Proxies in front of the server whose headers name the client; without any, such
            headers are ignored.
        log: File of the access log, ``-`` for standard output; empty for none.
        log_queries: Whether the log holds what was searched for.
    """

    rate: str = ""
    origins: tuple[str, ...] = ()
    proxies: int = 0
    log: str = ""
    log_queries: bool = False


def parse_rate(text: str) -> str:
    """Return a rate such as ``300/minute``, or an empty text for `NO_RATE`.

    Raises:
        ValueError: It is neither.
    """
    if text == NO_RATE:
        return ""
    if not _RATE.fullmatch(text):
        raise ValueError(f"'{text}' is no rate. Write a number and a time such as 300/minute.")
    return text


def parse_origins(text: str) -> tuple[str, ...]:
    """Parse origins that are separated by commas or spaces.

    Raises:
        ValueError: One is neither ``*`` nor a scheme and a host.
    """
    origins = tuple(text.replace(",", " ").split())
    for origin in origins:
        if origin != ANY_ORIGIN and not _ORIGIN.fullmatch(origin):
            raise ValueError(f"'{origin}' is no origin. Write one such as https://example.org.")
    return origins


def choose_rate(host: str, proxies: int) -> str:
    """Return the rate of a server whose operator names none: none for this machine alone."""
    return "" if is_loopback(host) and not proxies else DEFAULT_RATE


def is_loopback(host: str) -> bool:
    """Return whether an address can only be reached from this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
