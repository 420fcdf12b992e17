"""Check what generations leave in a cluster, and that they count like a local engine."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec import json
from msgspec.structs import replace

from index.build.operations import add, build, remove
from index.engines import opensearch_writes
from index.engines.cluster_folder import read_location, write_location
from index.engines.cluster_mapping import choose_mapping, choose_settings
from index.engines.document import analyse_paper
from index.engines.engine import load_engine
from index.engines.errors import ClusterFailed, ClusterForeign, ClusterIndexMissing
from index.engines.opensearch import discard
from index.engines.opensearch_client import connect
from index.engines.opensearch_indexes import count_documents, delete_index
from index.errors import GenerationCorrupt
from index.records import Paper, decode_paper
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder, link_files
from index.store.history import list_leftovers, prune_generations, roll_back
from tests.support.dump_records import write_sample
from tests.support.faulty_cluster import Asked, FaultyCluster, Reply
from tests.support.paths import SAMPLE

SETTINGS = BuildSettings(engine="opensearch", processes=0)
GONE = "vaswani-2017-attention"


@pytest.fixture
def directory(tmp_path: Path, cluster_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the directory of an index of a few papers, whose generations are deleted later.

    The names in the cluster begin like no others, since other tests keep theirs in it.
    """
    del cluster_url
    monkeypatch.setenv("PAPERS_OPENSEARCH_PREFIX", f"papers-test-{uuid4().hex[:8]}")
    index = tmp_path / "index"
    build(index, (write_sample(tmp_path, 30),), SETTINGS)
    yield index
    for name in list_indexes():
        delete_index(connect(), name)


def list_indexes() -> list[str]:
    """Return the names of all indexes with the prefix of the tests."""
    found = connect().request("GET", f"/{connect().settings.prefix}-*", params={"ignore": 404})
    return sorted(name for name in found if name not in {"error", "status"})


def name_index(directory: Path) -> str:
    """Return the name of the index of the generation in use."""
    return read_location(find_current_folder(directory) / ENGINE).index


def read_alias() -> list[str]:
    """Return the indexes that the alias names."""
    return list(connect().request("GET", f"/_alias/{connect().settings.prefix}"))


def probe(directory: Path) -> tuple[int, bool]:
    """Return the number of documents in use, and whether one that tests remove is among them."""
    count, record = load_engine("opensearch").probe(find_current_folder(directory) / ENGINE, GONE)
    return count, record is not None


def test_a_generation_is_an_index_of_its_own(directory: Path) -> None:
    """The folder names the index, which the alias names, which is complete and takes no writes."""
    location = read_location(find_current_folder(directory) / ENGINE)
    assert list_indexes() == read_alias() == [location.index]
    assert location.documents == count_documents(connect(), location.index) == 30
    with pytest.raises(Exception, match="takes no documents"):
        connect().request("PUT", f"/{location.index}/_doc/x", {"id": "x"})


def test_an_update_copies_and_a_rollback_returns(directory: Path) -> None:
    """An update leaves the index before as it was; the alias follows every switch."""
    before = name_index(directory)
    manifest, report = remove(directory, [GONE], BuildSettings())
    after = name_index(directory)
    assert (report.deleted, manifest.documents) == (1, 29)
    assert list_indexes() == sorted([before, after])
    assert read_alias() == [after]
    assert count_documents(connect(), before) == 30
    assert load_engine("opensearch").probe(find_current_folder(directory) / ENGINE, GONE) == (
        29,
        None,
    )
    roll_back(directory)
    assert read_alias() == [before]
    assert probe(directory) == (30, True)


