"""Search with this program's server, as a program does: JSON over one connection."""

import json
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.peers.papersearch import InProcess, read_page, write_query
from tests.bench.peers.peer import COUNTED, DEPTH, Found, Mode
from tests.bench.speed_http import HOST, PATIENCE, serving


class OverHttp(InProcess):
    """``papers serve`` and ``/search.json``, on the index that is built in process."""

    def open(self, folder: Path) -> None:
        """Start a server of its own."""
        self.close()
        self._running = ExitStack()
        port, self._process = self._running.enter_context(serving(folder))
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE)

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Request one page and read all of it."""
        asked = {
            "q": write_query(words, mode),
            "per_page": DEPTH,
            "facets": ",".join(COUNTED) if counts else "",
        }
        self._connection.request("GET", f"/search.json?{urlencode(asked)}")
        told = json.loads(self._connection.getresponse().read())
        return read_page(told["data"])

    def processor_seconds(self) -> float:
        """Return the processor time of the server alone, without this client's."""
        return read_processor_seconds(self._process)

    def close(self) -> None:
        """Stop the server."""
        if hasattr(self, "_running"):
            self._connection.close()
            self._running.close()


def read_processor_seconds(process: int) -> float:
    """Return the processor time of the threads that a process has; Linux only."""
    threads = Path(f"/proc/{process}/task").iterdir()
    nanoseconds = sum(int((one / "schedstat").read_text("ascii").split()[0]) for one in threads)
    return nanoseconds / 1e9
