"""Find e-mail addresses, which are personal and never indexed.

Three patterns, from narrow to wide. In an abstract ``Fe3O4@SiO2`` and ``hits@10`` are no
addresses. In an affiliation any word with an ``@`` is one. In the excerpt of a rejected record
even half an address ends the excerpt, since the record may be damaged anywhere.
"""

import re

_USER = r"(?:(?<![\w.+@'-])[\w.+'-]{1,64}|\{[\w.+',;| -]{1,500}\})"
_HOST = r"(?:[\w-]{1,63}\.){1,8}(?:[a-z]{2,24}|COM|EDU|GOV|NET|ORG)"
_SPACED_HOST = r"(?:[\w-]{1,63}\. ?){1,8}(?:com|edu|org)"  # not "net", which is a word
_IN_PROSE = re.compile(rf"{_USER}@(?:{_HOST}|{_SPACED_HOST})(?![\w@-])")
_IN_AFFILIATION = re.compile(
    r"[\s,;.(\[<]{0,9}(?:(?:electronic address|e-?mail(?: address)?)s?\s{0,3}[:;]?\s{0,3})?"
    r"[^\s,;<>()\[\]\"']{1,100}@[^\s,;<>()\[\]\"']{1,100}[)\]>]{0,2}",
    re.IGNORECASE,
)
_IN_EXCERPT = re.compile(
    r"(?:\"|<(?:\w+:)?)?\be-?mail|\{[^{}@]{1,200}\}@|[^\s\"',;<>]+@", re.IGNORECASE
)


def remove_mail_from_prose(text: str) -> str:
    """Remove e-mail addresses from an abstract, also ``{ada, bob}@x.org`` and ``ada@x. org``."""
    return _IN_PROSE.sub("", text) if "@" in text else text


def remove_mail_from_affiliation(text: str) -> str:
    """Remove e-mail addresses from an affiliation, with the words that introduce them."""
    return _IN_AFFILIATION.sub(" ", text).strip() if "@" in text else text


def cut_before_mail(text: str) -> str:
    """Return the text before the first e-mail address, or before the word "e-mail"."""
    return _IN_EXCERPT.split(text, maxsplit=1)[0]
