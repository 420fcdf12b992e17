"""Check that the table of builds has every cell, and the model that follows from it."""

import pytest

from tests.bench.build_table import Build, describe_limits, measure_table
from tests.bench.memory import Held
from tests.support.paths import SAMPLE


def test_every_cell_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """Each size is built with each number of processes; only those with some have a limit."""
    measure_table(str(SAMPLE), [20, 40], [0, 1])
    said = capsys.readouterr().out.splitlines()
    rows = [
        line.split("|")[1:3] for line in said if line.startswith("| ") and "records" not in line
    ]
    expected = [("20", "0"), ("20", "1"), ("40", "0"), ("40", "1")]
    assert [tuple(map(str.strip, row)) for row in rows] == expected
    assert [line.partition(":")[0] for line in said[-2:]] == [
        "20 records with 1",
        "40 records with 1",
    ]


def test_the_slowest_part_is_the_limit() -> None:
    """The engine has two threads, and workers share their part."""
    one = Build(3, 1_000, clock=1.0, writer=0.1, engine=0.4, workers=0.9, held=Held(2, 1))
    said = describe_limits(one)
    assert "the writing thread 10,000, two threads of the engine 5,000, 3 workers 3,333" in said
    assert said.endswith("3 workers would be the limit")
    assert str(one).startswith("| 1,000 | 3 | 1,000 | 1400 | 100 | 400 | 900 |")
