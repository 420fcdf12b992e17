"""Define the failures of vectors; `index.errors` draws the tree of all failures.

Whatever fails here, every search still works by words alone.
"""

from index.errors import PapersearchError


class MeaningUnusable(PapersearchError):
    """Vectors cannot be computed or compared."""


class MeaningMissing(MeaningUnusable):
    """The packages of the extra ``semantic`` are not installed, or damaged."""

    def __init__(self, package: str, reason: str = "") -> None:
        fault = f"cannot be imported ({reason})" if reason else "is not installed"
        again = "--force-reinstall " if reason else ""
        super().__init__(
            f"Ranking by meaning needs the package '{package}', which {fault}. "
            f"Run `pip install {again}'papersearch[semantic]'`."
        )

    @classmethod
    def from_import(cls, error: ImportError, package: str) -> "MeaningMissing":
        """Describe the failed import of a package, or of another that it needs."""
        if isinstance(error, ModuleNotFoundError):
            return cls(error.name or package)
        return cls(package, " ".join(str(error).split())[:200] or "for an unknown reason")


class ModelUnusable(MeaningUnusable):
    """The files of the model are missing or damaged, or of another kind."""

    def __init__(self, path: str, reason: str, way_out: str) -> None:
        super().__init__(f"Cannot use the model '{path}' ({reason}). {way_out}.")


class ModelChanged(MeaningUnusable):
    """The vectors of an index were made by another model than the one at hand."""

    def __init__(self, generation: str, model: str) -> None:
        super().__init__(
            f"The vectors of generation {generation} were made by another model than '{model}'. "
            "Run `papers embed` to compute new ones."
        )


class VectorsMissing(MeaningUnusable):
    """The index has no vectors, and a search asks for them."""

    def __init__(self, generation: str) -> None:
        super().__init__(f"Generation {generation} has no vectors. Run `papers embed` first.")


class VectorsCorrupt(MeaningUnusable):
    """The file of the vectors is damaged."""

    def __init__(self, generation: str, reason: str) -> None:
        super().__init__(
            f"The vectors of generation {generation} are damaged ({reason}). "
            "Run `papers embed` to compute the damaged ones again."
        )


class VectorsUnreadable(VectorsCorrupt):
    """The file of the vectors is there, but the system does not let us read it."""

    def __init__(self, generation: str, error: OSError) -> None:
        MeaningUnusable.__init__(
            self,
            f"Cannot read the vectors of generation {generation} ({error.strerror or error}). "
            "Correct the permissions of the file, or run `papers embed` to compute them again.",
        )
