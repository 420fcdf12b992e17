"""Link texts on terminals that support it, by the escape sequence OSC 8."""

import re

LINK = r"\x1b\]8;;(?:https?://[!-~]{1,2000})?\x1b\\"
"""A pattern for the beginning or the end of a link. An address has only visible characters of
ASCII, so that nothing in it ends the sequence."""

_ADDRESS = re.compile(r"https?://[!-~]{1,2000}")


def link_text(text: str, address: str) -> str:
    """Return a text as a link, or as it is if its address could do anything but be followed.

    Args:
        text: One line.
        address: A web address; empty for none.
    """
    if not _ADDRESS.fullmatch(address):
        return text
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
