"""Find names that are spelt like a name, and other names of the same people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from index.names.parser import format_name, parse_name, strip_homonym_number
from search.answers.searcher import Searcher
from search.authors.core_names import reduce_name
from search.authors.name_cluster import NameCluster, Variant
from search.budget.optional_steps import OptionalSteps
from search.engines.engine import Engine
from search.planning.plan import AllOf, AnyOf, Exact, Node, Plan, Term, Tokens, Without, any_of
from search.suggest.authors import decode_authors, find_written_name

SHORTEST = 3
"""Letters of a part of a name that may be misspelt; chosen: Li and Lu are two names."""

TWO_EDITS = 12
"""Letters from which on two names may differ by two edits instead of one; a swap of two letters is
one. Chosen."""

MOST_SPELLINGS = 12
"""Similar spellings of a part of a name that are looked up, the most frequent of the nearest."""

MOST_WORDS = 1_001
"""Words with the same first two letters that are compared; chosen. From this number on a view
returns estimates, see `search.answers.index_views`, which take 1 ms at 2 million papers."""

MOST_READ = 40
"""Papers whose authors are read for each kind of similarity; chosen: it takes 4 ms."""

MOST_RARE = 200
"""Papers up to which a word of a name is rare; chosen."""

RARE = 50
"""Papers of a family name up to which all who have it are similar names; chosen."""

MOST_IDS = 20
"""ORCID iDs of a name by which other names are looked up; chosen."""


@dataclass(frozen=True, slots=True)
class NearbyNames:
    """Names that a reader of a name may mean, too.

    Attributes:
        others: Names that are spelt otherwise and have the same people.
        similar: Names that are spelt alike and may have others.
    """

    others: tuple[Variant, ...] = ()
    similar: tuple[Variant, ...] = ()


_Groups = dict[tuple[str, str], dict[str, str]]
"""Spellings of names, by first and family name: the name of each author key."""


def find_nearby_names(searcher: Searcher, cluster: NameCluster, limit: int = 10) -> NearbyNames:
    """Find both kinds of names, as far as the budget of the request allows.

    Args:
        searcher: The index.
        cluster: The papers of the name.
        limit: The most names of each kind to return.
    """
    steps = OptionalSteps()
    others = steps.attempt(lambda: find_other_names(searcher, cluster), ())
    own = {one.key for one in others}
    similar = steps.attempt(lambda: find_similar_names(searcher.engine, cluster, limit), ())
    return NearbyNames(others[:limit], tuple(one for one in similar if one.key not in own))


def find_similar_names(
    engine: Engine, cluster: NameCluster, limit: int = 10
) -> tuple[Variant, ...]:
    """Find other names that are spelt like a name, and who else has a rare family name.

    A spelling with an edit in the first two letters of a word is not found.

    Args:
        engine: The engine.
        cluster: The papers of the name, whose own spellings are left out.
        limit: The most names to return.

    Returns:
        The names, the most similar ones first; of the spellings of one, the most frequent.
    """
    core = reduce_name(cluster.name)
    family = core.family.rpartition(" ")[2]
    first = core.first or "".join(core.initials[:1])
    if not (family and first):
        return ()
    spellings = [
        *((first, one) for one in _list_spellings(engine, family)),
        *((one, family) for one in _list_spellings(engine, first)),
        (first[0], family),
    ]
    is_rare = engine.count_documents("author", family) <= RARE
    names = _find_names(engine, spellings)
    if is_rare:
        names.update(_read_names(engine, Term("author", family)))
    own = {core, *(reduce_name(variant.name) for variant in cluster.variants)}
    groups = _group_names(names, {(one.first, one.family) for one in own})
    edits = {
        name: edits
        for name in groups
        if (edits := _count_edits((core.first or first, core.family), name, is_rare=is_rare))
    }
    nearest = sorted(edits, key=lambda name: (edits[name], name))[: 2 * limit]
    found = ((edits[name], _describe(engine, groups[name])) for name in nearest)
    ranked = sorted(found, key=lambda one: (one[0], -one[1].papers, one[1].key))
    return tuple(variant for _, variant in ranked[:limit])


def _list_spellings(engine: Engine, word: str) -> list[str]:
    """Return the words of names that differ from a word by an edit or two, the nearest first."""
    if len(word) < SHORTEST:
        return []
    from rapidfuzz.distance import OSA  # takes 25 ms to load

    found = (
        (edits, -count, other)
        for other, count in engine.complete("author", word[:2], MOST_WORDS)
        if other.isalpha() and 0 < (edits := OSA.distance(word, other, score_cutoff=2)) <= 2  # noqa: PLR2004
    )
    return [other for _, _, other in sorted(found)[:MOST_SPELLINGS]]


def _find_names(engine: Engine, spellings: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Count the authors who have one of these first and family names, by key and name.

    Only if a word is rare, names with others between them are found, too: looking for two frequent
    words one after the other takes 50 ms at 2 million papers. The name of a key that is looked up
    is the key itself.
    """
    keys = (" ".join(pair) for pair in spellings)
    counts = {(key, key): engine.count_documents("author_key", key) for key in keys}
    names = Counter({one: count for one, count in counts.items() if count})
    rare: list[Node] = [
        Tokens("author", pair)
        for pair in spellings
        if len(pair[0]) > 1
        and min(engine.count_documents("author", one) for one in pair) <= MOST_RARE
    ]
    return names + _read_names(engine, any_of(rare)) if rare else names


