"""Make bibliographies of planted papers, with the mistakes that people make in them.

`make_bibliography` turns papers of an index into a file and lists what a check has to find: the
work of each entry, and what is wrong with it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.records import Appearance, Paper
from index.works.stages import TURNED_DOWN, is_preprint, is_published
from search.bibliography.check import Report
from search.bibliography.findings import Kind, choose_type

Claim = tuple[str, str, str]
"""The key of an entry, the kind of a finding or ``work``, and its field or the id of the work."""

_VERBS = "Learning Ranking Parsing Routing Tracing Sorting Merging Folding Planning Mapping".split()
_THINGS = "harbours tides glaciers orchards lanterns bridges turbines meadows compilers".split()
_WAYS = "gradients lattices automata kernels proofs sketches bandits grammars wavelets".split()
_PLACES = "Kyoto Bergen Quito Nairobi Tromso Cusco Lagos Hobart Riga Turin".split()
_FAMILIES = "Holm Quist Berg Okafor Tanaka Rossi Novak Silva Haddad Larsen Moreau Iyer".split()
_GIVEN = "Asta Bo Carla Deniz Emeka Fumi Greta Hugo Ines Jonas Keiko Luca".split()
_STRANGE = "Zephyr Quokka Xylem Fjord Onyx Myrrh Vellum Umbra Kelp Dross".split()


def make_planted_papers(count: int, seed: int) -> list[dict[str, object]]:
    """Make records of works: preprints published later, parts, namesakes, withdrawn ones."""
    chance = random.Random(seed)
    return [_make_record(number, chance) for number in range(count)]


def _make_record(number: int, chance: random.Random) -> dict[str, object]:
    names = chance.sample([f"{given} {family}" for given in _GIVEN for family in _FAMILIES], 3)
    verb, thing, way = (chance.choice(words) for words in (_VERBS, _THINGS, _WAYS))
    where, base = chance.choice(_PLACES), number // 2 * 2
    title = f"{verb} {thing} with {way} near {where} from {_spell(base)} observations"
    record: dict[str, object] = {"id": f"p{number}", "title": title, "authors": names}
    year = 2008 + number % 12
    venue: dict[str, object] = {
        "venue": "NeurIPS", "venue_name": "Advances in Neural Information Processing Systems",
        "venue_kind": "conference", "year": year, "pages": f"{number + 1}-{number + 9}",
    } if number % 3 else {
        "venue": "Journal of Tides", "venue_kind": "journal", "year": year,
        "volume": str(number % 40 + 1), "issue": str(number % 4 + 1),
        "pages": f"{number + 1}-{number + 9}",
    }  # fmt: skip
    shows = [venue]
    ids = {"doi": f"10.9999/tide.{number}"}
    if number % 4 == 1:
        shows.append({"venue": "arXiv", "venue_kind": "repository", "year": year - 1})
        ids["arxiv"] = f"{year % 100:02}01.{number:05}"
    return record | {"appearances": shows, "ids": ids}


def _spell(number: int) -> str:
    """Return a number as a made-up word that no other number has."""
    letters = []
    for _ in range(4):
        number, rest = divmod(number, 10)
        letters.append(_STRANGE[rest][:3].lower())
    return "".join(letters)


def pair_records(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """Turn every tenth pair of records into two parts, and every other tenth into namesakes."""
    for at in range(0, len(records) - 1, 20):
        one, other = records[at], records[at + 1]
        stem = one["title"]
        one["title"], other["title"] = f"{stem}, Part I", f"{stem}, Part II"
        other["authors"] = one["authors"]
    for at in range(10, len(records) - 1, 20):
        records[at + 1]["title"] = records[at]["title"]
    for at in (4, 44):
        records[at]["status"] = "withdrawn"
    return records


@dataclass
class MadeBibliography:
    """A bibliography and what a check has to find in it.

    Attributes:
        text: The file.
        claims: What there is to find.
    """

    text: str = ""
    claims: set[Claim] = field(default_factory=set)


class BibliographyMaker:
    """Writes entries of papers, right ones and wrong ones."""

    def __init__(self, seed: int) -> None:
        """Start an empty bibliography."""
        self.chance = random.Random(seed)
        self.made = MadeBibliography(
            "% A made-up bibliography\n@string{tides = {Journal of Tides}}\n"
        )
        self.number = 0

    def add(self, paper: Paper, mistake: str) -> None:
        """Write an entry of a paper with one mistake, or none."""
        self.number += 1
        key = f"key{self.number}"
        fields = _describe(paper, paper.shown)
        if mistake != "unknown":
            self.made.claims.add((key, "work", paper.id))
            if paper.status in TURNED_DOWN:
                self.made.claims.add((key, "status", "note"))
        _MISTAKES[mistake](self, key, fields, paper)
        kind = fields.pop("type")
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        self.made.text += f"\n@{kind}{{{key},\n{lines}}}\n"

    def leave(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Leave an entry as it is."""

    def cite_preprint(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Cite the preprint of a paper that was published."""
        show = next(show for show in paper.appearances if is_preprint(show))
        arxiv = paper.ids["arxiv"]
        for name in [*fields]:
            if name not in ("title", "author"):
                del fields[name]
        if self.number % 2:
            fields |= {"type": "article", "journal": f"arXiv preprint arXiv:{arxiv}"}
        else:
            fields |= {"type": "misc", "eprint": arxiv, "archivePrefix": "arXiv"}
        fields["year"] = str(show.year or "")
        self.made.claims.add((key, "published", ""))

    def misprint(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Exchange two letters in a long word of the title."""
        words = fields["title"].split()
        longest = max((word for word in words if word.isalpha()), key=len)
        at = len(longest) // 2
        wrong = longest[: at - 1] + longest[at] + longest[at - 1] + longest[at + 1 :]
        if wrong == longest:
            wrong = longest[:at] + longest[at + 1 :]
        fields["title"] = " ".join(wrong if word == longest else word for word in words)
        fields.pop("doi", None)
        self.made.claims |= {(key, "differs", "title")} | _missing_doi(key, paper)

    def shorten(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Drop the last words of the title."""
        words = fields["title"].split()
        fields["title"] = " ".join(words[: max(5, len(words) * 2 // 3)])
        fields.pop("doi", None)
        self.made.claims |= {(key, "differs", "title")} | _missing_doi(key, paper)

    def use_initials(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Write the authors with initials and lose the DOI."""
        names = [author.name.split() for author in paper.authors]
        fields["author"] = " and ".join(f"{name[-1]}, {name[0][0]}." for name in names)
        fields.pop("doi", None)
        self.made.claims |= _missing_doi(key, paper)

    def lose(self, key: str, fields: dict[str, str], paper: Paper) -> None:
        """Lose the pages and the DOI."""
        fields.pop("doi", None)
        pages = fields.pop("pages", None)
        self.made.claims |= _missing_doi(key, paper)
        if pages:
            self.made.claims.add((key, "missing", "pages"))

    def misdate(self, key: str, fields: dict[str, str], _paper: Paper) -> None:
        """Write another year."""
        fields["year"] = str(int(fields["year"]) + 1)
        self.made.claims.add((key, "differs", "year"))

    def invent(self, _key: str, fields: dict[str, str], _paper: Paper) -> None:
        """Write a paper that is not in the index: other words, or other authors."""
        fields.pop("doi", None)
        words = fields["title"].split()
        if self.number % 2:
            fields["author"] = "Nobody, Quentin and Noone, Rufus"
        else:
            long = [at for at, word in enumerate(words) if len(word) > 4]
            for at in self.chance.sample(long, min(2, len(long))):
                words[at] = self.chance.choice(_STRANGE)
            fields["title"] = " ".join(words)


_MISTAKES = {
    "": BibliographyMaker.leave,
    "preprint": BibliographyMaker.cite_preprint,
    "misprint": BibliographyMaker.misprint,
    "shortened": BibliographyMaker.shorten,
    "initials": BibliographyMaker.use_initials,
    "lost": BibliographyMaker.lose,
    "misdated": BibliographyMaker.misdate,
    "unknown": BibliographyMaker.invent,
}


def _missing_doi(key: str, paper: Paper) -> set[Claim]:
    return {(key, "missing", "doi")} if paper.ids.get("doi") else set()


def _describe(paper: Paper, show: Appearance) -> dict[str, str]:
    """Return the fields of a right entry."""
    kind = choose_type(show)
    place = "journal" if kind == "article" else "booktitle"
    return {
        "type": kind, "title": paper.title,
        "author": " and ".join(author.name for author in paper.authors),
        place: show.venue_name or show.venue, "year": str(show.year or ""),
        "volume": show.volume, "number": show.issue,
        "pages": show.pages.replace("-", "--"), "doi": paper.ids.get("doi", ""),
    }  # fmt: skip


def list_claims(report: Report) -> set[Claim]:
    """Return what a check claims; what was published is one claim for each entry."""
    claims: set[Claim] = set()
    for one in report.entries:
        key = one.entry.written.key
        if one.match.work:
            claims.add((key, "work", one.match.work.id))
        for finding in one.findings:
            named = "" if finding.kind is Kind.PUBLISHED else finding.field
            claims.add((key, str(finding.kind), named))
    return claims


def make_bibliography(
    papers: Sequence[Paper], mistakes: Sequence[str], seed: int
) -> MadeBibliography:
    """Write one entry for each mistake, each of another paper, if one is left that can have it."""
    maker, left = BibliographyMaker(seed), list(papers)
    maker.chance.shuffle(left)
    for mistake in mistakes:
        fitting = (at for at, paper in enumerate(left) if _can_have(paper, mistake))
        if (at := next(fitting, None)) is not None:
            maker.add(left.pop(at), mistake)
    return maker.made


def _can_have(paper: Paper, mistake: str) -> bool:
    if mistake == "preprint":
        later = is_published(paper.shown) and paper.status not in TURNED_DOWN
        return later and "arxiv" in paper.ids and any(map(is_preprint, paper.appearances))
    if mistake == "shortened" and "Part" in paper.title:
        return False  # nobody could tell which part is meant
    if mistake == "misdated" and any(
        show.year == (paper.shown.year or 0) + 1 for show in paper.appearances
    ):
        return False
    return bool(paper.authors and paper.shown.year and len(paper.title.split()) > 5)
