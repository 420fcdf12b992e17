"""Define the failures of requests; `index.errors` draws the tree of all failures.

Each message says what is wrong and what to do.
"""

from collections.abc import Iterable

from index.errors import PapersearchError


class QueryError(PapersearchError):
    """The search request cannot be carried out."""


class QueryTooCostly(QueryError):
    """The query exceeds one of the limits that keep the server fast."""

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(
            f"The query has {found:,} {what}; the limit is {limit:,}. Shorten the query."
        )


class PatternTooWide(QueryError):
    """A word with ``*`` or ``?`` matches more words than the search will expand."""

    def __init__(self, pattern: str, limit: int) -> None:
        super().__init__(
            f"'{pattern}' matches more than {limit:,} words. "
            "Add letters, preferably before the first * or ?."
        )


class PageInvalid(QueryError):
    """The results have no page of this number.

    Attributes:
        last: The last page that they have; 0 if they were not counted.
    """

    def __init__(self, page: int, limit: int, *, counted: bool = True) -> None:
        self.last = limit if counted else 0
        way_out = f"Choose a page from 1 to {limit:,}" if limit > 1 else "There is only page 1"
        super().__init__(f"No such page: {page:,}. {way_out}.")


class ParameterInvalid(QueryError):
    """A filter, sort or number of the request is not valid.

    Attributes:
        name: The parameter.
        value: What it was given.
    """

    def __init__(self, name: str, value: str, expected: str) -> None:
        self.name, self.value = name, value
        super().__init__(f"Invalid {name} '{value[:80]}'. Use {expected}.")


class ChoiceUnknown(ParameterInvalid):
    """A value is not among those that the request can choose from."""

    def __init__(self, name: str, value: str, choices: Iterable[str]) -> None:
        self.name, self.value = name, value
        PapersearchError.__init__(
            self, f"Unknown {name} '{value[:80]}'. Choose one of {', '.join(choices)}."
        )


class CursorInvalid(QueryError):
    """A cursor does not belong to the search."""

    def __init__(self) -> None:
        super().__init__(
            "The cursor does not belong to this search. Use the one of the page before, "
            "with the same parameters, or begin with cursor=*."
        )


class CursorExpired(QueryError):
    """A cursor belongs to another generation of the index."""

    def __init__(self) -> None:
        super().__init__(
            "The index has changed since this cursor was made. Begin again with cursor=*."
        )


class ValueMissing(QueryError):
    """No paper has this venue or topic.

    Attributes:
        what: ``venue`` or ``topic``.
        value: Its name.
    """

    def __init__(self, what: str, value: str) -> None:
        self.what, self.value = what, value
        super().__init__(f"No paper has the {what} '{value[:200]}'. Look it up in the list of all.")


class SavedSearchUnusable(QueryError):
    """A file is not a saved search, or was changed."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"'{name[:200]}' {reason}. Save the search again with `papers search --save FILE`."
        )


class PaperMissing(QueryError):
    """No paper has this id.

    Attributes:
        paper_id: The id.
    """

    def __init__(self, paper_id: str) -> None:
        self.paper_id = paper_id
        super().__init__(f"No paper has the id '{paper_id[:200]}'. Search for its title instead.")


class AuthorMissing(QueryError):
    """No paper names this author.

    Attributes:
        name: The name.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"No paper names the author '{name[:200]}'. Try the family name alone in a search."
        )


class IdentityMissing(QueryError):
    """A name has no identity of this key.

    Attributes:
        key: The key.
        name: The name.
    """

    def __init__(self, key: str, name: str) -> None:
        self.key, self.name = key, name
        super().__init__(
            f"No papers of {name[:200]} belong to '{key[:200]}'. See all papers of the name."
        )


class FollowingFull(QueryError):
    """A list of what somebody follows would have too many entries, or too long an address."""

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(
            f"The list would have {found:,} {what}; the limit is {limit:,}. Remove an entry first."
        )


class BibliographyEmpty(QueryError):
    """A file has no entries of BibTeX."""

    def __init__(self, name: str) -> None:
        where = f"'{name[:200]}'" if name else "The text"
        super().__init__(
            f"{where} has no BibTeX entries. Choose one with entries such as @article{{key, ...}}."
        )


class BibliographyRefused(QueryError):
    """A query names a file where no files are read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"in:{name[:80]} names a file, which only `papers search` reads. Remove it from the"
            " query, or search on the command line."
        )


class BibliographyUnreadable(QueryError):
    """A file that a query names cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        why = f": {reason}" if reason else ""
        super().__init__(f"'{name[:200]}' cannot be read{why}. Check the path in the query.")


class ExportTooLong(QueryError):
    """An export would fill the context of an assistant."""

    def __init__(self, characters: int, most: int) -> None:
        super().__init__(
            f"The export has {characters:,} characters; the limit is {most:,}. Name fewer papers,"
            " or choose bibtex."
        )
