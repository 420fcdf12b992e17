"""Check that documents reach a cluster once each, whatever it answers on the way."""

from collections.abc import Iterator
from itertools import count

import pytest

from index.engines import opensearch_bulk
from index.engines.errors import (
    ClusterOverloaded,
    ClusterUnreachable,
    ClusterUnwritable,
    PaperRefused,
)
from index.engines.opensearch_bulk import MOST_TRIES, Batch, BulkSender, Change
from index.engines.opensearch_client import connect
from index.engines.opensearch_indexes import (
    count_documents,
    create_index,
    delete_index,
    make_name,
    refresh,
)
from tests.support.faulty_cluster import Asked, FaultyCluster, Reply, make_failure
from tests.support.paths import ROOT

Made = tuple[FaultyCluster, str, BulkSender]


class Pauses(list[float]):
    """Notes the seconds that a sender would have paused."""

    def __call__(self, seconds: float) -> None:
        """Note a pause."""
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    """Return the pauses of the sender."""
    return Pauses()


@pytest.fixture
def made(faulty: FaultyCluster, pauses: Pauses) -> Iterator[Made]:
    """Make an index, and a sender to it that does not really pause."""
    cluster = connect()
    index = make_name(cluster.settings.prefix, ROOT / "bulk" / "engine")
    create_index(cluster, index, 1)
    faulty.asked.clear()
    sender = BulkSender(cluster, index, pauses)
    yield faulty, index, sender
    sender.close()
    faulty.rule = lambda _: None
    delete_index(cluster, index)


def make_batch(first: int, number: int, filling: str = "") -> Batch:
    """Return changes that add documents."""
    keys = [f"p{n}" for n in range(first, first + number)]
    return {
        key: Change(key, f'{{"index":{{"_id":"{key}"}}}}\n{{"title":"{filling}"}}\n'.encode())
        for key in keys
    }


def count_all(index: str) -> int:
    """Return the number of documents that searches see."""
    refresh(connect(), index)
    return count_documents(connect(), index)


def test_all_documents_arrive(made: Made) -> None:
    """Batches are sent side by side; what has been sent is in the index."""
    _, index, sender = made
    for first in range(0, 500, 50):
        sender.send(make_batch(first, 50))
    sender.finish()
    assert count_all(index) == 500


def test_changes_of_a_document_keep_their_order(made: Made) -> None:
    """A batch waits for an earlier one with the same document, even if that is slow."""
    faulty, index, sender = made
    turns = count()
    faulty.rule = lambda asked: (
        faulty.forward(asked)._replace(seconds=0.2)
        if "_bulk" in asked.path and next(turns) == 0
        else None
    )
    sender.send(make_batch(0, 3))
    sender.send({"p1": Change("p1", b'{"delete":{"_id":"p1"}}\n')})
    sender.send({"none": Change("none", b'{"delete":{"_id":"none"}}\n')})
    sender.finish()
    assert count_all(index) == 2


def test_an_overloaded_cluster_gets_smaller_requests(made: Made, pauses: Pauses) -> None:
    """Requests that are refused for lack of room are repeated after longer and longer pauses."""
    faulty, index, sender = made
    turns = count()
    refusal = make_failure(429, "rejected_execution_exception", "the queue is full")
    faulty.rule = lambda asked: refusal if "_bulk" in asked.path and next(turns) < 6 else None
    sender.send(make_batch(0, 200, "x" * 2_000))
    sender.finish()
    assert count_all(index) == 200
    assert len(pauses) == 6
    assert pauses[-1] > pauses[0]
    sizes = [len(asked.body) for asked in faulty.asked if "_bulk" in asked.path]
    assert sizes[-1] < sizes[0]


def test_only_what_had_no_room_is_sent_again(made: Made, pauses: Pauses) -> None:
    """Of a request that is taken in part, the rest is repeated; nothing is doubled."""
    faulty, index, sender = made
    turns = count()
    faulty.rule = lambda asked: (
        faulty.reject_items(asked, lambda number: number % 3 == 0)
        if "_bulk" in asked.path and next(turns) < 2
        else None
    )
    sender.send(make_batch(0, 90))
    sender.finish()
    assert count_all(index) == 90
    assert len(pauses) == 2


def test_a_cluster_that_stays_overloaded_ends_the_build(made: Made, pauses: Pauses) -> None:
    """After some attempts the failure is told."""
    faulty, _, sender = made
    faulty.rule = lambda asked: faulty.reject_items(asked, lambda _: True)
    sender.send(make_batch(0, 2))
    with pytest.raises(ClusterOverloaded, match="the queue is full"):
        sender.finish()
    assert len(pauses) == MOST_TRIES - 1
    assert max(pauses) <= 1.5 * opensearch_bulk.LONGEST_PAUSE_S


def test_a_cluster_that_comes_back_gets_the_rest(made: Made, pauses: Pauses) -> None:
    """A gateway that does not reach the cluster for a while only delays a build."""
    faulty, index, sender = made
    turns = count()
    faulty.rule = lambda asked: (
        Reply(503, b"{}") if "_bulk" in asked.path and next(turns) < 9 else None
    )
    sender.send(make_batch(0, 5))
    sender.finish()
    assert count_all(index) == 5
    assert pauses


def test_a_cluster_that_stays_away_ends_the_build(made: Made) -> None:
    """A connection that is refused again and again is told."""
    faulty, _, sender = made
    faulty.rule = lambda _: Reply(502, b"{}")
    sender.send(make_batch(0, 2))
    with pytest.raises(ClusterUnreachable):
        sender.finish()


def refuse_long(asked: Asked) -> Reply | None:
    """Answer requests of more than some bytes like a proxy with a limit."""
    return Reply(413, b"too long") if len(asked.body) > 3_000 else None


def test_long_requests_are_split(made: Made, pauses: Pauses) -> None:
    """A request that is longer than the cluster takes is split until its parts fit."""
    faulty, index, sender = made
    faulty.rule = refuse_long
    sender.send(make_batch(0, 40, "x" * 500))
    sender.finish()
    assert count_all(index) == 40
    assert pauses == []


def test_a_document_that_is_too_long_is_named(made: Made) -> None:
    """A document that does not fit into a request by itself is told by the id of its paper."""
    faulty, _, sender = made
    faulty.rule = refuse_long
    sender.send({**make_batch(0, 3), **make_batch(7, 1, "x" * 4_000)})
    with pytest.raises(PaperRefused, match=r"the paper 'p7' .its document of 4,0"):
        sender.finish()


def test_a_document_that_does_not_fit_the_mapping_is_named(made: Made) -> None:
    """What the cluster cannot index is told by the id of its paper."""
    _, _, sender = made
    wrong = Change("p9", b'{"index":{"_id":":p9"}}\n{"unknown":"x"}\n')
    sender.send({**make_batch(0, 3), ":p9": wrong})
    with pytest.raises(PaperRefused, match=r"the paper 'p9' .*unknown"):
        sender.finish()


def test_a_full_cluster_ends_the_build(made: Made) -> None:
    """The block that a cluster sets when its disks are full is told as such."""
    _, index, sender = made
    block = {"index.blocks.read_only_allow_delete": True}
    connect().request("PUT", f"/{index}/_settings", block)
    sender.send(make_batch(0, 3))
    with pytest.raises(ClusterUnwritable, match="Free disk space"):
        sender.finish()
