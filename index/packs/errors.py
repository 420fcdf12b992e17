"""Define the failures of packing and unpacking an index."""

from index.errors import PapersearchError


class PackUnusable(PapersearchError):
    """A pack cannot be read or written."""


class PackUnreadable(PackUnusable):
    """There is no such file, or the operating system refuses to read it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Cannot read the pack '{path}' ({reason}). Check the path and the disk.")


class PackUnknown(PackUnusable):
    """The file does not begin like a pack."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"'{path}' is not a pack of an index. Make one with `papers pack FILE`; for a dump of "
            "papers, run `papers build`."
        )


class PackDamaged(PackUnusable):
    """The pack ends too early, or holds something else than it declares."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The pack '{path}' is damaged or incomplete: {reason}. Copy or make it again; the "
            "index was not changed."
        )


class PackOutdated(PackUnusable):
    """The index in the pack was made by a version whose files this one cannot read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The pack '{path}' cannot be used here. {reason}")


class PackTooLarge(PackUnusable):
    """There is no room for what the pack holds."""

    def __init__(self, path: str, directory: str, needed: str, free: str) -> None:
        super().__init__(
            f"The pack '{path}' needs {needed} in '{directory}', where {free} are free. Free disk "
            "space, or choose another folder with --index."
        )


class PackUnwritable(PackUnusable):
    """The file of the pack cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"Cannot write the pack '{path}' ({reason}). Free disk space, correct the "
            "permissions, or name another file."
        )


class EngineUnpackable(PackUnusable):
    """The papers of the index are not in its folder."""

    def __init__(self, engine: str) -> None:
        super().__init__(
            f"An index of the engine '{engine}' cannot be packed, since the cluster keeps its "
            "papers. Make a snapshot of the cluster instead."
        )
