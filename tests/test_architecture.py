"""Answers: is the tree of files still the architecture?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.errors
from index.errors import PapersearchError
from web.failures import EXIT_CODES, STATUSES, exit_code, status

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "search", "web")
MAY_IMPORT = {"index": {"index"}, "search": {"index", "search"}, "web": set(PACKAGES)}
ENGINE_PACKAGES = {"tantivy", "whoosh", "opensearchpy"}
MAX_LINES = 300
MAX_FUNCTION = 40
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info"}
SOURCES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
IDLE = (ast.Expr, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.AnnAssign)


def named(path: Path) -> str:
    """Give a file's path below the project's folder."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Give the packages that a module imports anywhere in it, by their first name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relative to itself"
            yield str(node.module).split(".")[0]


def errors() -> list[type[PapersearchError]]:
    """Give every class of error, the root included."""
    found, waiting = [], [PapersearchError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return found


def test_there_is_something_to_look_at() -> None:
    """The three packages are found, each with modules."""
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == set(PACKAGES)


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_imports_point_one_way(path: Path) -> None:
    """The web knows search and index, search knows index, the index knows neither."""
    package = path.relative_to(ROOT).parts[0]
    assert set(imported(path)) & {*PACKAGES, "tests"} <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_only_engines_import_engines(path: Path) -> None:
    """An engine's package is imported by the modules named after it and by no other."""
    rooms = [ROOT / package / "engines" for package in ("index", "search")]
    # The module tantivy of a room is called like the package that it serves, and so is what
    # was too much for it: tantivy_pages.
    own = {path.stem.partition("_")[0]} if path.parent in rooms else set()
    assert set(imported(path)) & ENGINE_PACKAGES <= own


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_flask_and_click_stay_in_the_web(path: Path) -> None:
    """Only the web knows how a search is shown."""
    if path.relative_to(ROOT).parts[0] != "web":
        assert not set(imported(path)) & {"flask", "click", "waitress"}


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=named)
def test_modules_are_small_and_say_what_they_answer(path: Path) -> None:
    """At most 300 lines, opened by one question, under a name that means something."""
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
    assert not VAGUE & set(re.split(r"[_.]", path.stem)) or path.parent.name == "bench"
    lines = (ast.get_docstring(tree_of(path)) or "").split("\n\n")
    if path.name != "__init__.py" or path.parent.parent != ROOT:
        assert re.match(r"Answers: [^?]+\?", lines[0]), lines[0]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_functions_are_small(path: Path) -> None:
    """At most 40 lines, signature and docstring included, and 5 parameters."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION, node.name


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_nothing_happens_at_import(path: Path) -> None:
    """A module's own statements define things: no loop, no with, no try, no bare call."""
    for node in tree_of(path).body:
        if isinstance(node, ast.If):
            assert ast.unparse(node.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}
        elif isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), ast.unparse(node)
        else:
            assert isinstance(node, (*IDLE, ast.Assign))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_module_names_a_machine(path: Path) -> None:
    """No module holds an absolute path of the machine it was written on."""
    assert not re.search(r"['\"]/(?:home|root|work|tmp|Users)/", path.read_text("utf-8"))


def test_every_room_has_a_readme() -> None:
    """Each package says what it answers, what it may import and what it does not do."""
    for package in PACKAGES:
        text = (ROOT / package / "README.md").read_text("utf-8")
        assert text.startswith(f"# {package}: ")
        assert "import" in text
        assert "**not**" in text


def test_every_module_is_in_its_rooms_table() -> None:
    """A README's table names every module of the package's first level."""
    for package in PACKAGES:
        text = (ROOT / package / "README.md").read_text("utf-8")
        modules = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
        assert {name for name in modules if f"`{name}" not in text} == set()


def drawn() -> list[tuple[int, str]]:
    """Give (depth, name) of every class in the tree drawn in `index.errors`."""
    lines = (index.errors.__doc__ or "").splitlines()
    found = [re.match(r"    ([\s│├└─]*)([A-Z]\w+)", line) for line in lines]
    return [(len(match[1]) // 4, match[2]) for match in found if match]


def test_every_error_is_in_the_drawn_tree() -> None:
    """The tree in the docstring holds every class of error, each below its parent."""
    kinds = {kind.__name__: kind for kind in errors()}
    above: dict[int, str] = {}
    for depth, name in drawn():
        above[depth] = name
        if depth:
            assert kinds[name].__base__ is kinds[above[depth - 1]]
    assert sorted(name for _, name in drawn()) == sorted(kinds)


@pytest.mark.parametrize("kind", errors()[1:])
def test_every_error_has_an_exit_code_and_a_status(kind: type[PapersearchError]) -> None:
    """Each class finds its place in both tables, its own or that of a class above it."""
    error = kind.__new__(kind)
    assert exit_code(error) in {1, 2}
    assert 400 <= status(error) < 600


def test_the_tables_of_failures_are_about_the_same_classes() -> None:
    """What ends a command in its own way has a status of its own, and the other way round."""
    assert set(EXIT_CODES) == set(STATUSES)
