"""Define every failure that is reported to the user, with what the user can do about it.

Each says what is wrong and what to do; `web.failures` has their exit codes and statuses::

    PapersearchError
    ├── DumpError                 the input of a build
    │   ├── DumpMissing           no such file or folder
    │   ├── DumpEmpty             no bytes, no records, or none that is a paper
    │   ├── DumpUnknown           no reader recognises the content
    │   ├── ColumnMissing         a column named by the user is not in the table
    │   ├── DumpTruncated         the archive ends before its end mark
    │   ├── DumpUnreadable        permission denied, or the device failed
    │   ├── DumpChanged           it was written, replaced or removed while it was read
    │   └── TooManyRejects        more bad records than the limit allows
    ├── RecordError               one record is unusable; the build continues
    ├── RecipeError               the file that names dumps, see `index.build.errors`
    │   ├── RecipeMissing         no such file
    │   └── RecipeUnusable        not TOML, an unknown key, a pattern without a match
    ├── IndexUnusable             the index directory
    │   ├── IndexMissing          nothing has been built there yet
    │   ├── CurrentUnusable       its file ``current`` does not say which generation is in use
    │   ├── IndexUnwritable       read-only, full, or permission denied
    │   ├── IndexMisnamed         its path is not valid UTF-8
    │   ├── IndexLocked           another process holds the lock
    │   ├── GenerationMissing     no generation of that name, or no older one
    │   ├── GenerationCorrupt     a file is missing, short or damaged
    │   │   └── PaperCorrupt      the stored bytes of a paper are damaged
    │   ├── GenerationOutdated    made with another format, schema or analyser
    │   ├── IndexLeftOut          one of several that are served, see `web.errors`
    │   └── ClusterUnusable       the cluster with its papers, see `index.engines.errors`
    │       ├── ClusterMisconfigured  a setting cannot be used
    │       ├── ClusterUnreachable    refused, unknown, not trusted, or no answer in time
    │       ├── ClusterUnready        it has no node in charge, or lacks shards
    │       ├── ClusterRefused        the user or key is unknown, or may not do this
    │       ├── ClusterUnwritable     its disks are full, or it is read-only
    │       ├── ClusterOverloaded     it has no room for more requests
    │       ├── ClusterUnsupported    of a version or product that is not supported
    │       ├── ClusterForeign        another cluster than the one that was built on
    │       ├── ClusterIndexMissing   its index was deleted
    │       ├── ClusterFailed         it answers with an error that we do not know
    │       └── PaperRefused          it cannot index one paper
    ├── TemporaryFolderUnusable   see `index.temporary_files`
    ├── CurationUnusable          the file that says who is who, see `index.people.errors`
    ├── EngineMissing             its package is not installed, see `index.engines.errors`
    ├── MeaningUnusable           vectors cannot be used, see `index.meaning.errors`
    │   ├── MeaningMissing        the extra `semantic` is not installed
    │   ├── ModelUnusable         a file of the model is missing, damaged or of another kind
    │   ├── ModelChanged          another model made the vectors
    │   ├── VectorsMissing        the index has no vectors
    │   └── VectorsCorrupt        the file of the vectors is damaged
    │       └── VectorsUnreadable the system does not let us read it
    ├── PackUnusable              a packed index, see `index.packs.errors`
    │   ├── PackUnreadable        no such file, or it cannot be read
    │   ├── PackUnknown           the file is no pack
    │   ├── PackDamaged           it ends too early, or holds what it does not declare
    │   ├── PackOutdated          made with another format, schema or analyser
    │   ├── PackTooLarge          the disk has no room for what it holds
    │   ├── PackUnwritable        the file cannot be written
    │   └── EngineUnpackable      the engine keeps the papers elsewhere
    ├── AddressUnusable           the server cannot listen on the address, see `web.errors`
    ├── ServerOverloaded          a request costs too much, see `search.budget.errors`
    │   ├── BudgetSpent           answering it takes longer than one request may
    │   ├── ServerBusy            too many costly requests are answered at the moment
    │   └── TooManyRequests       a client asks more often than it may
    ├── AccountError              accounts and claims, see `web.errors`
    │   ├── AccountsMisconfigured their settings cannot be used
    │   ├── AccountsUnavailable   their database cannot be read or written
    │   ├── ProviderUnavailable   the service that signs people in does not answer
    │   ├── SignInFailed          somebody could not be signed in
    │   ├── SignInNeeded          only somebody who is signed in may do this
    │   ├── FormRefused           a form from another site, or too old
    │   ├── FieldInvalid          a field of a form is not valid
    │   ├── MessageRefused        somebody may not write, or not to this person
    │   ├── ThreadMissing         there is no such conversation
    │   ├── ReportMissing         there is no such report of a conversation
    │   ├── ClaimMissing          there is no such claim
    │   └── ClaimRefused          a claim cannot be made, withdrawn or decided
    └── QueryError                the search request, see `search.errors`
        ├── QueryTooCostly        over a limit on length, clauses or depth
        ├── PatternTooWide        a word with * or ? matches too many words
        ├── SearchTooLong         it takes longer than a request may, see `search.budget.errors`
        ├── PageInvalid           no such page
        ├── CursorInvalid         it does not belong to the search
        ├── CursorExpired         it belongs to another generation
        ├── ParameterInvalid      a filter, sort or number is not valid
        │   └── ChoiceUnknown     a value is not among those to choose from
        ├── SavedSearchUnusable   a file is no saved search, or was changed
        ├── ValueMissing          no paper has this venue or topic
        ├── AuthorMissing         no paper names this author
        ├── IdentityMissing       a name has no identity of this key
        ├── PaperMissing          no paper has this id
        ├── FollowingFull         a list of what somebody follows has too many entries
        ├── BibliographyEmpty     a bibliography has no entries
        ├── BibliographyRefused   a query names a file where none are read
        ├── BibliographyUnreadable  a file that a query names cannot be read
        └── ExportTooLong         an export would fill the context of an assistant
"""

