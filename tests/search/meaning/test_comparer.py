"""Check that texts are compared with papers once they can be, and that failures are told once."""

import logging
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree

import pytest

from index.meaning.errors import ModelChanged, VectorsCorrupt, VectorsMissing
from index.meaning.model import Model
from index.meaning.vectors import Vectors, digest_paper
from index.store.additions import VECTORS
from index.store.generations import find_current_folder
from search.answers.searcher import Searcher
from search.meaning.comparer import Comparer, Models
from tests.support.made_vectors import add_vectors
from tests.support.paths import ROOT

TITLES = {"cats": "Cats purr and sleep on the sofa", "stars": "Spectra of distant galaxies"}


@pytest.fixture
def directory(index_of: Callable[..., Path]) -> Path:
    """Index two papers without vectors."""
    return index_of(*({"id": one, "title": title} for one, title in TITLES.items()))


def test_texts_are_compared_with_papers(directory: Path) -> None:
    """The paper that means the same is closer, and one without a vector has no closeness."""
    comparer = Comparer(add_vectors(directory, without={"stars"}), Models())
    searcher = Searcher(directory)
    papers = [digest_paper(searcher.read_paper(one)) for one in TITLES]
    felines, unknown = comparer.compare("lazy felines at home", papers)
    assert unknown is None
    assert felines is not None
    (galaxies,) = comparer.compare("telescopes see galaxies", papers[:1])
    assert galaxies is not None
    assert felines > galaxies
    ((nearest, closeness),) = comparer.find_nearest("lazy felines at home", 5)
    assert nearest == "cats"
    assert closeness == pytest.approx(felines)


def test_examples_draw_papers_closer(directory: Path) -> None:
    """A text with an example is compared as if it were also about what the example is about."""
    comparer = Comparer(add_vectors(directory), Models())
    papers = [digest_paper(Searcher(directory).read_paper(one)) for one in TITLES]
    cats, stars = comparer.compare("a study", papers)
    drawn, others = comparer.compare("a study", papers, papers[:1])
    assert None not in (cats, stars, drawn, others)
    assert (drawn or 0) - (cats or 0) > 0.1 > (others or 0) - (stars or 0)
    add_vectors(directory, without={"cats"})
    assert comparer.compare("a study", papers, papers[:1]) == [None, pytest.approx(stars)]


def test_vectors_that_are_added_later_are_used(directory: Path) -> None:
    """A server need not be started again after `papers embed`."""
    comparer = Comparer(find_current_folder(directory), Models())
    assert [comparer.has_vectors] == [False]
    with pytest.raises(VectorsMissing, match="papers embed"):
        comparer.find_nearest("cats", 1)
    add_vectors(directory)
    assert [comparer.has_vectors] == [True]
    assert comparer.find_nearest("cats", 1)[0][0] == "cats"


def test_a_deleted_generation_stays_open(directory: Path) -> None:
    """A request may end after the generation on which it began; deleted vectors alone are gone."""
    folder = add_vectors(directory)
    comparer = Comparer(folder, Models())
    assert comparer.find_nearest("cats", 1)[0][0] == "cats"
    content = (folder / VECTORS).read_bytes()
    (folder / VECTORS).unlink()
    with pytest.raises(VectorsMissing):
        comparer.find_nearest("cats", 1)
    (folder / VECTORS).write_bytes(content)
    assert comparer.find_nearest("cats", 1)[0][0] == "cats"
    rmtree(folder)
    assert [comparer.has_vectors] == [True]
    assert comparer.find_nearest("cats", 1)[0][0] == "cats"
    with pytest.raises(VectorsMissing):
        Comparer(folder, Models()).find_nearest("cats", 1)


def test_a_model_is_loaded_once(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several threads, generations and searches share it, also after warming up."""
    folder, models = add_vectors(directory), Models()
    loads: list[Vectors] = []
    load = Vectors.load_model

    def count_load(vectors: Vectors) -> Model:
        loads.append(vectors)
        return load(vectors)

    monkeypatch.setattr(Vectors, "load_model", count_load)
    comparers = [Comparer(folder, models) for _ in range(2)]
    comparers[0].warm_up()
    assert len(loads) == 1
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: comparers[n % 2].find_nearest(f"cat {n}", 1), range(8)))
    assert {hits[0][0] for hits in found} == {"cats"}
    assert len(loads) == 1


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / VECTORS).write_bytes(b"no vectors"), VectorsCorrupt),
        (lambda folder: add_vectors(folder.parents[1], model="0" * 64), ModelChanged),
    ],
)
def test_what_cannot_be_used_is_told(
    directory: Path, spoil: Callable[[Path], object], error: type[Exception]
) -> None:
    """A damaged file and another model's vectors raise one sentence, at each attempt."""
    folder = add_vectors(directory)
    spoil(folder)
    comparer = Comparer(folder, Models())
    with pytest.raises(error, match="papers embed"):
        comparer.find_nearest("cats", 1)
    with pytest.raises(error, match="papers embed"):
        comparer.find_nearest("cats", 1)


def test_a_failure_is_logged_once(directory: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server says once why questions are ranked by words alone, also when it warms up."""
    folder = add_vectors(directory, model="0" * 64)
    models = Models()
    for comparer in (Comparer(folder, models), Comparer(folder, models)):
        comparer.warm_up()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("Ranking by words alone. The vectors of generation")


_LOADS_NOTHING = """
import sys
from pathlib import Path
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

searcher = Searcher(Path(sys.argv[1]))
for query in ("cats", "cats that sleep", "", "title:cats", "spectra 2019"):
    assert searcher.search(SearchRequest(query)).meaning is None
assert not {"numpy", "onnxruntime"} & set(sys.modules), "loaded"
"""


def test_nothing_is_loaded_for_other_queries(directory: Path) -> None:
    """A query that names a paper costs nothing, also where there are vectors."""
    add_vectors(directory)
    command = [sys.executable, "-c", _LOADS_NOTHING, str(directory)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
