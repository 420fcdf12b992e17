"""Read the settings of mail, and check them."""

from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from urllib.parse import unquote, urlsplit

from web.access.settings import is_loopback
from web.accounts.settings import MAIL_FROM, SMTP_URL, AccountSettings
from web.errors import AccountsMisconfigured

PORTS = {"smtp": 587, "smtps": 465}
"""The usual ports: submission with STARTTLS, and TLS from the beginning (RFC 8314)."""

LONGEST_ADDRESS = 254
"""Characters of a mail address: as many as SMTP can carry (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes mail, and who sends it.

    Attributes:
        host: The name of the server.
        port: Its port.
        implicit_tls: Whether the connection is encrypted from the beginning; else by STARTTLS.
        user: Who signs in there; empty for nobody.
        password: Their password.
        sender: The address of the sender.
    """

    host: str
    port: int
    implicit_tls: bool
    user: str
    password: str = field(repr=False)
    sender: str

    @property
    def needs_tls(self) -> bool:
        """Whether mail may not be sent unencrypted: to any host but this machine."""
        return not is_loopback(self.host)


def read_mail_settings(settings: AccountSettings) -> MailSettings | None:
    """Read the settings of mail; None if no mail is sent.

    Raises:
        AccountsMisconfigured: A setting is not valid.
    """
    if not settings.smtp_url and not settings.mail_from:
        return None
    if not settings.smtp_url or not settings.mail_from:
        names = (SMTP_URL, MAIL_FROM)
        missing, other = names if not settings.smtp_url else names[::-1]
        raise AccountsMisconfigured(missing, f"is missing beside {other}", "Set both or neither")
    if parse_address(settings.mail_from) is None:
        raise AccountsMisconfigured(
            MAIL_FROM, "is no mail address", "Set it to one such as papers@example.org"
        )
    try:
        parts = urlsplit(settings.smtp_url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:  # a port that is no number
        host, port, user, password = "", 0, "", ""
    if not host or not port or parts.path not in {"", "/"} or parts.scheme not in PORTS:
        raise AccountsMisconfigured(
            SMTP_URL, "names no mail server", "Set it to smtps://USER:PASSWORD@HOST:PORT"
        )
    return MailSettings(host, port, parts.scheme == "smtps", user, password, settings.mail_from)


def parse_address(text: str) -> Address | None:
    """Return a mail address; None if it is none, or not plain ASCII."""
    if len(text) > LONGEST_ADDRESS or not text.isascii() or not text.isprintable() or " " in text:
        return None
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):  # the parser stumbles over some texts
        return None
    if "[" in address.domain:  # an address of a machine, behind the mail server perhaps
        return None
    is_whole = address.username and ("." in address.domain or address.domain == "localhost")
    return address if is_whole else None