def test_a_cluster_that_clones_is_let_do_so(directory: Path, faulty: FaultyCluster) -> None:
    """A clone takes the place of a copy; it is filled further, so the block is lifted."""
    cloned: list[Asked] = []

    def clone(asked: Asked) -> Reply | None:
        """Do with other requests what a cluster does that can clone."""
        source, _, target = asked.path.partition("/_clone/")
        if not target:
            return None
        cloned.append(asked)
        body = {"settings": choose_settings(1), "mappings": choose_mapping()}
        target = target.partition("?")[0]
        faulty.forward(Asked("PUT", f"/{target}", json.encode(body)))
        copied = {"source": {"index": source[1:]}, "dest": {"index": target}}
        return faulty.forward(Asked("POST", "/_reindex", json.encode(copied)))

    faulty.rule = clone
    remove(directory, [GONE], BuildSettings())
    assert probe(directory) == (29, False)
    settings = json.decode(cloned[0].body)["settings"]
    assert settings == {"index.number_of_replicas": 0, "index.blocks.write": None}
    assert not [one for one in faulty.asked if "_reindex" in one.path]


def test_a_copy_that_lacks_papers_is_not_used(directory: Path, faulty: FaultyCluster) -> None:
    """A copy is counted before it is changed; the index in use stays as it was."""
    lost = b'{"created": 3, "failures": []}'
    faulty.rule = lambda asked: Reply(200, lost) if "_reindex" in asked.path else None
    before = list_indexes()
    with pytest.raises(ClusterFailed, match="has 0 documents instead of 30"):
        remove(directory, [GONE], BuildSettings())
    assert list_indexes() == before
    assert probe(directory) == (30, True)


def test_a_pruned_generation_leaves_nothing(directory: Path) -> None:
    """The index of a generation is deleted with its folder."""
    dump = write_sample(directory.parent, 40)
    add(directory, (dump,), BuildSettings(keep=1, processes=0))
    assert list_indexes() == [name_index(directory)]


def test_an_update_without_changes_makes_no_index(directory: Path) -> None:
    """What has not changed is not copied."""
    before = list_indexes()
    dump = write_sample(directory.parent, 30)
    manifest, _ = add(directory, (dump,), BuildSettings(processes=0))
    assert (manifest.documents, list_indexes()) == (30, before)
    remove(directory, [GONE], BuildSettings(dry_run=True))
    assert list_indexes() == before


def test_a_folder_made_from_another_does_not_delete_its_index(directory: Path) -> None:
    """Neither a link nor a copy of an engine's folder owns the index of the original."""
    engine = find_current_folder(directory) / ENGINE
    shutil.copytree(engine, directory / "copy" / ENGINE)
    link_files(engine, directory / "link")
    for folder in (directory / "copy" / ENGINE, directory / "link"):
        discard(folder)
    assert list_indexes() == [name_index(directory)]


def fail(folder: Path) -> None:
    """Find a complete generation unfit, as the check of a build may."""
    raise GenerationCorrupt(folder.name, "it is unfit")


def test_a_failed_build_leaves_nothing(directory: Path) -> None:
    """A build that ends with an error deletes the index that it filled."""
    before = list_indexes()
    with pytest.raises(GenerationCorrupt, match="unfit"):
        build(directory, (write_sample(directory.parent, 40),), SETTINGS, None, fail)
    assert list_indexes() == before


def test_an_interrupted_build_is_resumed(directory: Path) -> None:
    """A build goes on in the index of the interrupted one, whose folder it renames."""

    def interrupt(_size: int, records: int) -> None:
        if records:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(directory, (str(SAMPLE),), SETTINGS, interrupt)
    (left,) = list_leftovers(directory)
    index = read_location(left / ENGINE).index
    manifest, _ = build(directory, (str(SAMPLE),), replace(SETTINGS, resume=True))
    assert name_index(directory) == index
    assert len(list_indexes()) == 2
    assert count_documents(connect(), index) == manifest.documents == 417


