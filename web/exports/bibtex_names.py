"""Write the names of authors and editors as values of BibTeX."""

import re

from index.text.bibtex_text import escape_text
from web.exports.people import Person


def write_names(people: tuple[Person, ...]) -> str:
    """Return names as a value of BibTeX: ``van der Maaten, Laurens and {ATLAS Collaboration}``."""
    return " and ".join(filter(None, map(_write_name, people)))


def _write_name(person: Person) -> str:
    if person.body:
        return f"{{{escape_text(person.family)}}}" if person.family.strip() else ""
    family = _write_part(person.family)
    if any(word[:1].islower() for word in person.family.split()[1:]):  # Ramón y Cajal
        family = family if family.startswith("{") else f"{{{family}}}"
    family = f"{escape_text(person.particle)} {family}".strip()
    parts = [_write_part(part) for part in (person.suffix, person.given) if part]
    return ", ".join([family, *parts])


def _write_part(part: str) -> str:
    """Return a part of a name, in braces if it would be read as more than one part."""
    escaped = escape_text(part)
    return f"{{{escaped}}}" if "," in part or re.search(r"(?i)\band\b", part) else escaped
