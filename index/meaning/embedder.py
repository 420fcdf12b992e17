"""Turn many texts into vectors in several processes of one thread each.

Two threads of a process take up to twice the processor time of one, and so do batches of texts.
Processes take turns, so vectors come back in the order of the texts. If a process fails or cannot
be started, its texts are embedded in this process.
"""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import msgspec

from index.build.worker_process import WorkerProcess, read_message, serve, write_message
from index.meaning.errors import MeaningUnusable
from index.meaning.model import Model, load_model
from index.meaning.sign_table import pack_signs

TOGETHER = 4
"""Texts that a process is sent in one message, about .2 s of work. Chosen."""

AHEAD = 2
"""Messages that a process holds at most, so that it has work while its answer waits to be read."""

_decode_texts = msgspec.msgpack.Decoder(list[str]).decode
_decode_signs = msgspec.msgpack.Decoder(list[bytes]).decode


class Embedder:
    """Computes the signs of the vectors of texts; must be closed."""

    def __init__(self, folder: Path | None, processes: int, model: Model | None = None) -> None:
        """Create an embedder; processes are started when there are texts.

        Args:
            folder: The folder of the model; None for the installed one.
            processes: How many processes to use; 0 embeds everything in this one.
            model: The model, if this process has loaded it.
        """
        self._folder = folder
        self._wanted = processes
        self._workers: list[WorkerProcess] = []
        self._model = model

    def embed_all(self, texts: Iterable[str], *, alone: bool = False) -> Iterator[list[bytes]]:
        """Yield the signs of the vectors of texts, some at a time, in order.

        Args:
            texts: The texts.
            alone: Embed everything in this process, since there are few texts.

        Raises:
            MeaningUnusable: The model cannot be loaded.
        """
        source = iter(texts)
        pending: deque[tuple[WorkerProcess, list[str]]] = deque()
        while some := list(islice(source, TOGETHER)):
            if not alone:
                self._start_workers()
            if not self._workers:
                yield self._embed(some)
                continue
            if len(pending) >= AHEAD * len(self._workers):
                yield self._receive(*pending.popleft())
            self._workers.append(worker := self._workers.pop(0))
            send_texts(worker, some)
            pending.append((worker, some))
        while pending:
            yield self._receive(*pending.popleft())

    def _start_workers(self) -> None:
        arguments = [] if self._folder is None else [str(self._folder)]
        try:
            while len(self._workers) < self._wanted:
                self._workers.append(WorkerProcess("index.meaning.embedder", *arguments))
        except OSError:  # the system starts no more of them
            self._wanted = len(self._workers)

    def _receive(self, worker: WorkerProcess, texts: list[str]) -> list[bytes]:
        """Return the oldest answer of a process, or what it should have been."""
        try:
            return _decode_signs(worker.receive())
        except (OSError, EOFError, msgspec.MsgspecError):
            worker.end()
            return self._embed(texts)

    def _embed(self, texts: list[str]) -> list[bytes]:
        if self._model is None:
            self._model = load_model(self._folder)
        return _embed_texts(self._model, texts)

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()


def send_texts(worker: WorkerProcess, texts: list[str]) -> None:
    """Send texts; a process that has ended is noticed when its answer is awaited."""
    with suppress(OSError):
        worker.send(msgspec.msgpack.encode(texts))


def _embed_texts(model: Model, texts: list[str]) -> list[bytes]:
    return [pack_signs(model.embed(text)) for text in texts]


def main() -> None:
    """Embed the texts that come on standard input until it ends."""
    # If the model cannot be loaded, the process that started this one finds out why.
    with suppress(MeaningUnusable), serve():
        model = load_model(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
        while True:
            texts = _decode_texts(read_message(sys.stdin.buffer))
            answer = msgspec.msgpack.encode(_embed_texts(model, texts))
            write_message(sys.stdout.buffer, answer)


if __name__ == "__main__":
    main()
