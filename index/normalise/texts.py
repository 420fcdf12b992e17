"""Clean titles and abstracts, and keep what they were if a repair changed them."""

import re

from index.errors import RecordError
from index.normalise.raw_values import is_placeholder_abstract, is_placeholder_text
from index.text.characters import ESCAPED_BREAK
from index.text.cleaning import repair, repair_title
from index.text.emails import remove_mail_from_prose
from index.text.rules import ABSTRACT_RULES

MAX_TITLE = 5_000
"""Characters; a longer title is a damaged record, which is rejected."""

MAX_ABSTRACT = 100_000
"""Characters; a longer abstract is a full text, which is cut."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that change the direction of writing."""

_SPACES = bytes(code for code in range(0x80) if chr(code).isspace())
_LETTER = re.compile(r"[^\W_]")


def clean_title(text: str, applied: list[str]) -> tuple[str, str]:
    """Return a clean title and its original.

    Args:
        text: A title as the dump has it.
        applied: Receives the names of the rules that changed it.

    Returns:
        The title; what it was before, if a repair changed more than white space, else empty.

    Raises:
        RecordError: The title is empty or too long.
    """
    if len(text) > MAX_TITLE:
        message = f"has a title of {len(text):,} characters, over {MAX_TITLE:,}"
        raise RecordError(message)
    title, rules = repair_title(text)
    if not _LETTER.search(title) or is_placeholder_text(title):
        message = "has no title"
        raise RecordError(message)
    applied += rules
    return title, _find_original(text, title, rules)


def clean_abstract(text: str, applied: list[str]) -> tuple[str, str]:
    """Return a clean abstract without e-mail addresses, and its original.

    Args:
        text: An abstract as the dump has it; empty if it has none.
        applied: Receives the names of the rules that changed it.

    Returns:
        The abstract; what it was before, if a repair changed more than white space, else empty.
    """
    if not text or is_placeholder_abstract(text):
        return "", ""
    text = text[:MAX_ABSTRACT]
    bare = remove_mail_from_prose(text)
    abstract, rules = repair(bare, ABSTRACT_RULES)
    if rules and is_placeholder_abstract(abstract):  # Not Available <P />
        return "", ""
    applied += rules
    if "mail" in rules:  # a repair uncovered an address, which the original still holds
        return abstract, ""
    if bare != text:
        applied.append("mail")
    return abstract, _find_original(bare, abstract, rules)


def _find_original(text: str, repaired: str, rules: tuple[str, ...]) -> str:
    r"""Return what a text was, if a repair changed more of it than white space; else empty.

    Characters that could control a terminal are escaped as in JSON: ``\u001b``.
    """
    joined = rules == ("lines",) or (rules == ("paragraphs",) and not ESCAPED_BREAK.search(text))
    if not rules or joined or _differ_only_in_space(text, repaired):
        return ""
    if remove_mail_from_prose(repaired) != repaired:
        return ""
    shown = remove_mail_from_prose(text).replace("\r\n", "\n").strip()
    if not shown.replace("\n", " ").isprintable():
        shown = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)
    return shown.encode("utf-8", "ignore").decode()


def _differ_only_in_space(one: str, two: str) -> bool:
    """Return whether two texts differ in white space only; bytes take half the time."""
    dense = [text.encode("utf-8", "surrogatepass").translate(None, _SPACES) for text in (one, two)]
    if dense[0] == dense[1] or (one.isascii() and two.isascii()):
        return dense[0] == dense[1]
    return "".join(one.split()) == "".join(two.split())


def join_subtitle(title: str, below: str) -> str:
    """Return a title with its subtitle, unless it holds that or would be too long with it."""
    title, below = title.strip(), below.strip()
    if not title or not below:
        return title or below
    long = len(title) + len(below) + len(": ") > MAX_TITLE
    repeated = long or below.casefold() in title.casefold()
    return title if repeated else f"{title.rstrip(' :')}: {below}"
