"""Convert the creators and contributors that records of InvenioRDM and Zenodo name."""

from collections.abc import Iterator

from msgspec import Struct

from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty
from index.records import RawAuthor


class NameId(Struct):
    """An identifier of a person or an organisation."""

    identifier: str | None = None
    scheme: str | None = None


class Named(Struct):
    """A person or an organisation, or an affiliation."""

    name: str | None = None
    type: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    identifiers: tuple[NameId, ...] | None = None


class Role(Struct):
    """What a contributor did."""

    id: str | None = None


class Creator(Struct):
    """A creator or contributor; the older form has the name and the ORCID iD outermost."""

    person_or_org: Named | None = None
    affiliations: tuple[Named, ...] | None = None
    role: Role | None = None
    name: str | None = None
    affiliation: str | None = None
    orcid: str | None = None
    type: str | None = None


def convert_people(
    creators: tuple[Creator, ...], contributors: tuple[Creator, ...]
) -> tuple[RawAuthor, ...]:
    """Convert the creators, or else the editors."""
    editors = tuple(one for one in contributors if _find_role(one).lower() == "editor")
    return tuple(map(_convert_person, creators or editors))


def _find_role(person: Creator) -> str:
    return (person.role.id if person.role else person.type) or ""


def _convert_person(person: Creator) -> RawAuthor:
    named = person.person_or_org or Named(name=person.name)
    body = named.type == "organizational"
    family = "" if body else named.family_name or ""
    orcids = (one.identifier for one in named.identifiers or () if one.scheme == "orcid")
    return RawAuthor(
        name="" if family else named.name or named.given_name or "",
        family=family,
        given=(named.given_name or "") if family else "",
        ids=drop_empty({"orcid": parse_orcid(person.orcid or next(orcids, ""))}),
        affiliations=tuple(_list_places(person)),
        body=body,
    )


def _list_places(person: Creator) -> Iterator[str]:
    yield from (one.name for one in person.affiliations or () if one.name)
    if person.affiliation:
        yield person.affiliation
