"""Convert the authors and collaborations that INSPIRE's records name."""

import re
from collections.abc import Iterable

from msgspec import Struct

from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty
from index.records import RawAuthor

_GROUP = re.compile(r"(?i)\b(?:collaborations?|groups?|team|consortium|network|projects?)\b")


class Value(Struct):
    """A value, the scheme that it is of, and what it belongs to."""

    value: str | None = None
    schema: str | None = None
    material: str | None = None


class Person(Struct):
    """An author, editor or supervisor."""

    full_name: str | None = None
    ids: tuple[Value, ...] | None = None
    bai: str | None = None
    affiliations: tuple[Value, ...] | None = None
    raw_affiliations: tuple[Value, ...] | None = None
    inspire_roles: tuple[str, ...] | None = None


def convert_people(
    people: Iterable[Person], groups: Iterable[str], bodies: Iterable[str]
) -> tuple[RawAuthor, ...]:
    """Convert the authors, or else the editors, and then collaborations and other bodies.

    Args:
        people: The authors, editors and supervisors.
        groups: The collaborations: ``ATLAS``, ``The Planck Collaboration``.
        bodies: The corporate authors: ``CERN``.
    """
    people = [*people]
    authors = [one for one in people if not one.inspire_roles or "author" in one.inspire_roles]
    names = (*map(_name_group, groups), *bodies)
    others = [RawAuthor(name=name, body=True) for name in names if name]
    if not authors and not others:
        return convert_editors(people)
    return (*map(_convert_person, authors), *others)


def convert_editors(people: Iterable[Person]) -> tuple[RawAuthor, ...]:
    """Convert the editors among the people of a record."""
    return tuple(_convert_person(one) for one in people if "editor" in (one.inspire_roles or ()))


def _name_group(group: str) -> str:
    group = group.strip()
    known = not group or _GROUP.search(group) or " " in group
    return group if known else f"{group} Collaboration"


def _convert_person(person: Person) -> RawAuthor:
    places = [one.value for one in person.affiliations or () if one.value]
    raw = [one.value for one in person.raw_affiliations or () if one.value]
    ids = {one.schema: one.value for one in person.ids or () if one.schema and one.value}
    return RawAuthor(
        name=person.full_name or "",
        ids=drop_empty(
            {
                "orcid": parse_orcid(ids.get("ORCID")),
                "inspire": ids.get("INSPIRE BAI") or person.bai or "",
            }
        ),
        affiliations=tuple(places or raw),
    )
