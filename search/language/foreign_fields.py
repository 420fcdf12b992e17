"""Recognise how other search engines write fields, such as ``TI=(x)``, ``x[ti]`` and ``TITLE(x)``.

Web of Science writes a field before ``=``, Scopus before brackets, PubMed behind the word in square
brackets, Ovid between dots, the Cochrane Library behind a colon, IEEE in quotes before a colon.
"""

import re
from dataclasses import dataclass

from search.language.fields import BY_NAME, SearchField

ANY = ""
"""The name of no field: searched in any."""

_SCOPUS = {
    "TITLE-ABS-KEY-AUTH": ANY, "TITLE-ABS-KEY": ANY, "TITLE-ABS": ANY, "ALL": ANY, "TITLE": "title",
    "TI": "title", "ABS": "abstract", "AB": "abstract", "KEY": "topic", "AUTHKEY": "topic",
    "AUTH": "author", "AUTHOR-NAME": "author", "AUTHOR-NAMES": "author",
    "AUTHLASTNAME": "author", "FIRSTAUTH": "author", "AU": "author", "SRCTITLE": "venue",
    "CONFNAME": "venue", "PUB": "venue", "AFFIL": "institution", "AFFILORG": "institution",
    "DOI": "doi", "LANGUAGE": "language", "DOCTYPE": "type", "NOFT": ANY, "ORCID": "orcid",
    "AFFILCOUNTRY": "institution", "AFFILCITY": "institution", "SUBJAREA": "topic", "PMID": "id",
    "EID": "id", "ISSN": ANY, "AU-ID": ANY, "AF-ID": ANY, "LIMIT-TO": ANY, "EXCLUDE": ANY,
}  # fmt: skip
_WEB_OF_SCIENCE = {
    "TI": "title", "AU": "author", "TS": ANY, "ALL": ANY, "AB": "abstract", "AK": "topic",
    "KP": "topic", "SO": "venue", "CF": "venue", "OG": "institution", "OO": "institution",
    "AD": "institution", "DO": "doi", "OI": "orcid", "LA": "language", "DT": "type", "PY": "year",
    "FPY": "year", "AI": "orcid", "UT": "id", "PMID": "id", "WC": "topic", "SU": "topic",
    "CU": "institution", "IS": ANY,
}  # fmt: skip
_IDENTIFIERS = {"AI", "UT", "PMID"}
"""Fields of Web of Science whose values are identifiers."""

_PUBMED = {
    "ti": "title", "title": "title", "tiab": ANY, "title/abstract": ANY, "tw": ANY,
    "text word": ANY, "text words": ANY, "all fields": ANY, "ab": "abstract",
    "abstract": "abstract", "au": "author", "author": "author", "fau": "author",
    "full author name": "author", "1au": "author", "author - first": "author",
    "author - last": "author", "lastau": "author", "mh": "topic", "mesh": "topic",
    "mesh terms": "topic", "mesh major topic": "topic", "majr": "topic", "ot": "topic",
    "other term": "topic", "dp": "year", "pdat": "year", "date - publication": "year",
    "publication date": "year", "dcom": "year", "ta": "venue", "jour": "venue",
    "journal": "venue", "so": "venue", "la": "language", "lang": "language",
    "language": "language", "pt": "type", "publication type": "type", "ad": "institution",
    "affiliation": "institution", "aid": "doi", "doi": "doi", "pmid": "id", "uid": "id",
    "nm": "topic", "supplementary concept": "topic", "tt": "title", "transliterated title": "title",
    "cn": "author", "corporate author": "author", "auid": "orcid", "lid": "doi", "edat": "year",
    "crdt": "year", "date - create": "year", "sb": ANY, "filter": ANY, "text": ANY,
}  # fmt: skip
_OVID = {
    "ti": "title", "ab": "abstract", "au": "author", "mp": ANY, "tw": ANY, "kw": "topic",
    "kf": "topic", "sh": "topic", "jn": "venue", "yr": "year", "pt": "type", "la": "language",
}  # fmt: skip
_IEEE = {
    "all metadata": ANY, "document title": "title", "title": "title", "abstract": "abstract",
    "author": "author", "authors": "author", "publication title": "venue", "doi": "doi",
    "author keywords": "topic", "index terms": "topic", "author affiliations": "institution",
    "publication year": "year",
}  # fmt: skip
_GOOGLE = {
    "intitle": "title", "allintitle": "title", "inauthor": "author", "allinauthor": "author",
    "intext": ANY, "allintext": ANY, "all": ANY, "_exists_": "has", "jr": "venue",
    "submitteddate": "date",
}  # fmt: skip

