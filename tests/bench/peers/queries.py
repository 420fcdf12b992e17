"""Choose the queries that peers are asked, and judge what they find."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from math import log2
from pathlib import Path
from random import Random

from index.text.analyser import tokenise
from tests.bench.data import judged_queries, known_items
from tests.bench.peers.peer import DEPTH

QUERIES, WARM = 206, 50
"""Short queries that are timed, and others asked before."""

MOST_WORDS = 4
TELLING = 4
"""Letters of the longest word of a query, at least: words such as "of the" alone are not asked for,
and peers differ in which words they leave out."""

A_KIND = 20
"""Known-item queries of each of the nine kinds: Whoosh needs .4 s for one."""

_WORD = re.compile(r"[^\W_]+")


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters: no peer takes one for an operator."""
    return _WORD.findall(text.lower())


def choose_queries(papers: Path, limit: int) -> list[list[str]]:
    """Return one to four neighbouring words of titles spread over a file, always the same ones.

    No query occurs twice. There are `QUERIES` and `WARM` together, or fewer in a small file.
    """
    chance, wanted = Random(1), QUERIES + WARM
    chosen: dict[tuple[str, ...], None] = {}
    with papers.open(encoding="utf-8") as file:
        # Some titles yield no query, or one that is there already, so more are read.
        for line in islice(file, 0, limit, max(1, limit // (2 * wanted))):
            words = split_words(json.loads(line)["title"])
            first = chance.randrange(len(words) or 1)
            some = words[first : first + chance.randint(1, MOST_WORDS)]
            if any(len(word) >= TELLING for word in some):
                chosen[tuple(some)] = None
    every = list(map(list, chosen))
    chance.shuffle(every)
    return every[:wanted]


def list_known() -> list[tuple[str, int, str]]:
    """Return (query, year, title) of the first known-item queries of each kind."""
    kinds: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for kind, query, year, title in known_items():
        kinds[kind].append((query, year, title))
    return [one for found in kinds.values() for one in found[:A_KIND]]


def find_right_ids(papers: Path) -> list[set[str]]:
    """Return the ids of the right papers for each known item: same title, same year."""
    known = [(tuple(tokenise(title)), year) for _, year, title in list_known()]
    titles = {title for title, _ in known}
    right: dict[tuple[tuple[str, ...], int | None], set[str]] = defaultdict(set)
    with papers.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            title = tuple(tokenise(record["title"]))
            for show in record.get("appearances", ()) if title in titles else ():
                right[title, show.get("year")].add(record["id"])
    return [right[one] for one in known]


def score_known(found: list[list[str]], right: list[set[str]]) -> dict[str, float]:
    """Return MRR@10 and nDCG@10, which for one right paper is the discount of its rank."""
    ranks = [
        next((rank for rank, one in enumerate(ids[:DEPTH], start=1) if one in good), 0)
        for ids, good in zip(found, right, strict=True)
    ]
    return {
        "known MRR@10": sum(1 / rank for rank in ranks if rank) / len(ranks),
        "known nDCG@10": sum(1 / log2(rank + 1) for rank in ranks if rank) / len(ranks),
    }


def list_questions(name: str) -> Iterator[list[str]]:
    """Yield the words of every question of a judged collection."""
    for _, text in judged_queries(name):
        yield split_words(text)
