"""Split the names of authors as references need them: family, particle, given, suffix."""

import re
from functools import lru_cache

from msgspec import Struct

from index.names.bodies import is_group
from index.names.parser import PARTICLES, is_collaboration, parse_name
from index.text.scripts import CJK

_CACHED = 1 << 12
_CJK = re.compile(f"[{CJK}]")


class Person(Struct, frozen=True):
    """One author of a reference.

    Attributes:
        family: The family name without its particle: ``Maaten``; the whole name of a body.
        given: ``Laurens``; empty if the name has one part.
        particle: ``van der``; or empty.
        suffix: ``Jr.``; or empty.
        body: Whether this is an organisation or a group of authors.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    body: bool = False

    @property
    def whole_family(self) -> str:
        """The family name with its particle: ``van der Maaten``."""
        return f"{self.particle} {self.family}".strip()


@lru_cache(_CACHED)
def split_person(shown: str) -> Person:
    """Split the display form of a name, ``Laurens van der Maaten``."""
    name = parse_name(shown)
    if not name.family:
        return Person(shown, body=" " in shown)
    if is_collaboration(shown) or is_group(shown):
        return Person(shown, body=True)
    if not name.given:
        several = " " in name.family and not _CJK.search(name.family)
        return Person(name.family, suffix=name.suffix, body=several)
    words = name.family.split(" ")
    count = next((at for at, word in enumerate(words) if not _is_particle(word)), 0)
    return Person(" ".join(words[count:]), name.given, " ".join(words[:count]), name.suffix)


def _is_particle(word: str) -> bool:
    """Return whether a word of a family name is a particle that is written in lower case."""
    return word in PARTICLES and word.islower()
