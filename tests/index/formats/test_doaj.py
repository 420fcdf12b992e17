"""Check the reader of DOAJ's articles."""

from pathlib import Path
from typing import Any

import pytest

from index.records import Author, Paper, RawRecord
from tests.support.answer_records import DOAJ
from tests.support.json_samples import read, read_paper

NAME = "doaj"
BIBJSON: dict[str, Any] = DOAJ["bibjson"]


def read_article(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read the sample with some of its keys changed."""
    return read_paper(path / "d", NAME, DOAJ, bibjson=BIBJSON | changes)


def test_an_article(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_article(tmp_path)
    assert (found.id, found.title) == ("doaj:0a1b2c", "Walking in the Open")
    orcid = {"orcid": "0000-0002-1825-0097"}
    assert found.authors == (
        Author("Ann Lee", "ann lee", orcid, ("ETH Zurich",)), Author("Bo Li", "bo li"),
    )  # fmt: skip
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date, show.publisher) == (2021, "2021-03", "Made-up Press")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.topics == ("walks", "mathematics")
    assert found.ids == {"doi": "10.1000/doaj.1"}
    assert found.urls == {"page": "https://a.org/walk", "pdf": "https://a.org/walk.pdf"}
    assert (found.abstract, found.language) == ("We walk.", "en")


def test_a_journal_is_skipped(tmp_path: Path) -> None:
    """The directory has journals in the same form."""
    journal = {"title": "Walk Letters", "pissn": "1234-5678", "editorial": {}}
    (found,) = read(tmp_path / "d", NAME, {"id": "j1", "bibjson": journal})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id) == (True, "doaj:j1")


@pytest.mark.parametrize(("languages", "code"), [(["EN"], "en"), (["EN", "FR"], ""), ([], "")])
def test_the_language_of_a_journal(tmp_path: Path, languages: list[str], code: str) -> None:
    """An article has that of its journal if there is only one."""
    found = read_article(tmp_path, journal=BIBJSON["journal"] | {"language": languages})
    assert found.language == code


def test_an_article_without_links(tmp_path: Path) -> None:
    """It has a page in the directory; a month by name is read."""
    found = read_article(tmp_path, link=None, month="March", year=2021)
    assert found.urls == {"page": "https://doaj.org/article/0a1b2c"}
    assert found.shown.date == "2021-03"
