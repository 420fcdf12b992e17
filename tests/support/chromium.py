"""Drive Chromium through its debugging pipe, which needs no other program or package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from select import select
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
PATIENCE_S = 30
"""Seconds that the browser may take to answer."""

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update"
    " --disable-background-networking --disable-sync --hide-scrollbars --remote-debugging-pipe"
).split()

_ON_3_AND_4 = """
import fcntl, os, sys
reading, writing = (fcntl.fcntl(int(pipe), fcntl.F_DUPFD, 10) for pipe in sys.argv[1:3])
os.dup2(reading, 3)
os.dup2(writing, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Starts a program with its pipes at the descriptors that Chromium expects."""


class Browser:
    """One page of a running Chromium.

    Attributes:
        process: The running browser.
        events: Messages about the page since it was opened, in their order.
    """

    def __init__(self, profile: Path) -> None:
        """Start it with an empty profile."""
        reading, self._out = os.pipe()
        self._in, writing = os.pipe()
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ON_3_AND_4, str(reading), str(writing), *command],
            pass_fds=(reading, writing), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(reading)
        os.close(writing)
        self._buffer = b""
        self._calls = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def _read_message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert select([self._in], [], [], PATIENCE_S)[0], "the browser does not answer"
            part = os.read(self._in, 1 << 20)
            assert part, "the browser has ended"
            self._buffer += part
        message, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(message))

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call a method of the browser and keep the events that arrive meanwhile."""
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": params}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read_message()
            if answer.get("id") == self._calls:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def list_events(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of all events of one kind."""
        return [event["params"] for event in self.events if event["method"] == method]

    def wait_for_page(self) -> None:
        """Wait until the requested page has loaded."""
        while not self.list_events("Page.loadEventFired"):
            self.events.append(self._read_message())

    def open(self, address: str, width: int = 1280) -> None:
        """Open an address at a width in pixels; below 800 the browser acts as a phone."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=844, deviceScaleFactor=1, mobile=width < 800,
        )  # fmt: skip
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait_for_page()

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page holds
        """Return the value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click on the middle of an element with the mouse."""
        self.evaluate(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        middle = "(r => [r.x + r.width / 2, r.y + r.height / 2])"
        x, y = self.evaluate(f"{middle}(document.querySelector({selector!r}).getClientRects()[0])")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str, text: str = "") -> None:
        """Press a key."""
        keys = {"key": key, "windowsVirtualKeyCode": {"Tab": 9, "Enter": 13}[key], "text": text}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **keys)

    def close(self) -> None:
        """Stop the browser."""
        self.process.kill()
        self.process.wait()
        os.close(self._in)
        os.close(self._out)
