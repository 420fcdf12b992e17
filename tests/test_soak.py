"""Run a short soak, and check that a soak finds the faults that it looks for.

`make soak` runs a long one, with more clients and with kills at chance moments.
"""

import json
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from tests.soak import made_papers as made
from tests.soak.chronicle import Answer, Chronicle, Contents, Faults
from tests.soak.client import AWAY, AnswerFault, Client, Reply, Tally
from tests.soak.observer import find_leftovers, judge_memory
from tests.soak.outages import Outages, ServerAway
from tests.soak.questions import Question, make_questions
from tests.soak.server import Usage
from tests.soak.soak import Plan, describe_outcome, run_soak
from web.app import create_app

STEPS = ("killed add", "rollback", "kill", "copy", "build", "stop", "kill worker")
PAPERS = 60

PAUSE_S = 0.2
"""Seconds between two requests of a client, so that the writer has the processors; chosen."""


@pytest.mark.slow
@pytest.mark.timeout(1_800)  # on a machine whose processors others take; alone it takes seconds
def test_a_short_soak_finds_no_fault(tmp_path: Path) -> None:
    """A server answers every ordinary request while its index is changed and it is attacked."""
    outcome = run_soak(
        tmp_path, Plan(steps=STEPS, readers=2, bombers=1, connections=20, workers=2, pause=PAUSE_S)
    )
    assert outcome.faults.describe() == []
    assert [outcome.steps[name] for name in ("kills", "kill", "stop")] == [1, 1, 1]
    assert outcome.switches >= len(STEPS) - 4
    summary = "\n".join(describe_outcome(outcome))
    assert all(name in summary for name in ("search by theme", "rollback", "bomb"))


@pytest.fixture(scope="module")
def replies(index_of: Callable[..., Path]) -> dict[str, tuple[Question, Reply]]:
    """Return a question of each kind about a paper, and what the application answers."""
    records = [record for number in range(PAPERS) for record in made.make_records(number, 0)]
    client = create_app(index_of(*records)).test_client()
    found = {}
    for question in make_questions(Random(1), 17, 0):
        with client.get(question.path) as answer:
            headers = {name.lower(): value for name, value in answer.headers}
            found[question.kind] = question, Reply(answer.status_code, headers, answer.data)
    return found


KINDS = [question.kind for question in make_questions(Random(1), 17, 0)]

GENERAL = {"related", "why not", "style sheet", "robots"}
"""Kinds whose answers are the same whatever the index holds."""


def _make_contents(count: int) -> Contents:
    return Contents("made", dict.fromkeys(range(count), 0))


@pytest.mark.parametrize("kind", KINDS)
def test_right_answers_are_accepted(kind: str, replies: dict[str, tuple[Question, Reply]]) -> None:
    """What the application answers is right for the papers that its index holds."""
    question, reply = replies[kind]
    assert question.read(reply)(_make_contents(PAPERS)) == ""


@pytest.mark.parametrize("kind", sorted(set(KINDS) - GENERAL))
def test_answers_of_another_index_are_refused(
    kind: str, replies: dict[str, tuple[Question, Reply]]
) -> None:
    """The same answers are wrong for an index with other editions of fewer papers."""
    question, reply = replies[kind]
    other = Contents("other", dict.fromkeys(range(18, PAPERS), 1))
    assert question.read(reply)(other) != ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [500, 503])
def test_failures_are_refused(
    kind: str, status: int, replies: dict[str, tuple[Question, Reply]]
) -> None:
    """No ordinary question may be answered with a failure."""
    question, reply = replies[kind]
    with pytest.raises(AnswerFault, match=f"the status is {status}"):
        question.read(Reply(status, reply.headers, reply.body))


def _alter(reply: Reply, change: Callable[[Any], object]) -> Reply:
    document = json.loads(reply.body)
    change(document["data"])
    return Reply(200, reply.headers, json.dumps(document).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(total=document["total"] + 1),
        lambda document: document["hits"].pop(),
        lambda document: document["facets"]["venue"].pop(),
        lambda document: document.update(hidden=document["hidden"] + 1),
    ],
)
def test_wrong_results_are_refused(
    change: Callable[[Any], object], replies: dict[str, tuple[Question, Reply]]
) -> None:
    """A wrong total, a missing hit, wrong facets and a wrong number of hidden papers are faults."""
    question, reply = replies["search by theme"]
    assert question.read(_alter(reply, change))(_make_contents(PAPERS)) != ""


