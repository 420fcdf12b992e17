"""Check that every engine keeps papers as `Writer` and `Reader` say."""

import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from index.engines.document import analyse_paper
from index.engines.engine import ENGINES, LOCAL_ENGINES, default_engine, load_engine
from index.engines.errors import EXTRAS, EngineMissing
from index.errors import GenerationCorrupt, IndexUnusable
from index.fields import WORK
from index.records import Paper, decode_paper
from index.store.generations import find_current_folder
from index.store.manifest import read_manifest
from search.engines.checked_engine import open_engine
from search.planning.plan import Anything, Plan
from tests.support.paths import ROOT, SAMPLE

WITHOUT_TANTIVY = "import sys; sys.modules['tantivy'] = None; from web.cli import main; main()"
"""Runs `papers` in a process that cannot import Tantivy."""


def add(writer: object, *papers: Paper) -> None:
    """Add papers to a writer as a build does."""
    for paper in papers:
        writer.add(analyse_paper(paper), msgspec.msgpack.encode(paper))  # type: ignore[attr-defined]


def make_paper(paper_id: str, title: str) -> Paper:
    """Make a paper with an id and a title."""
    return Paper(id=paper_id, title=title)


@pytest.mark.parametrize("name", ENGINES)
def test_added_papers_are_found(name: str, tmp_path: Path) -> None:
    """After closing, papers are counted and each is found by its id, unchanged."""
    writer = load_engine(name).open_writer(tmp_path / "new" / "engine")
    papers = [make_paper(f"p{number}", f"Paper {number}") for number in range(5)]
    add(writer, *papers)
    writer.close()
    for paper in papers:
        count, record = load_engine(name).probe(tmp_path / "new" / "engine", paper.id)
        assert count == len(papers)
        assert record is not None
        assert decode_paper(record) == paper
    assert load_engine(name).probe(tmp_path / "new" / "engine", "none") == (5, None)


@pytest.mark.parametrize("name", ENGINES)
def test_removed_papers_are_gone(name: str, tmp_path: Path) -> None:
    """A removed paper is not found, but one added later under its id is."""
    writer = load_engine(name).open_writer(tmp_path)
    add(writer, make_paper("a", "first"), make_paper("b", "stays"), make_paper("c", "goes"))
    for paper_id in ("a", "c", "never added"):
        writer.remove(paper_id)
    add(writer, make_paper("a", "second"), make_paper("d", "last"))
    writer.remove("a")
    add(writer, make_paper("a", "third"))
    writer.close()
    assert load_engine(name).probe(tmp_path, "c") == (3, None)
    count, record = load_engine(name).probe(tmp_path, "a")
    assert (count, decode_paper(record or b"").title) == (3, "third")
    found = open_engine(name, tmp_path).find(Plan(Anything(), scored=False), None, 0, 10)
    kept = [decode_paper(record).id for _, record in found.hits]
    assert (found.total, kept) == (3, ["a", "b", "d"])


@pytest.mark.parametrize("name", ENGINES)
def test_an_aborted_writer_adds_nothing(name: str, tmp_path: Path) -> None:
    """An aborted writer adds no paper."""
    writer = load_engine(name).open_writer(tmp_path)
    add(writer, make_paper("a", "first"))
    writer.abort()
    with suppress(IndexUnusable):
        assert load_engine(name).probe(tmp_path, "a") == (0, None)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("harm", ["gone", "empty", "half", "rubbish"])
