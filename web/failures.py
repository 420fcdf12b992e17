"""Map every error to the exit code of a command and to the HTTP status of a page."""

from index.build.errors import RecipeError
from index.engines.errors import ClusterUnusable, EngineMissing
from index.errors import (
    DumpError,
    IndexUnusable,
    PapersearchError,
    RecordError,
)
from index.meaning.errors import MeaningUnusable
from index.packs.errors import PackUnusable
from index.people.errors import CurationUnusable
from index.temporary_files import TemporaryFolderUnusable
from search.budget.errors import ServerOverloaded, TooManyRequests
from search.errors import (
    AuthorMissing,
    CursorExpired,
    IdentityMissing,
    PageInvalid,
    PaperMissing,
    QueryError,
    ValueMissing,
)
from web.errors import (
    AccountError,
    AccountsMisconfigured,
    AccountsUnavailable,
    AddressUnusable,
    ClaimMissing,
    FormRefused,
    IndexLeftOut,
    MessageRefused,
    ProviderUnavailable,
    ReportMissing,
    SignInNeeded,
    ThreadMissing,
)

FOUND = 0
NOTHING_FOUND = 1
FAILED = 1
USAGE = 2

EXIT_CODES: dict[type[PapersearchError], int] = {
    DumpError: FAILED,
    RecordError: FAILED,
    RecipeError: USAGE,
    IndexUnusable: FAILED,
    TemporaryFolderUnusable: FAILED,
    CurationUnusable: FAILED,
    EngineMissing: USAGE,
    MeaningUnusable: FAILED,
    PackUnusable: FAILED,
    AddressUnusable: FAILED,
    ServerOverloaded: FAILED,
    TooManyRequests: FAILED,
    AccountError: FAILED,
    AccountsMisconfigured: FAILED,
    AccountsUnavailable: FAILED,
    ProviderUnavailable: FAILED,
    SignInNeeded: FAILED,
    FormRefused: FAILED,
    ClaimMissing: NOTHING_FOUND,
    ThreadMissing: NOTHING_FOUND,
    ReportMissing: NOTHING_FOUND,
    MessageRefused: FAILED,
    QueryError: USAGE,
    CursorExpired: USAGE,
    ValueMissing: NOTHING_FOUND,
    AuthorMissing: NOTHING_FOUND,
    IdentityMissing: NOTHING_FOUND,
    PaperMissing: NOTHING_FOUND,
    PageInvalid: NOTHING_FOUND,
}
"""Exit codes by class; an error takes that of its nearest base class in the table."""

STATUSES: dict[type[PapersearchError], int] = {
    DumpError: 500,
    RecordError: 500,
    RecipeError: 500,
    IndexUnusable: 503,
    TemporaryFolderUnusable: 503,
    CurationUnusable: 500,
    EngineMissing: 503,
    MeaningUnusable: 503,
    PackUnusable: 500,
    AddressUnusable: 500,
    ServerOverloaded: 503,
    TooManyRequests: 429,
    AccountError: 400,
    AccountsMisconfigured: 500,
    AccountsUnavailable: 503,
    ProviderUnavailable: 503,
    SignInNeeded: 403,
    FormRefused: 403,
    ClaimMissing: 404,
    MessageRefused: 403,
    ThreadMissing: 404,
    ReportMissing: 404,
    QueryError: 400,
    CursorExpired: 410,
    ValueMissing: 404,
    AuthorMissing: 404,
    IdentityMissing: 404,
    PaperMissing: 404,
    PageInvalid: 404,
}
"""HTTP statuses by class; an error takes that of its nearest base class in the table."""

RETRY_SECONDS = 5
"""Seconds after which a client may repeat a request that was refused because of the load or of the
cluster; chosen, about as long as a costly request waits for its turn."""


def exit_code(error: PapersearchError) -> int:
    """Return the exit code for an error."""
    return _find_nearest(EXIT_CODES, error)


def status(error: PapersearchError) -> int:
    """Return the HTTP status for an error."""
    return _find_nearest(STATUSES, error)


def headers(error: PapersearchError) -> dict[str, str]:
    """Return the HTTP headers that tell a program what it can do about an error."""
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.seconds)}
    passing = isinstance(error, ServerOverloaded | ClusterUnusable | IndexLeftOut)
    return {"Retry-After": str(RETRY_SECONDS)} if passing else {}


def _find_nearest(table: dict[type[PapersearchError], int], error: PapersearchError) -> int:
    for kind in type(error).__mro__:
        if kind in table:
            return table[kind]
    message = f"{type(error).__name__} has no row in the table"
    raise LookupError(message)
