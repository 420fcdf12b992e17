"""Collect the papers of a name: a name, not a person.

All spellings of a name lead to one cluster: ``Geoffrey Hinton``, ``Geoffrey E. Hinton``, and
``G. E. Hinton``. Names of which only initials are known belong to a cluster if no other name of the
index fits them; else they are a cluster of their own, which lists the names that may be meant.
All names that the maintainer of the index gives to one person lead to one cluster.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.names.parser import (
    PARTICLES,
    make_author_key,
    parse_name,
    strip_homonym_number,
)
from index.people.curation import Curation, Person
from index.records import Paper, decode_paper
from index.text.folding import fold
from search.answers.searcher import Searcher
from search.authors.core_names import CoreName, may_be_same, reduce_name
from search.authors.mentions import Mention
from search.engines.engine import Engine
from search.errors import AuthorMissing
from search.planning.author_names import plan_name
from search.planning.plan import NOTHING, Plan, any_of
from search.request.search_request import SORTS
from search.suggest.authors import find_written_name

MOST_PAPERS = 2_000
"""Papers of a cluster, the newest ones. Chosen: reading them takes about .1 s; the most frequent
name of 95,099 papers has 500."""

FEW_PAPERS = 50
"""Papers that are read before all of a name of initials. Chosen: they show two full names of nearly
every frequent one; reading all papers of `Y. Liu` takes .1 s."""

LONGEST_NAME = 300
"""Characters of a name that is looked up; chosen."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One spelling of a name.

    Attributes:
        name: The name as most papers write it.
        key: The name folded, without dblp's number.
        papers: The number of papers that name it.
    """

    name: str
    key: str
    papers: int


@dataclass(frozen=True, slots=True)
class NameCluster:
    """The papers of a name.

    Attributes:
        name: The name in its shortest full form, as most papers write it.
        mentions: One for each paper, the newest first, then by title.
        variants: Its spellings, the most frequent first.
        total: The number of papers that were found; more than there are mentions if the name has
            too many, see `MOST_PAPERS`.
        others: For a name of initials, the full names that may be meant.
    """

    name: str
    mentions: tuple[Mention, ...]
    variants: tuple[Variant, ...]
    total: int
    others: tuple[Variant, ...] = ()


def find_cluster(searcher: Searcher, typed: str) -> NameCluster:
    """Find the cluster of a name.

    Args:
        searcher: The index.
        typed: Any spelling of the name, in any order, with or without dblp's number.

    Raises:
        AuthorMissing: No paper names the author.
    """
    try:
        return _gather_cluster(searcher, typed)
    except AuthorMissing:
        # A folded key may be read as another name than the one it was made of: ``li fei fei``.
        key = strip_homonym_number(make_author_key(parse_name(typed[:LONGEST_NAME])))
        written = find_written_name(searcher.engine, key) if key else ""
        if written == key:
            raise
        return _gather_cluster(searcher, written)


def _gather_cluster(searcher: Searcher, typed: str) -> NameCluster:
    curation = searcher.people.curation
    name = " ".join(typed.split())
    if len(name) <= LONGEST_NAME:
        name = curation.find_shown_name(name) or name
    core = reduce_name(name) if len(name) <= LONGEST_NAME else None
    if core is None or not core.family:
        raise AuthorMissing(typed)
    engine = searcher.engine
    core = _expand_initials(engine, core)
    papers, total = _find_papers(engine, core)
    full = {} if core.first else _list_full_names(papers, core)
    others = tuple(sorted(full.values(), key=_rank_variant))
    mentions = _list_mentions(engine, papers, core)
    people = _list_people(curation, (name, *(mention.name for mention in mentions)))
    mentions = _add_other_names(engine, people, core, mentions)
    if not (mentions or others):
        raise AuthorMissing(typed)
    variants = _count_variants(mentions)
    left_out = max(0, total - len(papers))
    shown = _choose_name(variants) if variants else name
    if len(people) == 1:
        shown = people[0].name
    return NameCluster(shown, mentions, variants, len(mentions) + left_out, others)


def _expand_initials(engine: Engine, core: CoreName) -> CoreName:
    """Return the only full name that initials can mean, without initials; else the name itself.

    Initials and a full name belong together if these are the same whichever of them is asked for.
    """
    if core.first:
        return _drop_initials(core)
    for most in (FEW_PAPERS, MOST_PAPERS):
        papers, total = _find_papers(engine, core, most)
        full = _list_full_names(papers, core)
        if len(full) > 1 or total > MOST_PAPERS:
            return core
        if total <= most:
            break
    is_word = not core.initials and any(one == core for _, one in _list_authors(papers, core))
    return core if is_word else next(iter(full), core)


def _drop_initials(core: CoreName) -> CoreName:
    """Return a full name with the first initial alone, so that all its spellings fit."""
    return CoreName(core.first, core.family, (core.first[0],)) if core.first else core


def _find_papers(
    engine: Engine, core: CoreName, most: int = MOST_PAPERS
) -> tuple[list[Paper], int]:
    """Find the papers that may name somebody, the newest first, and count them.

    A family name may have a particle before a hyphen, as `Ben-Porat`, which is indexed as one word.
    """
    given = core.first or " ".join(f"{letter}." for letter in core.initials)
    joined = (f"{particle}{core.family}" for particle in PARTICLES if particle.islower())
    known = sorted(family for family in joined if engine.count_documents("author", family))
    names = (f"{given} {family}".strip() for family in (core.family, *known))
    ways = [plan_name(name, engine, first=False, exact=True) for name in names]
    ways = [way for way in ways if way != NOTHING]
    if not ways:
        return [], 0
    found = engine.find(Plan(any_of(ways), scored=False), SORTS["newest"], 0, most)
    return [decode_paper(record) for _, record in found.hits], found.total


def _list_authors(papers: Iterable[Paper], core: CoreName) -> Iterator[tuple[Mention, CoreName]]:
    """Yield the authors whose names may be spellings of one, with their own cores."""
    last = core.family.rpartition(" ")[2]
    last = last if last.isascii() else ""  # keys keep the variants of Chinese characters
    for paper in papers:
        for position, author in enumerate(paper.authors):
            if last in author.key and may_be_same(found := reduce_name(author.name), core):
                yield Mention(paper, position), found


def _list_mentions(engine: Engine, papers: list[Paper], core: CoreName) -> tuple[Mention, ...]:
    """Return one mention for each paper; names of initials only where they mean this name alone."""
    whole: dict[str, Mention] = {}
    meanings: dict[CoreName, CoreName] = {}
    for mention, found in _list_authors(papers, core):
        if found not in meanings:
            meanings[found] = _expand_initials(engine, found) if core.first else found
        if meanings[found] == core:
            known = whole.setdefault(mention.paper.id, mention)
            if reduce_name(known.name).first < found.first:  # a full name before initials
                whole[mention.paper.id] = mention
    return tuple(sorted(whole.values(), key=_rank_mention))


def _list_people(curation: Curation, names: Iterable[str]) -> list[Person]:
    """Return the people of whom the maintainer knows other names than one of these."""
    if not curation:
        return []
    found = {one: None for name in set(names) for one in curation.find_namesakes(name)}
    people = [one for one in found if len(one.names) + len(one.hidden) > 1]
    return sorted(people, key=lambda one: one.line)


def _add_other_names(
    engine: Engine, people: Iterable[Person], core: CoreName, mentions: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Add the papers of people under their other names; former names are replaced already."""
    found = {mention.paper.id: mention for mention in mentions}
    for person in people:
        cores = dict.fromkeys((core, *(_drop_initials(reduce_name(one)) for one in person.names)))
        for name in (*person.names, *person.hidden):
            papers, _ = _find_papers(engine, _drop_initials(reduce_name(name)))
            for other in cores:
                for mention in _list_mentions(engine, papers, other):
                    found.setdefault(mention.paper.id, mention)
    return tuple(sorted(found.values(), key=_rank_mention))