def test_what_was_sent_but_not_committed_counts_once(directory: Path) -> None:
    """A resumed writer counts what is in the cluster, though the one before had not counted it."""
    folder = directory / "generations" / "20200101T000000Z-dead.building" / ENGINE
    monthly = [Paper(f"p{n}", "Lunar tides", f"tide{n} moon") for n in range(5)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opensearch_writes, "MOST_CHANGES", 2)
        writer = load_engine("opensearch").open_writer(folder)
        for number, paper in enumerate(monthly):
            writer.add(analyse_paper(paper), b"before")
            if number == 1:
                writer.commit()
        writer.abort()
    again = load_engine("opensearch").open_writer(folder)
    for paper in monthly[2:]:
        again.remove(paper.id)
        again.add(analyse_paper(paper), b"after")
    again.close()
    with load_engine("opensearch").open_reader(folder) as reader:
        counts = dict(reader.list_tokens("abstract_exact", 99))
        assert counts == {"moon": 5, **{f"tide{n}": 1 for n in range(5)}}
        assert [reader.read_paper(paper.id) for paper in monthly] == [
            *[b"before"] * 2,
            *[b"after"] * 3,
        ]


def test_it_counts_like_a_local_engine(directory: Path) -> None:
    """After updates the tokens, phrases and records are those of Tantivy on the same papers."""
    dump, local = write_sample(directory.parent, 90), directory.parent / "local"
    build(local, (dump,), BuildSettings(engine="tantivy", processes=0))
    add(directory, (dump,), BuildSettings(processes=0))
    remove(directory, [GONE], BuildSettings())
    add(directory, (dump,), BuildSettings(processes=0))
    folders = (find_current_folder(directory), find_current_folder(local))
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(load_engine(name).open_reader(folder / ENGINE))
            for name, folder in zip(("opensearch", "tantivy"), folders, strict=True)
        )
        for field in ("title_exact", "abstract_exact", "author", "venue_words", "has", "text"):
            listed = dict(ours.list_tokens(field, 100_000))
            assert listed == dict(theirs.list_tokens(field, 100_000))
            assert len(listed) > 5
        pairs = (("attention", "is"), ("neural", "networks"), ("none", "such"))
        counts = [ours.count_phrase("title_exact", pair) for pair in pairs]
        assert counts == [theirs.count_phrase("title_exact", pair) for pair in pairs]
        assert counts[0] > counts[-1] == 0
        assert decode_paper(ours.read_paper(GONE) or b"").id == GONE


def test_what_a_killed_build_left_is_swept(directory: Path) -> None:
    """The next build deletes the index that the folder of a killed one names."""
    folder = directory / "generations" / "20200101T000000Z-dead.building" / ENGINE
    load_engine("opensearch").open_writer(folder)
    left = read_location(folder).index
    assert left in list_indexes()
    prune_generations(directory, 2)
    assert left not in list_indexes()
    assert list_leftovers(directory) == []


def test_a_folder_stays_while_the_cluster_is_away(
    directory: Path, faulty: FaultyCluster, caplog: pytest.LogCaptureFixture
) -> None:
    """What cannot be deleted now is named by its folder, so that a later build deletes it."""
    folder = directory / "generations" / "20200101T000000Z-dead.building" / ENGINE
    load_engine("opensearch").open_writer(folder)
    faulty.rule = lambda asked: Reply(502, b"{}") if asked.method == "DELETE" else None
    prune_generations(directory, 2)
    assert "The next build tries again" in caplog.text
    assert folder.exists()
    faulty.rule = lambda _: None
    prune_generations(directory, 2)
    assert not folder.parent.exists()


def test_a_generation_of_another_cluster(directory: Path) -> None:
    """A cluster that is not the one of the build is told before it is asked for papers."""
    folder = find_current_folder(directory) / ENGINE
    location = read_location(folder)
    write_location(folder, type(location)(location.index, "another", 1))
    with pytest.raises(ClusterForeign, match="in another cluster"):
        load_engine("opensearch").probe(folder, GONE)
    with pytest.raises(ClusterForeign), load_engine("opensearch").open_reader(folder):
        pass


def test_a_deleted_index_is_told(directory: Path) -> None:
    """An index that somebody deleted is missing, not damaged, and the way out is named."""
    folder = find_current_folder(directory) / ENGINE
    delete_index(connect(), name_index(directory))
    with pytest.raises(ClusterIndexMissing, match=r"has no index .*papers rollback"):
        load_engine("opensearch").probe(folder, GONE)
    with pytest.raises(ClusterIndexMissing), load_engine("opensearch").open_reader(folder):
        pass
