"""Read what a child process writes to a pseudo-terminal."""

import os


def read_terminal(terminal: int) -> bytes:
    """Return all output written to a pseudo-terminal, once its other end is closed.

    Args:
        terminal: The descriptor of the terminal's master end.
    """
    output = b""
    while piece := _read_piece(terminal):
        output += piece
    return output


def _read_piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux raises it once the other end is closed
        return b""
