"""Test the settings of mail."""

from pathlib import Path

import pytest

from web.accounts.mail_settings import MailSettings, parse_address, read_mail_settings
from web.accounts.settings import AccountSettings
from web.errors import AccountsMisconfigured


def _read(url: str, sender: str = "papers@example.org") -> MailSettings | None:
    settings = AccountSettings("x" * 32, Path("a"), smtp_url=url, mail_from=sender)
    return read_mail_settings(settings)


@pytest.mark.parametrize(
    ("url", "server", "login"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, False), ("", "")),
        ("smtps://a%40b:p%3Aw@m.example/", ("m.example", 465, True), ("a@b", "p:w")),
        ("smtp://u:secret@127.0.0.1:2525", ("127.0.0.1", 2525, False), ("u", "secret")),
    ],
)
def test_addresses_of_mail_servers(
    url: str, server: tuple[str, int, bool], login: tuple[str, str]
) -> None:
    """User and password are decoded; the port depends on the kind of TLS."""
    found = _read(url)
    assert found is not None
    assert (found.host, found.port, found.implicit_tls) == server
    assert (found.user, found.password) == login
    assert not login[1] or login[1] not in repr(found)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("", "papers@example.org"), ("smtp://a", ""), ("http://a", "papers@example.org"),
        ("smtp://", "papers@example.org"), ("smtp://a:x", "papers@example.org"),
        ("smtp://a/b", "papers@example.org"), ("smtp://a", "papers"), ("smtp://a", "A <b@c.d>"),
    ],
)  # fmt: skip
def test_invalid_settings_stop_the_server(url: str, sender: str) -> None:
    """With a sentence that names the setting."""
    with pytest.raises(AccountsMisconfigured, match=r"PAPERS_(SMTP_URL|MAIL_FROM)"):
        _read(url, sender)


def test_mail_is_off_without_settings() -> None:
    """A plain address is one; a name beside it, or a second one, is not."""
    assert _read("", "") is None
    assert str(parse_address("a.b+c@example.org")) == "a.b+c@example.org"
    assert parse_address("a@b.c, d@e.f") is None
