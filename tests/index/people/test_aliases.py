"""Answers: are the names of people kept, replaced and taken out as dumps say?"""

import gc
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.build import ingest
from index.build.operations import add, build, remove
from index.errors import TooManyRejects
from index.people.alias_writer import LONGEST_NAME, MOST_NAMES, AliasWriter, key_names
from index.people.aliases import ALIASES, Aliases
from index.store.generations import find_current_folder, read_current_name
from index.store.history import roll_back
from index.store.manifest import Report
from tests.support.dblp_people import article, dump, home, settings

PAPER = article("tides", "Early Tides", "Ada Byron")
ADA = home("l/2", "Ada Lovelace 0002", "Ada Byron")


def others(directory: Path, name: str) -> list[str]:
    """Give the other names that the index in use knows of."""
    return list(Aliases(find_current_folder(directory)).find_others(name).values())


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Give an index of one paper and one person."""
    build(tmp_path / "index", (dump(tmp_path, "dblp", [PAPER, ADA]),), settings())
    return tmp_path / "index"


@pytest.fixture
def update(index: Path, tmp_path: Path) -> Callable[..., Report]:
    """Give a function that adds records of dblp and gives the report."""

    def added(*records: str, since: str = "") -> Report:
        path = dump(tmp_path, f"update-{random.random()}", records)
        _, report = add(index, (path,), settings(since=since))
        assert report.adds_up()
        return report

    return added


def test_a_person_is_counted_as_skipped(index: Path) -> None:
    """Names are no paper: the record stays among the skipped, and the account adds up."""
    report = json.loads((find_current_folder(index) / "report.json").read_text("utf-8"))
    counts = {name: report[name] for name in ("read", "indexed", "skipped", "people", "papers")}
    assert counts == {"read": 2, "indexed": 1, "skipped": 1, "people": 1, "papers": 1}
    assert report["sources"]["dblp"]["skipped"] == 1
    assert others(index, "Ada Byron") == ["Ada Lovelace 0002"]


MANY = [f"Ada {chr(65 + n % 26)}{'a' * (n // 26)}" for n in range(MOST_NAMES)]
UPDATES = [  # what an update brings, the people that are changed, the other names of Ada Byron then
    ([home("r/1", "Mary Reed", "Mary Ray")], 1, ["Ada Lovelace 0002"]),
    ([home("l/2", "Ada King", "Ada Byron")], 1, ["Ada King"]),
    ([home("l/2", "Ada King", "Ada Byron", "A. King")], 1, ["Ada King", "A. King"]),
    ([home("l/2", "Ada Lovelace 0002", "Ada King")], 1, []),
    ([home("l/2", "Ada Lovelace 0002")], 1, []),  # one name
    ([home("l/2", "Ada Byron", "Ada B&yuml;ron")], 1, []),  # one name in two spellings
    ([home("l/2", "Ada Byron", *MANY)], 1, []),
    ([home("b/1", "Bea Byron", "Ada Byron")], 1, []),  # a name of two people
    ([home("b/1", "Bea Byron", "Ada Lovelace 0002")], 1, []),
    ([ADA], 0, ["Ada Lovelace 0002"]),
    ([home("l/2", "Ada Lovelace 0002", "Ada Byron", day="2024-01-01")], 0, ["Ada Lovelace 0002"]),
    ([home("l/2", "Ada King", "Ada Byron"), ADA], 0, ["Ada Lovelace 0002"]),
    ([home("b/1", "Bea Byron", "Bea Bly"), home("b/1", "Bea Byron")], 0, ["Ada Lovelace 0002"]),
    ([home("n/1", "Nobody Known")], 0, ["Ada Lovelace 0002"]),
    ([home("n/1", "Nobody Known", "Known, Nobody")], 0, ["Ada Lovelace 0002"]),
]  # fmt: skip


@pytest.mark.parametrize(("records", "people", "expected"), UPDATES)
def test_an_update_of_names_alone(
    index: Path, update: Callable[..., Report], records: list[str], people: int, expected: list[str]
) -> None:
    """Names are replaced as a person comes again; other names are a change."""
    before = read_current_name(index)
    report = update(*records)
    assert (report.new, report.changed, report.deleted, report.people) == (0, 0, 0, people)
    assert (report.papers, report.skipped) == (1, len(records))
    assert (read_current_name(index) != before) is bool(people)
    assert others(index, "Ada Byron") == expected
    assert update(*records).people == 0  # the same again changes nothing
    if people:
        assert roll_back(index) == before
        assert others(index, "Ada Byron") == ["Ada Lovelace 0002"]


def test_names_stay_as_papers_come_and_go(index: Path, update: Callable[..., Report]) -> None:
    """What an update does not speak of stays, be it papers or people."""
    update(article("late", "Late Tides", "Ada Lovelace 0002"))
    assert others(index, "Ada Byron") == ["Ada Lovelace 0002"]
    update(home("r/1", "Mary Reed", "Mary Ray"), article("more", "More Tides", "Mary Reed"))
    assert others(index, "Mary Reed") == ["Mary Ray"]
    remove(index, ["dblp:journals/x/late"], settings())
    assert others(index, "Ada Byron") == ["Ada Lovelace 0002"]
    remove(index, ["dblp:homepages/l/2"], settings())
    assert others(index, "Ada Byron") == []
    assert others(index, "Mary Reed") == ["Mary Ray"]


def test_a_person_that_has_not_changed_since_is_passed_over(update: Callable[..., Report]) -> None:
    """`--since` holds for people too."""
    page = home("l/2", "Ada King", "Ada Byron", day="2022-02-02")
    assert update(page, since="2022-02-03").people == 0
    assert update(page, since="2022-02-02").people == 1


def test_an_index_without_people_gets_some(tmp_path: Path) -> None:
    """An update brings the first names to an index that knew of none."""
    directory = tmp_path / "index"
    build(directory, (dump(tmp_path, "dblp", [PAPER]),), settings())
    assert not (find_current_folder(directory) / ALIASES).exists()
    add(directory, (dump(tmp_path, "people", [ADA]),), settings())
    assert others(directory, "Ada Byron") == ["Ada Lovelace 0002"]


def test_people_alone_are_no_index(tmp_path: Path) -> None:
    """A dump of nothing but names does not become an index, and leaves none."""
    with pytest.raises(TooManyRejects):
        build(tmp_path / "index", (dump(tmp_path, "dblp", [ADA]),), settings())
    assert not (tmp_path / "index" / "current").exists()


def test_an_update_says_how_many_people(
    index: Path, tmp_path: Path, papers: Callable[..., Result]
) -> None:
    """The command tells of people whose names are new, and of no new papers."""
    path = dump(tmp_path, "more", [home("r/1", "Mary Reed", "Mary Ray")])
    said = papers("add", path, index=index).output.splitlines()
    assert said[0].startswith("0 new, 0 changed, 0 deleted records: 1 papers")
    assert "  1 people with other names than before" in said
    again = papers("add", path, index=index).output
    assert again.startswith("Nothing has changed: 1 papers")
    assert "people" not in again


def test_the_same_in_processes(tmp_path: Path) -> None:
    """Names go between processes as they are."""
    names = [
        "J&uuml;rgen M&uuml;ller 0001",
        "Jo O'Neil",
        "Ren&eacute;e de la Cruz",
        "Wei-Lin Wu",
    ]
    path = dump(tmp_path, "dblp", [PAPER, home("m/1", *names)])
    found = []
    for processes in (0, 2):
        build(tmp_path / "index", (path,), settings(processes=processes))
        found.append(others(tmp_path / "index", "Wu, Wei-Lin"))
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
    """One key is one name; what names nobody, or is too long, is none."""
    assert key_names(names) == expected


@pytest.mark.parametrize("seed", range(10))
def test_people_are_as_they_came_last(tmp_path: Path, seed: int) -> None:
    """After any comings and goings each name tells of the one person who has it, and no other."""
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
        changes = sum(_told(before.get(key)) != _told(expected.get(key)) for key in either)
        assert people.changed == (changes if update else len(expected))
        people.commit()
        people.close()
        people.close()
    aliases = Aliases(tmp_path)
    owners = {name: [key for key in expected if name in expected[key]] for name in _names(expected)}
    for name, keys in owners.items():
        sure = [other for other in expected[keys[0]] if other != name and len(owners[other]) == 1]
        assert list(aliases.find_others(name)) == (sure if len(keys) == 1 else [])


def _told(names: dict[str, str] | None) -> list[tuple[str, str]]:
    return list((names or {}).items())


def _names(people: dict[str, dict[str, str]]) -> set[str]:
    return {name for names in people.values() for name in names}


def test_what_is_not_committed_is_lost(tmp_path: Path) -> None:
    """A build that is killed has the people of its last safe point, and goes on from there."""
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


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    """An update of a damaged file says which it is."""
    (tmp_path / ALIASES).write_bytes(b"no database" * 100)
    with pytest.raises(OSError, match="aliases: file is not a database"):
        AliasWriter(tmp_path, update=True)


def test_an_interrupted_build_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resumed build has the names of all people, those from before the interrupt and after."""
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", float("inf"))
    pages = [home(f"p/{n}", f"Ada P{n:04}a", f"Ada Q{n:04}a") for n in range(900)]
    articles = [article(f"{n}", f"Tides {n}", f"Ada P{n:04}a") for n in range(900)]
    pairs = zip(articles, pages, strict=True)
    path = dump(tmp_path, "dblp", [one for pair in pairs for one in pair])
    index, told = tmp_path / "index", 0

    def interrupt(_bytes: int, records: int) -> None:
        nonlocal told
        told += records
        if told > 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(index, (path,), settings(resume=True), interrupt)
    gc.collect()  # the engine's lock goes with its writer, which the traceback held
    (left,) = (index / "generations").glob("*.building")
    kept = [n for n in range(900) if Aliases(left).find_others(f"Ada P{n:04}a")]
    assert 0 < len(kept) < 900
    _, report = build(index, (path,), settings(resume=True))
    assert (report.people, report.papers, report.skipped) == (900, 900, 900)
    assert all(others(index, f"Ada Q{n:04}a") == [f"Ada P{n:04}a"] for n in range(900))
