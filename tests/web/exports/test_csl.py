"""Test CSL-JSON: an item with everything, and that items follow the schema of CSL 1.0.2."""

from __future__ import annotations

import json

import pytest

from index.records import Appearance, Author, Paper
from tests.support.dump_records import read_papers
from tests.support.paths import SAMPLE
from tests.web.exports.test_bibtex import CONFERENCE
from web.exports.csl import describe_item, write_items
from web.exports.entry_types import BY_VENUE, OTHER, TYPES
from web.exports.keys import KeyPattern

CSL_TYPES = set(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic "
    "hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet "
    "paper-conference patent performance periodical personal_communication post post-weblog "
    "regulation report review review-book software song speech standard thesis treaty "
    "webpage".split()
)
TEXTS = set(
    "id type title container-title volume issue page number publisher DOI URL ISBN PMID PMCID "
    "abstract keyword language note archive archive_location".split()
)
NAMES = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def test_an_item_with_everything() -> None:
    """Names are split, and the date has the parts that are known."""
    item = describe_item(CONFERENCE, KeyPattern("{id}"))
    assert item == {
        "id": "arxiv:2006.04779",
        "type": "paper-conference",
        "title": "Conservative Q-Learning in $O(n)$ for R&D",
        "author": [
            {"family": "Kumar", "given": "Aviral"},
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            {"literal": "ATLAS Collaboration"},
        ],
        "issued": {"date-parts": [[2020, 12, 6]]},
        "container-title": "Advances in Neural Information Processing Systems",
        "volume": "33",
        "page": "1179-1191",
        "publisher": "Curran",
        "DOI": "10.1000/x_y",
        "URL": "https://example.org/a_b?x={1}",
        "archive": "arXiv",
        "archive_location": "2006.04779",
        "keyword": "cs.LG",
    }


def test_the_number_of_a_preprint_is_its_arxiv_id() -> None:
    """Styles print it beside the name of the repository, which is the publisher."""
    shown = Appearance("arXiv", "", "repository", 2020, "preprint")
    item = describe_item(Paper("x:1", "T", appearances=(shown,), ids={"arxiv": "2001.00001"}))
    assert (item["type"], item["number"]) == ("article", "arXiv:2001.00001")
    assert (item["publisher"], "container-title" in item) == ("arXiv", False)


@pytest.mark.parametrize("kind", sorted({*TYPES.values(), *BY_VENUE.values(), OTHER}))
def test_types_are_those_of_csl(kind: tuple[str, ...]) -> None:
    """The schema allows no other."""
    assert kind[2] in CSL_TYPES


def test_items_follow_the_schema() -> None:
    """Keys, names and dates of the sample have the forms that the schema allows."""
    papers = [*read_papers(SAMPLE, "jsonl"), Paper("x:2", "T", authors=(Author("Plato"),))]
    items = json.loads("".join(write_items(papers, KeyPattern())))
    assert len(items) == len({item["id"] for item in items}) == len(papers)
    for item in items:
        texts = {name for name, value in item.items() if isinstance(value, str)}
        assert texts <= TEXTS
        assert set(item) - texts <= {"author", "editor", "issued"}
        assert {"id", "type", "title"} <= texts
        for person in item.get("author", ()):
            assert set(person) <= NAMES
            assert "family" in person or "literal" in person
        for parts in item.get("issued", {"date-parts": []})["date-parts"]:
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)
