"""Measure how well questions as long as an abstract find the papers that they describe.

No collection at hand has judged questions of this length, so each kind stands in for one: a text
made from abstracts, and papers that are right for another reason than its words. The paper whose
abstract it is does not count. Prints nDCG@10 of each kind, for the half of the questions on which
constants were chosen and for the other half, and the time of a search. Run from the project's
folder: ``python -m tests.bench.questions --index INDEX``.
"""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from random import Random
from statistics import fmean, median

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem
from search.answers.searcher import Searcher
from search.language.stopwords import STOP_WORDS
from search.request.search_request import SearchRequest
from tests.bench.data import DATA, JUDGED
from tests.bench.quality import iterate_papers, judged_dump, open_or_build
from tests.bench.speed_search import paperlists_index

CUT = 10
DEPTH = 100
"""Hits among which the first ten judged papers are taken."""

LONG = 500
"""Characters of an abstract that is long enough."""

COMMON_TOPIC = 100
COMMON_AUTHOR = 40
"""Papers from which a topic is too common to make papers alike, or an author's key probably stands
for several people."""

FRAMES = tuple(
    frame.replace("\n", " ")
    for frame in (
        """I am looking for papers on the following problem. {} Ideally, the approach would also
work in practice. {} I want to know whether somebody has already tried this.""",
        """My research interest lies in the following idea. {} I would like to find a method that
helps me with that. {} I am curious whether there are relevant studies, and how to combine them.""",
        """We are trying to build a system. {} Are there works that consider this question? {}
Please suggest publications that explain why it works.""",
    )
)
"""How people ask; each takes two halves of a text."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right papers.

    Attributes:
        text: The question.
        grades: The right papers by id, with how right they are.
        sources: The ids of the papers whose abstracts it was made from.
        judged: The ids of all papers that can be right; empty if all can.
    """

    text: str
    grades: Mapping[str, int]
    sources: frozenset[str]
    judged: frozenset[str] = frozenset()


def drop_title_words(paper: Paper) -> str:
    """Return an abstract without the words of its title."""
    own = {stem(token) for token in tokenise(paper.title)} - STOP_WORDS
    words = paper.abstract.split()
    return " ".join(w for w in words if own.isdisjoint(map(stem, tokenise(w))))


def frame_text(text: str, random: Random) -> str:
    """Write a text as a question that somebody asks."""
    parts = _SENTENCE.split(text)
    half = max(1, len(parts) // 2)
    return random.choice(FRAMES).format(" ".join(parts[:half]), " ".join(parts[half:]))


def join_halves(one: Paper, other: Paper) -> str:
    """Join the first half of one abstract and the second half of another, without title words."""
    first, second = (_SENTENCE.split(drop_title_words(paper)) for paper in (one, other))
    return " ".join((*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]))


