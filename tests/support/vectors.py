"""Make a small index to embed, and check its vectors."""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from index.build.operations import build
from index.meaning.model import Model, load_model
from index.meaning.searchable_papers import read_searchable
from index.meaning.vector_file import digest_paper
from index.meaning.vectors import Vectors, open_vectors
from index.settings import BuildSettings
from index.store.generations import find_current_folder

WORDS = "graphs networks birds bread protein transformers planets voting sleep glass".split()
Record = dict[str, object]

RECORDS: list[Record] = [{"id": word, "title": f"A study of {word}"} for word in WORDS]
RECORDS += [
    {"id": "twin", "title": "A study of birds"},
    {"id": "gone", "title": "A withdrawn study", "status": "withdrawn"},
    {"id": "both", "title": "On joined records", "authors": ["Ada Lee"], "year": 2020},
    {"id": "same", "title": "On joined records", "authors": ["Ada Lee"], "year": 2020},
]
SEARCHABLE = len(WORDS) + 2
"""The works but for the one that was withdrawn. The twin is the same work as another paper."""


def write_dump(folder: Path, *records: Record) -> str:
    """Write a dump of these records and return its path."""
    path = folder / f"d{len(list(folder.iterdir()))}.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, records)))
    return str(path)


def build_plain(folder: Path) -> Path:
    """Build an index of `RECORDS` without vectors, and return it."""
    build(folder / "ix", [write_dump(folder, *RECORDS)], BuildSettings(processes=0))
    return folder / "ix"


@cache
def load_installed() -> Model:
    """Load the installed model once."""
    return load_model()


def open_current(directory: Path) -> Vectors:
    """Open the vectors of the generation in use."""
    vectors = open_vectors(find_current_folder(directory))
    assert vectors is not None
    return vectors


def check_vectors(directory: Path) -> int:
    """Check that every searchable paper has the vector of its text, and return their number."""
    vectors, model = open_current(directory), load_installed()
    papers = list(read_searchable(find_current_folder(directory)))
    for paper in papers:
        text = f"{paper.title}\n{paper.abstract}".strip()
        read = vectors.read_vector(digest_paper(paper))
        assert read is not None
        assert np.array_equal(read > 0, model.embed(text) > 0)
    assert len(vectors) == len(papers)
    return len(papers)