def _rank_mention(mention: Mention) -> tuple[int, str, str]:
    paper = mention.paper
    return -(paper.shown.year or 0), fold(paper.title), paper.id


def _list_full_names(papers: list[Paper], core: CoreName) -> dict[CoreName, Variant]:
    """Return the full names that initials may stand for, by their cores without initials."""
    found: dict[CoreName, list[Mention]] = defaultdict(list)
    for mention, full in _list_authors(papers, core):
        if full.first:
            found[_drop_initials(full)].append(mention)
    return {one: _describe_name(one, mentions) for one, mentions in found.items()}


def _describe_name(core: CoreName, mentions: list[Mention]) -> Variant:
    papers = len({mention.paper.id for mention in mentions})
    name = _choose_name(_count_variants(mentions))
    return Variant(name, f"{core.first} {core.family}", papers)


def _count_variants(mentions: Iterable[Mention]) -> tuple[Variant, ...]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        spellings[mention.key][mention.name] += 1
    found = [
        Variant(min(names, key=lambda name: (-names[name], name)), key, names.total())
        for key, names in spellings.items()
    ]
    return tuple(sorted(found, key=_rank_variant))


def _rank_variant(variant: Variant) -> tuple[int, str]:
    return -variant.papers, variant.key


def _choose_name(variants: Iterable[Variant]) -> str:
    """Return the name of a cluster: of those with the fewest given names, the most frequent."""
    return min(variants, key=_rank_name).name


def _rank_name(variant: Variant) -> tuple[bool, int, int, str]:
    core = reduce_name(variant.name)
    return not core.first, len(core.initials), -variant.papers, variant.key
