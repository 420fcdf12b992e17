"""Define the options of ``papers serve`` that say what clients may do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from web.commands.options import NonEmpty

if TYPE_CHECKING:
    from web.access.settings import AccessSettings

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--rate-limit",
        envvar="PAPERS_RATE_LIMIT",
        metavar="RATE",
        help="Requests of one client, such as 300/minute, or none. Without it, there is no limit "
        "on a loopback address, and 300/minute on any other or behind a proxy."
        "  [default: $PAPERS_RATE_LIMIT]",
    ),
    click.option(
        "--cors",
        "origins",
        envvar="PAPERS_CORS_ORIGINS",
        type=NonEmpty("a site"),
        metavar="ORIGINS",
        help="Sites whose scripts may read the JSON, separated by commas; * allows every site."
        "  [default: $PAPERS_CORS_ORIGINS]",
    ),
    click.option(
        "--behind-proxy",
        "proxies",
        type=click.IntRange(0, 8),
        envvar="PAPERS_BEHIND_PROXY",
        default=0,
        metavar="N",
        help="Number of proxies in front of the server, whose X-Forwarded headers are then "
        "believed.  [default: $PAPERS_BEHIND_PROXY, else 0]",
    ),
    click.option(
        "--access-log",
        "log",
        envvar="PAPERS_ACCESS_LOG",
        type=NonEmpty("a file"),
        metavar="FILE",
        help="Write a line of JSON for each request to FILE, or to standard output with -."
        "  [default: $PAPERS_ACCESS_LOG]",
    ),
    click.option(
        "--log-queries",
        is_flag=True,
        help="Write what was searched for into the access log, too.",
    ),
)


def access_options(command: F) -> F:
    """Add the options to a command."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


def read_access(
    host: str,
    *,
    rate_limit: str | None,
    origins: str | None,
    proxies: int,
    log: str | None,
    log_queries: bool,
) -> "AccessSettings":
    """Check the values of the options.

    Raises:
        BadParameter: A value is not valid, or the log cannot be written.
    """
    from web.access.access_log import open_log
    from web.access.settings import AccessSettings, choose_rate, parse_origins, parse_rate

    option = "--rate-limit"
    try:
        rate = choose_rate(host, proxies) if rate_limit is None else parse_rate(rate_limit)
        option = "--cors"
        allowed = parse_origins(origins or "")
        option = "--access-log"
        if log:
            open_log(log).close()
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint=option) from error
    return AccessSettings(rate, allowed, proxies, log or "", log_queries)
