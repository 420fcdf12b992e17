"""Check that the code has the architecture that the READMEs describe.

`ROOMS` is the only table of which rooms may import which. A room may import only rooms above it
in the table, so imports cannot form a cycle.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.support.paths import ROOT

PACKAGES = ("index", "search", "web")

ROOMS = {
    "index": "",
    "index.text": "",
    "index.names": "index index.text",
    "index.normalise": "index index.text index.names",
    "index.dumps": "index",
    "index.scanners": "index index.text index.dumps",
    "index.formats": "index index.text index.names index.normalise index.dumps index.scanners",
    "index.engines": "index index.text index.names index.normalise",
    "index.works": "index index.text index.names index.normalise",
    "index.store": "index index.text index.engines",
    "index.people": "index index.text index.names index.normalise index.store",
    "index.references": "index index.normalise index.store",
    "index.changes": "index index.engines index.works index.store index.people",
    "index.build": "index index.text index.normalise index.dumps index.scanners index.formats "
    "index.engines index.works index.store index.people index.references",
    "index.verification": "index index.engines index.works index.store index.people "
    "index.references index.build",
    "index.packs": "index index.engines index.people index.store index.build",
    "index.meaning": "index index.text index.engines index.store index.changes index.build",
    "search": "index",
    "search.language": "index.text index.normalise",
    "search.planning": "index search index.text index.names index.normalise index.people "
    "index.references "
    "search.language",
    "search.engines": "index search index.text index.engines search.planning",
    "search.budget": "index search index.text search.planning search.engines",
    "search.request": "search index.text index.names index.normalise search.planning "
    "search.engines",
    "search.explain": "index index.text index.normalise search.language search.planning "
    "search.engines",
    "search.suggest": "index index.text index.names index.normalise index.store search.language "
    "search.planning search.engines search.budget search.request",
    "search.meaning": "index index.text index.store index.meaning search.language search.planning "
    "search.request",
    "search.answers": "index search index.text index.names index.normalise index.engines "
    "index.store index.people index.references search.language search.planning search.engines "
    "search.budget search.request search.explain search.suggest search.meaning",
    "search.bibliography": "index index.text index.normalise index.scanners index.formats "
    "index.engines index.works search.planning search.budget search.answers",
    "search.authors": "index index.text index.names index.normalise index.people search "
    "search.language search.planning search.engines search.budget search.request search.suggest "
    "search.answers",
    "search.graph": "index index.text index.names search search.planning search.engines "
    "search.budget search.request search.answers search.authors",
    "search.indexes": "index index.text index.works search search.budget search.request "
    "search.answers",
    "search.replay": "index index.store search search.answers search.request",
    "web": "index search index.normalise index.engines index.people index.build index.packs "
    "index.meaning search.budget search.answers",
    "web.api": "index index.references index.store index.changes index.packs index.meaning search "
    "search.request search.answers search.explain search.suggest search.bibliography "
    "search.authors search.graph search.indexes",
    "web.feeds": "index index.store index.changes web web.api",
    "web.exports": "index index.text index.names index.normalise index.formats search "
    "search.answers search.budget web",
    "web.metadata": "index index.normalise search.authors web web.exports",
    "web.drawing": "search search.graph search.request web web.api",
    "web.terminal": "index index.engines index.store index.people index.build index.packs "
    "index.meaning search.request search.answers search.explain search.bibliography "
    "search.authors search.graph search.replay web web.drawing",
    "web.math": "index.text",
    "web.pages": "index index.names index.normalise index.store search search.language "
    "search.engines search.budget search.request search.answers search.explain search.suggest "
    "search.bibliography search.authors search.graph search.replay web web.api web.feeds "
    "web.exports web.math web.drawing",
    "web.access": "search.budget web.terminal",
    "web.accounts": "index.normalise index.people search search.authors search.budget web "
    "web.api web.terminal web.access web.pages",
    "web.people": "index search search.engines search.budget search.request search.suggest "
    "search.answers search.authors search.graph web web.api web.math web.drawing "
    "web.access web.pages web.accounts",
    "web.server": "index web web.terminal",
    "web.mcp": "index index.references search search.budget search.request search.answers "
    "search.authors search.graph web web.api web.exports",
    "web.app": "index search.budget search.answers web web.metadata web.access web.api web.feeds "
    "web.exports web.pages web.accounts web.people",
    "web.indexes": "index search.answers search.budget search.indexes web web.access web.api "
    "web.app web.pages",
    "web.commands": "index index.people search search.planning index.dumps index.formats "
    "index.engines index.store index.changes index.build index.verification index.packs "
    "index.meaning search.budget search.request search.answers search.suggest "
    "search.bibliography search.authors search.graph search.replay web web.access web.api "
    "web.accounts web.feeds web.exports web.drawing web.mcp web.terminal web.server web.app "
    "web.indexes",
    "web.cli": "index web web.terminal",
}
"""The rooms from the ground floor up, and what each may import besides itself.

The name of a package means the modules directly in it: the ground floor of its rooms.
`web.app` puts the pages together, `web.cli` the commands, which it imports by name.
"""

OUTSIDE = {
    "index": {"errors", "records", "fields", "settings", "temporary_files"},
    "search": {"errors"},
    "web": {
        *"app assets cli compression errors failures headers revalidation".split(),
        *"unprintable versions wording".split(),
    },
}
"""The modules that may be outside a room."""

ENGINE_PACKAGES = {"tantivy", "whoosh", "opensearchpy"}
_PACKAGE = {"opensearch": "opensearchpy"}
MAX_LINES, MAX_FUNCTION = 300, 40
MEDIAN_FUNCTION, NINE_OF_TEN_FUNCTIONS = 6, 18
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info"}
SOURCES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
IDLE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.AnnAssign, ast.Assign)


def path_in_project(path: Path) -> str:
    """Return a file's path below the project's folder."""
    return path.relative_to(ROOT).as_posix()


def parse_module(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def module_name(path: Path) -> str:
    """Return a module's dotted name; a package's own is that of its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path) for path in SOURCES}