def test_doubled_papers_are_refused(replies: dict[str, tuple[Question, Reply]]) -> None:
    """A paper may not be found twice, not even once by each of its records."""
    question, reply = replies["search by theme"]

    def double(document: Any) -> None:  # noqa: ANN401 - any document
        document["hits"].append({"id": document["hits"][0]["id"] + "-preprint"})

    with pytest.raises(AnswerFault, match="found twice"):
        question.read(_alter(reply, double))


@pytest.mark.parametrize(
    ("generation", "fault"),
    [
        ("one", "not in use"),
        ("two", ""),
        ("three", ""),
        ("four", "unknown"),
        ("", ""),
    ],
)
def test_answers_wait_for_the_step_during_which_they_arrive(generation: str, fault: str) -> None:
    """An answer may come from the generation before the step under way or from the one after it."""
    faults = Faults()
    chronicle = Chronicle(faults)
    for number, name in enumerate(("one", "two", "three")):
        chronicle.register(name, {number: 0})
    chronicle.finish_step("one")
    chronicle.finish_step("two")
    chronicle.submit(Answer("search", generation, 2, 2, lambda _contents: ""))
    assert faults.describe() == []
    chronicle.finish_step("three")
    assert [fault in one for one in faults.describe()] == ([True] if fault else [])


def test_an_answer_without_a_generation_must_be_right_for_one() -> None:
    """Without a name, any generation that may have answered makes an answer right."""
    faults = Faults()
    chronicle = Chronicle(faults)
    for number, name in enumerate(("one", "two", "three")):
        chronicle.register(name, {number: 0})
        chronicle.finish_step(name)

    def judge(number: int, contents: Contents) -> str:
        return "" if number in contents.editions else f"no {number}"

    for number in (0, 1, 2):
        chronicle.submit(Answer("page", "", 2, 2, partial(judge, number)))
    chronicle.finish_step("two")
    assert faults.describe() == ["page: no 0."]


def test_only_restarts_excuse_a_missing_answer() -> None:
    """A request may fail if the server was restarted while it was under way, not before."""
    outages = Outages()
    with outages.open():
        during = outages.ended
        assert outages.have_disturbed(during)
    assert outages.have_disturbed(during)
    after = outages.ended
    assert not outages.have_disturbed(after)
    with outages.open():
        pass
    assert outages.have_disturbed(after)


def test_a_missing_answer_is_a_fault() -> None:
    """A client that meets no server reports it, unless the server is being restarted."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    server = SimpleNamespace(outages=Outages(), port=port)
    client = Client(server, tally := Tally())
    with pytest.raises(AnswerFault, match="no answer"):
        client.ask("search", "/")
    with server.outages.open(), pytest.raises(ServerAway):
        client.ask("search", "/")
    assert tally.counts == {("search", "ConnectionRefusedError"): 1, ("search", AWAY): 1}


@pytest.mark.parametrize(("last", "grows"), [(105, False), (130, False), (150, True)])
def test_growing_memory_is_a_fault(last: int, grows: object) -> None:
    """Memory may be 15 % and some megabytes more in the last third than in the first."""
    sizes = [40] * 30 + [100] * 50 + [last] * 40
    found = list(judge_memory([Usage(size * 1_000_000, 20, 5) for size in sizes]))
    assert bool(found) == grows


def test_leftovers_are_faults(tmp_path: Path) -> None:
    """Strange files, folders of killed builds and temporary files are each reported."""
    index, temporary = tmp_path / "index", tmp_path / "temporary"
    for folder in (index / "generations" / "one.building", temporary / "left"):
        folder.mkdir(parents=True)
    (index / "current.new").touch()
    found = list(find_leftovers(index, temporary, {"TMPDIR": str(temporary)}))
    assert ["leftovers" in one for one in found] == [True] * 3
