"""Check that only signs of damage are reported as damage."""

import msgspec
import pytest

from index.engines.damage import LONGEST_REASON, DamageReporter
from index.engines.engine import ENGINES, load_engine
from index.errors import DumpEmpty, GenerationCorrupt


class Panic(BaseException):
    """Stands for the failed assertions of Tantivy, whose class cannot be imported."""


CASES = [
    (ValueError("An IO error occurred: 'expected another byte'"), "tantivy whoosh opensearch"),
    (ValueError("An invalid argument was passed: 'too many states'"), "whoosh opensearch"),
    (OSError(5, "Input/output error"), "tantivy whoosh opensearch"),
    (msgspec.DecodeError("cut"), "tantivy whoosh opensearch"),
    (KeyError("a"), "whoosh"),
    (TypeError("not text"), "whoosh"),
    (Panic("mid > len"), "tantivy"),
    (KeyboardInterrupt(), ""),
    (SystemExit(1), ""),
]


@pytest.mark.parametrize(("error", "engines"), CASES)
@pytest.mark.parametrize("name", ENGINES)
def test_signs_of_damage(name: str, error: BaseException, engines: str) -> None:
    """Each engine reports its signs of damage in one line, and other failures as they are."""

    def fail() -> None:
        raise error

    reporter = DamageReporter("g1", load_engine(name).is_damage)
    expected = GenerationCorrupt if name in engines.split() else type(error)
    with pytest.raises(expected) as caught:
        reporter.call(fail)
    if expected is GenerationCorrupt:
        assert str(caught.value).startswith("Generation g1 is damaged (engine error: ")
        assert caught.value.__cause__ is error


def test_a_failure_of_our_own_stays(tmp_path: object) -> None:
    """An error that has a way out is raised as it is; a result is returned."""

    def fail() -> None:
        raise DumpEmpty(str(tmp_path))

    reporter = DamageReporter("g1", load_engine("whoosh").is_damage)
    with pytest.raises(DumpEmpty):
        reporter.call(fail)
    assert reporter.call(divmod, 7, 2) == (3, 1)


def test_a_long_message_is_cut() -> None:
    """The message of an engine is one line of bounded length."""

    def fail() -> None:
        raise ValueError("\n".join("abc" * 10 for _ in range(100)))

    with pytest.raises(GenerationCorrupt) as caught:
        DamageReporter("g1", load_engine("whoosh").is_damage).call(fail)
    assert len(str(caught.value)) < LONGEST_REASON + 200
    assert "\n" not in str(caught.value)
