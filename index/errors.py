"""Answers: what can go wrong, and what does the user do about it?

The tree::

    PapersearchError
    ├── DumpError                 the input of a build
    │   ├── DumpMissing           no such file or folder
    │   ├── DumpEmpty             no bytes, or no records
    │   ├── DumpUnknown           no reader recognises the content
    │   ├── ColumnMissing         a column named by the user is not in the table
    │   ├── DumpTruncated         the archive ends before its end mark
    │   ├── DumpUnreadable        permission denied, or the device failed
    │   └── TooManyRejects        more bad records than the limit allows
    ├── RecordError               one record is unusable; the build goes on
    ├── RecipeError               the file that names dumps and settings
    │   ├── RecipeMissing         there is none
    │   └── RecipeUnusable        no TOML, an unknown key, a pattern without a match
    ├── IndexUnusable             the index directory
    │   ├── IndexMissing          nothing was built there yet
    │   ├── IndexUnwritable       read-only, full, or no permission
    │   ├── IndexMisnamed         its path is no UTF-8
    │   ├── IndexLocked           another builder holds the lock
    │   ├── GenerationMissing     no generation of that name, or none older
    │   ├── GenerationCorrupt     a file is missing, short or damaged
    │   └── GenerationOutdated    made by another format or analyser
    ├── EngineMissing             the engine's package cannot be imported
    ├── AddressUnusable           the server cannot listen there
    └── QueryError                the search request
        ├── QueryTooCostly        over a bound on length, clauses or depth
        ├── PatternTooWide        a word with * or ? may stand for too many words
        ├── PageInvalid           no such page
        ├── ParameterInvalid      a filter, sort or number is not understood
        └── PaperMissing          no paper has this id

Each class takes the datum and builds one sentence that names the way out. The
command line's exit codes and the web's statuses are two tables in ``web``.
"""


class PapersearchError(Exception):
    """Any failure that is told to the user in one line."""


class DumpError(PapersearchError):
    """The input of a build cannot be used."""


class DumpMissing(DumpError):
    """The named dump does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no file or folder '{path}': check the path and try again.")


class DumpEmpty(DumpError):
    """The dump has no bytes or no records."""

    def __init__(self, path: str) -> None:
        super().__init__(f"'{path}' holds no records: fetch the dump again, or name another file.")


class DumpUnknown(DumpError):
    """No reader recognises what the dump holds."""

    def __init__(self, path: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"'{path}' is in no format that is known here ({', '.join(known)}): "
            "convert it to one of them, for example to the project's own JSON lines."
        )


class ColumnMissing(DumpError):
    """A column that the user named is not in the table."""

    def __init__(self, path: str, column: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"'{path}' has no column '{column}' ({', '.join(known)[:300]}): "
            "name one of these with --map."
        )


class DumpTruncated(DumpError):
    """The archive or compressed file ends too early or is damaged."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"'{path}' is damaged or cut short ({reason}): fetch it again; the index is unchanged."
        )


class DumpUnreadable(DumpError):
    """The operating system does not let us read the dump."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"'{path}' cannot be read ({reason}): check its permissions.")


class TooManyRejects(DumpError):
    """More records were rejected than the limit allows."""

    def __init__(self, rejected: int, read: int, limit: float, first: str) -> None:
        super().__init__(
            f"{rejected:,} of {read:,} records were rejected, over the limit of {limit:.0%} "
            f"(the first one {first}): the index is unchanged; mend the dump, "
            "or allow more with --max-rejects."
        )


def told_again(name: str, sentence: str) -> DumpError:
    """Give an error that another process had.

    Args:
        name: Its class.
        sentence: What it says.
    """
    found = next((one for one in DumpError.__subclasses__() if one.__name__ == name), DumpError)
    error = found.__new__(found)
    DumpError.__init__(error, sentence)
    return error


class RecordError(PapersearchError):
    """One record cannot become a paper; it is rejected and the build goes on."""


class RecipeError(PapersearchError):
    """The file that names dumps and settings cannot be used."""


class RecipeMissing(RecipeError):
    """There is no recipe."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is no recipe '{path}': write one with the two lines [[dump]] and "
            'path = "DUMP", for example path = "dumps/*.json.gz", or name another with --recipe.'
        )


class RecipeUnusable(RecipeError):
    """A recipe does not say what to build."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The recipe '{path}' has to be mended: {reason}.")


class IndexUnusable(PapersearchError):
    """The index directory cannot be used."""


class IndexMissing(IndexUnusable):
    """There is no index in the directory."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is no index in '{path}': run `papers build DUMP`, or name another with --index."
        )


class IndexUnwritable(IndexUnusable):
    """The index directory cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"Cannot write to the index '{path}' ({reason}): "
            "free some space or fix its permissions; the index in use is unchanged."
        )


class IndexMisnamed(IndexUnusable):
    """The path of the index is none that engines take."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The path of the index '{path}' is no UTF-8, which engines need: "
            "name another with --index."
        )


class IndexLocked(IndexUnusable):
    """Another process is building into this index."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(
            f"The index '{path}' is being built by {holder}: wait until it has finished."
        )


class GenerationMissing(IndexUnusable):
    """The index has no such generation."""

    def __init__(self, path: str, wanted: str) -> None:
        super().__init__(
            f"The index '{path}' has no {wanted} generation: `papers status` lists what it has."
        )


class GenerationCorrupt(IndexUnusable):
    """A generation's files are missing or damaged."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Generation {name} is damaged ({reason}): "
            "run `papers rollback`, or `papers build DUMP` to make a new one."
        )


class GenerationOutdated(IndexUnusable):
    """A generation was made by code that this code does not understand."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(
            f"Generation {name} has {found}, this program reads {expected}: "
            "run `papers build DUMP` to make a new one."
        )


class EngineMissing(PapersearchError):
    """The package of an engine cannot be imported."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"The engine '{name}' is not installed here: install it, "
            f"or build the index with another (`papers build --engine {' or '.join(known)} DUMP`)."
        )


class AddressUnusable(PapersearchError):
    """The server cannot listen on the address."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}:{port} ({reason}): choose another with --port.")


class QueryError(PapersearchError):
    """The search request cannot be carried out."""


class QueryTooCostly(QueryError):
    """The query is over one of the bounds that keep the server quick."""

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(
            f"The query has {found:,} {what}, the limit is {limit:,}: make it shorter."
        )


class PatternTooWide(QueryError):
    """A word with ``*`` or ``?`` may stand for more words than are looked for."""

    def __init__(self, pattern: str, limit: int) -> None:
        super().__init__(
            f"'{pattern}' may stand for more than {limit:,} words: "
            "give it more letters, best before the first * or ?."
        )


class PageInvalid(QueryError):
    """The page number is no page of the results."""

    def __init__(self, page: int, limit: int) -> None:
        super().__init__(f"There is no page {page:,}: pages go from 1 to {limit:,}.")


class ParameterInvalid(QueryError):
    """A filter, sort or number of the request is not understood."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"'{value[:80]}' is no value for {name}: give {expected}.")


class PaperMissing(QueryError):
    """No paper has this id."""

    def __init__(self, paper_id: str) -> None:
        super().__init__(f"No paper has the id '{paper_id[:200]}': search for its title instead.")
