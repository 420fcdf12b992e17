"""Test what `pack.json` may declare."""

import hashlib

import msgspec
import pytest
from msgspec.structs import replace

from index.packs.contents import Contents, Member, decode_contents, encode_contents, list_sums

SUM = hashlib.sha256(b"x").hexdigest()
MANIFEST = Member("generation/manifest.json", 1, SUM)
GOOD = Contents(1, "20261129T072719123456Z-1f2e3d4c", 3, "1.0", (MANIFEST,))


def declare(name: str, size: int = 1) -> Contents:
    """Return contents that declare one more member."""
    return replace(GOOD, members=(MANIFEST, Member(name, size, SUM)))


@pytest.mark.parametrize(
    "name",
    [
        "authors.toml",
        "generation/ledger",
        "generation/rejects.jsonl.zst",
        "generation/engine/.managed.json",
        "generation/engine/04724816ebc548ebaf37d0a747720255.96431.del",
        "generation/engine/_MAIN_1.toc",
    ],
)
def test_names_of_an_index_are_accepted(name: str) -> None:
    """Every name that a generation has may be declared, and contents survive a round trip."""
    contents = declare(name)
    assert decode_contents(encode_contents(contents)) == contents


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../current",
        "generation/..",
        "generation/.",
        "generation/../../x",
        "generation/engine/..",
        "generation//x",
        "generation/engine/a/b",
        "generation/other/a",
        "generation/",
        "generation/a\n",
        "generation/ä",
        "current",
        "lock",
        "pack.json",
        "SHA256SUMS",
        "generation/engine/cluster.json",
        "",
        "generation/" + "a" * 101,
    ],
)
def test_other_names_are_refused(name: str) -> None:
    """A name that leads elsewhere, or that no index has, is refused."""
    with pytest.raises(ValueError, match="no pack holds"):
        decode_contents(encode_contents(declare(name)))


@pytest.mark.parametrize(
    "contents",
    [
        declare(MANIFEST.name),
        declare("generation/ledger", -1),
        replace(GOOD, members=()),
        replace(GOOD, generation="../x"),
        replace(GOOD, generation=""),
        replace(GOOD, generation="x.building"),
    ],
)
def test_contents_that_contradict_themselves_are_refused(contents: Contents) -> None:
    """A name twice, a negative size, no manifest or no generation is refused."""
    with pytest.raises(ValueError, match="declares"):
        decode_contents(encode_contents(contents))


@pytest.mark.parametrize("packed", [b"", b"{}", b"[1]", b'{"version": "a"}', b"\xff"])
def test_what_is_no_contents_is_refused(packed: bytes) -> None:
    """Damaged JSON, or JSON of another shape, is refused with the reason."""
    with pytest.raises(ValueError, match="cannot be read"):
        decode_contents(packed)


def test_sums_are_those_of_sha256sum() -> None:
    """Each line has a digest, two spaces and a name, in the order of the members."""
    first = msgspec.json.encode(GOOD)
    expected = f"{hashlib.sha256(first).hexdigest()}  pack.json\n{SUM}  {MANIFEST.name}\n"
    assert list_sums(first, GOOD) == expected.encode()
