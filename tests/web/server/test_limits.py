"""Test how many connections may be open."""

import pytest

from web.server.limits import KEPT_DESCRIPTORS, count_connections, raise_descriptor_limit


@pytest.mark.parametrize(
    ("wanted", "descriptors", "expected"),
    [(4_000, 20_000, 4_000), (4_000, 1_024, 896), (4_000, 256, 128), (4_000, 64, 32), (5, 1, 1)],
)
def test_connections_leave_descriptors(wanted: int, descriptors: int, expected: int) -> None:
    """Some descriptors are kept for the index, and half of them where there are few."""
    assert count_connections(wanted, descriptors) == expected


def test_the_limit_is_never_lowered() -> None:
    """Asking for few descriptors leaves this process the limit that it has."""
    resource = pytest.importorskip("resource", reason="this system has no such limit")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert raise_descriptor_limit(1) == 1 + KEPT_DESCRIPTORS
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
