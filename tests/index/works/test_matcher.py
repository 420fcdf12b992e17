"""Check that records of one work are joined, and those of two works are not."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RECORD, Paper, RawRecord, Source
from index.works.matcher import Matcher, group_papers, join_papers, make_matching_keys
from index.works.merge import merge_records
from tests.bench.data import DATA
from tests.support.work_pairs import ONE_WORK, TWO_WORKS, B, paper

RECORDS = [
    one
    for title in ("Deep Value Learning at Scale", "Notes from the Harbour Office")
    for pair in (*ONE_WORK.values(), *TWO_WORKS.values())
    for one in (*pair, replace(pair[0], id=f"{title} {pair[0].id}", title=title))
]
"""Records of the pairs, and the same ones with titles that many of them share."""

SEEDS = [DATA / "seeds" / "arrow.jsonl", DATA / "seeds" / "bzpeer.jsonl"]


@pytest.mark.parametrize("name", ONE_WORK)
def test_one_work(name: str) -> None:
    """Records of one work become one paper, the same in either order."""
    one, other = ONE_WORK[name]
    assert len(join_papers([one, other])) == 1
    assert join_papers([other, one]) == join_papers([one, other])


@pytest.mark.parametrize("name", TWO_WORKS)
def test_two_works(name: str) -> None:
    """Records of two works stay unchanged."""
    assert join_papers(TWO_WORKS[name]) == list(TWO_WORKS[name])


def _seeds() -> list[Paper]:
    if not all(path.exists() for path in SEEDS):
        pytest.skip("the seed files are not there")
    papers = []
    for path in SEEDS:
        for stream in open_dump(str(path)):
            form = recognise_format(stream)
            assert form is not None
            papers += [normalise(r) for r in form.read(stream) if isinstance(r, RawRecord)]
    return papers


def test_seeds(tmp_path: Path) -> None:
    """72 records of one author make 63 works; D4RL and D5RL stay apart."""
    papers = _seeds()
    found = group_papers(papers, tmp_path)
    works = {tuple(papers[n].id for n in group) for group in found}
    assert (len(papers), len(works)) == (72, 63)
    numbers = [("40", "03"), ("41", "04"), ("43", "06"), ("44", "07"), ("46", "02"),
               ("53", "09"), ("54", "10"), ("55", "11")]  # fmt: skip
    pairs = {(f"arrow-{one}", f"bzpeer-{other}") for one, other in numbers}
    assert {group for group in works if len(group) > 1} == pairs | {("arrow-21", "arrow-22")}


def test_a_record_between_two_works_joins_one() -> None:
    """A record similar to two works that contradict each other joins the more certain one."""
    first = paper("D4RL: Datasets for Deep Data-Driven Learning", doi="10.1/4")
    second = paper("D5RL: Diverse Datasets for Data-Driven Deep Learning", abstract=B)
    between = replace(second, id="between", abstract="", ids={"doi": "10.1/4"})
    works = join_papers([first, second, between])
    assert {tuple(sorted((w.id, *w.ids.values()))) for w in works} == {
        tuple(sorted((*w.ids.values(), w.id))) for w in (merge_records([first, between]), second)
    }


@pytest.mark.parametrize("seed", range(6))
def test_works_do_not_depend_on_where_records_are_read(seed: int) -> None:
    """A column of eight years makes the same works from other files and in another order."""
    chance = random.Random(seed)
    found = []
    for dump in "ab":
        column = [replace(paper(year=2000 + n, abstract=""), id=f"r{n}") for n in range(8)]
        chance.shuffle(column)
        rows = [
            replace(one, appearances=(replace(one.shown, source=Source(dump, record=at)),))
            for at, one in enumerate(column)
        ]
        found.append({frozenset((work.id, *work.ids.values())) for work in join_papers(rows)})
    assert found[0] == found[1]
    assert len(found[0]) > 1


@given(order=st.lists(st.integers(0, len(RECORDS) - 1), max_size=12, unique=True))
def test_works_do_not_depend_on_order(order: list[int]) -> None:
    """Records that are similar in many ways make the same works in any order."""
    found = []
    for numbers in (order, sorted(order)):
        with TemporaryDirectory() as folder:
            groups = group_papers([RECORDS[number] for number in numbers], Path(folder))
        found.append({frozenset(numbers[at] for at in group) for group in groups})
    assert found[0] == found[1]


def test_many_records_of_one_title() -> None:
    """Hundreds of records of one title are joined; a generic title alone joins none."""
    many = [replace(paper(), id=f"r{n}") for n in range(200)]
    editorials = [replace(paper("Editorial", abstract=""), id=f"e{n}") for n in range(200)]
    assert len(join_papers(many)) == 1
    assert len(join_papers(editorials)) == 200


def test_many_records_of_similar_titles() -> None:
    """Among hundreds of similar titles of one author, each record finds its equal."""
    words = "Generalization Reinforcement Optimization"
    many = [replace(paper(f"{words} w{n}", abstract=""), id=f"r{n}") for n in range(100)]
    again = [replace(one, id=f"again {one.id}") for one in many]
    assert [work.ids for work in join_papers(many + again)] == [{RECORD: one.id} for one in many]


def test_groups_cover_every_paper_once(tmp_path: Path) -> None:
    """Every paper is in one group, and groups are in the order of their first paper."""
    papers = [one for pair in (*ONE_WORK.values(), *TWO_WORKS.values()) for one in pair]
    found = group_papers(papers, tmp_path)
    assert sorted(number for group in found for number in group) == list(range(len(papers)))
    assert found == sorted(found)


def test_a_replaced_record_is_read_instead(tmp_path: Path) -> None:
    """A record that was replaced is compared and merged as what replaced it."""
    matcher = Matcher(tmp_path / "matcher")
    papers = [Paper(f"p{number}", "Title", f"text{number}") for number in range(3)]
    for one in papers:
        matcher.add(msgspec.msgpack.encode(one), make_matching_keys(one))
    for abstract in ("first", "second"):
        matcher.replace(1, msgspec.msgpack.encode(replace(papers[1], abstract=abstract)))
    assert [matcher.read_paper(n).abstract for n in range(3)] == ["text0", "second", "text2"]
    matcher.close()
