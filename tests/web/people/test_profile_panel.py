"""Check how the profile of some papers is laid out."""

from dataclasses import replace

import pytest

from search.authors.coauthors import Coauthor
from search.authors.distinctive_terms import Term
from search.authors.profile import Citations, Places, Profile, TopicSource, ValueCount
from web.people.author_request import AuthorRequest
from web.people.profile_panel import (
    AT_ONCE,
    MOST_VALUES,
    describe_places,
    describe_sources,
    lay_out_profile,
    write_span,
)

ADA = AuthorRequest("Ada Reed")
PLACES = Places(first=3, last=2, alone=1, several=6, alphabetical=1, ordered=5)
PROFILE = Profile(
    papers=7,
    first_year=2018,
    last_year=2020,
    years=((2018, 2), (2019, 0), (2020, 5)),
    affiliations=(),
    topics=(Term("tide pools", 3),),
    topic_source=TopicSource.DUMPS,
    venues=(ValueCount("ICLR", 4), ValueCount("V" * 300, 1)),
    statuses=(),
    coauthors=tuple(Coauthor(f"bo {n}", f"Bo {n}", 2, 2018, 2020) for n in range(100)),
    places=PLACES,
    citations=Citations(None, 0, None),
)


def test_long_lists_are_folded() -> None:
    """A few values are shown, more open with a click, and the rest is counted."""
    coauthors = lay_out_profile(ADA, PROFILE).lists[0]
    assert len(coauthors.shown) == AT_ONCE
    assert len(coauthors.shown) + len(coauthors.folded) == MOST_VALUES
    assert coauthors.more == 100 - MOST_VALUES
    assert coauthors.shown[0].address == "/authors/Bo%200"
    assert coauthors.shown[0].years == "2018–2020"


def test_empty_lists_are_left_out() -> None:
    """No institution is known, so none is listed."""
    titles = [one.title for one in lay_out_profile(ADA, PROFILE).lists]
    assert titles == ["Co-authors", "Venues", "Topics"]
    nothing = replace(PROFILE, years=(), coauthors=(), venues=(), topics=())
    empty = lay_out_profile(ADA, nothing)
    assert empty.lists == ()
    assert empty.histogram is None


def test_venues_and_years_select_papers() -> None:
    """A bar or a venue narrows the list, and opens it again if it is selected."""
    panel = lay_out_profile(ADA, PROFILE)
    venues = panel.lists[1]
    assert [one.address for one in venues.shown] == ["/authors/Ada%20Reed?venue=ICLR", ""]
    assert panel.histogram
    assert [bar.address[-9:] for bar in panel.histogram.bars] == ["year=2018", "year=2020"]
    chosen = lay_out_profile(replace(ADA, venue="ICLR", year="2018"), PROFILE)
    assert chosen.lists[1].shown[0].address == "/authors/Ada%20Reed?year=2018"
    assert chosen.histogram
    assert [bar.selected for bar in chosen.histogram.bars] == [True, False]
    assert chosen.histogram.bars[0].address == "/authors/Ada%20Reed?venue=ICLR"


def test_topics_lead_to_searches() -> None:
    """Those of dumps select papers, terms of titles are searched among those of the name."""
    found = [
        lay_out_profile(ADA, replace(PROFILE, topic_source=source)).lists[2]
        for source in TopicSource
    ]
    assert [one.shown[0].address for one in found] == [
        "/search?topic=tide+pools",
        "/search?q=title%3A%22tide+pools%22+author%3A%22Ada+Reed%22",
    ]
    assert [one.is_ranked for one in found] == [True, False]


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (PLACES, "6 papers with co-authors: first author of 2, last of 2. Only author of 1."),
        (replace(PLACES, alone=0), "6 papers with co-authors: first author of 3, last of 2."),
        (replace(PLACES, several=4), ""),
        (
            replace(PLACES, alphabetical=5),
            "Most of these papers list their authors in alphabetical order.",
        ),
    ],
)
def test_places_are_said_in_words(places: Places, words: str) -> None:
    """Papers of one author are no first authorship; alphabetical lists say nothing."""
    assert describe_places(replace(PROFILE, places=places)) == words


def test_sources_and_spans() -> None:
    """Counts are named by their source; a span of one year is that year."""
    assert (
        describe_sources({"dblp": ("a", "b"), "orcid": ("c",), "x": ("d",)})
        == "1 in ORCID, 2 in dblp"
    )
    assert [write_span(2018, 2020), write_span(2020, 2020), write_span(None, None)] == [
        "2018–2020", "2020", "",
    ]  # fmt: skip
