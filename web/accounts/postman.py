"""Send the mail of the outbox in a thread of its own, so that no request waits for it."""

import logging
import smtplib
import sqlite3
import ssl
import time
from email.message import EmailMessage
from threading import Event, Thread

from flask import Flask, current_app

from web.accounts.database import Database
from web.accounts.mail_settings import MailSettings, read_mail_settings
from web.accounts.settings import AccountSettings
from web.accounts.visitor import EXTENSION as ACCOUNTS
from web.errors import AccountsUnavailable

EXTENSION = "postman"

TIMEOUT = 10.0
"""Seconds that the mail server may take for each step; chosen."""

WAITS = (60, 300, 1_800, 7_200, 21_600, 86_400)
"""Seconds until a mail is tried again, after each failure; chosen. After the last it is dropped."""

ROUND = 30.0
"""Seconds between two looks at the outbox, if nothing is known to have come; chosen."""

AT_ONCE = 20
"""Mails of one connection; chosen."""

_LOG = logging.getLogger(__name__)


class Postman:
    """Sends the mail of an outbox until it is stopped."""

    def __init__(self, database: Database, settings: MailSettings) -> None:
        """Take the outbox of a database, without starting."""
        self._database, self.settings = database, settings
        self._news, self._stopped = Event(), Event()
        self._thread = Thread(target=self._run, daemon=True, name="postman")

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the outbox at once."""
        self._news.set()

    def stop(self) -> None:
        """Stop after the mail that is being sent."""
        self._stopped.set()
        self._news.set()
        self._thread.join(2 * TIMEOUT)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.send_due(int(time.time()))
            except AccountsUnavailable as error:
                _LOG.warning("Mail waits: %s", error)
            self._news.wait(ROUND)
            self._news.clear()

    def send_due(self, now: int) -> int:
        """Send what is due, and return how much was sent.

        A mail counts as tried before it is sent, so that a database that cannot be written to
        afterwards does not let it be sent in every round, and two servers do not both send it.
        Who deletes it in the meantime keeps it from being sent.
        """
        if not self._has_due(now):
            return 0
        taken = sent = 0
        try:
            with self._connect() as server:
                while taken < AT_ONCE and (mail := self._take(now)):
                    taken += 1
                    sent += self._send(server, mail)
        except (OSError, smtplib.SMTPException) as error:
            _LOG.warning("No mail is sent: %s", _describe(error))
            if not taken:
                self._take(now)  # the mail that could not be tried waits all the same
        return sent

    def _send(self, server: smtplib.SMTP, mail: sqlite3.Row) -> bool:
        """Send one mail and delete it; one that is refused is deleted after the last try."""
        try:
            server.send_message(self._write(mail["address"], mail["subject"], mail["text"]))
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError) as error:
            _LOG.warning("A mail was refused: %s", type(error).__name__)
            if mail["tries"] < len(WAITS):
                return False
            is_sent = False
        else:
            is_sent = True
        with self._database.write() as connection:
            connection.execute("DELETE FROM outbox WHERE number = ?", (mail["number"],))
        return is_sent

    def _has_due(self, now: int) -> bool:
        with self._database.read() as connection:
            found = connection.execute("SELECT 1 FROM outbox WHERE due <= ? LIMIT 1", (now,))
            return found.fetchone() is not None

    def _take(self, now: int) -> sqlite3.Row | None:
        """Return the next mail that is due, as it was before this try; None without one."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM outbox WHERE due <= ? AND tries > ?", (now, len(WAITS)))
            mail: sqlite3.Row | None = connection.execute(
                "SELECT * FROM outbox WHERE due <= ? ORDER BY due, number LIMIT 1", (now,)
            ).fetchone()
            if mail is not None:
                wait = WAITS[min(mail["tries"], len(WAITS) - 1)]
                connection.execute(
                    "UPDATE outbox SET tries = tries + 1, due = ? WHERE number = ?",
                    (now + wait, mail["number"]),
                )
        return mail

    def _connect(self) -> smtplib.SMTP:
        settings, context = self.settings, ssl.create_default_context()
        where = settings.host, settings.port
        if settings.implicit_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(*where, timeout=TIMEOUT)
        try:
            self._greet(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Encrypt the connection and sign in, as far as the settings say."""
        server.ehlo()
        offers_tls = server.has_extn("starttls")
        if not self.settings.implicit_tls and (self.settings.needs_tls or offers_tls):
            server.starttls(context=context)  # fails if the server cannot
        if self.settings.user:
            server.login(self.settings.user, self.settings.password)

    def _write(self, address: str, subject: str, text: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.settings.sender, address, subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        return mail


def _describe(error: Exception) -> str:
    """Describe a failure without what the server says, which may name a person."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else str(error)


def register_mail(app: Flask, settings: AccountSettings) -> None:
    """Let a site with accounts send mail, if it is set up.

    Raises:
        AccountsMisconfigured: A setting of mail is not valid.
    """
    found = read_mail_settings(settings)
    if found is not None:
        app.extensions[EXTENSION] = postman = Postman(app.extensions[ACCOUNTS], found)
        postman.start()


def wake_postman() -> None:
    """Let what was just written into the outbox be sent, if this site sends mail."""
    postman: Postman | None = current_app.extensions.get(EXTENSION)
    if postman is not None:
        postman.wake()


def is_mail_on() -> bool:
    """Return whether this site sends mail."""
    return EXTENSION in current_app.extensions
