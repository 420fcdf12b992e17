"""Check that the names of people are stored, replaced and removed as dumps say."""

import gc
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.build import ingest
from index.build.operations import add, build, remove
from index.errors import DumpEmpty
from index.people.alias_writer import LONGEST_NAME, MOST_NAMES, AliasWriter, key_names
from index.people.aliases import ALIASES, Aliases
from index.store.generations import find_current_folder, read_current_name
from index.store.history import roll_back
from index.store.manifest import Report
from tests.support.dblp_people import make_article, make_home_page, make_settings, write_dump

PAPER = make_article("tides", "Early Tides", "Ada Byron")
ADA = make_home_page("l/2", "Ada Lovelace 0002", "Ada Byron")


def list_other_names(directory: Path, name: str) -> list[str]:
    """Return the other names that the index in use has for a name."""
    return list(Aliases(find_current_folder(directory)).find_others(name).values())


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Build an index of one paper and one person."""
    build(tmp_path / "index", (write_dump(tmp_path, "dblp", [PAPER, ADA]),), make_settings())
    return tmp_path / "index"


@pytest.fixture
def update(index: Path, tmp_path: Path) -> Callable[..., Report]:
    """Return a function that adds records of dblp and returns the report."""

    def add_records(*records: str, since: str = "") -> Report:
        path = write_dump(tmp_path, f"update-{random.random()}", records)
        _, report = add(index, (path,), make_settings(since=since))
        assert report.adds_up()
        return report

    return add_records


def test_a_person_is_counted_as_skipped(index: Path) -> None:
    """A person is not a paper: the record counts as skipped, and the counts add up."""
    report = json.loads((find_current_folder(index) / "report.json").read_text("utf-8"))
    counts = {name: report[name] for name in ("read", "indexed", "skipped", "people", "papers")}
    assert counts == {"read": 2, "indexed": 1, "skipped": 1, "people": 1, "papers": 1}
    assert report["sources"]["dblp"]["skipped"] == 1
    assert list_other_names(index, "Ada Byron") == ["Ada Lovelace 0002"]


MANY = [f"Ada {chr(65 + n % 26)}{'a' * (n // 26)}" for n in range(MOST_NAMES)]
UPDATES = [  # what an update brings, the people that are changed, the other names of Ada Byron then
    ([make_home_page("r/1", "Mary Reed", "Mary Ray")], 1, ["Ada Lovelace 0002"]),
    ([make_home_page("l/2", "Ada King", "Ada Byron")], 1, ["Ada King"]),
    ([make_home_page("l/2", "Ada King", "Ada Byron", "A. King")], 1, ["Ada King", "A. King"]),
    ([make_home_page("l/2", "Ada Lovelace 0002", "Ada King")], 1, []),
    ([make_home_page("l/2", "Ada Lovelace 0002")], 1, []),  # one name
    ([make_home_page("l/2", "Ada Byron", "Ada B&yuml;ron")], 1, []),  # one name in two spellings
    ([make_home_page("l/2", "Ada Byron", *MANY)], 1, []),
    ([make_home_page("b/1", "Bea Byron", "Ada Byron")], 1, []),  # a name of two people
    ([make_home_page("b/1", "Bea Byron", "Ada Lovelace 0002")], 1, []),
    ([ADA], 0, ["Ada Lovelace 0002"]),
    ([make_home_page("l/2", "Ada Lovelace 0002", "Ada Byron", day="2024-01-01")], 0,
     ["Ada Lovelace 0002"]),
    ([make_home_page("l/2", "Ada King", "Ada Byron"), ADA], 0, ["Ada Lovelace 0002"]),
    ([make_home_page("b/1", "Bea Byron", "Bea Bly"), make_home_page("b/1", "Bea Byron")], 0,
     ["Ada Lovelace 0002"]),
    ([make_home_page("n/1", "Nobody Known")], 0, ["Ada Lovelace 0002"]),
    ([make_home_page("n/1", "Nobody Known", "Known, Nobody")], 0, ["Ada Lovelace 0002"]),
]  # fmt: skip


@pytest.mark.parametrize(("records", "people", "expected"), UPDATES)
def test_an_update_of_names_alone(
    index: Path, update: Callable[..., Report], records: list[str], people: int, expected: list[str]
) -> None:
    """Names are replaced when a person comes again; different names are a change."""
    before = read_current_name(index)
    report = update(*records)
    assert (report.new, report.changed, report.deleted, report.people) == (0, 0, 0, people)
    assert (report.papers, report.skipped) == (1, len(records))
    assert (read_current_name(index) != before) is bool(people)
    assert list_other_names(index, "Ada Byron") == expected
    assert update(*records).people == 0  # the same again changes nothing
    if people:
        assert roll_back(index).name == before
        assert list_other_names(index, "Ada Byron") == ["Ada Lovelace 0002"]


def test_names_stay_as_papers_come_and_go(index: Path, update: Callable[..., Report]) -> None:
    """An update keeps the papers and people that it does not mention."""
    update(make_article("late", "Late Tides", "Ada Lovelace 0002"))
    assert list_other_names(index, "Ada Byron") == ["Ada Lovelace 0002"]
    update(
        make_home_page("r/1", "Mary Reed", "Mary Ray"),
        make_article("more", "More Tides", "Mary Reed"),
    )
    assert list_other_names(index, "Mary Reed") == ["Mary Ray"]
    remove(index, ["dblp:journals/x/late"], make_settings())
    assert list_other_names(index, "Ada Byron") == ["Ada Lovelace 0002"]
    remove(index, ["dblp:homepages/l/2"], make_settings())
    assert list_other_names(index, "Ada Byron") == []
    assert list_other_names(index, "Mary Reed") == ["Mary Ray"]


def test_a_person_that_has_not_changed_since_is_passed_over(update: Callable[..., Report]) -> None:
    """`--since` applies to people too."""
    page = make_home_page("l/2", "Ada King", "Ada Byron", day="2022-02-02")
    assert update(page, since="2022-02-03").people == 0
    assert update(page, since="2022-02-02").people == 1


def test_an_index_without_people_gets_some(tmp_path: Path) -> None:
    """An update can add the first people to an index."""
    directory = tmp_path / "index"
    build(directory, (write_dump(tmp_path, "dblp", [PAPER]),), make_settings())
    assert not (find_current_folder(directory) / ALIASES).exists()
    add(directory, (write_dump(tmp_path, "people", [ADA]),), make_settings())
    assert list_other_names(directory, "Ada Byron") == ["Ada Lovelace 0002"]


def test_people_alone_are_no_index(tmp_path: Path) -> None:
    """A dump of people alone does not become an index, and leaves no files."""
    with pytest.raises(DumpEmpty, match=r"only records that are left out"):
        build(tmp_path / "index", (write_dump(tmp_path, "dblp", [ADA]),), make_settings())
    assert not (tmp_path / "index" / "current").exists()


def test_an_update_says_how_many_people(
    index: Path, tmp_path: Path, papers: Callable[..., Result]
) -> None:
    """The command reports people with new names, and no new papers."""
    path = write_dump(tmp_path, "more", [make_home_page("r/1", "Mary Reed", "Mary Ray")])
    said = papers("add", path, index=index).output.splitlines()
    assert said[0].startswith("0 new, 0 changed, 0 deleted records: 1 paper in ")
    assert "  1 person with changed names" in said
    again = papers("add", path, index=index).output
    assert again.startswith("Nothing changed: 1 paper in ")
    assert "person" not in again


def test_the_same_in_processes(tmp_path: Path) -> None:
    """Names are the same if other processes prepare the records."""
    names = [
        "J&uuml;rgen M&uuml;ller 0001",
        "Jo O'Neil",
        "Ren&eacute;e de la Cruz",
        "Wei-Lin Wu",
    ]
    path = write_dump(tmp_path, "dblp", [PAPER, make_home_page("m/1", *names)])
    found = []
    for processes in (0, 2):
        build(tmp_path / "index", (path,), make_settings(processes=processes))
        found.append(list_other_names(tmp_path / "index", "Wu, Wei-Lin"))
    assert found == [["Jürgen Müller 0001", "Jo O'Neil", "Renée de la Cruz"]] * 2


KEYED = [
    (["Ada Byron", "ADA BYRON", "Byron, Ada"], {"ada byron": "Ada Byron"}),
    (["Wei Wang 0001", "Wei Wang"], {"wei wang 0001": "Wei Wang 0001", "wei wang": "Wei Wang"}),
    (["", " ", "...", "A\tB\nC"], {"a b c": "A B C"}),
    (["x" * (LONGEST_NAME + 1), "Li Yu"], {"li yu": "Li Yu"}),
    (["王伟", "Wei Wang"], {"王伟": "王伟", "wei wang": "Wei Wang"}),
]


@pytest.mark.parametrize(("names", "expected"), KEYED)
def test_names_are_keyed_as_authors_are(names: list[str], expected: dict[str, str]) -> None:
    """Names of one key count once; empty and overlong names are left out."""
    assert key_names(names) == expected


@pytest.mark.parametrize("seed", range(10))
def test_people_are_as_they_came_last(tmp_path: Path, seed: int) -> None:
    """After random changes each name identifies the one person who has it."""
    chance = random.Random(seed)
    expected: dict[str, dict[str, str]] = {}
    for update in (False, True, True):
        before, people = dict(expected), AliasWriter(tmp_path, update=update)
        for _ in range(30):
            key = f"p{chance.randrange(6)}"
            letters = [chance.choice("ABCDEFGH") for _ in range(chance.randrange(5))]
            names = key_names(f"Ada {letter * 2}" for letter in letters)
            if dropped := chance.random() < 0.2:
                people.remove(key)
            else:
                people.set_names(key, names)
            expected.pop(key, None)
            if not dropped and len(names) > 1:
                expected[key] = names
        either = before.keys() | expected.keys()
        changes = sum(
            _list_items(before.get(key)) != _list_items(expected.get(key)) for key in either
        )
        assert people.changed == (changes if update else len(expected))
        people.commit()
        people.close()
        people.close()
    aliases = Aliases(tmp_path)
    owners = {name: [key for key in expected if name in expected[key]] for name in _names(expected)}
    for name, keys in owners.items():
        sure = [other for other in expected[keys[0]] if other != name and len(owners[other]) == 1]
        assert list(aliases.find_others(name)) == (sure if len(keys) == 1 else [])


def _list_items(names: dict[str, str] | None) -> list[tuple[str, str]]:
    return list((names or {}).items())


def _names(people: dict[str, dict[str, str]]) -> set[str]:
    return {name for names in people.values() for name in names}


def test_uncommitted_names_are_lost(tmp_path: Path) -> None:
    """A killed build has the people of its last commit, and can continue from there."""
    people = AliasWriter(tmp_path)
    people.set_names("p1", key_names(["Ada Byron", "Ada King"]))
    people.commit()
    people.set_names("p2", key_names(["Mary Reed", "Mary Ray"]))
    people.close()
    assert (bool(Aliases(tmp_path)), Aliases(tmp_path).find_others("Mary Reed")) == (True, {})
    again = AliasWriter(tmp_path)
    for key, names in (("p1", ["Ada Byron", "Ada King"]), ("p2", ["Mary Reed", "Mary Ray"])):
        again.set_names(key, key_names(names))
    assert again.changed == 2
    again.commit()
    again.close()
    assert Aliases(tmp_path).find_others("Mary Reed") == {"mary ray": "Mary Ray"}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """An update names the damaged file."""
    (tmp_path / ALIASES).write_bytes(b"no database" * 100)
    with pytest.raises(OSError, match="aliases: file is not a database"):
        AliasWriter(tmp_path, update=True)


def test_an_interrupted_build_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed build has the people from before and after the interruption."""
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", float("inf"))
    pages = [make_home_page(f"p/{n}", f"Ada P{n:04}a", f"Ada Q{n:04}a") for n in range(900)]
    articles = [make_article(f"{n}", f"Tides {n}", f"Ada P{n:04}a") for n in range(900)]
    pairs = zip(articles, pages, strict=True)
    path = write_dump(tmp_path, "dblp", [one for pair in pairs for one in pair])
    index, told = tmp_path / "index", 0

    def interrupt(_bytes: int, records: int) -> None:
        nonlocal told
        told += records
        if told > 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(index, (path,), make_settings(resume=True), interrupt)
    gc.collect()  # the engine's lock goes with its writer, which the traceback held
    (left,) = (index / "generations").glob("*.building")
    kept = [n for n in range(900) if Aliases(left).find_others(f"Ada P{n:04}a")]
    assert 0 < len(kept) < 900
    _, report = build(index, (path,), make_settings(resume=True))
    assert (report.people, report.papers, report.skipped) == (900, 900, 900)
    assert all(list_other_names(index, f"Ada Q{n:04}a") == [f"Ada P{n:04}a"] for n in range(900))
