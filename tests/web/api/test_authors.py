"""Check `web.api.authors` and `web.api.profiles`."""

from pathlib import Path

import msgspec
from jsonschema import Draft202012Validator

from search.authors.evidence import EvidenceLevel
from search.authors.identities import PlacedMention, identify
from search.authors.name_cluster import find_cluster
from search.authors.profile import describe_profile
from tests.support.answer_tables import describe_keys
from tests.support.author_index import open_authors
from web.api.authors import IdentityDocument, NameDocument, NamePage, describe_name
from web.api.results import MOST_AUTHORS
from web.api.schemas import derive_schema

ORCID = "0000-0002-1825-0097"


def _write(name: str, **more: object) -> dict[str, object]:
    return {"authors": ["Bo Quist", {"name": name, "affiliations": ["MIT"]} | more], "year": 2020}


PAPERS = [
    _write("Wei Wang", ids={"orcid": ORCID}),
    _write("Wei Wang", ids={"orcid": ORCID, "openreview": "~Wei_Wang1"}),
    _write("Wei Wang 0002"),
    _write("Wei J. Wang"),
]


def _describe(folder: Path, papers: list[dict[str, object]], key: str = "") -> NameDocument:
    searcher = open_authors(folder, papers)
    found = identify(searcher, find_cluster(searcher, "Wei Wang"))
    one = found.find(key)
    placed = tuple(PlacedMention(each, 0.5, ()) for each in found.cluster.mentions)
    listed = one.mentions if one else placed
    profile = describe_profile(searcher, [each.mention for each in listed])
    return describe_name(NamePage(found, one, listed, len(listed)), profile)


def test_a_cluster_is_no_identity(tmp_path: Path) -> None:
    """It has the people of the name, and every paper says to whom it belongs."""
    found = _describe(tmp_path, PAPERS)
    assert found.kind == "name cluster, not an identity"
    assert (found.name, found.identity, found.papers, found.total) == ("Wei Wang", None, 4, 4)
    assert [(one.name, one.papers) for one in found.variants] == [
        ("Wei Wang", 3),
        ("Wei J. Wang", 1),
    ]
    assert found.identifiers == {"dblp": 1, "openreview": 1, "orcid": 1}
    known = next(one for one in found.identities if one.key == f"orcid:{ORCID}")
    assert known.ids == {"orcid": (ORCID,), "openreview": ("~Wei_Wang1",)}
    assert known.url == "/authors/Wei%20Wang?identity=orcid%3A0000-0002-1825-0097"
    assert {one.identity for one in found.hits if one.id in {"p0", "p1"}} == {known.key}
    assert {one.position for one in found.hits} == {2}
    assert found.profile.affiliations[0].name == "MIT"
    assert found.profile.coauthors[0].url == "/authors/Bo%20Quist"


def test_an_identity_has_its_own_papers(tmp_path: Path) -> None:
    """The people of the name are still listed."""
    found = _describe(tmp_path, PAPERS, f"orcid:{ORCID}")
    assert (found.kind, found.identity) == ("identity", f"orcid:{ORCID}")
    assert {"p0", "p1"} <= {one.id for one in found.hits}
    assert found.total == found.profile.papers == len(found.hits)
    assert found.papers == 4


def test_a_paper_of_nobody_names_the_nearest_person(tmp_path: Path) -> None:
    """It has no identity, and says which one it fits best."""
    papers = [
        {"authors": [*others, "Wei Wang"], "title": title, "year": year}
        for others, title, year in (
            (["Bo Quist", "Cy Zed"], "Tides", 2020), (["Bo Quist", "Cy Zed"], "More tides", 2021),
            (["Di Yu", "Ed Low"], "Bees", 1999), (["Di Yu", "Ed Low"], "More bees", 2000),
            (["Flo Mai"], "Stars", 1980),
        )
    ]  # fmt: skip
    found = {hit.title: hit for hit in _describe(tmp_path, papers).hits}
    alone = found["Stars"]
    assert alone.identity is None
    keys = {hit.identity for hit in found.values() if hit.identity}
    assert alone.nearest in {None, *keys}
    assert found["Tides"].identity == found["More tides"].identity
    assert found["Tides"].nearest is None


def test_a_number_of_dblp_is_not_shown(tmp_path: Path) -> None:
    """It is evidence, not an identifier that people use."""
    assert [one.ids for one in _describe(tmp_path, PAPERS[2:3]).identities] == [{}]


def test_a_long_list_of_authors_is_cut(tmp_path: Path) -> None:
    """The place in the whole list is kept."""
    many = [*(f"Bo Quist{at}" for at in range(MOST_AUTHORS)), "Wei Wang"]
    found = _describe(tmp_path, [{"authors": many}]).hits[0]
    assert (len(found.authors), found.authors_left_out) == (MOST_AUTHORS, 1)
    assert (found.position, found.named) == (MOST_AUTHORS + 1, "Wei Wang")


def test_levels_are_named() -> None:
    """The description of the key lists every word."""
    described = describe_keys(IdentityDocument)["level"]
    assert all(f"`{one.label}`" in described for one in EvidenceLevel)


def test_the_answer_fits_its_schema(tmp_path: Path) -> None:
    """Optional values are null."""
    document = _describe(tmp_path, [{"authors": ["Wei Wang"]}])
    found = msgspec.json.decode(msgspec.json.encode(document))
    Draft202012Validator(derive_schema("author")).validate(found)
    assert found["profile"]["citations"] is None
