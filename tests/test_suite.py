"""Check the tests themselves: each can fail, and every module has some."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGES = ("index", "search", "web")
SOURCES = sorted(
    path for name in PACKAGES for path in (ROOT / name).rglob("*.py") if path.stem != "__init__"
)
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
EXPECTING = ("raises", "warns")
WALL_CLOCKS = {"time", "monotonic", "perf_counter"}


def path_in_project(path: Path) -> str:
    """Return a file's path below the project's folder."""
    return path.relative_to(ROOT).as_posix()


def find_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return every function of a module, methods and inner functions too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def has_items(node: ast.expr) -> bool:
    """Return whether an expression is a literal collection with something in it."""
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    return isinstance(node, ast.Tuple | ast.List | ast.Set) and bool(node.elts)


def certain_checks(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the asserts that run whenever a function does: none in an if or an unsure loop."""
    for statement in body:
        match statement:
            case ast.Assert():
                yield statement
            case ast.Expr(ast.Call(ast.Attribute(ast.Call(ast.Name("expect"))))):
                yield statement  # Playwright waits until the page is as expected, or fails
            case ast.With(items=items):
                if any(name in ast.unparse(item) for item in items for name in EXPECTING):
                    yield statement
                yield from certain_checks(statement.body)
            case ast.For(iter=literal) if has_items(literal):
                yield from certain_checks(statement.body)
            case ast.Try():
                yield from certain_checks([*statement.body, *statement.finalbody])


def called_names(function: ast.FunctionDef) -> set[str]:
    """Return the plain names of the functions that a function calls."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {name.id for name in calls if isinstance(name, ast.Name)}


def find_unchecked_tests(source: str) -> list[str]:
    """Name the tests of a module that would pass if their loops and ifs met nothing.

    A test may leave its checks to a function of the same module that is certain to make them.
    """
    functions = find_functions(ast.parse(source))
    checking = {one.name for one in functions if list(certain_checks(one.body))}
    tests = [one for one in functions if one.name.startswith("test_")]
    return [one.name for one in tests if not ({one.name} | called_names(one)) & checking]


@pytest.mark.parametrize("path", TESTS, ids=path_in_project)
def test_every_test_can_fail(path: Path) -> None:
    """At least one check of each test runs whatever its loops go over."""
    assert find_unchecked_tests(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "body",
    [
        "for x in found: assert x",
        "if found: assert found",
        "pass",
        "for x in (): assert x",
        "with opened() as x:\n  for y in x: assert y",
    ],
)
def test_an_empty_test_is_noticed(body: str) -> None:
    """Checks that may never run do not count."""
    assert find_unchecked_tests(f"def test_x():\n {body}") == ["test_x"]


@pytest.mark.parametrize(
    "body",
    [
        "assert found",
        "for x in (1, 2): assert x",
        "with pytest.raises(ValueError): f()",
        "with opened() as x: assert x",
        "check()",
    ],
)
def test_a_check_is_noticed(body: str) -> None:
    """Checks that every run reaches count."""
    assert find_unchecked_tests(f"def test_x():\n {body}\ndef check():\n assert 1") == []


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_every_module_is_tested(path: Path) -> None:
    """A module has a test file of its name, or its room's README says which file tests it."""
    mirrored = ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.stem}.py")
    if mirrored.exists():
        return
    lines = (path.parent / "README.md").read_text("utf-8").splitlines()
    told = [line for line in lines if f"`{path.stem}`" in line]
    found = [name for line in told for name in re.findall(r"ested in `(tests/[\w/]+\.py)`", line)]
    assert found, f"{path_in_project(path)} has neither {path_in_project(mirrored)} nor a line"
    assert all((ROOT / name).exists() for name in found)


@pytest.mark.parametrize("path", TESTS, ids=path_in_project)
def test_no_assert_reads_the_wall_clock(path: Path) -> None:
    """Seconds depend on the machine, so no assert names a clock other than the processor's."""
    asserts = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assert)
    ]
    named = {
        node.attr
        for check in asserts
        for node in ast.walk(check)
        if isinstance(node, ast.Attribute)
    }
    assert not named & WALL_CLOCKS
