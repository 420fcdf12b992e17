"""Convert the creators and contributors that DataCite's records name."""

from collections.abc import Iterator

from msgspec import Struct

from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty
from index.records import RawAuthor


class NameId(Struct, rename={"value": "nameIdentifier", "scheme": "nameIdentifierScheme"}):
    """An identifier of a person or an organisation."""

    value: str | None = None
    scheme: str | None = None


class Place(Struct):
    """An affiliation with identifiers."""

    name: str | None = None


class Person(Struct, rename="camel"):
    """A creator or contributor; the first version of DataCite's JSON had `type` and `id`."""

    name: str | None = None
    name_type: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    name_identifiers: tuple[NameId, ...] | None = None
    affiliation: tuple[Place | str, ...] | Place | str | None = None
    contributor_type: str | None = None
    type: str | None = None
    id: str | None = None


def convert_people(
    creators: tuple[Person, ...], contributors: tuple[Person, ...]
) -> tuple[RawAuthor, ...]:
    """Convert the creators, or else the editors."""
    editors = tuple(one for one in contributors if one.contributor_type == "Editor")
    return tuple(_convert_person(one) for one in creators or editors if not _is_unknown(one))


def _is_unknown(person: Person) -> bool:
    return (person.name or "").startswith("(:")  # (:unav), (:unkn) and similar codes


def _convert_person(person: Person) -> RawAuthor:
    body = person.name_type == "Organizational" or person.type == "Organization"
    family = "" if body else person.family_name or ""
    return RawAuthor(
        name="" if family else person.name or person.given_name or "",
        family=family,
        given=(person.given_name or "") if family else "",
        ids=drop_empty({"orcid": _find_orcid(person)}),
        affiliations=tuple(_list_places(person)),
        body=body,
    )


def _find_orcid(person: Person) -> str:
    stated = (one.value for one in person.name_identifiers or () if one.scheme == "ORCID")
    return next(filter(None, map(parse_orcid, (*stated, person.id))), "")


def _list_places(person: Person) -> Iterator[str]:
    found = person.affiliation or ()
    for one in found if isinstance(found, tuple) else (found,):
        name = one if isinstance(one, str) else one.name
        if name:
            yield name
