"""Apply what the maintainer says about people to the papers of a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.people.curation import PAPER, Curation, Person
from index.records import list_record_ids
from search.authors.core_names import may_be_same, reduce_name
from search.authors.mentions import Mention
from search.authors.person_ids import read_person_ids

BY_PAPER = "the maintainer says that this person wrote the paper"
BY_KEY = "the maintainer says that this person has the {scheme} id"


@dataclass(frozen=True, slots=True)
class Placement:
    """What the maintainer says about one author of one paper.

    Attributes:
        person: Who it is; None if nothing says so. Papers of one person belong together.
        others: People who it is not, besides every other than `person`.
        reason: Why it is the person, in words; empty without one.
    """

    person: Person | None = None
    others: tuple[Person, ...] = ()
    reason: str = ""

    def may_join(self, other: "Placement") -> bool:
        """Return whether two papers may be of one person."""
        if self.person and other.person:
            return self.person is other.person
        return self.person not in other.others if self.person else other.person not in self.others


NOTHING_SAID = Placement()


def place_mentions(curation: Curation, mentions: Sequence[Mention]) -> tuple[Placement, ...]:
    """Return what the maintainer says about each paper of a name, in the order of the papers."""
    if not curation:
        return (NOTHING_SAID,) * len(mentions)
    return tuple(_place(curation, mention) for mention in mentions)


def list_keys(mention: Mention) -> tuple[str, ...]:
    """Return the keys of the identities to which the identifiers of an author belong."""
    ids = read_person_ids(mention)
    return tuple(f"{scheme.partition(' ')[0]}:{value}" for scheme, value in ids.items())


def _place(curation: Curation, mention: Mention) -> Placement:
    papers, keys = list_record_ids(mention.paper), list_keys(mention)
    said = [person for paper in papers for person in curation.list_writers(paper)]
    writers = _list_namesakes(said, mention)
    others = _list_others(curation, papers, keys)
    if writers:
        return Placement(writers[0], others, BY_PAPER)
    for key in (*keys, *(f"{PAPER}:{paper}" for paper in papers)):
        person = curation.find_person(key)
        if person is None or person in others:
            continue
        if key.startswith(f"{PAPER}:"):
            if _list_namesakes([person], mention):
                return Placement(person, others, BY_PAPER)
            continue
        return Placement(person, others, BY_KEY.format(scheme=key.partition(":")[0]))
    return Placement(None, others)


def _list_namesakes(people: Iterable[Person], mention: Mention) -> list[Person]:
    """Return the people who have the name of an author, since a paper has several authors."""
    core = reduce_name(mention.name)
    return [
        person
        for person in people
        if any(may_be_same(reduce_name(one), core) for one in (*person.names, *person.hidden))
    ]


def _list_others(
    curation: Curation, papers: Sequence[str], keys: Sequence[str]
) -> tuple[Person, ...]:
    """Return the people who are said not to be an author, whatever their names are."""
    denied = {one for id_ in papers for one in curation.list_denied(id_)}
    denied |= {one for key in keys for one in curation.list_different(key)}
    return tuple(sorted(denied, key=lambda person: person.line))
