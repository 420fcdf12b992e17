"""Check that a recipe is read completely, and that an invalid one is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import asdict

from index.build.errors import RecipeMissing, RecipeUnusable
from index.build.recipe import Recipe, read_recipe
from index.errors import DumpMissing
from index.settings import BuildSettings, Input

if TYPE_CHECKING:
    from pathlib import Path


def read_text(folder: Path, text: str, *files: str) -> Recipe:
    """Write files and a recipe into a folder, and read the recipe."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}", encoding="utf-8")
    path = folder / "papers.toml"
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


def list_names(folder: Path, recipe: Recipe) -> list[str]:
    """Return the dumps of a recipe, relative to its folder."""
    return [one.path.removeprefix(f"{folder}/") for one in recipe.inputs]


def test_the_shortest_recipe(tmp_path: Path) -> None:
    """One path is enough: the other settings are the defaults of a build."""
    recipe = read_text(tmp_path, '[[dump]]\npath = "d.jsonl"\n', "d.jsonl")
    assert recipe == Recipe(None, BuildSettings(), (Input(str(tmp_path / "d.jsonl")),))


def test_everything_is_read(tmp_path: Path) -> None:
    """Every key of a recipe reaches the settings and inputs of the build."""
    recipe = read_text(
        tmp_path,
        """
        index = "ix"
        [build]
        engine = "whoosh"
        max-rejects = 12.5
        keep = 3
        licence = "CC0-1.0"
        date = 2026-11-01
        since = "2020-02-29"
        limit = 7
        processes = 0
        map = {"Paper name" = "title"}
        [[dump]]
        path = "a.csv"
        newest = false
        licence = "MIT"
        date = 2026-10-31
        map = {Who = "authors"}
        [[dump]]
        path = "b.csv"
        """,
        "a.csv",
        "b.csv",
    )
    assert recipe.index == tmp_path / "ix"
    settings = asdict(recipe.settings)
    assert settings == asdict(BuildSettings()) | {
        "engine": "whoosh", "max_rejects": 0.125, "keep": 3, "licence": "CC0-1.0",
        "date": "2026-11-01", "since": "2020-02-29", "limit": 7, "processes": 0,
        "columns": {"Paper name": "title"},
    }  # fmt: skip
    assert recipe.inputs == (
        Input(str(tmp_path / "a.csv"), "MIT", "2026-10-31", {"Who": "authors"}),
        Input(str(tmp_path / "b.csv")),
    )


TREE = (
    "d/file1.json", "d/file10.json", "d/file2.json", "d/.hidden.json", "d/e/file3.json", "d/x.txt",
    "d/[a].bib", "d/a.bib",
)  # fmt: skip
PATTERNS = [
    ('path = "d/file*.json"', ["d/file1.json", "d/file2.json", "d/file10.json"]),
    ('path = "d/file?.json"', ["d/file1.json", "d/file2.json"]),
    ('path = "d/**/file*.json"',
     ["d/e/file3.json", "d/file1.json", "d/file2.json", "d/file10.json"]),
    ('path = "**"', sorted({*TREE} - {"d/.hidden.json"})),
    ('path = "d/*.json"\nnewest = true', ["d/file10.json"]),
    ('path = "d/file2.json"\nnewest = true', ["d/file2.json"]),
    ('path = "d/e*"', ["d/e"]),
    ('path = "d"', ["d"]),
    ('path = "d/[a]*"', ["d/[a].bib"]),
    ('path = "d/[a].bib"', ["d/[a].bib"]),
    ('path = "./d/../d/x.txt"', ["d/../d/x.txt"]),
    ('path = "d/file2.json"\n[[dump]]\npath = "d/file*.json"',
     ["d/file2.json", "d/file1.json", "d/file10.json"]),
]  # fmt: skip


@pytest.mark.parametrize(("dump", "expected"), PATTERNS)
def test_patterns(dump: str, expected: list[str], tmp_path: Path) -> None:
    """A pattern yields the files that match now, in natural order, each once."""
    found = list_names(tmp_path, read_text(tmp_path, f"[[dump]]\n{dump}\n", *TREE))
    assert (found if '**"' not in dump else sorted(found)) == expected


def test_order_of_two_names_with_equal_numbers(tmp_path: Path) -> None:
    """Names that differ only in leading zeros have a fixed order, as in a folder."""
    text = '[[dump]]\npath = "*.json"\n'
    recipe = read_text(tmp_path, text, "a1.json", "a01.json", "a001b2.json", "b.json", "2.json")
    assert list_names(tmp_path, recipe) == [
        "2.json",
        "a01.json",
        "a1.json",
        "a001b2.json",
        "b.json",
    ]


def test_files_of_the_index_are_no_dumps(tmp_path: Path) -> None:
    """A pattern that matches files in the recipe's own index leaves them out."""
    text = 'index = "d/ix"\n[[dump]]\npath = "d/**/*.zst"\n'
    recipe = read_text(
        tmp_path, text, "d/ix/generations/1/rejects.jsonl.zst", "d/a.zst", "d/ixa.zst"
    )
    assert list_names(tmp_path, recipe) == ["d/a.zst", "d/ixa.zst"]


def test_two_names_of_one_file_are_one_dump(tmp_path: Path) -> None:
    """A file is not read twice because a link to it matches too."""
    (tmp_path / "latest.json").symlink_to("a2.json")
    recipe = read_text(tmp_path, '[[dump]]\npath = "*.json"\n', "a1.json", "a2.json")
    assert list_names(tmp_path, recipe) == ["a1.json", "a2.json"]


