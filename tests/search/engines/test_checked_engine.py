"""Check that damage which an engine meets is reported, and that later calls are answered."""

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest

from index.build.operations import build
from index.engines.engine import ENGINES, load_engine
from index.errors import GenerationCorrupt
from index.records import decode_paper
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from search.engines.checked_engine import CheckedEngine, open_engine
from search.engines.engine import Engine
from search.planning.plan import Anything, Pattern, Plan, Term
from tests.support.paths import SAMPLE

LINE = re.compile(r"[^\n]+ is damaged \([^\n]+\)\. Run [^\n]*`papers rollback`[^\n]+")


SIZE = 4096
"""Bytes that are changed."""

FEWEST, MOST = 12, 120
"""Damages that are tried: more than the fewest only until one is reported."""


@pytest.fixture(scope="module", params=ENGINES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """Build the sample with each engine; tests restore the files that they damage."""
    directory = tmp_path_factory.mktemp("index")
    build(directory, (str(SAMPLE),), BuildSettings(engine=request.param))
    return request.param, find_current_folder(directory) / ENGINE


def read_all(engine: Engine) -> None:
    """Decode every paper that a search finds."""
    for _, record in engine.find(Plan(Anything()), None, 0, 500).hits:
        decode_paper(record)


CALLS: list[Callable[[Engine], object]] = [
    read_all,
    lambda engine: engine.find(Plan(Term("text", "learn")), None, 0, 50),
    lambda engine: engine.count_matches(Pattern("text", "l*")),
    lambda engine: engine.count_facets(Anything(), {"venue": None, "author_key": None}),
    lambda engine: engine.complete("text", "l", 10),
    lambda engine: engine.count_documents("text", "learn"),
]


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file; the process would not survive if a mapped file became shorter."""
    path.unlink()
    path.write_bytes(content)


def find_damage(name: str, folder: Path, call: Callable[[Engine], object]) -> str:
    """Return the damage that a call reports, or an empty string."""
    try:
        call(open_engine(name, folder))
    except GenerationCorrupt as error:
        return str(error)
    return ""


def test_changed_bytes_are_reported(place: tuple[str, Path]) -> None:
    """Whatever bytes of an engine's files change, its calls return or report the damage."""
    name, folder = place
    random = Random(2)
    kinds = {".store", ".seg", ".sqlite"}
    stored = [path for path in sorted(folder.iterdir()) if path.suffix in kinds]
    told: list[str] = []
    for damages in count(1):
        path = random.choice(stored)
        whole = path.read_bytes()
        at = random.randrange(len(whole) - SIZE)
        replace_file(path, whole[:at] + random.randbytes(SIZE) + whole[at + SIZE :])
        told += [find_damage(name, folder, call) for call in CALLS]
        replace_file(path, whole)
        if damages >= FEWEST and any(told):  # the files of Whoosh differ from build to build
            break
        assert damages < MOST
    assert all(not one or LINE.fullmatch(one) for one in told)


class Panic(BaseException):
    """Stands for the failed assertions of Tantivy, whose class cannot be imported."""


def test_an_engine_is_reopened_after_a_failed_assertion(place: tuple[str, Path]) -> None:
    """A failed assertion is damage for one call; the next one uses an engine opened anew."""
    name, folder = place
    opened: list[Engine] = []

    class Failing:
        def count_documents(self, _field: str, _token: str) -> int:
            raise Panic

    def open_folder(path: Path) -> Engine:
        opened.append(open_engine(name, path) if opened else Failing())  # type: ignore[arg-type]
        return opened[-1]

    engine = CheckedEngine(open_folder, load_engine("tantivy").is_damage, folder)
    with pytest.raises(GenerationCorrupt, match="Panic"):
        engine.count_documents("text", "learn")
    assert engine.count_documents("text", "learn") > 0
    assert len(opened) == 2
