"""Word the answers that the server itself gives to requests that reach no page."""

from http import HTTPStatus

from waitress.task import ErrorTask
from waitress.utilities import Error

from web.headers import SECURITY_HEADERS

SENTENCES = {
    HTTPStatus.BAD_REQUEST: "This is not a valid HTTP request.",
    HTTPStatus.REQUEST_TIMEOUT: "The request took too long to arrive. Send it again.",
    HTTPStatus.LENGTH_REQUIRED: "The length of the body is not stated. Send no body.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "The body of the request is too large. Send the query in the address instead."
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long. Shorten the query.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "The request has too many or too long header fields. Send fewer."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "The server failed to answer this request. Its log says why."
    ),
    HTTPStatus.NOT_IMPLEMENTED: "This transfer encoding is not supported. Send no body.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The server is busy. Try again in a moment.",
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED: ("This version of HTTP is not supported. Use HTTP/1.1."),
}
"""What each refusal says, one sentence and a way out."""


class Refusal(Error):  # type: ignore[misc] # waitress is untyped
    """Why a request is refused; waitress's own errors have the same attributes."""

    def __init__(self, status: HTTPStatus) -> None:
        """Choose the status."""
        super().__init__(SENTENCES[status])
        self.code = status.value
        self.reason = status.phrase


class RefusalTask(ErrorTask):  # type: ignore[misc] # waitress is untyped
    """Answers with the sentence of a status, the security headers and the end of the connection.

    The same words are used whatever waitress says of the error, since its own sentences repeat
    parts of the request and name the software.
    """

    def execute(self) -> None:
        """Write the answer."""
        self.version = "1.1"
        status = HTTPStatus(self.request.error.code)
        fields, body = describe_refusal(status)
        self.status = f"{status.value} {status.phrase}"
        self.response_headers.extend(fields)
        self.set_close_on_finish()
        self.content_length = len(body)
        head = self.build_response_header()
        self.wrote_header = True
        has_body = getattr(self.request, "command", "") != "HEAD"
        self.channel.write_soon(head + body if has_body else head)  # in one packet


def describe_refusal(status: HTTPStatus) -> tuple[list[tuple[str, str]], bytes]:
    """Return the header fields and the body of a refusal."""
    body = f"{SENTENCES[status]}\n".encode("ascii")
    fields = [("Content-Type", "text/plain; charset=utf-8"), *SECURITY_HEADERS.items()]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        fields.append(("Retry-After", "1"))
    return fields, body


def encode_refusal(status: HTTPStatus) -> bytes:
    """Return a whole answer, for a client that is sent away before it has asked."""
    fields, body = describe_refusal(status)
    closing = [("Content-Length", str(len(body))), ("Connection", "close")]
    lines = [f"{name}: {value}" for name, value in [*fields, *closing]]
    head = "\r\n".join([f"HTTP/1.1 {status.value} {status.phrase}", *lines, "", ""])
    return head.encode("ascii") + body
