"""Search with bm25s: Snowball's stems and English stop words, every document scored.

`Baseline` ranks papers in memory with several values of k1 and is what `make quality` compares
with.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
import msgspec
import numpy as np
import Stemmer

from index.records import Paper as IndexedPaper
from tests.bench.peers.peer import (
    COUNTED,
    DEPTH,
    Counts,
    Found,
    Mode,
    Paper,
    Papers,
    Peer,
    parse_paper,
)

K1 = (0.9, 1.2, 1.5)
"""Values of k1 tried; the best of each figure is compared with ours."""

B = 0.75
DEFAULT_K1 = 1.5
"""What bm25s itself uses."""

MODEL, TEXTS_FILE, FACETS_FILE = "model", "texts.jsonl", "facets.json"


class Bm25s(Peer):
    """Scores computed when indexing, summed for all documents when searching."""

    modes = (Mode.ANY,)

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def build(self, folder: Path, papers: Papers) -> None:
        """Tokenise all texts, compute all scores, and save them."""
        texts, facets = [], []
        with (folder / TEXTS_FILE).open("w", encoding="utf-8") as file:
            for paper in papers:
                texts.append(join_texts(paper))
                facets.append((paper.venue, str(paper.year or "")))
                file.write(json.dumps([paper.id, paper.title, paper.abstract]) + "\n")
        model = bm25s.BM25(method="lucene", k1=DEFAULT_K1, b=B)
        model.index(tokenise(texts, self._stemmer), show_progress=False)
        model.save(folder / MODEL, show_progress=False)
        for number, name in enumerate(COUNTED):
            values, codes = np.unique([pair[number] for pair in facets], return_inverse=True)
            np.save(folder / f"{name}.values.npy", values)
            np.save(folder / f"{name}.codes.npy", codes)

    def open(self, folder: Path) -> None:
        """Map the arrays and read where each line of the texts begins."""
        self._model = bm25s.BM25.load(folder / MODEL, mmap=True)
        self._texts = bm25s.utils.corpus.JsonlCorpus(folder / TEXTS_FILE, show_progress=False)
        self._facets = {
            name: (
                np.load(folder / f"{name}.values.npy"),
                np.load(folder / f"{name}.codes.npy", mmap_mode="r"),
            )
            for name in COUNTED
        }

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Score every document and take the best."""
        del mode  # any of the words is all that it knows
        asked = tokenise([" ".join(words)], self._stemmer, as_ids=False)[0]
        if not asked:  # stop words alone, which bm25s cannot score
            return Found([], [], {name: {} for name in COUNTED} if counts else {})
        scores = self._model.get_scores(asked)
        depth = min(DEPTH, len(scores))
        best = np.argpartition(-scores, depth - 1)[:depth]
        best = [int(at) for at in best[np.argsort(-scores[best], kind="stable")] if scores[at] > 0]
        hits = [self._texts[at] for at in best]
        return Found(
            [hit[0] for hit in hits],
            [(hit[1], hit[2]) for hit in hits],
            self._count(scores > 0) if counts else {},
        )

    def _count(self, matches: Any) -> Counts:  # noqa: ANN401 - an array of numpy, which is untyped
        counts: Counts = {}
        for name, (values, codes) in self._facets.items():
            found = np.bincount(codes[matches], minlength=len(values))
            pairs = zip(values.tolist(), found.tolist(), strict=True)
            counts[name] = {value: count for value, count in pairs if value and count}
        return counts


class Baseline:
    """One collection indexed in memory for every k1."""

    def __init__(self, papers: Iterable[IndexedPaper]) -> None:
        self.papers = list(papers)
        self._stemmer = Stemmer.Stemmer("english")
        flat = (parse_paper(msgspec.to_builtins(paper)) for paper in self.papers)
        corpus = tokenise([join_texts(paper) for paper in flat], self._stemmer)
        self._models = {}
        for k1 in K1:
            self._models[k1] = bm25s.BM25(method="lucene", k1=k1, b=B)
            self._models[k1].index(corpus, show_progress=False)

    def best(self, k1: float, queries: list[str], depth: int) -> list[list[IndexedPaper]]:
        """Return the first papers for each query, at most `depth`."""
        asked = tokenise(queries, self._stemmer)
        depth = min(depth, len(self.papers))
        found, scores = self._models[k1].retrieve(asked, k=depth, show_progress=False)
        return [
            [self.papers[number] for number, score in zip(row, points, strict=True) if score > 0]
            for row, points in zip(found, scores, strict=True)
        ]


def tokenise(texts: list[str], stemmer: Stemmer.Stemmer, *, as_ids: bool = True) -> Any:  # noqa: ANN401 - untyped
    """Return the stems of texts, without English stop words."""
    return bm25s.tokenize(
        texts, stopwords="en", stemmer=stemmer, return_ids=as_ids, show_progress=False
    )


def join_texts(paper: Paper) -> str:
    """Return everything that is searched as one text."""
    return f"{paper.title} {paper.abstract} {paper.topics} {paper.authors} {paper.places}"
