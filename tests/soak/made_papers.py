"""Make up the papers of a soak, so that the answer to every question about them is known.

A paper is a number and an edition. Each edition has a mark, a made-up word that no other one has,
and everything else about a paper follows from its number. So the contents of an index are a mapping
of numbers to editions, and a search for a mark, a theme or a venue has one right answer.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from random import Random

Editions = Mapping[int, int]
"""The edition of each paper, by its number."""

THEMES = (
    "volcano", "harbour", "orchard", "glacier", "lantern", "violin",
    "compass", "meadow", "pyramid", "canyon", "falcon", "turbine",
)  # fmt: skip
"""One of them is in the title of each paper and in no other text."""

VENUES = ("NeurIPS", "ICML", "ICLR", "CVPR", "ACL", "AAAI", "IJCAI")

_FILLING = (
    "model network learning deep method data graph image language policy sparse robust neural "
    "optimal bound sample search kernel estimate inference attention gradient representation"
).split()
_GIVEN = ("Ada", "Bruno", "Chiara", "Dmitri", "Elena", "Farid", "Greta", "Hiro", "Ines", "Jonas")
_FAMILY = ("Okafor", "Lindqvist", "Marchetti", "Novak", "Petrova", "Quispe", "Rahimi", "Sato")
_CONSONANTS, _VOWELS = "bcdfgklmnprtvz", "aeiou"

_TWIN = "-preprint"
_DELETIONS = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'
)
_DELETION = '<record><header status="deleted"><identifier>{}</identifier></header></record>'


def make_mark(number: int, edition: int) -> str:
    """Return the word that only this edition of a paper has.

    Its twelve letters keep it further from all others than a search forgives misspelling.
    """
    digest = blake2b(f"{number}/{edition}".encode(), digest_size=12).digest()
    letters = (_CONSONANTS, _VOWELS)
    return "".join(letters[at % 2][byte % len(letters[at % 2])] for at, byte in enumerate(digest))


def paper_id(number: int) -> str:
    """Return the id of a paper."""
    return f"made-{number}"


def paper_number(found_id: str) -> int:
    """Return the number of the paper that an id means, of either of its records."""
    return int(found_id.removesuffix(_TWIN).removeprefix("made-"))


def theme(number: int) -> str:
    """Return the theme of a paper."""
    return THEMES[number % len(THEMES)]


def venue(number: int) -> str:
    """Return the venue of a paper; of papers of one theme, all venues have some."""
    return VENUES[number % len(VENUES)]


def year(number: int) -> int:
    """Return the year of a paper."""
    return 2000 + number * 7 % 25


def is_hidden(number: int) -> bool:
    """Return whether a paper is withdrawn, so that a search hides it."""
    return number % 17 == 3


def title(number: int, edition: int) -> str:
    """Return the title of an edition, whose first word is its mark."""
    words = " ".join(Random(number).sample(_FILLING, 3))
    return f"{make_mark(number, edition).capitalize()} and the {theme(number)} {words}"


def make_records(number: int, edition: int) -> list[dict[str, object]]:
    """Make the records of a paper; each tenth paper has two, which share a DOI."""
    chance = Random(number)
    authors = [f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}" for _ in range(3)]
    record: dict[str, object] = {
        "id": paper_id(number),
        "title": title(number, edition),
        "abstract": " ".join(chance.choices(_FILLING, k=60)).capitalize() + ".",
        "authors": list(dict.fromkeys(authors)),
        "venue": venue(number),
        "year": year(number),
        "doi": f"10.5555/made.{number}",
        "citations": number * 13 % 101,
        "status": "withdrawn" if is_hidden(number) else "poster",
    }
    twins = [record | {"id": paper_id(number) + _TWIN}] if number % 10 == 7 else []
    return [record, *twins]


def write_dump(path: Path, editions: Editions) -> Path:
    """Write the records of papers as JSON lines, packed if the name ends in ``.gz``."""
    records = (each for pair in editions.items() for each in make_records(*pair))
    text = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(text, 1) if path.suffix == ".gz" else text)
    return path


def write_deletions(path: Path, numbers: Iterable[int]) -> Path:
    """Write a dump that declares all records of papers deleted."""
    ids = [str(record["id"]) for number in numbers for record in make_records(number, 0)]
    path.write_text(_DELETIONS.format("".join(map(_DELETION.format, ids))), "utf-8")
    return path