def _read_names(engine: Engine, match: Node) -> Counter[tuple[str, str]]:
    """Count the authors of papers that match, by key and name."""
    hits = engine.find(Plan(match, scored=False), None, 0, MOST_READ).hits
    authors = (author for _, record in hits for author in decode_authors(record))
    return Counter((author.key, author.name) for author in authors)


def _group_names(names: Counter[tuple[str, str]], own: set[tuple[str, str]]) -> _Groups:
    """Group the spellings of each name but a cluster's own."""
    groups: _Groups = {}
    for (key, name), _ in sorted(names.items(), key=lambda pair: (-pair[1], pair[0])):
        core = reduce_name(name)
        if (core.first, core.family) not in own:
            group = core.first or " ".join(core.initials), core.family
            known = groups.setdefault(group, {})
            known[key] = name if name != key else known.get(key, name)
    return groups


def _count_edits(name: tuple[str, str], other: tuple[str, str], *, is_rare: bool) -> int:
    """Count the edits between two names, each a first and a family name; 0 if they differ.

    Args:
        name: A name.
        other: Another one.
        is_rare: Whether everybody of the same family name counts.
    """
    from rapidfuzz.distance import OSA

    edits = sum(OSA.distance(one, two) for one, two in zip(name, other, strict=True))
    if name[1] == other[1] and (is_rare or other[0].partition(" ")[0] == name[0][0]):
        return edits
    most = 2 if sum(map(len, name)) >= TWO_EDITS else 1
    short = any(one != two and len(one) < SHORTEST for one, two in zip(name, other, strict=True))
    return edits if edits <= most and not short else 0


def _describe(engine: Engine, names: dict[str, str]) -> Variant:
    """Return one variant for the spellings of a name: the most frequent, with all their papers."""
    counts = {key: engine.count_documents("author_key", key) for key in names}
    key = min(counts, key=lambda one: (-counts[one], one))
    written = find_written_name(engine, key) if names[key] == key else names[key]
    shown = format_name(parse_name(written))  # without a number of dblp
    return Variant(shown, strip_homonym_number(key), sum(counts.values()))


def find_other_names(searcher: Searcher, cluster: NameCluster) -> tuple[Variant, ...]:
    """Find names that are spelt otherwise and have the same people.

    They are the names that a dump or the maintainer gives to one person, and those under which
    somebody with an ORCID iD of this name has published.

    Args:
        searcher: The index.
        cluster: The papers of the name.

    Returns:
        The names that are no spellings of the name, the most frequent first.
    """
    own = {(core.first, core.family) for core in map(reduce_name, _list_own(cluster))}
    found: dict[str, str] = {}
    for name in _list_own(cluster):
        found |= searcher.find_other_names(name)
    found |= _find_by_orcid(searcher.engine, cluster)
    others = [
        (key, name)
        for key, name in found.items()
        if ((core := reduce_name(name)).first, core.family) not in own
    ]
    variants = (_describe(searcher.engine, {key: name}) for key, name in others)
    return tuple(sorted(variants, key=lambda one: (-one.papers, one.key)))


def _list_own(cluster: NameCluster) -> Iterator[str]:
    yield cluster.name
    yield from (variant.name for variant in cluster.variants)


def _find_by_orcid(engine: Engine, cluster: NameCluster) -> dict[str, str]:
    """Return names on papers with an ORCID iD of the cluster, by author key."""
    counts = Counter(
        orcid for mention in cluster.mentions if (orcid := mention.author.ids.get("orcid", ""))
    )
    wanted = {one for one, _ in counts.most_common(MOST_IDS)}
    if not wanted:
        return {}
    known = tuple(Without(Exact("author_key", variant.key)) for variant in cluster.variants)
    named = AnyOf(tuple(Exact("identifier", one.lower()) for one in sorted(wanted)))
    hits = engine.find(Plan(AllOf((named, *known)), scored=False), None, 0, MOST_READ).hits
    authors = (author for _, record in hits for author in decode_authors(record))
    return {one.key: one.name for one in authors if one.ids.get("orcid", "") in wanted}
