"""Test the JSON-LD of papers and authors."""

import json

from hypothesis import given
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from web.metadata.structured import describe_article, describe_person, write_json_ld


def test_an_article_is_in_an_issue_of_a_volume_of_a_journal() -> None:
    """The parts of a journal contain each other, and nothing empty is written."""
    shown = Appearance(
        venue="Nature", venue_kind="journal", type="journal article", year=2015, volume="521",
        issue="7553", pages="436-444",
    )  # fmt: skip
    found = describe_article(Paper("x", "Deep learning", appearances=(shown,)), "https://a.b/x")
    assert found["@type"] == "ScholarlyArticle"
    assert found["datePublished"] == "2015"
    issue = found["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("7553", "521")
    assert issue["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "Nature"}
    assert "abstract" not in found
    assert "sameAs" not in found


def test_people_have_their_orcid() -> None:
    """An author is a person with affiliation and the address of the ORCID."""
    author = Author("Ada", "ada", {"orcid": "0000-0002-1825-0097"}, ("Analytical Engines",))
    person = describe_person(author)
    assert person["@type"] == "Person"
    assert person["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert person["affiliation"][0]["name"] == "Analytical Engines"


def test_withdrawn_papers_say_so() -> None:
    """A program learns that a paper was withdrawn or retracted."""
    assert (
        describe_article(Paper("x", "T", status="retracted"))["creativeWorkStatus"] == "Retracted"
    )
    assert "creativeWorkStatus" not in describe_article(Paper("x", "T", status="poster"))


@given(st.text(max_size=80))
def test_no_text_ends_its_element(text: str) -> None:
    """Whatever a title holds, the data cannot end the element around it, and reads back."""
    written = str(write_json_ld(describe_article(Paper("x", f"</script><!--{text}]]>"))))
    assert "<" not in written
    assert ">" not in written
    assert json.loads(written)["name"] == f"</script><!--{text}]]>"