def test_absolute_paths_stay(tmp_path: Path) -> None:
    """Absolute paths are not taken as relative to the recipe."""
    text = f'index = "{tmp_path}/ix"\n[[dump]]\npath = "{tmp_path}/d/*.json"\n'
    recipe = read_text(tmp_path, text, "d/a.json")
    assert recipe.index == tmp_path / "ix"
    assert list_names(tmp_path, recipe) == ["d/a.json"]


def test_a_tilde_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path may start with a tilde, the user's home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    recipe = read_text(tmp_path, 'index = "~/ix"\n[[dump]]\npath = "~/d/*"\n', "d/a.json")
    assert recipe.index == tmp_path / "ix"
    assert list_names(tmp_path, recipe) == ["d/a.json"]


WRONG = [
    ("", "it has no dump; add [[dump]] with a path"),
    ('indx = "x"\n[[dump]]\npath = "a"', "unknown key 'indx' (did you mean 'index'?)."),
    ("[build]\nmax_rejects = 5",
     "unknown key 'max_rejects' in build (did you mean 'max-rejects'?)."),
    ('[[dump]]\npath = "a"\n[[dump]]\nfile = "a"',
     "unknown key 'file' in dump 2 (the keys are path, newest, licence, date, map)."),
    ('[dump]\npath = "a"', "a dump is written [[dump]], in double brackets"),
    ('dump = ["a"]', "Expected `object`, got `str` - at `dump 1`"),
    ('dump = "a"', "Expected `array`, got `str` - at `dump`"),
    ("build = 3", "Expected `object`, got `int` - at `build`"),
    ("[[dump]]\nnewest = true", "missing required field `path` - at `dump 1`"),
    ('[[dump]]\npath = ""', "length >= 1 - at `dump 1.path`"),
    ('[[dump]]\npath = "a"\nnewest = "yes"', "Expected `bool`, got `str` - at `dump 1.newest`"),
    ('[[dump]]\npath = "a"\ndate = "May"', "Invalid RFC3339 encoded date - at `dump 1.date`"),
    ('[[dump]]\npath = "a"\nmap = {X = "titel"}',
     "unknown field 'titel' in map (the fields are title,"),
    ('[build]\nmap = {X = "a"}\n[[dump]]\npath = "a"',
     "unknown field 'a' in map (the fields are title,"),
    ('[build]\nkeep = 0\n[[dump]]\npath = "a"', "Expected `int` >= 1 - at `build.keep`"),
    ('[build]\nlimit = 0\n[[dump]]\npath = "a"', "Expected `int` >= 1 - at `build.limit`"),
    ('[build]\nmax-rejects = 101\n[[dump]]\npath = "a"', "<= 100.0 - at `build.max-rejects`"),
    ('[build]\nprocesses = 65\n[[dump]]\npath = "a"', "<= 64 - at `build.processes`"),
    ('[build]\nengine = "lucene"\n[[dump]]\npath = "a"',
     "unknown engine 'lucene' (the engines are tantivy, whoosh)"),
    ('[build]\nmax-rejects = nan\n[[dump]]\npath = "a"', ">= 0.0 - at `build.max-rejects`"),
    ('index = "a\\u0000b"\n[[dump]]\npath = "a"', "a path contains a null character"),
    ('[[dump]]\npath = "a\\u0000b*"', "a path contains a null character"),
    ('[[dump]]\npath = "d/*.gz"', "no file matches 'd/*.gz'"),
    ("[[dump]\npath = 1", "(at line 1, column"),
    ("x = " + "[" * 100_000, "its values are nested too deeply"),
    ("#" * 1_000_001, "it has more than 1,000,000 bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), WRONG)
def test_an_invalid_recipe_is_explained(text: str, reason: str, tmp_path: Path) -> None:
    """The error names the invalid key or value and its place in one sentence."""
    with pytest.raises(RecipeUnusable) as raised:
        read_text(tmp_path, text)
    assert reason in str(raised.value)
    assert str(raised.value).startswith(f"Cannot use the recipe '{tmp_path}/papers.toml': ")
    assert "\n" not in str(raised.value)


def test_a_recipe_that_is_not_text(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and a folder, are errors like any other invalid recipe."""
    (tmp_path / "papers.toml").write_bytes(b'index = "\xff"')
    for path in (tmp_path / "papers.toml", tmp_path):
        with pytest.raises(RecipeUnusable):
            read_recipe(path)


def test_a_missing_recipe_shows_how_to_write_one(tmp_path: Path) -> None:
    """The error contains the lines of a shortest recipe, which is valid."""
    with pytest.raises(RecipeMissing) as raised:
        read_recipe(tmp_path / "papers.toml")
    for part in ("[[dump]]", 'path = "dumps/*.json.gz"', "--recipe"):
        assert part in str(raised.value)
    recipe = read_text(tmp_path, '[[dump]]\npath = "dumps/*.json.gz"', "dumps/a.json.gz")
    assert list_names(tmp_path, recipe) == ["dumps/a.json.gz"]


def test_a_missing_dump_raises(tmp_path: Path) -> None:
    """A missing file that is named without a pattern is the error that the command line has."""
    with pytest.raises(DumpMissing, match=r"'.*/dumps/a\.json'"):
        read_text(tmp_path, '[[dump]]\npath = "dumps/a.json"')