_BEFORE = re.compile(
    r"(?P<scopus>[A-Z]{2,}(?:-[A-Z]{2,}){0,3}|title-abs(?:-key){1,2})"
    r"(?:(?=\((?!\w\)))|\s{1,2}(?=\(\s))"
    r"|(?P<wos>[A-Z]{2,4})\s?=\s?(?=[(\"]|[^\W\d_]{3}|(?<=PY=)\d{4}|(?<=PY= )\d{4})"
    r"|(?P<google>(?:all)?in(?:title|author)|(?:all)?intext|all|jr|submittedDate|_exists_):\s?(?=\S)"
    r"|\"(?P<ieee>[A-Za-z ]{3,20})\":\s?(?=[\w\"(])"
)
_BEHIND = re.compile(
    r"\[(?P<pubmed>[A-Za-z1][A-Za-z /-]{1,25})(?::~\d{1,2}|:noexp)?\]"
    r"|\.(?P<ovid>[a-z]{2}(?:,[a-z]{2}){0,4})\.(?=[\s)]|$)"
    r"|:(?P<cochrane>(?:ti|ab|kw|au)(?:,(?:ti|ab|kw|au)){0,3})(?=[\s)]|$)"
)
_TABLES = {
    "scopus": _SCOPUS, "wos": _WEB_OF_SCIENCE, "google": _GOOGLE, "ieee": _IEEE,
    "pubmed": _PUBMED, "ovid": _OVID, "cochrane": _OVID,
}  # fmt: skip


_YEARS = re.compile(
    r"(?:PUBYEAR\s*(?P<scopus>>=|<=|>|<|=|AFT|BEF|IS)\s*|(?P<google>after|before):)"
    r"(?P<year>\d{4})(?:[-/]\d{1,2}){0,2}(?=[\s)]|$)"
    r"|LIMIT-TO\s?\(\s?PUBYEAR\s?,\s{0,2}(?P<limit>\d{4})\s?\)"
)
_SIGNS = {"AFT": ">", "BEF": "<", "IS": "=", "after": ">=", "before": "<"}
_SPACED = re.compile(r"\[(?:ti|tiab|au|dp|mh|pdat|la|pt|ta|tw|ad|Title/Abstract|MeSH Terms)\]")
"""Fields of PubMed that may also follow a space; words such as ``[title]`` are ordinary text."""


@dataclass(frozen=True, slots=True)
class ForeignField:
    """A field in the syntax of another search engine.

    Attributes:
        written: What was typed.
        field: Our field, or None for any field.
        end: Where it ends.
        to_end: Whether it applies to the rest of the query, as ``allintitle:`` does.
        years: The range of years that it asks for, such as ``>2018``; else empty.
    """

    written: str
    field: SearchField | None
    end: int
    to_end: bool = False
    years: str = ""

    @property
    def message(self) -> str:
        """The notice that says how it is read."""
        if self.field is None:
            ours = "a search in any field"
        elif self.field.name == "year" and not self.years:
            ours = '"year:" or, if it has a month, "date:"'
        else:
            ours = f'"{self.field.name}:{self.years.removeprefix("=")}"'
        return f'"{self.written}" is read as {ours}'


def find_field_before(text: str, at: int) -> ForeignField | None:
    """Return the field that is written at the beginning of a word, or None."""
    if found := _YEARS.match(text, at):
        sign = found["scopus"] or found["google"] or "="
        years = _SIGNS.get(sign, sign) + (found["year"] or found["limit"])
        return ForeignField(found[0], BY_NAME["year"], found.end(), years=years)
    return _look_up(_BEFORE.match(text, at))


def find_field_behind(text: str, at: int, *, spaced: bool = False) -> ForeignField | None:
    """Return the field that is written behind a word that ends here, or None.

    Args:
        text: The query.
        at: Where the field begins.
        spaced: Whether there is a space between the word and its field.
    """
    if spaced and not _SPACED.match(text, at):
        return None
    return _look_up(_BEHIND.match(text, at))


def find_tag_in_chunk(text: str, at: int, end: int) -> int:
    """Return where a field begins that is written behind a word, or the end of the word.

    Args:
        text: The query.
        at: Where the word begins.
        end: Where the run of characters ends that it is part of.
    """
    for sign in "[.":
        place = text.find(sign, at + 1, end)
        while place > 0:
            if find_field_behind(text, place):
                return place
            place = text.find(sign, place + 1, end)
    return end


def _look_up(found: re.Match[str] | None) -> ForeignField | None:
    """Return the field of a match, if all its names are known; several mean any field."""
    if found is None or found.lastgroup is None:
        return None
    table, name = _TABLES[found.lastgroup], found[found.lastgroup]
    same_case = found.lastgroup in {"scopus", "wos"} and name.isupper()
    names = [one if same_case else one.lower() for one in name.split(",")]
    if found.lastgroup == "scopus" and not same_case:
        names = [name.upper()]
    if any(one not in table for one in names):
        return None
    ours = table[names[0]] if len(names) == 1 else ANY
    if ours and ours not in BY_NAME:
        return None
    if name in _IDENTIFIERS and not found.string.startswith(("(", '"', "WOS:"), found.end()):
        return None  # AI=intelligence
    return ForeignField(
        written=found[0].strip().replace('"', ""),
        field=BY_NAME[ours] if ours else None,
        end=found.end(),
        to_end=name.lower().startswith("allin"),
    )