from collections.abc import Mapping
from typing import Self


class PapersearchError(Exception):
    """A failure that is reported to the user in one line."""

    @classmethod
    def from_message(cls, message: str) -> Self:
        """Rebuild an error of this class from its message, as another process reported it."""
        return cls.__new__(cls, message)


class DumpError(PapersearchError):
    """The input of a build cannot be used."""


class DumpMissing(DumpError):
    """The named dump does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(f"No such file or folder: '{path}'. Check the path.")


class DumpEmpty(DumpError):
    """The dump has no bytes, no records, or only records that are left out on purpose."""

    def __init__(
        self, path: str, left_out: int = 0, members: Mapping[str, int] | None = None
    ) -> None:
        if members and (omitted := ", ".join(f"{why} {n:,}" for why, n in members.items() if n)):
            message = f"'{path}' contains nothing that can be read ({omitted} left out)."
            super().__init__(f"{message} Unpack or decrypt it, and build from its files.")
            return
        kinds = f"only records that are left out, such as journals and deletions ({left_out:,})"
        found = f"contains {kinds if left_out else 'no records'}"
        super().__init__(f"'{path}' {found}. Download the dump again, or choose another file.")


class DumpUnknown(DumpError):
    """No reader recognises what the dump holds."""

    def __init__(self, path: str, kind: str, way_out: str) -> None:
        super().__init__(f"'{path}' is not in a supported format: {kind}. {way_out}")


class ColumnMissing(DumpError):
    """A column named by the user is not in the table."""

    def __init__(self, path: str, column: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"'{path}' has no column '{column}'. "
            f"Choose one of these with --map: {', '.join(known)[:300]}."
        )


class DumpTruncated(DumpError):
    """The archive or compressed file ends too early, or is damaged."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"'{path}' is damaged or incomplete ({reason}). "
            "Download it again; the index was not changed."
        )


class DumpUnreadable(DumpError):
    """The operating system refuses to read the dump."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Cannot read '{path}' ({reason}). Check its permissions and its disk.")


class DumpChanged(DumpError):
    """The dump was written, replaced or removed while it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"'{path}' changed while it was read. Wait until it is complete, or copy it, and "
            "run the command again; the index was not changed."
        )


class TooManyRejects(DumpError):
    """More records were rejected than the limit allows."""

    def __init__(self, rejected: int, read: int, limit: float, first: str) -> None:
        super().__init__(
            f"{rejected:,} of {read:,} records were rejected; the limit is {limit:.0%} "
            f"(the first one {first}). The index was not changed: repair the dump, "
            "or raise the limit with --max-rejects."
        )


DUMP_ERRORS = {kind.__name__: kind for kind in DumpError.__subclasses__()}
"""The classes by name, for a process that reports its error to another."""


class RecordError(PapersearchError):
    """A record cannot become a paper; it is rejected and the build continues."""


class IndexUnusable(PapersearchError):
    """The index directory cannot be used."""


class IndexMissing(IndexUnusable):
    """The directory contains no index."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"No index in '{path}'. Run `papers build DUMP`, or choose another with --index."
        )


class CurrentUnusable(IndexUnusable):
    """The index does not say which of its generations is in use."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The index '{path}' has no generation in use: {reason}. "
            "Run `papers rollback` to return to the newest intact one."
        )


class IndexUnwritable(IndexUnusable):
    """The index directory cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"Cannot write to the index '{path}' ({reason}). "
            "Free disk space, correct the permissions, or mount it for writing; the index in use "
            "was not changed."
        )


class IndexMisnamed(IndexUnusable):
    """The path of the index is not valid UTF-8, so engines cannot open it."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The index path '{path}' is not valid UTF-8, which search engines require. "
            "Choose another with --index."
        )


class IndexLocked(IndexUnusable):
    """Another process is changing this index."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(
            f"The index '{path}' is being changed by {holder}. Try again when it has finished."
        )


class GenerationMissing(IndexUnusable):
    """The index has no such generation."""

    def __init__(self, path: str, wanted: str) -> None:
        super().__init__(
            f"The index '{path}' has no {wanted}. Run `papers status` to list its generations."
        )


class GenerationCorrupt(IndexUnusable):
    """A generation's files are missing or damaged."""

    def __init__(self, name: str, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"Generation {name} is damaged ({reason}). "
            "Run `papers rollback` to return to an older one, or `papers build DUMP`, where the "
            "index can be written."
        )


class PaperCorrupt(GenerationCorrupt):
    """The stored bytes of a paper are damaged."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        IndexUnusable.__init__(
            self,
            f"A stored paper is damaged ({reason}). Run `papers verify` to find the damage, then "
            "`papers rollback` to return to an older generation, or `papers build DUMP`, where "
            "the index can be written.",
        )


class GenerationOutdated(IndexUnusable):
    """A generation was made by a version of the program whose files this one cannot read."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(
            f"Generation {name} has {found}; this version of Papersearch reads {expected}. "
            "Run `papers build DUMP` to build a new one."
        )
