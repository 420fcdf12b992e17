"""Check how the settings of a cluster are read."""

import pytest

from index.engines.cluster_settings import read_settings
from index.engines.errors import ClusterMisconfigured
from tests.support.cluster import URL


def test_the_defaults() -> None:
    """Only the address is needed."""
    found = read_settings({URL: "http://localhost:9200/"})
    assert found.urls == ("http://localhost:9200",)
    assert (found.prefix, found.shards, found.replicas, found.timeout) == ("papers", 1, 1, 30)
    assert (found.user, found.api_key, found.dialect) == ("", "", "opensearch")


@pytest.mark.parametrize(
    ("given", "urls"),
    [
        ("https://a:9200, https://b", ("https://a:9200", "https://b")),
        ("http://[::1]:9200/es/", ("http://[::1]:9200/es",)),
        ("https://me:s%40cret@a:1", ("https://a:1",)),
    ],
)
def test_addresses(given: str, urls: tuple[str, ...]) -> None:
    """Addresses are separated by commas, and lose their credentials."""
    assert read_settings({URL: given}).urls == urls


def test_secrets_are_not_shown() -> None:
    """Credentials in an address count, are decoded, and are in no text of the settings."""
    found = read_settings({URL: "https://me:s%40cret@a:1", "PAPERS_OPENSEARCH_API_KEY": "k3y"})
    assert (found.user, found.password, found.api_key) == ("me", "s@cret", "k3y")
    assert repr(found) == str(found) == "ClusterSettings(https://a:1)"
    assert read_settings({URL: "https://me:no@a:1", "PAPERS_OPENSEARCH_USER": "you"}).user == "you"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", ""),
        ("URL", "localhost:9200"),
        ("URL", "ftp://secret@a"),
        ("URL", "http://secret:secret@a:99999"),
        ("URL", "http://secret@[a"),
        ("URL", "http://a/?secret"),
        ("URL", "http://secret@a:0"),
        ("API_KEY", "secret\nX-Header: secret"),
        ("API_KEY", "secret☃"),
        ("SHARDS", "0"),
        ("SHARDS", "secret"),
        ("REPLICAS", "-1"),
        ("TIMEOUT", "1e9"),
        ("TIMEOUT", "٣"),
        ("PREFIX", "Secret"),
        ("PREFIX", "_all"),
        ("PREFIX", "a,b"),
        ("DIALECT", "secret"),
    ],
)
def test_wrong_settings_are_named(name: str, value: str) -> None:
    """A setting that cannot be used is named, but its value is not repeated."""
    given = {URL: "http://localhost:9200", f"PAPERS_OPENSEARCH_{name}": value}
    with pytest.raises(
        ClusterMisconfigured, match=f"The setting PAPERS_OPENSEARCH_{name} "
    ) as told:
        read_settings(given)
    assert "secret" not in str(told.value).lower()
