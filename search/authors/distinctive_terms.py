"""Find the terms that set the titles of some papers apart from the other papers of the index.

A term is one to four words of a title in a row, without stop words in it. Its score is the number
of papers whose titles have it, times the logarithm of how much more frequent it is there than in
the titles of the index. The frequency of a phrase in the index is taken to be that of its rarest
word, since counting phrases takes longer.

Source: the pointwise Kullback-Leibler divergence of Tomokiyo and Hurst, A Language Model Approach
to Keyphrase Extraction, 2003.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import log

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.engines.engine import Engine
from search.language.stopwords import STOP_WORDS
from search.planning.plan import Anything

LONGEST_TERM = 4
"""Words of a term; chosen: `skeleton based action recognition` is the longest that helped."""

TITLES = 500
"""Titles that are read, the newest ones. Chosen: 272 take 9 ms of processor time."""

LEAST_SHARE = 0.01
"""Share of the titles that have a term. Tried .01, .02, .05 on fifteen authors: with .02 one of 205
papers has three terms."""

LEAST_OF_PHRASE, LEAST_OF_WORD = 2, 3
"""Titles that have a term. Chosen: words of two titles are often telling nothing, such as `way`."""

LEAST_TIMES = 3.0
"""How much more frequent a term must be than in the titles of the index. Without it, `learning`
describes most authors of an index of machine learning."""

LEAST_PAPERS = 5
"""Titles of the index that have a term; a rarer one is the name of a single work. Chosen."""

COVERED = 0.5
"""Share of the titles with a term that a longer term must have to replace it: `boltzmann machines`
replaces `boltzmann`. Chosen."""

_EMPTY = STOP_WORDS | frozenset(
    "against among approach based better beyond case fast improved improving method methods new "
    "novel revisited study technique toward towards".split()
)
"""Words that tell nothing about the subject of a title, besides stop words; chosen by reading the
terms of twenty authors."""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of some papers.

    Attributes:
        text: The term as the newest title writes it, in small letters.
        papers: The number of papers whose titles have it.
    """

    text: str
    papers: int


def find_distinctive_terms(engine: Engine, papers: Sequence[Paper], most: int) -> tuple[Term, ...]:
    """Find the terms that set the titles of papers apart, the most telling first.

    Args:
        engine: The engine of the generation.
        papers: The papers, the newest first.
        most: The most terms to return.
    """
    frequent, spellings = _count_terms(papers[:TITLES], LEAST_SHARE * min(len(papers), TITLES))
    whole = _drop_covered(frequent)
    scores = _score_terms(engine, whole, min(len(papers), TITLES))
    chosen: list[Stems] = []
    for stems in sorted(scores, key=lambda one: (-scores[one], one)):
        if len(chosen) < most and all(set(stems).isdisjoint(one) for one in chosen):
            chosen.append(stems)
    return tuple(Term(spellings[one], whole[one]) for one in chosen)


def _count_terms(
    papers: Iterable[Paper], least: float
) -> tuple[dict[Stems, int], dict[Stems, str]]:
    """Count the papers of each term that is frequent, and note how the newest writes it.

    No phrase is more frequent than its words, so only phrases of frequent words are counted.
    """
    runs = [
        [(words, stem_all(words)) for words in _split_at_stop_words(one.title)] for one in papers
    ]
    counts = Counter(word for title in runs for word in {word for _, run in title for word in run})
    frequent = {word for word, count in counts.items() if count >= max(least, LEAST_OF_PHRASE)}
    phrases: Counter[Stems] = Counter()
    spellings: dict[Stems, str] = {}
    for title in runs:
        found = {stems: text for run in title for stems, text in _list_terms(*run, frequent)}
        phrases.update(found.keys())
        for stems, spelling in found.items():
            spellings.setdefault(stems, spelling)
    kept = {
        stems: count
        for stems, count in phrases.items()
        if count >= max(least, LEAST_OF_PHRASE if len(stems) > 1 else LEAST_OF_WORD)
    }
    return kept, spellings


def _list_terms(
    words: Sequence[str], stems: Sequence[str], frequent: Collection[str]
) -> Iterator[tuple[Stems, str]]:
    """Yield the terms of words in a row whose stems are frequent, stemmed and as written."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_TERM, len(words)) + 1):
            if stems[end - 1] not in frequent:
                break
            yield tuple(stems[start:end]), " ".join(words[start:end])


def _split_at_stop_words(title: str) -> Iterator[list[str]]:
    run: list[str] = []
    for word in tokenise(title):
        if word in _EMPTY or len(word) == 1 or word.isdecimal():
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run


def _drop_covered(counts: Mapping[Stems, int]) -> dict[Stems, int]:
    """Drop each term that a longer one replaces."""
    longest: dict[Stems, int] = {}
    for stems, count in counts.items():
        for start, end in combinations(range(len(stems) + 1), 2):
            if (part := stems[start:end]) != stems:
                longest[part] = max(longest.get(part, 0), count)
    return {one: count for one, count in counts.items() if longest.get(one, 0) < COVERED * count}


def _score_terms(engine: Engine, counts: Mapping[Stems, int], titles: int) -> dict[Stems, float]:
    """Score the terms that are frequent enough in the index and rarer there than in the titles."""
    every = max(1, engine.count_matches(Anything()))
    count_papers = cache(lambda word: min(every, engine.count_documents("title", word)))
    scores: dict[Stems, float] = {}
    for stems, count in counts.items():
        having = min(map(count_papers, stems))
        times = (count / titles) / (max(having, count) / every)
        if having >= LEAST_PAPERS and times >= LEAST_TIMES:
            scores[stems] = count * log(times)
    return scores