def test_damage_is_reported(name: str, harm: str, tmp_path: Path) -> None:
    """Missing, truncated and overwritten files are reported as damage, in one line."""
    writer = load_engine(name).open_writer(tmp_path / "engine")
    add(writer, *(make_paper(f"p{number}", f"Paper {number}") for number in range(200)))
    writer.close()
    for path in (tmp_path / "engine").iterdir():
        whole = path.read_bytes()
        kept = {"gone": b"", "empty": b"", "half": whole[: len(whole) // 2]}
        path.write_bytes(kept.get(harm, b"\x07" * len(whole)))
        if harm == "gone":
            path.unlink()
    with pytest.raises(GenerationCorrupt, match=r"^[^\n]+is damaged[^\n]+$"):
        load_engine(name).probe(tmp_path / "engine", "p7")


def test_every_damaged_byte_is_reported_or_harmless(tmp_path: Path) -> None:
    """Whichever byte of a Whoosh index is wrong, a probe raises only GenerationCorrupt."""
    folder = tmp_path / "engine"
    writer = load_engine("whoosh").open_writer(folder)
    add(writer, make_paper("a", "first"), make_paper("b", "second"))
    writer.close()
    (segment,) = folder.glob("*.seg")
    whole = segment.read_bytes()
    told = 0
    for place in range(0, len(whole), max(1, len(whole) // 200)):
        segment.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            load_engine("whoosh").probe(folder, "a")
        except GenerationCorrupt:
            told += 1
    assert told


@pytest.mark.parametrize("name", LOCAL_ENGINES)
def test_a_full_disk_raises_an_oserror(name: str, tmp_path: Path) -> None:
    """If files cannot grow, the writer raises OSError, and can still be aborted."""
    child = (
        "import resource, signal, sys, random\n"
        "from pathlib import Path\n"
        "from index.engines.engine import load_engine\n"
        "from index.engines.document import analyse_paper\n"
        "from index.records import Paper\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        f"writer = load_engine({name!r}).open_writer(Path(sys.argv[1]))\n"
        "try:\n"
        "    for n in range(3000):\n"
        "        text = ' '.join(f'w{random.random()}' for _ in range(50))\n"
        "        writer.add(analyse_paper(Paper(id=f'p{n}', title=text)), text.encode())\n"
        "    writer.close()\n"
        "except OSError as error:\n"
        "    print('told', type(error).__name__)\n"
        "    writer.abort()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", child, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout == "told OSError\n", done.stderr
    assert done.returncode == 0


def test_the_default_engine() -> None:
    """Tantivy is the default if installed; an unknown name is an error."""
    assert default_engine() == ENGINES[0] == "tantivy"
    for name in ("", "lucene", "../tantivy"):
        with pytest.raises(EngineMissing, match="papers build --engine tantivy DUMP"):
            load_engine(name)
        with pytest.raises(EngineMissing):
            open_engine(name, ROOT)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `papers` in a process that cannot import Tantivy."""
    command = [sys.executable, "-c", WITHOUT_TANTIVY, *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def test_without_tantivy_whoosh_builds_and_answers(tmp_path: Path) -> None:
    """Without Tantivy a build uses Whoosh and reports it; all commands work on the index."""
    at = ("--index", str(tmp_path / "index"))
    built = run("build", *at, "--quiet", str(SAMPLE))
    notice = "Tantivy is not installed. Building with Whoosh, which is slower.\n"
    assert (built.returncode, built.stderr) == (0, notice)
    assert read_manifest(find_current_folder(tmp_path / "index")).engine == "whoosh"
    found = run("search", *at, "--json", "--limit", "1", "attention is all you need")
    assert msgspec.json.decode(found.stdout)["hits"][0]["id"] == "vaswani-2017-attention"
    for command in (("show", "vaswani-2017-attention"), ("verify",), ("status",)):
        done = run(*command, *at)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_chosen_engine_must_be_installed(tmp_path: Path) -> None:
    """With ``--engine whoosh`` Tantivy is not mentioned; ``--engine tantivy`` requires it."""
    at = ("--index", str(tmp_path / "index"), "--quiet", str(SAMPLE))
    built = run("build", "--engine", "whoosh", *at)
    assert (built.returncode, built.stderr) == (0, "")
    refused = run("build", "--engine", "tantivy", *at)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert read_manifest(find_current_folder(tmp_path / "index")).engine == "whoosh"


def test_an_index_of_a_missing_engine_names_the_way_out(sample_index: Path) -> None:
    """Opening an index of a missing engine reports in one line what to do."""
    done = run("search", "--index", str(sample_index), "deep")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "papers: The engine 'tantivy' is not installed. Install it, "
        "or build with another (`papers build --engine whoosh DUMP`).\n"
    )


def test_a_missing_extra_is_named() -> None:
    """An engine that an extra installs is reported with the command that installs it."""
    assert str(EngineMissing("opensearch", LOCAL_ENGINES)) == (
        "The engine 'opensearch' is not installed. Run `pip install 'papersearch[opensearch]'`, "
        "or build with another (`papers build --engine tantivy DUMP`)."
    )
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(ENGINES) - set(LOCAL_ENGINES) == EXTRAS <= extras["optional-dependencies"].keys()


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_finds_records_by_their_words(name: str, tmp_path: Path) -> None:
    """Records with a phrase are found, works are not; phrases and prefixes are counted."""
    writer = load_engine(name).open_writer(tmp_path)
    abstracts = {"a": "gentle river", "b": "river gentle", "c": "gentle gentle river", "d": "stone"}
    add(writer, *(Paper(key, "Title", text) for key, text in abstracts.items()))
    writer.commit()
    work = Paper("w", "Title", "gentle river")
    writer.add(analyse_paper(work, WORK), msgspec.msgpack.encode(work))
    writer.remove("b")
    writer.close()
    with load_engine(name).open_reader(tmp_path) as reader:
        found = reader.find_records("abstract_exact", ("gentle", "river"), 9)
        assert sorted(decode_paper(record).id for record in found) == ["a", "c"]
        assert len(reader.find_records("abstract_exact", ("river",), 1)) == 1
        assert reader.find_records("abstract_exact", ("river", "gentle"), 9) == []
        assert reader.find_records("abstract_exact", ("none",), 9) == []
        assert reader.count_phrase("abstract_exact", ("gentle", "river")) == 3
        assert reader.count_phrase("abstract_exact", ("river", "gentle")) == 0
        assert reader.count_phrase("abstract_exact", ("gentle", "none")) == 0
        assert dict(reader.list_tokens("abstract_exact", 9, "st")) == {"stone": 1}
