"""Define the failures of the file that names dumps and settings."""

from index.errors import PapersearchError


class RecipeError(PapersearchError):
    """The file that names dumps and settings cannot be used."""


class RecipeMissing(RecipeError):
    """The recipe does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"No such recipe: '{path}'. Choose another with --recipe, or write one with the two "
            'lines [[dump]] and path = "DUMP", for example path = "dumps/*.json.gz".'
        )


class RecipeUnusable(RecipeError):
    """The recipe cannot be read, or does not say what to build."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Cannot use the recipe '{path}': {reason}. Correct the file.")
