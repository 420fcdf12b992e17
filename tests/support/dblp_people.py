"""Write dumps in dblp's form, with papers and the home pages of people.

The papers and people are made up.
"""

from collections.abc import Iterable
from pathlib import Path

from index.engines.engine import ENGINES
from index.settings import BuildSettings

HEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
"""


def make_article(key: str, title: str, *names: str) -> str:
    """Return the XML of a paper."""
    people = "".join(f"<author>{name}</author>\n" for name in names)
    return (
        f'<article mdate="2020-01-02" key="journals/x/{key}">\n{people}<title>{title}.</title>\n'
        f"<year>2001</year>\n<journal>J. Tides</journal>\n</article>"
    )


def make_home_page(key: str, *names: str, day: str = "2021-03-04", more: str = "") -> str:
    """Return the XML of a home page; the current name comes first."""
    people = "".join(f"<author>{name}</author>\n" for name in names)
    page = f'<www mdate="{day}" key="homepages/{key}">\n{people}<title>Home Page</title>\n'
    return f"{page}{more}</www>"


def write_dump(folder: Path, name: str, records: Iterable[str]) -> str:
    """Write a dump into a folder, and return its path."""
    path = folder / f"{name}.xml"
    path.write_text("\n".join([f"{HEAD}<dblp>", *records, "</dblp>", ""]), "ascii")
    return str(path)


def make_settings(
    engine: str = ENGINES[0], *, since: str = "", processes: int = 0, resume: bool = False
) -> BuildSettings:
    """Return the settings of a build, in one process by default."""
    return BuildSettings(engine=engine, since=since, processes=processes, resume=resume)
