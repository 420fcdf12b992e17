"""Find what contradicts itself in what the maintainer says about people."""

from collections.abc import Iterable, Iterator

from index.people.curation import Person, make_name_key
from index.people.errors import Problem


def find_contradictions(people: Iterable[Person]) -> Iterator[Problem]:
    """Yield a problem for each contradiction, in one entry or between two.

    Args:
        people: The entries in the order of the file, each valid by itself.
    """
    keys: dict[str, Person] = {}
    entries: dict[tuple[str, str], Person] = {}
    for person in people:
        yield from (Problem(person.line, text) for text in _check_person(person))
        for key in dict.fromkeys(person.keys):
            other = keys.setdefault(key, person)
            if other is not person:
                text = f"'{key}' is also in the entry of '{other.name}' in line {other.line}"
                yield Problem(person.line, text)
        named = make_name_key(person.name), person.key
        other = entries.setdefault(named, person)
        if other is not person and person.key not in person.keys:
            yield Problem(person.line, f"'{person.name}' has an entry in line {other.line} already")


def _check_person(person: Person) -> Iterator[str]:
    for key in sorted(set(person.keys) & set(person.different)):
        yield f"'{key}' is both this person and a different one"
    for paper in sorted(set(person.papers) & set(person.not_papers)):
        yield f"'{paper}' is in both papers and not-papers"
    names = {make_name_key(name) for name in person.names}
    for name in person.hidden:
        if make_name_key(name) in names:
            yield f"'{name}' is both hidden and shown"
    if not (person.keys or person.papers or person.alias or person.hidden or person.not_papers):
        yield f"the entry of '{person.name}' says nothing but a name"
