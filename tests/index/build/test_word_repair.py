"""Check that glued words are repaired by the vocabulary of the whole index."""

import gc
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import word_repair
from index.build.corpus import Corpus
from index.build.operations import add, build
from index.build.word_repair import Repair, read_repairs, write_repairs
from index.engines.engine import ENGINES
from index.records import Paper
from index.settings import BuildSettings
from index.store.manifest import GLUED
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.glued_texts import FAULTS, SOUND, make_texts

SETTINGS = BuildSettings(date="2024-01-02", processes=0)
TEXTS = [*make_texts(600), *FAULTS, *SOUND[-2:]]


@pytest.fixture(autouse=True)
def few_texts_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small index have a vocabulary, and its records be found as in a large one."""
    monkeypatch.setattr(word_repair, "LEAST_TEXTS", 300)
    monkeypatch.setattr(word_repair, "FEW", 10)


def write_dump(path: Path, texts: list[str], first: int = 0) -> str:
    """Write a dump with a paper for each abstract, and return its path."""
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts, start=first):
            line = {"id": f"p{number}", "title": f"Paper {number}", "abstract": text}
            file.write(json.dumps(line | {"authors": [f"Author {number}"]}) + "\n")
    return str(path)


def read_papers(directory: Path) -> Iterator[Paper]:
    """Yield all papers of an index."""
    searcher = Searcher(directory)
    pages = -(-searcher.search(SearchRequest("")).total // 100)
    for page in range(1, pages + 1):
        found = searcher.search(SearchRequest("", page=page, per_page=100))
        yield from (hit.paper for hit in found.hits)


def read_abstracts(directory: Path) -> dict[str, str]:
    """Return the abstract of every paper by its id."""
    return {paper.id: paper.abstract for paper in read_papers(directory)}


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_build_repairs_words(tmp_path: Path, engine_name: str) -> None:
    """Faults are repaired, counted and found; the dump's own texts are kept as originals."""
    settings = BuildSettings(date="2024-01-02", processes=0, engine=engine_name)
    dump = write_dump(tmp_path / "d.jsonl", TEXTS)
    _, report = build(tmp_path / "index", (dump,), settings)
    assert report.repairs["jsonl"][GLUED] == len(FAULTS)
    assert report.adds_up()
    papers = {
        paper.originals.get("abstract", paper.abstract): paper
        for paper in read_papers(tmp_path / "index")
    }
    assert {text: papers[text].abstract for text in FAULTS} == FAULTS
    assert not any(papers[text].originals for text in SOUND[-2:])
    searcher = Searcher(tmp_path / "index")
    assert searcher.search(SearchRequest("timeto")).total == 0
    assert searcher.search(SearchRequest('"antern"')).total == 0


def test_many_records_are_found_by_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine finds all records that are repaired when every one is inspected."""
    dump = write_dump(tmp_path / "d.jsonl", TEXTS)
    build(tmp_path / "found", (dump,), SETTINGS)
    monkeypatch.setattr(word_repair, "FEW", len(TEXTS))
    build(tmp_path / "inspected", (dump,), SETTINGS)
    assert read_abstracts(tmp_path / "found") == read_abstracts(tmp_path / "inspected")
    assert set(FAULTS.values()) < set(read_abstracts(tmp_path / "found").values())


def test_few_texts_have_no_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is repaired in a small index."""
    monkeypatch.setattr(word_repair, "LEAST_TEXTS", len(TEXTS) + 1)
    _, report = build(tmp_path / "index", (write_dump(tmp_path / "d.jsonl", TEXTS),), SETTINGS)
    assert GLUED not in report.repairs.get("jsonl", {})
    assert set(read_abstracts(tmp_path / "index").values()) == set(TEXTS)


def test_the_result_depends_on_nothing_else(tmp_path: Path) -> None:
    """Another order of the records, and more processes, give the same papers."""
    lines = Path(write_dump(tmp_path / "d.jsonl", TEXTS)).read_text().splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    (tmp_path / "shuffled.jsonl").write_text("".join(lines))
    several = BuildSettings(date="2024-01-02", processes=2)
    build(tmp_path / "one", (str(tmp_path / "d.jsonl"),), SETTINGS)
    build(tmp_path / "two", (str(tmp_path / "shuffled.jsonl"),), several)
    assert read_abstracts(tmp_path / "one") == read_abstracts(tmp_path / "two")
    assert set(FAULTS.values()) < set(read_abstracts(tmp_path / "one").values())


