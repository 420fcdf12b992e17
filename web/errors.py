"""Define the failures of the server and of accounts; `index.errors` draws the tree of all.

Each message says what is wrong and what to do. None names a file on a page: only
`AccountsMisconfigured` does, which is raised before the server listens.
"""

from index.errors import IndexUnusable, PapersearchError


class AddressUnusable(PapersearchError):
    """The server cannot listen on the address."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Cannot listen on {host}:{port} ({reason}). Choose another with --host or --port."
        )


class IndexLeftOut(IndexUnusable):
    """One of several indexes cannot be used; pages do not say where it is on the disk."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The index '{name}' cannot be used at the moment. Try again later, or search the "
            "others; the server's log says why."
        )


class AccountError(PapersearchError):
    """Accounts, claims or messages cannot do what was asked."""


class AccountsMisconfigured(AccountError):
    """The settings of accounts cannot be used."""

    def __init__(self, setting: str, reason: str, way_out: str) -> None:
        super().__init__(f"{setting} {reason}. {way_out}.")


class AccountsUnavailable(AccountError):
    """The database of accounts cannot be read or written."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Accounts cannot be read or written at the moment ({reason}). Try again later; "
            "everything else works."
        )


class ProviderUnavailable(AccountError):
    """The service that signs people in does not answer."""

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} cannot be reached at the moment. Try again later.")


class SignInFailed(AccountError):
    """Somebody could not be signed in."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"You were not signed in: {reason}. Start again from the sign-in page.")


class SignInNeeded(AccountError):
    """Only somebody who is signed in may do this."""

    def __init__(self) -> None:
        super().__init__("You are not signed in. Sign in and try again.")


class FormRefused(AccountError):
    """A form was not sent from a page of this site, or too late."""

    def __init__(self) -> None:
        super().__init__(
            "This form has expired or was not sent from this site. Go back, reload the page and "
            "send it again."
        )


class FieldInvalid(AccountError):
    """A field of a form has a value that is not accepted."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"Invalid {field}. Use {expected}.")


class MessageRefused(AccountError):
    """Somebody may not write, or not to this person."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}. {way_out}.")


class ThreadMissing(AccountError):
    """There is no such conversation, or it is between other people."""

    def __init__(self) -> None:
        super().__init__("There is no such conversation. Your messages list those that you have.")


class ReportMissing(AccountError):
    """There is no such report."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no report {number}. Run `papers reports list` to list them.")


class ClaimMissing(AccountError):
    """There is no such claim, or it is somebody else's."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no claim {number}. Run `papers claims list` to list them.")


class ClaimRefused(AccountError):
    """A claim cannot be made, withdrawn or decided."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}. {way_out}.")
