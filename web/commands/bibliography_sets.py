"""Let queries of a command name the bibliographies of its user: ``in:mylib.bib``."""

import sys
from pathlib import Path

import click

from search.answers.searcher import Searcher
from search.errors import BibliographyEmpty, BibliographyUnreadable
from search.planning.paper_sets import open_bibliographies


def admit_bibliographies(searcher: Searcher) -> Searcher:
    """Let the queries of the running command name bibliographies, and return the searcher.

    Args:
        searcher: The index in which their papers are looked up. A file's path is relative to the
            folder in which the command runs.
    """

    def read(name: str) -> tuple[str, ...]:
        from search.bibliography.check import check_bibliography
        from search.bibliography.entries import decode_bibliography

        try:
            raw = Path(name).expanduser().read_bytes()
        except (OSError, ValueError, RuntimeError) as error:
            raise BibliographyUnreadable(name, getattr(error, "strerror", None) or "") from error
        report = check_bibliography(searcher, decode_bibliography(raw)[0], limit=sys.maxsize)
        if not report.entries:
            raise BibliographyEmpty(name)
        found = (one.match.work.id for one in report.entries if one.match.work)
        return tuple(dict.fromkeys(found))

    click.get_current_context().with_resource(open_bibliographies(read))
    return searcher
