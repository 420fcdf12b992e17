"""Define the failures of checking a bibliography; `index.errors` draws the tree of all failures."""

from search.errors import QueryError


class BibliographyEmpty(QueryError):
    """A file has no entries of BibTeX."""

    def __init__(self, name: str) -> None:
        where = f"'{name[:200]}'" if name else "The text"
        super().__init__(
            f"{where} has no BibTeX entries. Choose one with entries such as @article{{key, ...}}."
        )