def test_an_update_repairs_new_records(tmp_path: Path) -> None:
    """An update repairs what it adds by all words of the index, and leaves older records alone."""
    index, old = tmp_path / "index", [*make_texts(250), *list(FAULTS)[:1]]
    build(index, (write_dump(tmp_path / "1.jsonl", old),), SETTINGS)
    new = [*make_texts(350), *list(FAULTS)[1:]]
    _, report = add(index, (write_dump(tmp_path / "2.jsonl", new, first=1_000),), SETTINGS)
    assert report.repairs["jsonl"][GLUED] == len(FAULTS) - 1
    abstracts = set(read_abstracts(index).values())
    assert set(list(FAULTS)[:1]) | set(list(FAULTS.values())[1:]) <= abstracts
    _, report = add(index, (str(tmp_path / "2.jsonl"),), SETTINGS)
    assert (report.unchanged, report.repairs) == (len(new), {})


def test_a_work_has_the_repaired_abstract(tmp_path: Path) -> None:
    """Records are repaired before they are joined, so works and their records are."""
    text, expected = next(iter(FAULTS.items()))
    dump = write_dump(tmp_path / "1.jsonl", make_texts(600))
    title, authors = "A gentle survey of frozen harbours", ["Ada Lee", "Wei Ray"]
    two = [{"id": key, "title": title, "authors": authors, "abstract": text} for key in "ab"]
    (tmp_path / "2.jsonl").write_text("".join(json.dumps(line) + "\n" for line in two))
    _, report = build(tmp_path / "index", (dump, str(tmp_path / "2.jsonl")), SETTINGS)
    assert (report.merged, report.repairs["jsonl"][GLUED]) == (1, 2)
    (work,) = (paper for paper in read_papers(tmp_path / "index") if paper.title == title)
    assert work.abstract == expected
    assert work.originals == {"abstract": text}


def test_an_interrupted_build_repairs_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that stops after the repairs were made is resumed with the same result."""
    dump = write_dump(tmp_path / "d.jsonl", TEXTS)
    build(tmp_path / "whole", (dump,), SETTINGS)

    def stop(corpus: Corpus, *_: object) -> None:
        corpus.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Corpus, "join_works", stop)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path / "index", (dump,), SETTINGS)
    gc.collect()  # the engine's writer keeps its lock as long as it is in a traceback
    resumed = BuildSettings(date="2024-01-02", processes=0, resume=True)
    _, report = build(tmp_path / "index", (dump,), resumed)
    assert report.repairs["jsonl"] == {GLUED: len(FAULTS)}
    assert read_abstracts(tmp_path / "index") == read_abstracts(tmp_path / "whole")


def test_a_dry_run_repairs_no_words(tmp_path: Path) -> None:
    """A dry run has no engine that knows the words, and says nothing of them."""
    settings = BuildSettings(date="2024-01-02", processes=0, dry_run=True)
    _, report = build(tmp_path / "index", (write_dump(tmp_path / "d.jsonl", TEXTS),), settings)
    assert report.indexed == len(TEXTS)
    assert GLUED not in report.repairs.get("jsonl", {})


def test_repairs_are_written_whole(tmp_path: Path) -> None:
    """The file of repairs exists once it is complete, and keeps an earlier original."""
    repairs = [Repair("a", 1, "time to"), Repair("b\n", -2, "the “river”\n")]
    write_repairs(tmp_path / "repairs", repairs)
    assert list(read_repairs(tmp_path / "repairs")) == repairs
    assert [path.name for path in tmp_path.iterdir()] == ["repairs"]
    paper = Paper("a", "Title", "timeto", originals={"abstract": "time&shy;to", "title": "T"})
    repaired = repairs[0].apply(paper)
    assert repaired.abstract == "time to"
    assert repaired.originals == paper.originals
    assert repairs[0].apply(Paper("a", "T", "timeto")).originals == {"abstract": "timeto"}
