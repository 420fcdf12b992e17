"""Check `web.metadata.people`."""

from pathlib import Path
from typing import Any

from search.authors.identities import Identity, identify
from search.authors.name_cluster import find_cluster
from search.authors.profile import Profile, describe_profile
from tests.support.author_index import open_authors
from web.metadata.people import (
    describe_name_page,
    list_name_preview_tags,
    list_person_addresses,
    summarise_name_page,
)

ORCID = "0000-0002-1825-0097"
PAGE = "https://a.b/authors/Ann%20Lee"


def _write(name: str, year: int, **ids: str) -> dict[str, object]:
    author = {"name": name, "ids": ids, "affiliations": ["MIT"]}
    return {"year": year, "venue": "ICML", "authors": [author]}


KNOWN = [
    _write("Ann Lee", 2018, orcid=ORCID),
    _write("Ann B. Lee", 2020, orcid=ORCID, openreview="~Ann_Lee1"),
]


def _read(folder: Path, papers: list[dict[str, object]]) -> tuple[Profile, Identity | None]:
    searcher = open_authors(folder, papers)
    cluster = find_cluster(searcher, "Ann Lee")
    profile = describe_profile(searcher, cluster.mentions)
    return profile, next(iter(identify(searcher, cluster).identities), None)


def test_a_person_is_described_by_what_sources_say(tmp_path: Path) -> None:
    """Spellings, institutions, and the pages of the person elsewhere."""
    profile, identity = _read(tmp_path, KNOWN)
    found: Any = describe_name_page("Ann Lee", profile, identity, PAGE)
    assert (found["@type"], found["url"]) == ("ProfilePage", PAGE)
    person = found["mainEntity"]
    assert person["@type"] == "Person"
    assert {person["name"], *person["alternateName"]} == {"Ann Lee", "Ann B. Lee"}
    assert person["affiliation"] == [{"@type": "Organization", "name": "MIT"}]
    assert person["sameAs"] == [
        f"https://orcid.org/{ORCID}", "https://openreview.net/profile?id=~Ann_Lee1",
    ]  # fmt: skip


def test_a_name_is_no_person(tmp_path: Path) -> None:
    """What only a name puts together is a collection."""
    profile, _ = _read(tmp_path, [_write("Ann Lee", 2018)])
    found = describe_name_page("Ann Lee", profile, None, "")
    assert found == {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": "Papers of the name Ann Lee",
    }


def test_hostile_identifiers_stay_in_their_address(tmp_path: Path) -> None:
    """They are escaped."""
    searcher = open_authors(tmp_path, [_write("Ann Lee", 2018, s2='1"><x>&y/../#')])
    (address,) = list_person_addresses(find_cluster(searcher, "Ann Lee").mentions)
    assert address.removeprefix("https://www.semanticscholar.org/author/").isascii()
    assert not set(address[len("https://www.semanticscholar.org/author/") :]) & set('"<>&/#')


def test_a_preview_says_what_there_is(tmp_path: Path) -> None:
    """How many papers, when and where."""
    profile, _ = _read(tmp_path, KNOWN)
    line = "2 papers by Ann Lee, 2018\N{EN DASH}2020: ICML."
    assert summarise_name_page("Ann Lee", profile) == line
    tags = dict(list_name_preview_tags("Ann Lee", profile, PAGE))
    assert tags["og:description"] == line
    assert (tags["og:type"], tags["og:url"]) == ("profile", PAGE)
    assert len(summarise_name_page("x" * 10_000, profile)) <= 202