def room_of(module: str) -> str:
    """Return the row of `ROOMS` that a module belongs to."""
    room = ".".join(module.split(".")[:2])
    return room if room in ROOMS else module.split(".", maxsplit=1)[0]


def find_imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, anywhere in it: modules where they are known, else names."""
    for node in ast.walk(parse_module(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path_in_project(path)} imports relative to itself"
            modules = ((f"{node.module}.{alias.name}", str(node.module)) for alias in node.names)
            yield from (whole if whole in MODULES else package for whole, package in modules)


def find_packages(path: Path) -> set[str]:
    """Return the first names of what a module imports."""
    return {name.split(".")[0] for name in find_imports(path)}


def rooms_imported(room: str) -> set[str]:
    """Return the other rooms that the modules of a room import."""
    paths = [path for path in SOURCES if room_of(module_name(path)) == room]
    modules = {name for path in paths for name in find_imports(path)}
    return {room_of(name) for name in modules if name.split(".")[0] in PACKAGES} - {room}


def find_functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a module, methods and inner functions too."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(parse_module(path)) if isinstance(node, kinds)]


def is_idle(node: ast.stmt) -> bool:
    """Return whether a statement of a module only defines something."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, IDLE)


def test_the_table_names_every_room() -> None:
    """Every folder that holds modules has a row, and every row has modules."""
    folders = {module_name(path.parent) for path in SOURCES}
    assert folders | {"web.app", "web.cli"} == set(ROOMS)


def test_rooms_import_only_rooms_above_them() -> None:
    """A room's row names only rows above it, each once."""
    order = list(ROOMS)
    arrows = [(room, name) for room, allowed in ROOMS.items() for name in allowed.split()]
    assert len(arrows) == len(set(arrows)) > len(ROOMS)
    assert [pair for pair in arrows if order.index(pair[1]) >= order.index(pair[0])] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_its_row_says(room: str) -> None:
    """A room imports exactly the rooms that its row allows."""
    assert rooms_imported(room) == set(ROOMS[room].split())


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_no_module_imports_tests(path: Path) -> None:
    """The program does not depend on its tests."""
    assert "tests" not in find_packages(path)


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_are_in_rooms(package: str) -> None:
    """Only the modules of the ground floor are outside a room."""
    assert {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"} == OUTSIDE[package]
    deeper = [path for path in SOURCES if len(path.relative_to(ROOT).parts) > 3]
    assert deeper == []


@pytest.mark.parametrize("room", sorted({path.parent for path in SOURCES}), ids=path_in_project)
def test_every_room_introduces_itself(room: Path) -> None:
    """Its ``__init__`` is one sentence; its README names its modules and what it does not do."""
    sentence = ast.get_docstring(parse_module(room / "__init__.py")) or ""
    assert re.fullmatch(r"[A-Z][^\n]+\.", sentence.split("\n\n")[0]), sentence
    text = (room / "README.md").read_text("utf-8")
    assert text.startswith(f"# {module_name(room)}")
    assert "import" in text
    assert "**not**" in text
    modules = {path.stem for path in room.glob("*.py")} - {"__init__"}
    assert [name for name in modules if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_only_engines_import_engines(path: Path) -> None:
    """An engine's package is imported by the modules named after it and by no other."""
    rooms = [ROOT / package / "engines" for package in ("index", "search")]
    # A module is named after the engine whose package it imports: tantivy, tantivy_pages.
    own = (
        {_PACKAGE.get(name := path.stem.partition("_")[0], name)} if path.parent in rooms else set()
    )
    assert find_packages(path) & ENGINE_PACKAGES <= own


@pytest.mark.parametrize("package", ["index", "search"])
def test_flask_and_click_stay_in_the_web(package: str) -> None:
    """Only the package `web` imports libraries for pages and commands."""
    paths = [path for path in SOURCES if path.is_relative_to(ROOT / package)]
    assert "msgspec" in {name for path in paths for name in find_packages(path)}
    assert [path for path in paths if find_packages(path) & {"flask", "click", "waitress"}] == []


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=path_in_project)
def test_modules_are_small_and_have_telling_names(path: Path) -> None:
    """A module has at most 300 lines, a docstring and a telling name."""
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
    assert not VAGUE & set(re.split(r"[_.]", path.stem)) or path.parent.name == "bench"
    assert ast.get_docstring(parse_module(path))


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_functions_are_small(path: Path) -> None:
    """At most 40 lines, signature and docstring included."""
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in find_functions(path)}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION} == {}


def test_most_functions_are_smaller() -> None:
    """The median function has at most 6 lines, nine of ten at most 18, signature included."""
    found = [node for path in SOURCES for node in find_functions(path)]
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for node in found]
    docstrings = [len((ast.get_docstring(node) or "").splitlines()) for node in found]
    bare = [length - prose for length, prose in zip(lengths, docstrings, strict=True)]
    assert median(bare) <= MEDIAN_FUNCTION
    assert quantiles(bare, n=10)[-1] <= NINE_OF_TEN_FUNCTIONS


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_nothing_happens_at_import(path: Path) -> None:
    """A module's own statements define things: no loop, no with, no try, no bare call."""
    assert [ast.unparse(node) for node in parse_module(path).body if not is_idle(node)] == []


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_no_module_names_a_machine(path: Path) -> None:
    """No module holds an absolute path of the machine it was written on."""
    assert not re.search(r"['\"]/(?:home|root|work|tmp|Users)/", path.read_text("utf-8"))
