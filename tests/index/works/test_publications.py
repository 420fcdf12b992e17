"""Check what tells two publications from two records of one."""

import pytest
from msgspec.structs import replace

from index.works.features import Features
from index.works.publications import (
    are_two_columns,
    are_two_of_series,
    exchange_topics,
    have_two_dois,
    may_form_series,
)
from tests.support.work_pairs import CONFERENCE, JOURNAL, PREPRINT, REPORT, A, column, paper, report


def features_of(show: str, doi: str, abstract: str = A) -> Features:
    """Return the features of a record of a kind, with a DOI."""
    shows = {"report": REPORT, "paper": CONFERENCE, "article": JOURNAL, "preprint": PREPRINT}
    return Features(paper(abstract=abstract, show=shows[show], doi=doi))


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("article", "10.1000/a"), ("article", "10.1000/b"), True),
    (("article", "10.1000/a"), ("paper", "10.2000/b"), True),
    (("report", "10.1000/a"), ("report", "10.1000/b"), True),
    (("article", "10.1000/a"), ("article", "10.1000/a.v2"), False),
    (("report", "10.1000/a"), ("article", "10.1000/b"), False),
    (("preprint", "10.1000/a"), ("article", "10.1000/b"), False),
    (("article", "10.5281/zenodo.1"), ("article", "10.1000/b"), False),
])  # fmt: skip
def test_two_dois(one: tuple[str, str], other: tuple[str, str], *, expected: bool) -> None:
    """Versions, preprints, reports of articles and deposits have DOIs of their own."""
    assert have_two_dois(features_of(*one), features_of(*other)) is expected


def test_columns() -> None:
    """Two DOIs of one registrant in one journal are two columns, unless the abstracts agree."""
    first, second = (Features(column("//", doi=f"10.1000/{at}")) for at in "ab")
    elsewhere = Features(column("//", doi="10.2000/b"))
    same = [Features(column("//", doi=f"10.1000/{at}", abstract=A)) for at in "ab"]
    assert are_two_columns(first, second)
    assert not are_two_columns(first, elsewhere)
    assert not are_two_columns(*same)


def test_series() -> None:
    """Records of the same stage may form a series, and do if they have two DOIs."""
    soil, water = (Features(report(topic, doi=f"10.1000/{topic}")) for topic in ("soil", "water"))
    article = Features(replace(report("soil"), appearances=(JOURNAL,)))
    deposits = [Features(paper(doi=f"10.5281/zenodo.{at}")) for at in "12"]
    assert may_form_series(soil, water)
    assert are_two_of_series(soil, water)
    assert not may_form_series(soil, article)
    assert may_form_series(*deposits)
    assert not are_two_of_series(*deposits)


def test_topics() -> None:
    """A topic is in the title and abstract of one record only; an inflected word is the same."""
    soil, water, waters = (Features(report(topic)) for topic in ("soil", "water", "waters"))
    assert exchange_topics(soil, water)
    assert not exchange_topics(water, waters)
    assert not exchange_topics(soil, Features(replace(report("water"), abstract=A)))
