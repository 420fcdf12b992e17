"""Open the database of accounts for the commands of the maintainer."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.accounts.database import Database


def open_account_database() -> "Database":
    """Open the database of the site.

    Raises:
        AccountsMisconfigured: None is named, or it cannot be used.
    """
    from web.accounts.database import open_database
    from web.accounts.settings import DATABASE
    from web.errors import AccountsMisconfigured

    named = os.environ.get(DATABASE, "")
    if not named:
        raise AccountsMisconfigured(
            DATABASE, "is not set", "Set it to the file that `papers serve` uses"
        )
    path = Path(named).expanduser()
    if not path.exists():  # a mistyped path must not become an empty database
        raise AccountsMisconfigured(
            DATABASE, f"names a missing file, '{path}'", "Correct it, or start `papers serve` first"
        )
    return open_database(path)
