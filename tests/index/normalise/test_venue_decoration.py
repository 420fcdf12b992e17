"""Check that the names of venues lose their decoration and keep no scraps of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.venue_decoration import (
    clean_venue,
    find_acronym,
    keeps_proceedings,
    straighten_name,
)
from index.normalise.venues import resolve_venue

TURNED = [
    ("Short Proofs, IEEE Transactions on", "IEEE Transactions on Short Proofs"),
    ("Proofs, Theorems, and Lemmas, 1998. 1998 IEEE International Conference On",
     "1998 IEEE International Conference on Proofs, Theorems, and Lemmas"),
    ("Short Proofs, 2009. SP '09. 3rd International Symposium on",
     "3rd International Symposium on Short Proofs"),
    ("Short Proofs (SP), 2012 Sixth Conference on", "2012 Sixth Conference on Short Proofs (SP)"),
    ("Short Proofs, the Fourth Symposium On", "Fourth Symposium on Short Proofs"),
    ("Short Proofs Conference, 2006. SPC 2006. 3rd IEEE", "3rd IEEE Short Proofs Conference"),
    ("Proof Society, 2004. 6th Conference of the IEEE", "6th Conference of the IEEE Proof Society"),
    ("Annals of Proofs (ISSN: 0000-0000)", "Annals of Proofs"),
    ("Annals of Proofs, Print ISSN 0000-0000", "Annals of Proofs"),
    ("Commun. ACM", "Commun. ACM"),
    ("Where to Go, and What to Live for", "Where to Go, and What to Live for"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), TURNED)
def test_turned_names(text: str, name: str) -> None:
    """A name that IEEE's catalogue turned is turned back; numbers of a series go."""
    assert straighten_name(text) == name


CLEAN = [
    ("Meeting on Proofs (5th edition, Paris, 1960)", "Meeting on Proofs"),
    ("Meeting on Proofs (Paris, 1960)", "Meeting on Proofs"),
    ("Meeting on Proofs (Paris)", "Meeting on Proofs (Paris)"),
    ("Meeting on Proofs (3rd ed.)", "Meeting on Proofs"),
    ("International Proof Meeting, 2005. IPM Technical Digest", "International Proof Meeting"),
    ("SNOW 2016; 15th International Workshop on Trees", "International Workshop on Trees"),
    ("Days of Proofs (DoP 2008) - Oslo", "Days of Proofs (DoP) - Oslo"),
    ("Days of Proofs [DoP, 2008], Oslo", "Days of Proofs [DoP], Oslo"),
    ("Proof Test Conference 1999. Proceedings", "Proof Test Conference"),
    ("Conference on Proofs, Vols 1 and 2, Proceedings", "Conference on Proofs"),
    ("SNOW '07: Ice", "SNOW: Ice"),
    ("Transactions on Proofs (TOP", "Transactions on Proofs"),
    ("Proofs) of Snow", "Proofs of Snow"),
    ("Snow in the 19th Century", "Snow in the 19th Century"),
    ("Snow, 1933-1956. A Book", "Snow, 1933-1956. A Book"),
    ("Yearbook of Snow, 2010-2011", "Yearbook of Snow"),
    ("Neige : le cas (dir.)", "Neige : le cas (dir.)"),
    ("Proceedings, 43rd Conference of Snow", "Conference of Snow"),
    ("Snow (Online)", "Snow"),
    ("Journal of Snow \u2026", "Journal of Snow"),
    ("Conference on Snow V. 1", "Conference on Snow"),
    ("Conference on Snow v.12", "Conference on Snow"),
    ("Snow in the Laws of the 115th Congress", "Snow in the Laws of the 115th Congress"),
    ("115th Congress of Snow", "Congress of Snow"),
    ("( , )", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), CLEAN)
def test_no_scraps(text: str, name: str) -> None:
    """What surrounded a year, an ordinal or an edition goes with it, and nothing else does."""
    assert clean_venue(text) == name


SERIES = [
    ("Proceedings of the Snow Society", "conference", True),
    ("Proceedings of the Icelandic Academy of Snow Sciences", "", True),
    ("Proc. Snow Inst. Math.", "journal", True),
    ("Proceedings of the ACM on Snow", "", True),
    ("Proceedings of Alpine Engineering", "journal", True),
    ("Proceedings of Alpine Engineering", "conference", False),
    ("Proceedings of SNOW", "journal", False),
    ("Proceedings of the Annual Meeting of the Snow Society", "journal", False),
    ("Proceedings of the 4th Snow Days of the Alpine Union", "", False),
    ("Proceedings of the Society for Snow (SFS)", "", False),
    ("Proc. Snow Days", "journal", False),
    ("Snow Society", "journal", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "kept"), SERIES)
def test_proceedings_that_are_a_name(text: str, kind: str, *, kept: bool) -> None:
    """A society's proceedings are a journal; a conference's are named after the conference."""
    assert keeps_proceedings(text, kind) is kept


ACRONYMS = [
    ("Conference on Snow (CSN 2009), Oslo", "CSN"),
    ("Conference on Snow (CSN'2009)", "CSN"),
    ("SnowHCI '06: Proceedings of the workshop on Snow", "SnowHCI"),
    ("S4W 2006: Adjunct Proceedings of the workshop on Snow", "S4W"),
    ("Snow (AB), Oslo", ""),
    ("Snow: Proceedings of the workshop", ""),
]


@pytest.mark.parametrize(("text", "acronym"), ACRONYMS)
def test_acronyms(text: str, acronym: str) -> None:
    """An acronym is found in brackets, also before a place, and before ``: Proceedings of``."""
    assert find_acronym(text) == acronym


WORDS = (
    "Proceedings of the In 42nd First IEEE International Conference on Snow ( ) [ ] (SNOW) "
    ", : ; . - 2020 '15 1990-1999 Society Royal Transactions Vols ISSN edition \u2026 & /"
).split()

OPEN = frozenset(("of", "on", "the", "In", "\u2026"))
"""Words at which a name may be cut short, so that it names no venue."""


@given(
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.sampled_from(["", "journal", "conference"]),
)
def test_a_name_is_stable_and_balanced(text: str, kind: str) -> None:
    """A name resolves to itself without its kind too, and its brackets are balanced."""
    name = resolve_venue(text, kind).name
    assert resolve_venue(name).name == name
    named = any(map(str.isalnum, name))
    if not OPEN.intersection(text.split()):
        assert named or not any(map(str.isalnum, text))
