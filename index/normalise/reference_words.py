"""Answers: what do the words of reference managers and databases mean here?

BibTeX, RIS and the tables of databases name the kinds of documents, languages and
addresses of a paper each in its own way; here they become ours.
"""

import re

from index.normalise import work_types
from index.normalise.languages import language_code
from index.normalise.work_types import kind_of

__all__ = ["addresses", "count_of", "kind_of", "language_of", "status_of",
           "topics_of", "type_of"]  # fmt: skip

_LANGUAGES = {"ngerman": "de", "american": "en", "british": "en", "usenglish": "en",
              "ukenglish": "en", "naustrian": "de", "brazilian": "pt"}  # fmt: skip
"""Names that LaTeX has for languages, beyond those of `index.normalise.languages`."""

_CITED = re.compile(r"Cited[ -]by ?(?:count)? ?:? *(\d{1,7})\b", re.IGNORECASE)


def type_of(words: str) -> str:
    """Give our type for a source's words for a kind of document, or nothing.

    Args:
        words: ``inproceedings``, ``JOUR``, ``Article; Proceedings Paper``, ``journalArticle``.
    """
    return work_types.type_of(*words.split(";"))


def status_of(*texts: str) -> str:
    """Tell from words for a kind of document, or from a note, that a paper was taken back."""
    said = " ".join(texts).lower()
    if "retracted" in said or "retraction of" in said:
        return "retracted"
    return "withdrawn" if "withdrawn" in said else ""


def language_of(word: str) -> str:
    """Give the ISO 639-1 code of a language, of the first where several are named."""
    first = re.split(r"[;,/]", word.strip().lower())[0].strip()
    return _LANGUAGES.get(first) or language_code(first)


def topics_of(text: str) -> tuple[str, ...]:
    """Cut a list of keywords at semicolons or line ends, where it has none at commas."""
    parts = re.split(r"[;|\n]", text) if re.search(r"[;|]", text) else text.split(",")
    return tuple(word for part in parts if (word := " ".join(part.split())))


def count_of(text: str) -> int | None:
    """Give a number of citations: a plain number, or the one after ``Cited by``; or None."""
    plain = text.strip().replace(",", "").removesuffix(".0")
    if plain.isascii() and plain.isdecimal():
        return int(plain[:9])
    cited = _CITED.search(text)
    return int(cited[1]) if cited else None


def addresses(links: list[str]) -> dict[str, str]:
    """Give the first page and the first PDF among addresses."""
    urls: dict[str, str] = {}
    for link in links:
        if link.startswith(("http://", "https://")):
            kind = "pdf" if re.search(r"\.pdf$|/pdf/|/stamp/", link) else "page"
            urls.setdefault(kind, link)
    return urls
