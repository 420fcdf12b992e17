"""Run a mail server on this machine that keeps what it gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from socket import socket
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"


@dataclass
class MailServer:
    """A mail server on a free port.

    Attributes:
        answer: What it answers to a mail: `ACCEPTED` or a refusal.
        mails: The mails that it accepted.
        refused: The number of mails that it did not.
        address: The setting that names it.
    """

    answer: str = ACCEPTED
    mails: list[EmailMessage] = field(default_factory=list)
    refused: int = 0
    address: str = ""

    def __post_init__(self) -> None:
        # The library connects to the port that it was given, so that cannot be 0.
        with socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        self.address = f"smtp://127.0.0.1:{port}"
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail, or refuse it."""
        if self.answer == ACCEPTED:
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        else:
            self.refused += 1
        return self.answer

    def start(self) -> None:
        """Begin to listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()
