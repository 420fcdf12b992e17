"""Say which files of a folder and which members of an archive are left out, and name the others.

A name only names: nothing is ever written to the path that it spells, so a member is read whatever
it is called.
"""

import re
from enum import StrEnum
from pathlib import PurePosixPath

LONGEST_NAME = 1000
"""Characters of a member's name that are kept; every paper repeats it. Chosen."""

_SEPARATOR = re.compile(r"[/\\]")
_ACCOMPANYING = re.compile(r"README.*|LICENSE.*|.*\.(?:md|md5|sha256|dtd)", re.DOTALL)
_UNNAMED = "unnamed"


class Omission(StrEnum):
    """Why a file or a member is left out, in the words of the report."""

    ENCRYPTED = "encrypted"
    METHOD = "unknown compression"
    LINK = "link"
    SPECIAL = "device or pipe"
    SPARSE = "sparse file"
    HIDDEN = "hidden"
    ACCOMPANYING = "README or the like"


def find_omission(name: str) -> Omission | None:
    r"""Return why a file of this name is left out; None for most names.

    Args:
        name: A path, with the separators of any system: ``a/.git/x``, ``a\README.txt``.
    """
    parts = _SEPARATOR.split(name)
    if any(part.startswith(".") and part.strip(".") for part in parts):
        return Omission.HIDDEN
    return Omission.ACCOMPANYING if _ACCOMPANYING.fullmatch(parts[-1]) else None


def clean_name(name: str) -> str:
    """Return the name of a member as papers keep it: never empty, absolute or too long.

    Control characters stay, as in the names of files; what shows them has to escape them.
    """
    if len(name) > LONGEST_NAME:
        half = LONGEST_NAME // 2
        name = f"{name[:half]}…{name[-half + 1 :]}"
    name = name.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    path = PurePosixPath(name.lstrip("/"))
    return str(path) if path.parts else _UNNAMED
