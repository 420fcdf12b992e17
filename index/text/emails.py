"""Answers: which parts of running prose are e-mail addresses, which are never indexed?

Stricter than what is taken off an affiliation: in an abstract Fe3O4@SiO2 and hits@10 are none.
"""

import re

_WHO = r"(?:(?<![\w.+@'-])[\w.+'-]{1,64}|\{[\w.+',;| -]{1,500}\})"
_WHERE = r"(?:[\w-]{1,63}\.){1,8}(?:[a-z]{2,24}|COM|EDU|GOV|NET|ORG)"
_TORN = r"(?:[\w-]{1,63}\. ?){1,8}(?:com|edu|org)"  # not "net", which is a word
_MAIL = re.compile(rf"{_WHO}@(?:{_WHERE}|{_TORN})(?![\w@-])")


def remove_from_prose(text: str) -> str:
    """Take e-mail addresses out of an abstract, also ``{ada, bob}@x.org`` and ``ada@x. org``."""
    return _MAIL.sub("", text) if "@" in text else text
