"""Define what a pack holds: its members, their order, and the names that they may have.

A pack is a tar archive, usually compressed by Zstandard. Its first member, ``pack.json``, declares
all others but the last with their sizes and digests. Its last member, ``SHA256SUMS``, has the
digests of all before it, so that a pack that was cut is noticed, and so that ``sha256sum -c``
checks the files that any other tool has unpacked.
"""

import re
from hashlib import sha256

import msgspec
from msgspec import Struct

from index.engines.cluster_folder import CLUSTER
from index.people.curation import CURATION
from index.store.generations import ENGINE
from index.store.manifest import MANIFEST

VERSION = 1
"""Version of the form of a pack."""

FIRST = "pack.json"
LAST = "SHA256SUMS"
"""The names of the first and the last member."""

FOLDER = "generation/"
"""What the names of a generation's files begin with."""

MOST_FIRST = 4_000_000
"""Bytes of ``pack.json``, which is held in memory; that of 95,099 papers has 9 kB. Chosen."""

MOST_MEMBERS = 10_000
"""Members of a pack; an index of 95,099 papers has 50. Chosen."""

_GENERATION = re.compile(r"(?!\.)[\w-]{1,100}", re.ASCII)
_NAME = re.compile(rf"{CURATION}|{FOLDER}(?:{ENGINE}/)?(?!\.{{1,2}}$)[\w.-]{{1,100}}", re.ASCII)
"""No name begins with a slash or leads to a folder above."""

_FOREIGN = f"{FOLDER}{ENGINE}/{CLUSTER}"
"""Names the papers of another index in a cluster, which removing the generation would delete."""


class Member(Struct, frozen=True):
    """One file of a pack: its name, its size in bytes, its digest."""

    name: str
    size: int
    sha256: str


class Contents(Struct, frozen=True):
    """What ``pack.json`` says.

    Attributes:
        version: `VERSION` when the pack was made.
        generation: The name of the generation.
        papers: Number of papers.
        code_version: The version of Papersearch that made the pack.
        members: All members in their order but the first and the last.
    """

    version: int
    generation: str
    papers: int
    code_version: str
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Return how many bytes the members take."""
        return sum(member.size for member in self.members)


def encode_contents(contents: Contents) -> bytes:
    """Return the first member of a pack."""
    return msgspec.json.format(msgspec.json.encode(contents), indent=2) + b"\n"


def decode_contents(packed: bytes) -> Contents:
    """Parse the first member of a pack, and check what it declares.

    Raises:
        ValueError: It is damaged, or declares a member that no pack has.
    """
    try:
        contents = msgspec.json.decode(packed, type=Contents)
    except msgspec.MsgspecError as error:
        message = f"{FIRST} cannot be read ({error})"
        raise ValueError(message) from error
    names = [member.name for member in contents.members]
    for name in names:
        if not _NAME.fullmatch(name) or name == _FOREIGN:
            message = f"it declares '{name[:100]}', which no pack holds"
            raise ValueError(message)
    if len(set(names)) < len(names) or len(names) > MOST_MEMBERS:
        message = "it declares a member twice, or too many"
        raise ValueError(message)
    if any(member.size < 0 for member in contents.members):
        message = "it declares a negative size"
        raise ValueError(message)
    if not _GENERATION.fullmatch(contents.generation) or f"{FOLDER}{MANIFEST}" not in names:
        message = "it declares no generation"
        raise ValueError(message)
    return contents


def list_sums(first: bytes, contents: Contents) -> bytes:
    """Return the last member of a pack: a line for each member before it, as ``sha256sum`` writes.

    Args:
        first: The first member.
        contents: What it says.
    """
    sums = [(sha256(first).hexdigest(), FIRST)]
    sums += [(member.sha256, member.name) for member in contents.members]
    return "".join(f"{digest}  {name}\n" for digest, name in sums).encode()
