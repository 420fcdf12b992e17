"""Keep in the folder of a generation where the cluster keeps its papers.

The file ``cluster.json`` is written before anything in the cluster is made, so whatever a killed
build left there is named by a file and can be removed with it.
"""

import logging
import os
from pathlib import Path
from types import ModuleType

import msgspec
from msgspec import Struct

from index.engines.engine import import_engine
from index.errors import GenerationCorrupt, PapersearchError

CLUSTER = "cluster.json"
"""The name of the file in the engine's folder."""


class Location(Struct, frozen=True):
    """Where a cluster keeps the papers of a generation.

    Attributes:
        index: The name of the index in the cluster.
        cluster: The identity of the cluster.
        shards: Number of primary shards.
        folder: The number of the folder's inode, which a rename keeps and a copy or link does not.
            So a folder that was made from another one has no right to the index of that one.
        documents: Number of documents; None until the index is complete.
    """

    index: str
    cluster: str
    shards: int
    folder: int = 0
    documents: int | None = None


def has_location(folder: Path) -> bool:
    """Return whether the papers of an engine's folder are in a cluster."""
    return (folder / CLUSTER).is_file()


def read_location(folder: Path) -> Location:
    """Return where the papers of an engine's folder are.

    Raises:
        GenerationCorrupt: The file is missing or damaged.
    """
    try:
        return msgspec.json.decode((folder / CLUSTER).read_bytes(), type=Location)
    except OSError as error:
        reason = f"{CLUSTER} cannot be read: {error.strerror}"
        raise GenerationCorrupt(folder.parent.name, reason) from error
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(folder.parent.name, f"{CLUSTER} is damaged: {error}") from error


def write_location(folder: Path, location: Location) -> None:
    """Write the file by a rename, since it may be a link that an older generation shares."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{CLUSTER}.new"
    with unfinished.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(location), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / CLUSTER)


def discard_documents(folder: Path) -> bool:
    """Delete what a cluster keeps for an engine's folder that is about to be removed.

    Returns:
        Whether the folder may be removed; otherwise it still names what is left in the cluster.
    """
    if not has_location(folder):
        return True
    try:
        _load_module().discard(folder)
    except GenerationCorrupt:
        return True  # it names nothing any more
    except PapersearchError as error:
        _log("The next build tries again to delete what is left in the cluster: %s", error)
        return False
    return True


def announce_documents(folder: Path) -> None:
    """Let other programs know which index of a cluster is in use now, if there is a cluster.

    Readers of ours do not depend on it, so a failure is only logged.
    """
    if has_location(folder):
        try:
            _load_module().announce(folder)
        except PapersearchError as error:
            _log("The alias in the cluster still names the index before: %s", error)


def _load_module() -> ModuleType:
    return import_engine("index", "opensearch")


def _log(message: str, error: PapersearchError) -> None:
    logging.getLogger(__name__).warning(message, error)
