"""Write what the server logs so that no request can forge or flood a log."""

import logging

from web.terminal.printing import escape_controls

MOST_CHARACTERS = 300
"""Length of a line; chosen."""


class LineFormatter(logging.Formatter):
    """Formats an entry as one bounded line of printable characters."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the message and, of an exception, its kind, its words and where it was raised."""
        return escape_line(record.getMessage() + _describe_exception(record))


class EscapedFormatter(logging.Formatter):
    """Formats an entry with its traceback, but with a message of one bounded line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging names it
        """Return the message without control characters."""
        return escape_line(record.message)


def escape_line(text: str) -> str:
    """Return a text as one bounded line without control characters."""
    line = escape_controls(text[:MOST_CHARACTERS])
    return line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 3]}..."


def set_up_log(application_log: logging.Logger) -> None:
    """Write failures of the server, one line each, and of the application to standard error."""
    for log, formatter in (
        (logging.getLogger("waitress"), LineFormatter()),
        (application_log, EscapedFormatter()),
    ):
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        log.handlers[:] = [handler]
        log.setLevel(logging.ERROR)
        log.propagate = False


def _describe_exception(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    _, error, trace = record.exc_info
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
    return f": {type(error).__name__}: {error}{place}"
