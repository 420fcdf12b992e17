"""Test what the environment may say about accounts."""

from pathlib import Path

import pytest

from tests.support.accounts import SECRET
from web.accounts.settings import (
    AccountSettings,
    ProviderSettings,
    find_missing_setting,
    read_account_settings,
)
from web.errors import AccountsMisconfigured

ON = {"PAPERS_SECRET_KEY": SECRET, "PAPERS_DATABASE": "accounts.db"}
ORCID = {"PAPERS_ORCID_CLIENT_ID": "APP-1", "PAPERS_ORCID_CLIENT_SECRET": "s"}
SET_UP = ON | ORCID


@pytest.mark.parametrize("missing", ON)
def test_accounts_are_off_unless_set_up(missing: str) -> None:
    """Without a secret key or without a database there are no accounts."""
    environ = {name: value for name, value in ON.items() if name != missing}
    assert read_account_settings(environ) is None
    assert read_account_settings(environ | {missing: ""}) is None
    assert find_missing_setting(environ) == missing
    assert find_missing_setting(ON) == find_missing_setting({}) == ""


def test_settings_are_read() -> None:
    """The provider is ORCID unless another is named."""
    assert read_account_settings(ON) == AccountSettings(SECRET, Path("accounts.db"))
    found = read_account_settings(SET_UP)
    assert found is not None
    assert found.provider == ProviderSettings("https://orcid.org", "APP-1", "s")
    other = read_account_settings(SET_UP | {"PAPERS_ORCID_ISSUER": "http://127.0.0.1:9/x/"})
    assert other is not None
    assert other.provider == ProviderSettings("http://127.0.0.1:9/x", "APP-1", "s")


def test_secrets_are_not_printed() -> None:
    """The settings can be printed without giving away a secret."""
    printed = repr(read_account_settings(SET_UP | {"PAPERS_SMTP_URL": "smtp://u:pass@h"}))
    assert "APP-1" in printed
    assert SECRET not in printed
    assert "pass" not in printed
    assert "client_secret" not in printed


NO_ISSUERS = (
    "http://orcid.org", "orcid.org", "https://", "https://[", "ftp://x.org", "https://a@x.org",
    "https://x.org/?a",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"PAPERS_SECRET_KEY": "x" * 31}, "PAPERS_SECRET_KEY has 31 characters"),
        ({"PAPERS_ORCID_CLIENT_ID": "a"}, "PAPERS_ORCID_CLIENT_SECRET is missing"),
        ({"PAPERS_ORCID_CLIENT_SECRET": "a"}, "PAPERS_ORCID_CLIENT_ID is missing"),
        *((ORCID | {"PAPERS_ORCID_ISSUER": one}, "no https address") for one in NO_ISSUERS),
    ],
)
def test_invalid_settings_are_refused(changed: dict[str, str], sentence: str) -> None:
    """One sentence names the setting."""
    with pytest.raises(AccountsMisconfigured, match=sentence):
        read_account_settings(ON | changed)
