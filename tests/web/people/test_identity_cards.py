"""Check what tells the identities of a name apart."""

from index.records import Appearance, Author, Paper
from search.authors.evidence import EvidenceLevel
from search.authors.identities import Identities, Identity, PlacedMention
from search.authors.mentions import Mention
from search.authors.name_cluster import NameCluster
from web.people.author_request import AuthorRequest
from web.people.identity_cards import MOST_CARDS, list_cards


def place(year: int | None, venue: str = "", *others: str) -> PlacedMention:
    """Return a paper of Wei Wang."""
    author = Author("Wei Wang", "wei wang", affiliations=("Bay University",))
    coauthors = (Author(name, name.casefold()) for name in others)
    paper = Paper(
        f"{year}{venue}", "A", "", (author, *coauthors), (Appearance(venue=venue, year=year),)
    )
    return PlacedMention(Mention(paper, 0), 1.0, ())


def find(*identities: Identity) -> Identities:
    """Return people of the name."""
    return Identities(NameCluster("Wei Wang", (), (), 0), identities, ())


def make_identity(key: str, *mentions: PlacedMention) -> Identity:
    """Return an identity with some papers."""
    return Identity(key, "Wei Wang", mentions, (), EvidenceLevel.NAME_ONLY)


def test_a_card_says_where_when_and_with_whom() -> None:
    """The most frequent venues and co-authors come first."""
    found = find(
        make_identity(
            "dblp:wei wang 0001",
            place(2021, "ICML", "Ada Reed"),
            place(2019, "ICLR", "Ada Reed", "Bo Quist"),
            place(2018, "ICLR"),
        )
    )
    (card,) = list_cards(AuthorRequest("Wei Wang", sort="cited"), found)
    assert card.address == "/authors/Wei%20Wang?identity=dblp%3Awei+wang+0001"
    assert card.years == "2018–2021"
    assert card.venues == ("ICLR", "ICML")
    assert card.coauthors == ("Ada Reed", "Bo Quist")
    assert card.title == "Wei Wang, Bay University"


def test_little_may_be_known() -> None:
    """A year alone is no span, and none is empty; cards are bounded."""
    years = [list_cards(AuthorRequest("Wei Wang"), find(make_identity("x:1", place(year))))
             for year in (2020, None)]  # fmt: skip
    assert [cards[0].years for cards in years] == ["2020", ""]
    many = find(*(make_identity(f"x:{n}", place(2020)) for n in range(MOST_CARDS + 1)))
    assert len(list_cards(AuthorRequest("Wei Wang"), many)) == MOST_CARDS
