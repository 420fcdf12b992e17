"""Add vectors of the installed model to an index of a few papers."""

from collections.abc import Container
from functools import cache
from pathlib import Path

from index.meaning.model import Model, load_model
from index.meaning.sign_table import pack_signs
from index.meaning.vector_file import digest_text, make_text
from index.meaning.vector_writer import Origin, PaperRows, write_vectors
from index.records import Paper
from index.store.generations import find_current_folder
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan


def add_vectors(directory: Path, without: Container[str] = (), model: str = "") -> Path:
    """Write the vectors of all papers of an index, and return the file's folder.

    Args:
        directory: The index.
        without: The ids of papers that get no vector.
        model: The digest of another model that is said to have made the vectors.
    """
    searcher = Searcher(directory)
    hits = searcher.find_hits(Plan(Anything()), searcher.manifest.papers)
    papers = [hit.paper for hit in hits if hit.paper.id not in without]
    folder = find_current_folder(directory)
    origin = Origin(model or load_once().digest, None, load_once().dimension)
    rows = PaperRows(
        b"".join(digest_text(make_text(paper)) for paper in papers),
        b"".join(map(_embed_paper, papers)),
        [paper.id for paper in papers],
    )
    write_vectors(folder, folder.name, origin, rows)
    return folder


@cache
def load_once() -> Model:
    """Load the model, once in a process."""
    return load_model()


def _embed_paper(paper: Paper) -> bytes:
    return _embed(make_text(paper))


@cache
def _embed(text: str) -> bytes:
    return pack_signs(load_once().embed(text))
