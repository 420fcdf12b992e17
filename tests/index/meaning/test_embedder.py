"""Check that several processes embed texts, also if some of them end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.worker_process import WorkerProcess
from index.meaning import embedder as embedder_module
from index.meaning.embedder import TOGETHER, Embedder, send_texts
from index.meaning.errors import ModelUnusable
from index.meaning.model import Model, load_model
from index.meaning.sign_table import pack_signs

TEXTS = [f"text number {number}" for number in range(5 * TOGETHER + 1)]


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the installed model."""
    return load_model()


@pytest.fixture(scope="module")
def expected(model: Model) -> list[bytes]:
    """Return the signs of each text."""
    return [pack_signs(model.embed(text)) for text in TEXTS]


def embed_all(embedder: Embedder) -> list[bytes]:
    """Return the signs of each text."""
    try:
        return [signs for some in embedder.embed_all(TEXTS) for signs in some]
    finally:
        embedder.close()


@pytest.mark.parametrize("processes", [0, 1, 3])
def test_vectors_come_in_order(model: Model, expected: list[bytes], processes: int) -> None:
    """However many processes there are, each text has its own vector."""
    assert embed_all(Embedder(None, processes, model)) == expected
    assert list(Embedder(None, processes).embed_all([])) == []


def test_a_process_that_ends_loses_nothing(
    model: Model, expected: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its texts are embedded in this process."""
    sent: list[WorkerProcess] = []

    def send(worker: WorkerProcess, texts: list[str]) -> None:
        send_texts(worker, texts)
        if not sent:
            worker.end()
        sent.append(worker)

    monkeypatch.setattr(embedder_module, "send_texts", send)
    assert embed_all(Embedder(None, 2, model)) == expected
    assert len(set(sent)) == 2


def test_no_process_can_be_started(
    model: Model, expected: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process does all the work."""

    def refuse(*_: object) -> Iterator[None]:
        raise OSError

    monkeypatch.setattr(embedder_module, "WorkerProcess", refuse)
    assert embed_all(Embedder(None, 2, model)) == expected


def test_a_model_that_cannot_be_loaded_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The failure is raised here; the processes print nothing."""
    with pytest.raises(ModelUnusable, match="it has no file"):
        embed_all(Embedder(tmp_path, 1))
    assert capfd.readouterr() == ("", "")
