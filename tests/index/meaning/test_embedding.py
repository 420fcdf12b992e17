"""Check that papers get vectors, whatever happens to the run or the index in between."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import msgspec
import pytest

from index.build.operations import add, build, remove
from index.errors import IndexLocked
from index.meaning import embedding
from index.meaning.embedding import EmbedReport, embed_papers
from index.meaning.errors import ModelUnusable
from index.meaning.model import find_model
from index.meaning.searchable_papers import read_searchable
from index.meaning.status import read_status
from index.meaning.unfinished import UNFINISHED
from index.meaning.vector_file import digest_text
from index.settings import BuildSettings
from index.store.additions import VECTORS
from index.store.generations import CURRENT, find_current_folder
from index.store.history import roll_back
from index.store.lock import hold_lock
from tests.support.vectors import (
    RECORDS,
    WORDS,
    Record,
    build_plain,
    check_vectors,
    load_installed,
    open_current,
    write_dump,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index without vectors; tests only copy it."""
    return build_plain(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def embedded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index with vectors; tests only copy it."""
    directory = Path(copytree(built, tmp_path_factory.mktemp("embedded") / "ix"))
    embed_papers(directory, processes=0)
    return directory


@pytest.fixture
def plain(built: Path, tmp_path: Path) -> Path:
    """Return an index of the test's own, without vectors."""
    return Path(copytree(built, tmp_path / "ix"))


@pytest.fixture
def ready(embedded: Path, tmp_path: Path) -> Path:
    """Return an index of the test's own, with vectors."""
    return Path(copytree(embedded, tmp_path / "ix"))


def test_every_searchable_paper_gets_a_vector(embedded: Path) -> None:
    """Works have one, but neither the records of a work nor a paper that was withdrawn."""
    ids = {paper.id for paper in read_searchable(find_current_folder(embedded))}
    assert check_vectors(embedded) == len(ids)
    assert "gone" not in ids
    assert len({"both", "same"} & ids) == 1
    query = load_installed().embed("neural nets on graphs")
    found = [name for name, _ in open_current(embedded).scan(query, 50)]
    assert set(found) == ids
    assert set(found[:2]) == {"graphs", "networks"}
    assert not (embedded / UNFINISHED).exists()


def test_a_second_run_has_nothing_to_do(ready: Path) -> None:
    """It computes nothing and leaves the file as it is."""
    file = find_current_folder(ready) / VECTORS
    before = file.stat()
    report = embed_papers(ready, processes=0)
    assert (report.computed, report.papers) == (0, len(open_current(ready)))
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_an_update_needs_the_vectors_of_what_has_changed(ready: Path, tmp_path: Path) -> None:
    """Even if one generation is kept, only new and changed texts are embedded."""
    new: list[Record] = [
        {"id": "glass", "title": "A study of molten glass"},
        {"id": "moss", "title": "A study of moss"},
        RECORDS[0] | {"venue": "ICML"},
    ]
    add(ready, [write_dump(tmp_path, *new)], BuildSettings(processes=0, keep=1))
    status = read_status(find_current_folder(ready))
    assert status.vectors is not None
    assert status.vectors.generation != status.name
    report = embed_papers(ready, processes=0)
    assert (report.computed, report.papers) == (2, check_vectors(ready))
    status = read_status(find_current_folder(ready))
    assert status.vectors is not None
    assert status.vectors.generation == status.name
    build(ready, [write_dump(tmp_path, *RECORDS)], BuildSettings(processes=0))
    assert embed_papers(ready, processes=0).computed == 1  # the former text about glass
    check_vectors(ready)


def test_a_rollback_returns_to_the_vectors_before(ready: Path, tmp_path: Path) -> None:
    """Each generation has its own, and those of one serve the other."""
    new: Record = {"id": "moss", "title": "A study of moss"}
    add(ready, [write_dump(tmp_path, new)], BuildSettings(processes=0))
    embed_papers(ready, processes=0)
    roll_back(ready)
    assert embed_papers(ready, processes=0).computed == 0
    assert open_current(ready).read_vector(digest_text("A study of moss")) is None
    (find_current_folder(ready) / VECTORS).unlink()
    assert embed_papers(ready, processes=0).computed == 0
    check_vectors(ready)


def test_running_servers_notice(plain: Path) -> None:
    """The file that names the generation in use is replaced, so that it is opened again."""
    before = (plain / CURRENT).stat().st_ino, (plain / CURRENT).read_text("utf-8")
    with (plain / CURRENT).open("rb"):  # or its number could be used again
        embed_papers(plain, processes=0)
    after = (plain / CURRENT).stat().st_ino, (plain / CURRENT).read_text("utf-8")
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_processes_compute_the_same(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes give each paper its vector, and progress is reported to the end."""
    monkeypatch.setattr(embedding, "FEW", 0)
    reported: list[tuple[int, int]] = []
    report = embed_papers(plain, None, 2, lambda done, every: reported.append((done, every)))
    assert check_vectors(plain) == report.papers
    assert reported[0][1] == reported[-1][1] == report.papers
    assert reported[-1][0] == report.papers
    assert [done for done, _ in reported] == sorted(done for done, _ in reported)


@pytest.mark.parametrize("damage", [lambda old: old[:-9], lambda old: old[:-9] + b"123456789"])
def test_a_damaged_file_is_made_anew(ready: Path, damage: Callable[[bytes], bytes]) -> None:
    """Whether it is short or has changed, every vector is computed again."""
    file = find_current_folder(ready) / VECTORS
    content = damage(file.read_bytes())
    file.unlink()
    file.write_bytes(content)
    assert embed_papers(ready, processes=0).computed == len(WORDS) + 1
    check_vectors(ready)


def test_another_model_makes_vectors_of_its_own(ready: Path, tmp_path: Path) -> None:
    """Its folder is remembered, and a folder without a model is refused before anything is done."""
    with pytest.raises(ModelUnusable, match=r"no file model\.onnx"):
        embed_papers(ready, tmp_path / "nowhere", 0)
    folder = tmp_path / "model"
    folder.mkdir()
    files = find_model()
    (folder / "model.onnx").symlink_to(files.model)
    words = files.vocabulary.read_text("utf-8").replace("[unused0]", "molten")
    (folder / "vocab.txt").write_text(words, "utf-8")
    report = embed_papers(ready, folder, 0)
    assert (report.computed, report.folder) == (len(WORDS) + 1, str(folder))
    vectors = open_current(ready)
    assert vectors.model_folder == folder
    assert vectors.load_model().digest == vectors.model_digest
    assert embed_papers(ready, processes=0).computed == len(WORDS) + 1


def test_a_locked_index_is_left_alone(plain: Path) -> None:
    """While a build runs, papers are not embedded."""
    with hold_lock(plain), pytest.raises(IndexLocked):
        embed_papers(plain, processes=0)
    assert not (plain / UNFINISHED).exists()


def test_an_index_without_papers_has_no_vectors(plain: Path) -> None:
    """If every paper was removed, the file is empty."""
    ids = [paper.id for paper in read_searchable(find_current_folder(plain))]
    remove(plain, [*ids, "gone", "same", "both", "twin", *WORDS], BuildSettings(processes=0))
    report = embed_papers(plain, processes=0)
    assert (report.papers, report.computed, len(open_current(plain))) == (0, 0, 0)


def test_a_report_is_a_record() -> None:
    """A report survives as JSON, as `papers embed --json` prints it."""
    report = EmbedReport("g", 3, 1, 384, "m", None, "mean", 0.5)
    assert msgspec.json.decode(msgspec.json.encode(report), type=EmbedReport) == report
