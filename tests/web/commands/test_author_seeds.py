"""Check what is said of one author whose papers two other sites list.

The first file has 60 rows of a conference index, which cuts lists of authors at eight and so lacks
the author in seven rows; the second has 12 preprints that name nobody else. Eight preprints are
works of the first file, and two of its rows are one work: 72 records are 63 works. None of the
seven cut rows has a preprint here, so 56 works name him.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.build.operations import build
from index.people.curation import make_name_key
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.authors.identities import Identities, identify
from search.authors.name_cluster import find_cluster
from search.request.search_request import SearchRequest
from tests.bench.data import DATA
from web.app import create_app
from web.cli import main

FILES = [DATA / "seeds" / name for name in ("arrow.jsonl", "bzpeer.jsonl")]
NAME = "Aviral Kumar"
NUMBER = re.compile(r"\b0{2,3}[0-9]{1,2}\b")
"""A number of dblp."""


def read_rows() -> list[dict[str, Any]]:
    """Return the rows of both files."""
    return [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of both files."""
    if not all(file.exists() for file in FILES):
        pytest.skip("the two lists of papers are not here: set PAPERS_DATA")
    directory = tmp_path_factory.mktemp("seeds") / "index"
    build(directory, [str(file) for file in FILES], BuildSettings())
    return directory


@pytest.fixture(scope="module")
def found(index: Path) -> Identities:
    """Find the people of the name."""
    searcher = Searcher(index)
    return identify(searcher, find_cluster(searcher, "aviral kumar"))


def test_every_work_that_names_him_is_found(index: Path, found: Identities) -> None:
    """These are 56 of 63 works, each once; the newest come first, then the titles decide."""
    rows = read_rows()
    cut = [row for row in rows if NAME not in row["authors"]]
    assert [(len(row["authors"]), row["id"][:5]) for row in cut] == [(8, "arrow")] * 7
    assert Searcher(index).search(SearchRequest()).total == 63
    mentions = found.cluster.mentions
    assert found.cluster.total == len(mentions) == 56
    titles = {" ".join(row["title"].split()).casefold() for row in rows if NAME in row["authors"]}
    missing = titles - {one.paper.title.casefold() for one in mentions}
    assert missing == {  # the preprint of "Should I Run Offline Reinforcement Learning ...?"
        "when should we prefer offline reinforcement learning over behavioral cloning?"
    }
    years = [one.paper.shown.year or 0 for one in mentions]
    assert years == sorted(years, reverse=True)
    assert all(one.name == NAME for one in mentions)
    assert {row["title"] for row in cut}.isdisjoint({one.paper.title for one in mentions})


def test_preprints_that_name_nobody_else_are_not_claimed(found: Identities) -> None:
    """The second site gives no co-author, so that nothing but the name puts its papers together."""
    alone = {one.paper.id for one in found.cluster.mentions if len(one.paper.authors) == 1}
    assert len(alone) == 4
    assert alone <= {one.mention.paper.id for one in found.possible}
    placed = [one for identity in found.identities for one in identity.mentions]
    assert len(placed) + len(found.possible) == 56
    assert len(found.identities[0].mentions) >= 40
    assert all(one.reasons for one in placed)


def test_works_of_both_sites_have_all_authors(found: Identities) -> None:
    """A preprint that is a work of the first file does not take its co-authors away."""
    both = [one for one in found.cluster.mentions if len(one.paper.appearances) > 1]
    preprints = [one for one in both if any(a.venue == "arXiv" for a in one.paper.appearances)]
    assert len(preprints) == 8
    assert min(len(one.paper.authors) for one in preprints) > 1


def test_datasets_of_similar_titles_are_two_works(found: Identities) -> None:
    """D5RL appeared at two venues; D4RL is another work."""
    works = {
        one.paper.title.partition(":")[0]: {shown.venue for shown in one.paper.appearances}
        for one in found.cluster.mentions
        if re.match(r"D[45]RL:", one.paper.title)
    }
    assert set(works) == {"D4RL", "D5RL"}
    assert works["D4RL"] == {"arXiv"}
    assert {"RLC", "RLJ"} & works["D5RL"]


def test_co_authors_are_those_of_the_rows(index: Path) -> None:
    """They are counted once for each work; a nickname in brackets makes nobody else."""
    works: dict[str, set[str]] = {}
    for row in read_rows():
        if NAME in row["authors"]:
            names = {make_name_key(name) for name in row["authors"]}
            works.setdefault(row["title"].casefold(), set()).update(names - {make_name_key(NAME)})
    expected = Counter(name for names in works.values() for name in names)
    result = CliRunner().invoke(main, ["author", NAME, "--json", "--index", str(index)])
    coauthors = json.loads(result.stdout)["profile"]["coauthors"]
    assert coauthors[0]["name"] == "Sergey Levine"
    assert {one["key"]: one["papers"] for one in coauthors}.items() <= expected.items()
    assert [one["papers"] for one in coauthors] == [
        count for _, count in expected.most_common(len(coauthors))
    ]


def test_numbers_of_dblp_are_evidence_and_not_shown(index: Path) -> None:
    """A number identifies its bearer, and no page, command or list of authors has it."""
    numbered = {name for row in read_rows() for name in row["authors"] if NUMBER.search(name)}
    assert len(numbered) == 12
    searcher = Searcher(index)
    for name in sorted(numbered):
        shown = NUMBER.sub("", name).strip()
        (person,) = identify(searcher, find_cluster(searcher, name)).identities
        assert (person.name, person.key) == (shown, f"dblp:{name.casefold()}")
    client = create_app(index).test_client()
    for name in (NAME, "Bo Dai", "Sherry Yang"):
        page = client.get(f"/authors/{name}").text
        printed = CliRunner().invoke(main, ["author", name, "--why", "--index", str(index)]).stdout
        for text in (re.sub(r"<[^>]*>", " ", page), printed):
            assert NAME in text or name in text
            assert NUMBER.search(text) is None
