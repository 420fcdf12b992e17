"""Check that every error is in the drawn tree and in the tables of exit codes and statuses."""

import re

import pytest

import index.errors
from index.errors import PapersearchError
from web.failures import EXIT_CODES, STATUSES, exit_code, status


def list_errors() -> list[type[PapersearchError]]:
    """Return every class of error, the root included."""
    found, waiting = [], [PapersearchError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return found


def drawn_errors() -> list[tuple[int, str]]:
    """Return (depth, name) of every class in the tree drawn in `index.errors`."""
    lines = (index.errors.__doc__ or "").splitlines()
    found = [re.match(r"    ([\s│├└─]*)([A-Z]\w+)", line) for line in lines]
    return [(len(match[1]) // 4, match[2]) for match in found if match]


def test_every_error_is_in_the_drawn_tree() -> None:
    """The tree in the docstring holds every class of error, each below its parent."""
    kinds = {kind.__name__: kind for kind in list_errors()}
    above: dict[int, str] = {}
    for depth, name in drawn_errors():
        above[depth] = name
        if depth:
            assert kinds[name].__base__ is kinds[above[depth - 1]]
    assert sorted(name for _, name in drawn_errors()) == sorted(kinds)


@pytest.mark.parametrize("kind", list_errors()[1:])
def test_every_error_has_an_exit_code_and_a_status(kind: type[PapersearchError]) -> None:
    """Both tables have a row for each class or for one that it inherits from."""
    error = kind.__new__(kind)
    assert exit_code(error) in {1, 2}
    assert 400 <= status(error) < 600


def test_the_tables_of_failures_have_the_same_classes() -> None:
    """A class has an exit code of its own exactly if it has a status of its own."""
    assert set(EXIT_CODES) == set(STATUSES)
