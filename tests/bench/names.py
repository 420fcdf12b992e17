"""Measure how often a written form of an author's name finds it, and how many others it finds.

Draws names of an index in three groups, writes each in the ways that people, PubMed and Crossref
do, and compares the typed forms with all names of the index. Prints the share of names that are
found, and how many different author keys a form matches on average, its own included; a common
initial with a common surname matches many, whatever the rules. Run from the project's folder:
``python -m tests.bench.names``.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from index.fields import BREAK
from index.names.joined_words import join_parts
from index.names.matching import TypedName
from index.names.parser import list_initials, parse_name
from index.names.variants import list_index_forms
from index.records import decode_paper
from search.answers.searcher import Searcher
from search.engines.engine import Engine
from search.planning.plan import Anything, Plan
from tests.bench.speed_search import paperlists_index

PAGE = 5_000
GROUPS = ("two words", "more words", "parts")


def read_names(engine: Engine) -> dict[str, str]:
    """Return the author keys of an index, each with a name as written."""
    names: dict[str, str] = {}
    total = engine.count_matches(Anything())
    for offset in range(0, total, PAGE):
        for _, record in engine.find(Plan(Anything(), scored=False), None, offset, PAGE).hits:
            names |= {author.key: author.name for author in decode_paper(record).authors}
    return names


def find_group(name: str) -> str:
    """Return the group of a name: with particles, hyphens or apostrophes, or by its words."""
    family = parse_name(name).family
    if " " in family or "-" in name or "'" in name:
        return "parts"
    return "two words" if len(name.split()) == 2 else "more words"


def list_written_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, form) pairs for a name with given names."""
    name = parse_name(text)
    letters, family = [letter.upper() for letter in list_initials(name)], name.family
    glued, dotted = "".join(letters[:2]), ". ".join(letters) + "."
    yield "as written", text
    yield "Family, Given", f"{family}, {name.given}"
    yield "family given", f"{family} {name.given}".lower()
    yield "Family, I. I.", f"{family}, {dotted}"
    yield "I. I. Family", f"{dotted} {family}"
    yield "Family, I", f"{family}, {letters[0]}"
    if len(glued) > 1:
        yield "Family II", f"{family} {glued}"
        yield "family ii", f"{family} {glued}".lower()
        yield "ii family", f"{glued} {family}".lower()
    words = name.given.split()
    if len(words) > 1 and len(words[-1].strip(".")) > 1:
        first = "".join(letters[: len(words) - 1])
        yield "Two Families II", f"{words[-1]} {family} {first}"
        yield "First Last", f"{words[0]} {family}"
    apart = text.replace("-", " ").replace("'", " ")
    if apart != text:
        yield "parts apart", apart
    together = join_parts(text)
    if together != text and find_group(text) == "parts":
        yield "parts together", together


def measure(names: dict[str, str], drawn: int) -> None:
    """Compare the forms of a sample with all names, and print the figures of each kind."""
    by_word: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        for word in list_index_forms(name).phrases.replace(BREAK, " ").split():
            by_word[word].add(key)
    groups: dict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        family = parse_name(name).family
        if parse_name(name).given and len(family.strip(".")) > 1:
            groups[find_group(name)].append(key)
    chosen = random.Random(1)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    matched: dict[tuple[str, str], list[int]] = defaultdict(list)
    for group in GROUPS:
        for key in chosen.sample(sorted(groups[group]), min(drawn, len(groups[group]))):
            for kind, form in list_written_forms(names[key]):
                typed = TypedName(form)
                keys = {k for k in find_candidates(typed, by_word) if typed.matches(names[k])}
                found[group, kind].append(key in keys)
                matched[group, kind].append(len(keys))
    print(f"{'group':12} {'form':16} {'asked':>6} {'found':>6} {'keys':>7}")
    for (group, kind), hits in found.items():
        keys_found = mean(matched[group, kind])
        print(f"{group:12} {kind:16} {len(hits):6} {mean(hits):6.3f} {keys_found:7.2f}")


def find_candidates(typed: TypedName, by_word: dict[str, set[str]]) -> set[str]:
    """Return the author keys that have every word of some phrase of a typed name."""
    keys: set[str] = set()
    for phrase in typed.phrases:
        words = [by_word.get(word, set()) for word in phrase if word not in ("", BREAK)]
        if words:
            keys |= set.intersection(*sorted(words, key=len))
    return keys


def main() -> None:
    """Read the names of an index, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--names", type=int, default=200, help="names drawn of each group")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        measure(read_names(Searcher(Path(directory)).engine), chosen.names)


if __name__ == "__main__":
    main()
