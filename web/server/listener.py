"""Accept clients, and send them away where there is no room."""

import errno
import socket
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import TcpWSGIServer

from web.server.connection import Connection
from web.server.refusals import encode_refusal

if TYPE_CHECKING:
    from web.server.server import Server

ACCEPTED = 64
"""Clients accepted in one round; chosen."""

SHORTAGES = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
"""What `accept` says when the process or the system has no descriptor or memory left."""


class Listener(TcpWSGIServer):  # type: ignore[misc] # waitress is untyped
    """One listening socket; its connections find the server through it."""

    channel_class = Connection

    def __init__(
        self,
        application: WSGIApplication,
        objects: dict[int, Any],
        owner: "Server",
        place: tuple[Any, ...] | socket.socket,
    ) -> None:
        """Listen.

        Args:
            application: What answers the requests.
            objects: waitress's table of all that has a descriptor.
            owner: The server.
            place: The address, as the socket module describes it, or a socket that listens.
        """
        self.owner, self.loop, self.limits = owner, owner.loop, owner.limits
        self.is_paused = False
        bound = place if isinstance(place, socket.socket) else None
        super().__init__(
            application,
            objects,
            _sock=bound,
            dispatcher=owner.threads,
            adj=owner.settings,
            sockinfo=place if bound is None else (bound.family, bound.type, bound.proto, None),
            bind_socket=bound is None,
        )

    @property
    def is_stopping(self) -> bool:
        """Whether the server is about to end."""
        return self.owner.is_stopping

    def readable(self) -> bool:
        """Return whether clients are accepted."""
        return bool(self.accepting) and not self.is_paused

    def handle_accept(self) -> None:
        """Accept the clients that wait."""
        for _ in range(ACCEPTED):
            try:
                client, address = self.socket.accept()
            except OSError as error:
                if error.errno in SHORTAGES:
                    self.is_paused = not self.owner.make_room()
                return
            self._admit(client, address)

    def stop_listening(self) -> None:
        """Close the socket, but not what the threads wake the server with."""
        self.loop.discard(self)
        wasyncore.dispatcher.close(self)

    def _admit(self, client: socket.socket, address: Any) -> None:  # noqa: ANN401 - of any family
        if not self.owner.has_room():
            client.setblocking(False)
            with suppress(OSError):
                client.send(encode_refusal(HTTPStatus.SERVICE_UNAVAILABLE))
            client.close()
            return
        try:
            self.set_socket_options(client)
            self.channel_class(self, client, address, self.adj, self._map)
        except OSError:  # the client has gone already
            client.close()
