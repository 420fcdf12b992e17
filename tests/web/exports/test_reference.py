"""Test what references state, and what each format calls each kind of document."""

from __future__ import annotations

import pytest

from index.normalise.work_types import find_type
from index.records import SUBMISSION, Appearance, Author, Paper
from tests.support.paths import ROOT
from web.exports.entry_types import BY_VENUE, OTHER, TYPES, find_entry_type
from web.exports.reference import make_reference


def _make(status: str = "", topics: tuple[str, ...] = (), **shown: object) -> Paper:
    appearance = Appearance(**{"venue": "NeurIPS", "year": 2020, **shown})  # type: ignore[arg-type]
    return Paper("x:1", "T", appearances=(appearance,), status=status, topics=topics,
                 ids={"arxiv": "2006.04779"})  # fmt: skip


@pytest.mark.parametrize(
    ("venue", "name", "container"),
    [
        ("NeurIPS", "nips", "Conference on Neural Information Processing Systems"),
        ("NeurIPS", "Advances in Neural Information Processing Systems 33",
         "Advances in Neural Information Processing Systems 33"),
        ("JMLR", "", "Journal of Machine Learning Research"),
        ("Unknown Meeting", "", "Unknown Meeting"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_venues_are_named_in_full(venue: str, name: str, container: str) -> None:
    """A dump's own name counts if it is more than a short key."""
    assert make_reference(_make(venue=venue, venue_name=name)).container == container


@pytest.mark.parametrize(
    ("date", "found"), [("2020-06-08", (6, 8)), ("2020-06", (6, 0)), ("", (0, 0))]
)
def test_dates_are_split(date: str, found: tuple[int, int]) -> None:
    """The month and the day are stated as far as they are known."""
    reference = make_reference(_make(date=date))
    assert (reference.month, reference.day) == found


@pytest.mark.parametrize(
    ("status", "paper_type", "note"),
    [
        ("poster", "conference paper", ""),
        ("withdrawn", "preprint", "Withdrawn"),
        ("withdrawn", "conference paper", "Submitted to NeurIPS 2020, withdrawn"),
        ("rejected", "conference paper", "Submitted to NeurIPS 2020, rejected"),
        ("retracted", "journal article", "Retracted"),
        ("rejected", SUBMISSION, "Submitted to NeurIPS 2020, rejected"),
        ("", SUBMISSION, "Submitted to NeurIPS 2020, not accepted"),
    ],
)
def test_a_note_says_what_became_of_a_paper(status: str, paper_type: str, note: str) -> None:
    """Who cites a withdrawn paper reads so in the reference."""
    assert make_reference(_make(status, type=paper_type)).note == note


def test_the_fullest_record_of_a_version_states_its_place() -> None:
    """Records that agree on venue, year and type are one version."""
    first = Appearance(venue="NeurIPS", year=2020, type="conference paper")
    second = Appearance("NeurIPS", "Advances in NIPS", "", 2020, "conference paper", pages="1-9")
    reference = make_reference(Paper("x:1", "T", appearances=(first, second)))
    assert (reference.pages, reference.container) == ("1-9", "Advances in NIPS")


def test_the_category_of_arxiv_is_found_among_topics() -> None:
    """Topics hold keywords too."""
    reference = make_reference(_make(topics=("offline rl", "cs.LG", "stat.ML")))
    assert (reference.arxiv, reference.category) == ("2006.04779", "cs.LG")


def test_an_empty_paper_has_a_reference() -> None:
    """A paper with nothing but a title can be cited."""
    reference = make_reference(Paper("x:1", "T"))
    assert (reference.kind, reference.authors, reference.year) == (OTHER, (), "")
    assert (
        make_reference(Paper("x:1", "T", authors=(Author("Plato"),))).authors[0].family == "Plato"
    )


@pytest.mark.parametrize("paper_type", sorted(set(TYPES) - {SUBMISSION, "workshop paper"}))
def test_types_are_those_of_the_index(paper_type: str) -> None:
    """Every type that has names is one that readers give, and the README lists it."""
    assert find_type(paper_type) == paper_type or paper_type == "workshop paper"
    assert paper_type in (ROOT / "web/exports/README.md").read_text("utf-8")


@pytest.mark.parametrize("kind", BY_VENUE)
def test_unknown_types_follow_the_venue(kind: str) -> None:
    """A paper without a type at a journal is an article."""
    assert find_entry_type("", kind) == BY_VENUE[kind]
    assert find_entry_type("something", "") == OTHER
