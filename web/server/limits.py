"""State what a connection may take of the server: time, memory and descriptors."""

from dataclasses import dataclass

UPLOAD_PATH = "/bib"
"""The end of the address to which files are sent, below any prefix."""

KEPT_DESCRIPTORS = 128
"""Descriptors kept for the index and everything else that is no connection; chosen. Opening a
generation takes a few at a time, since mapped files need none."""


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What clients may take. All values are chosen, unless a measurement is named.

    Attributes:
        connections: Connections open at the same time. An idle one holds 5 kB of memory.
        queued: Requests that may wait for a thread.
        idle_s: Seconds that a connection may wait without a request.
        request_s: Seconds between the first and the last byte of a request.
        answer_s: Seconds that a client may take to read an answer, however short.
        answer_rate: Bytes that it must read in each second beyond that.
        closing_s: Seconds that a refused client has to stop sending.
        head_bytes: Size of a request without its body. The longest query, of which a character
            takes up to twelve bytes when percent-encoded, and 20 kB of filters fit.
        field_bytes: Size of the header fields. Cookies of other services on the same host fit.
        fields: Number of header fields.
        body_bytes: Size of a request's body. The longest message, percent-encoded, fits.
        upload_bytes: Size of the body of a request to that page, which checks bibliographies. It is
            kept in memory.
        waiting_bytes: Bytes of one answer that may wait for its client while more of it is made;
            the thread that makes it waits too. Larger than any page.
        held_bytes: Memory for requests that have arrived in part and answers not yet read.
        finish_s: Seconds that running and queued requests have once the server is told to stop.
    """

    connections: int = 4_000
    queued: int = 1_000
    idle_s: float = 60
    request_s: float = 20
    answer_s: float = 30
    answer_rate: int = 16_384
    closing_s: float = 2
    head_bytes: int = 262_144
    field_bytes: int = 65_536
    fields: int = 100
    body_bytes: int = 65_536
    upload_bytes: int = 2_100_000
    waiting_bytes: int = 1 << 20
    held_bytes: int = 64_000_000
    finish_s: float = 30


def count_connections(wanted: int, descriptors: int) -> int:
    """Return how many connections may be open, given the system's limit of descriptors."""
    return max(1, min(wanted, max(descriptors - KEPT_DESCRIPTORS, descriptors // 2)))


def raise_descriptor_limit(wanted: int) -> int:
    """Raise this process's limit of descriptors as far as needed and allowed; return it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wanted + KEPT_DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted + KEPT_DESCRIPTORS:
        return wanted + KEPT_DESCRIPTORS
    more = wanted + KEPT_DESCRIPTORS
    if hard != resource.RLIM_INFINITY:
        more = min(more, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
    except (OSError, ValueError):  # some systems allow less than they say
        return soft
    return more
