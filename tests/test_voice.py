"""Check what a program can check of the voice that CONTRIBUTING describes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

SOURCES = sorted(
    path for name in ("index", "search", "web", "tests") for path in (ROOT / name).rglob("*.py")
)

VAGUE_OPENING = re.compile(r"Answers:|(?:Give|Tell|See that|Say)\b")
"""Openings that would fit any function."""

IRREGULAR = {
    "asked", "begun", "built", "drawn", "found", "given", "gone", "held", "kept", "known", "made",
    "met", "paid", "seen", "shown", "spelt", "stood", "taken", "told", "torn", "said", "written",
}  # fmt: skip
"""Participles that do not end in -ed."""

NO_PARTICIPLES = {"embed", "exceed", "feed", "need", "seed"}
"""Verbs and nouns that look like participles."""

NAMES_OF_VALUES = ("property", "fixture", "overload")
"""Decorators under which a function is named after the value it stands for."""


def path_in_project(path: Path) -> str:
    """Return a file's path below the project's folder."""
    return path.relative_to(ROOT).as_posix()


def find_documented(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (name, docstring) of a module, its classes and functions, where there is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield getattr(node, "name", "module"), ast.get_docstring(node) or ""


def is_participle(word: str) -> bool:
    """Return whether a word looks like a past participle."""
    return word in IRREGULAR or (word.endswith("ed") and word not in NO_PARTICIPLES)


def find_participles(tree: ast.Module) -> Iterator[str]:
    """Yield the names of functions that begin with a participle and are one word or private."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = " ".join(ast.unparse(one) for one in node.decorator_list)
            names_a_value = any(name in decorators for name in NAMES_OF_VALUES)
            words = node.name.strip("_").split("_")
            if not names_a_value and len(words) == 1 and is_participle(words[0]):
                yield node.name


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_docstrings_have_telling_openings(path: Path) -> None:
    """No docstring opens with a phrase that would fit any other, no module asks a question."""
    (_, module), *others = find_documented(ast.parse(path.read_text("utf-8")))
    assert not module.split("\n\n")[0].endswith("?")
    assert [name for name, text in others if VAGUE_OPENING.match(text)] == []


@pytest.mark.parametrize("path", SOURCES, ids=path_in_project)
def test_functions_are_not_named_by_participles(path: Path) -> None:
    """A function is a verb and a noun, ``count_matches``, never just ``counted``."""
    assert list(find_participles(ast.parse(path.read_text("utf-8")))) == []


def test_faults_are_found() -> None:
    """Both checks find the faults that they look for."""
    tree = ast.parse('"""Answers: what?"""\ndef told():\n    """Give it."""\ndef read_bed(): ...')
    found = [name for name, text in find_documented(tree) if VAGUE_OPENING.match(text)]
    assert found == ["module", "told"]
    assert list(find_participles(tree)) == ["told"]