def score_ranking(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the nDCG@10 of the ids found."""
    gain = sum(grades.get(one, 0) / log2(at + 2) for at, one in enumerate(found[:CUT]))
    ideal = sorted(grades.values(), reverse=True)[:CUT]
    return gain / sum(grade / log2(at + 2) for at, grade in enumerate(ideal))


def draw_judged(
    papers: Mapping[str, Paper], judgements: Path, random: Random
) -> dict[str, list[Question]]:
    """Draw questions from a judged collection: right is what answers the same question.

    Args:
        papers: The papers of the collection by id.
        judgements: A file of judgements as TREC writes them.
        random: Draws.
    """
    right: dict[str, list[str]] = defaultdict(list)
    for line in judgements.read_text(encoding="utf-8").splitlines():
        question, _, paper, grade = line.split()
        if int(grade) > 0 and paper in papers:
            right[question].append(paper)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    joined: list[Question] = []
    for answers in right.values():
        for one in answers:
            together[one].update(other for other in answers if other != one)
        told = [one for one in answers if len(papers[one].abstract) > LONG // 2]
        if len(told) > 1 and len(answers) > 3:
            pair = frozenset(random.sample(told, 2))
            text = " ".join(drop_title_words(papers[one]) for one in sorted(pair))
            grades = dict.fromkeys((one for one in answers if one not in pair), 1)
            joined.append(Question(frame_text(text, random), grades, pair))
    single = [
        Question(drop_title_words(papers[one]), grades, frozenset({one}))
        for one, grades in together.items()
        if len(papers[one].abstract) > LONG and grades
    ]
    return {"abstract": single, "two abstracts": joined}


def draw_shared(papers: Sequence[Paper], random: Random, most: int) -> dict[str, list[Question]]:
    """Draw questions from a dump: right is a paper with a rare topic, or two authors, in common.

    Args:
        papers: All papers.
        random: Draws.
        most: The number of questions of a kind.
    """
    topics = _group(papers, lambda paper: {topic.lower() for topic in paper.topics}, COMMON_TOPIC)
    authors = _group(papers, lambda paper: {a.key for a in paper.authors}, COMMON_AUTHOR)
    judged = frozenset(paper.id for paper in papers if paper.topics)
    by_id = {paper.id: paper for paper in papers}
    drawn: dict[str, list[Question]] = defaultdict(list)
    for paper in random.sample(papers, len(papers)):
        if len(paper.abstract) <= LONG:
            continue
        text, own = drop_title_words(paper), frozenset({paper.id})
        alike = _count_shared(paper, {topic.lower() for topic in paper.topics}, topics)
        if len(alike) > 2 and len(drawn["topic"]) < most:
            drawn["topic"].append(Question(paper.abstract, alike, own, judged))
            drawn["topic, asked"].append(Question(frame_text(text, random), alike, own, judged))
            other = by_id[random.choice(sorted(alike))]
            more = _count_shared(other, {topic.lower() for topic in other.topics}, topics)
            pair, both = own | {other.id}, Counter(alike) + Counter(more)
            grades = {one: grade for one, grade in both.items() if one not in pair}
            joined = frame_text(join_halves(paper, other), random)
            drawn["two topics"].append(Question(joined, grades, pair, judged))
        with_authors = _count_shared(paper, {a.key for a in paper.authors}, authors)
        same = {one: 1 for one, count in with_authors.items() if count > 1}
        if len(same) > 1 and len(drawn["authors"]) < most:
            drawn["authors"].append(Question(text, same, own))
        if len(drawn["topic"]) >= most <= len(drawn["authors"]):
            break
    return drawn


def _group(
    papers: Sequence[Paper], list_values: Callable[[Paper], set[str]], common: int
) -> dict[str, list[Paper]]:
    """Group papers with an abstract by their values, without values that are too common."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for value in list_values(paper):
            groups[value].append(paper)
    return {value: group for value, group in groups.items() if len(group) <= common}


def _count_shared(
    paper: Paper, values: set[str], groups: Mapping[str, list[Paper]]
) -> dict[str, int]:
    """Count the values that each other paper of another title has in common with a paper."""
    others = (other for value in values for other in groups.get(value, ()))
    return dict(Counter(one.id for one in others if one.title != paper.title))


def measure(searcher: Searcher, questions: Sequence[Question]) -> tuple[list[float], list[float]]:
    """Return the nDCG@10 of each question and the processor time of its search in milliseconds."""
    scores, spent = [], []
    for question in questions:
        started = time.process_time()
        searcher.search(SearchRequest(question.text))
        spent.append((time.process_time() - started) * 1000)
        hits = searcher.search(SearchRequest(question.text, per_page=DEPTH, facets=())).hits
        found = [hit.paper.id for hit in hits if hit.paper.id not in question.sources]
        kept = [one for one in found if not question.judged or one in question.judged]
        scores.append(score_ranking(kept, question.grades))
    return scores, spent


def draw_kinds(index: Path, seed: int, most: int) -> Iterator[tuple[str, Searcher, list[Question]]]:
    """Yield the name, the index and the questions of each kind."""
    for name in JUDGED:
        searcher = open_or_build(name, judged_dump(name), anew=False)
        papers = {paper.id: paper for paper in iterate_papers(searcher)}
        judgements = DATA / "relevance" / name / "qrels.txt"
        for kind, questions in draw_judged(papers, judgements, Random(seed)).items():
            order = Random(seed).sample(questions, len(questions))
            yield f"{name}, {kind}", searcher, order[:most]
    searcher = Searcher(index)
    everything = sorted(iterate_papers(searcher), key=lambda paper: paper.id)
    for kind, questions in draw_shared(everything, Random(seed), most).items():
        yield f"paperlists, {kind}", searcher, questions


def main() -> None:
    """Draw the questions of every kind, measure them and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--most", type=int, default=300, help="questions of each kind")
    options.add_argument("--seed", type=int, default=1, help="of the samples")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        print(f"{'':30} questions   chosen on   the others   median ms")
        for kind, searcher, questions in draw_kinds(Path(directory), chosen.seed, chosen.most):
            scores, spent = measure(searcher, questions)
            first, other = fmean(scores[::2]), fmean(scores[1::2])
            print(f"{kind:30} {len(scores):9} {first:11.4f} {other:12.4f} {median(spent):11.1f}")


if __name__ == "__main__":
    main()
