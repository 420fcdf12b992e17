"""Repair the glued and torn words of new records by the vocabulary of the whole index.

This runs once, when all records have been read and before works are joined. The engine then knows
every word, with the records that contain it, and a sample of the records says which words follow
each other. So a build needs no second look at most records. Which records are repaired does not
depend on the order in which they came.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from index.build.corpus import MATCHING, Corpus
from index.build.corpus_parts import Drain, Prepare
from index.engines.engine import Reader
from index.records import Paper, decode_paper
from index.store.ledger_tables import PART, LedgerRow
from index.text.glued_words import GluedWords
from index.text.word_gaps import GapRepairer
from index.text.word_usage import WordUsage

SAMPLE = 6_000
"""Records whose texts are searched for pairs of words."""

LEAST_TEXTS = 2_000
"""Fewer abstracts say too little about what is rare, so nothing is repaired. Chosen."""

FEW = 1_000
"""Up to so many new records are all inspected; of more only those that the engine finds by their
suspicious words, of which 95,000 papers have 5,000. Inspecting a record takes .3 ms."""

REPAIRS = "repairs"
"""The file in the folder `MATCHING` that holds all repairs, once they are found."""

_FIELD = "abstract_exact"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_TOKENS = 40_000
"""Tokens listed of each first letter, the most frequent ones; this bounds memory at about
110 MB, as `index.store.vocabulary.MOST` does. Chosen."""


class Repair(msgspec.Struct, array_like=True, frozen=True):
    """An abstract that was repaired.

    Attributes:
        key: The key of the record in the ledger.
        content: The digest of what the dump says of it.
        abstract: The repaired abstract.
    """

    key: str
    content: int
    abstract: str

    def apply(self, paper: Paper) -> Paper:
        """Return the paper of the record with the repaired abstract, and its original."""
        originals = {"abstract": paper.abstract, **paper.originals}
        return replace(paper, abstract=self.abstract, originals=originals)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Repair).decode


def repair_words(
    folder: Path, corpus: Corpus, reader: Reader, prepare: Prepare, drain: Drain
) -> Counter[str]:
    """Repair glued and torn words; call this once, before works are joined.

    Args:
        folder: The folder of the generation.
        corpus: Its records, committed.
        reader: Reads its engine.
        prepare: Analyses a batch of papers.
        drain: Yields the batches that are still being prepared.

    Returns:
        The number of abstracts that were repaired, by format.
    """
    path = folder / MATCHING / REPAIRS
    if not path.exists():  # else an interrupted build has found them, and may have made some
        write_repairs(path, find_repairs(corpus, reader))
    counts: Counter[str] = Counter()
    corpus.replace_records(_apply_repairs(corpus, read_repairs(path), counts), prepare, drain)
    return counts


def _apply_repairs(
    corpus: Corpus, repairs: Iterable[Repair], counts: Counter[str]
) -> Iterator[tuple[LedgerRow, Paper]]:
    for repair in repairs:
        row = corpus.ledger.find_key(repair.key)
        if row and row.content == repair.content:
            counts[row.format] += 1
            yield row, repair.apply(corpus.read_record(row.number))


def find_repairs(corpus: Corpus, reader: Reader) -> Iterator[Repair]:
    """Find the abstracts of new records that can be repaired; all others stay as they are.

    Args:
        corpus: The records, committed.
        reader: Reads the engine.

    Yields:
        The repairs, in no particular order.
    """
    glued = _study_words(corpus, reader)
    if glued is None:
        return
    repairer = GapRepairer(glued)
    few = corpus.ledger.next - corpus.first <= FEW
    for paper in _list_new(corpus) if few else _find_suspicious(reader, glued):
        abstract, count = repairer.repair(paper.abstract)
        row = corpus.ledger.find_key(paper.id) if count else None
        if row and row.number >= corpus.first:
            yield Repair(row.key, row.content, abstract)


def _list_new(corpus: Corpus) -> Iterator[Paper]:
    """Yield the new records that are papers by themselves."""
    for number, key in corpus.ledger.list_keys(corpus.first):
        if PART not in key:
            yield corpus.read_record(number)


def _find_suspicious(reader: Reader, glued: GluedWords) -> Iterator[Paper]:
    """Yield each record that has a suspicious word."""
    seen: set[str] = set()
    for words in glued.list_queries():
        for record in reader.find_records(_FIELD, words, glued.rare):
            paper = decode_paper(record)
            if paper.id not in seen:
                seen.add(paper.id)
                yield paper


def _study_words(corpus: Corpus, reader: Reader) -> GluedWords | None:
    """Return the words that may be glued; None if there are too few texts to tell."""
    step = max(1, -(-corpus.ledger.count_records() // SAMPLE))
    abstracts = [corpus.read_record(n).abstract for n in corpus.ledger.list_sample(step)]
    texts = [text for text in abstracts if text]
    if len(texts) < LEAST_TEXTS:
        return None
    tokens = {
        word: count
        for letter in _LETTERS
        for word, count in reader.list_tokens(_FIELD, _MOST_TOKENS, letter)
    }
    usage = WordUsage(tokens, len(texts) * step, lambda pair: reader.count_phrase(_FIELD, pair))
    glued = GluedWords(usage)
    usage.add_sample(texts, glued.pairs)
    return glued


def write_repairs(path: Path, repairs: Iterable[Repair]) -> None:
    """Write repairs to a file, which is complete once it exists."""
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        file.writelines(_encode(repair) + b"\n" for repair in repairs)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def read_repairs(path: Path) -> Iterator[Repair]:
    """Yield the repairs of a file."""
    with path.open("rb") as file:
        yield from map(_decode, file)
