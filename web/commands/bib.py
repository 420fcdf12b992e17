"""Check a bibliography against the index, and correct it."""

import os
import sys
from pathlib import Path

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.bibliography.check import check_bibliography
from search.bibliography.entries import decode_bibliography
from search.bibliography.findings import Kind
from search.bibliography.fixing import CHANGES, USUAL_CHANGES, fix_bibliography
from search.errors import BibliographyEmpty
from web.commands.options import STDIN, index_option, json_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.bibliography import format_report
from web.terminal.printing import print_text


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@index_option
@click.option("--fix", is_flag=True, help="Write a corrected file, by default FILE.fixed.bib.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the corrected file there; - is standard output.",
)
@click.option("--in-place", is_flag=True, help="Replace FILE by the corrected file.")
@click.option(
    "--change",
    "changes",
    multiple=True,
    type=click.Choice([str(kind) for kind in CHANGES]),
    help="Correct only this; repeat it for several.  [default: published and missing]",
)
@json_option
def bib(
    file: str,
    index_name: str | None,
    fix: bool,
    output: str | None,
    in_place: bool,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check the BibTeX bibliography FILE against the index.

    The report says which entries are in the index, which preprints have been published, which
    papers were withdrawn, rejected or retracted, which fields are missing or differ, and which
    entries mean one work. - as FILE reads standard input. The exit code is 1 if there is anything
    to report, 0 if not or if a corrected file was written.
    """
    target = _choose_target(file, output, fix=fix or bool(changes), in_place=in_place)
    searcher = Searcher(index_directory(index_name))
    text, encoding = decode_bibliography(_read(file))
    report = check_bibliography(searcher, text, limit=sys.maxsize)
    if not report.entries:
        raise BibliographyEmpty("" if file == STDIN else file)
    if target:
        kinds = {Kind(name) for name in changes} or set(USUAL_CHANGES)
        _write(target, fix_bibliography(report, encoding, kinds).encode(encoding))
    if as_json:
        from web.api.bibliography import describe_bibliography
        from web.terminal.documents import print_json

        if target != STDIN:
            print_json(describe_bibliography(report, target))
    else:
        print_text(format_report(report), error=target == STDIN)
        if target not in ("", STDIN):
            print_text(f"\nThe corrected file is {target}.")
    sys.exit(FOUND if target or not report.has_findings else NOTHING_FOUND)


def _choose_target(name: str, output: str | None, *, fix: bool, in_place: bool) -> str:
    """Return where to write the corrected file; empty if nowhere, ``-`` for standard output."""
    if output and in_place:
        message = "cannot be combined with --output."
        raise click.BadParameter(message, param_hint="--in-place")
    if not (fix or output or in_place):
        return ""
    if name == STDIN:
        if in_place:
            message = "standard input cannot be replaced. Name a file."
            raise click.BadParameter(message, param_hint="--in-place")
        return output or STDIN
    return name if in_place else output or f"{name.removesuffix('.bib')}.fixed.bib"


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise click.BadParameter(message, param_hint="FILE") from error


def _write(target: str, content: bytes) -> None:
    """Write a file whole, or not at all."""
    if target == STDIN:
        rest = memoryview(content)
        while rest:  # an unbuffered stream may take only a part
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
        return
    beside = Path(f"{target}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror}."
        raise click.BadParameter(message, param_hint="--output") from error
