"""Read what an address asks of the page of a name, and write such addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from search.errors import ParameterInvalid
from web.api.addresses import author_path

SORTS = {"year": "By year", "cited": "Most cited"}
"""The orders of the papers of a name, with their labels; the first one is the default."""

PER_PAGE = 100
"""Papers on a page, and the most that can be asked for; chosen."""

LONGEST_VALUE = 300
"""Characters of the key of an identity, of a venue, and of a type; chosen."""

_SIZE = re.compile("[1-9][0-9]?|100")
_NUMBER = re.compile("[0-9]{1,6}")
_YEARS = re.compile(r"[0-9]{4}(?:\.\.[0-9]{4})?")


@dataclass(frozen=True, slots=True)
class AuthorRequest:
    """What an address asks of the page of a name.

    Attributes:
        name: The name, as it was typed or as its page is called.
        identity: The key of one identity of the name; empty for all papers.
        sort: One of `SORTS`.
        page: The page of the list of papers, from 1.
        per_page: The papers on a page.
        year: Only papers of this year, or from one to another, ``2019..2022``; empty for all, like
            the next two.
        type: Only papers of this type.
        venue: Only papers of this venue.
        hidden: Whether to list withdrawn, rejected and retracted papers too.
    """

    name: str
    identity: str = ""
    sort: str = "year"
    page: int = 1
    per_page: int = PER_PAGE
    year: str = ""
    type: str = ""
    venue: str = ""
    hidden: bool = False

    @property
    def is_filtered(self) -> bool:
        """Return whether papers of other years, types or venues are left out."""
        return bool(self.year or self.type or self.venue)

    def find_path(self, twin: str = "", **changed: Any) -> str:  # noqa: ANN401 - as of `replace`
        """Return the address of this page with other values; the first page, unless one is named.

        Args:
            twin: ``.json`` or ``.atom`` for a twin of the page.
            changed: New values by attribute.
        """
        asked = replace(self, **{"page": 1, **changed})
        path = author_path(asked.name, asked.identity, twin)
        more = urlencode(asked.list_parameters())
        return path + ("&" if "?" in path else "?") * bool(more) + more

    def list_parameters(self) -> dict[str, str]:
        """Return the parameters that are not the default, besides name and identity."""
        every = {
            "sort": self.sort if self.sort != "year" else "",
            "year": self.year,
            "type": self.type,
            "venue": self.venue,
            "hidden": "show" if self.hidden else "",
            "per_page": str(self.per_page) if self.per_page != PER_PAGE else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in every.items() if value}


def parse_author_request(name: str, parameters: Mapping[str, str]) -> AuthorRequest:
    """Parse the parameters of a page of a name.

    Args:
        name: The name in the path; if it is empty, the parameter ``name`` holds it.
        parameters: The parameters of the address; others than those of the page are ignored.

    Raises:
        ParameterInvalid: A parameter is not valid.
    """
    return AuthorRequest(
        name=name or parameters.get("name", ""),
        identity=_read_value(parameters, "identity"),
        sort=_read_choice(parameters, "sort", tuple(SORTS)) or "year",
        page=int(_read_matching(parameters, "page", _NUMBER, "a whole number from 1") or 1),
        per_page=int(_read_matching(parameters, "per_page", _SIZE, f"1 to {PER_PAGE}") or PER_PAGE),
        year=_read_matching(parameters, "year", _YEARS, "a year, or 2019..2022"),
        type=_read_value(parameters, "type"),
        venue=_read_value(parameters, "venue"),
        hidden=bool(_read_choice(parameters, "hidden", ("show",))),
    )


def _read_choice(parameters: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    typed = parameters.get(name, "")
    if typed and typed not in choices:
        raise ParameterInvalid(name, typed, " or ".join(choices))
    return typed


def _read_matching(
    parameters: Mapping[str, str], name: str, pattern: re.Pattern[str], expected: str
) -> str:
    typed = parameters.get(name, "")
    if typed and not (pattern.fullmatch(typed) and typed.strip("0")):
        raise ParameterInvalid(name, typed, expected)
    return typed


def _read_value(parameters: Mapping[str, str], name: str) -> str:
    typed = parameters.get(name, "")
    if len(typed) > LONGEST_VALUE:
        raise ParameterInvalid(name, typed, f"at most {LONGEST_VALUE} characters")
    return typed
