"""Test the options of `papers serve` that say what clients may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from web.access.settings import DEFAULT_RATE, AccessSettings
from web.commands.access_options import access_options, read_access

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SETTINGS = {"rate_limit": None, "origins": "", "proxies": 0, "log": "", "log_queries": False}
PLAIN = AccessSettings()


@pytest.mark.parametrize(
    ("host", "asked", "expected"),
    [
        ("127.0.0.1", {}, PLAIN),
        ("192.0.2.1", {}, AccessSettings(rate=DEFAULT_RATE)),
        ("192.0.2.1", {"rate_limit": "none"}, PLAIN),
        ("127.0.0.1", {"rate_limit": "9/hour"}, AccessSettings(rate="9/hour")),
        ("127.0.0.1", {"origins": "*"}, AccessSettings(origins=("*",))),
        ("127.0.0.1", {"proxies": 1}, AccessSettings(rate=DEFAULT_RATE, proxies=1)),
        ("127.0.0.1", {"log": "-"}, AccessSettings(log="-")),
    ],
)
def test_values_are_read(host: str, asked: dict[str, object], expected: AccessSettings) -> None:
    """Each option has its effect; the limit depends on who can reach the server."""
    assert read_access(host, **(SETTINGS | asked)) == expected  # type: ignore[arg-type]


def test_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option can be set by a variable, too."""
    for name, value in (("RATE_LIMIT", "5/second"), ("CORS_ORIGINS", "https://a.org")):
        monkeypatch.setenv(f"PAPERS_{name}", value)
    found: list[AccessSettings] = []

    @click.command()
    @access_options
    def command(**asked: object) -> None:
        found.append(read_access("::1", **asked))  # type: ignore[arg-type]

    command.main([], standalone_mode=False)
    assert found == [AccessSettings(rate="5/second", origins=("https://a.org",))]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--rate-limit", "often"], "'often' is no rate"),
        (["--cors", "example.org"], "'example.org' is no origin"),
        (["--behind-proxy", "-1"], "-1 is not in the range"),
        (["--access-log", "{folder}/none/log"], "No such file or directory"),
    ],
)
def test_invalid_values_are_refused(
    papers: Callable[..., Result], tmp_path: Path, options: list[str], message: str
) -> None:
    """An invalid value ends the command before the server starts."""
    result = papers("serve", "--port", "0", *(one.format(folder=tmp_path) for one in options))
    assert result.exit_code == 2
    assert message in result.stderr
