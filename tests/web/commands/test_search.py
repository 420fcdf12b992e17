"""Test `papers search` and `papers show`: options, printed hits, and many queries at once."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from search.request.facets import FACETS
from search.request.parameters import parse_parameters
from search.request.search_request import MAX_QUERY, SORTS
from tests.support.paths import ROOT
from web.failures import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from search.answers.searcher import Searcher

    Papers = Callable[..., Result]


def _read_json_lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _count_hits(papers: Papers, *arguments: str) -> int:
    total: int = json.loads(papers("search", "--json", *arguments).stdout)["total"]
    return total


OPTIONS = [
    ("learning", "q=learning"),
    ("learning deep", "q=learning+deep"),
    ("--sort newest learning", "q=learning&sort=newest"),
    ("--page 2 learning", "q=learning&page=2"),
    ("--limit 3 learning", "q=learning&per_page=3"),
    ("--limit 3 --page 4 --sort title learning", "q=learning&per_page=3&page=4&sort=title"),
    ("--meaning none learning", "q=learning&meaning=none"),
    ("--hidden retracted", "q=retracted&hidden=show"),
    ("--venue ICML", "venue=ICML"),
    ("--venue ICML --venue NeurIPS learning", "q=learning&venue=ICML&venue=NeurIPS"),
    ("--venue=-ICML learning", "q=learning&venue=-ICML"),
    ("--year 2019..2022 --year 2020", "year=2019..2022&year=2020"),
    ("--year 2017", "year=2017"),
    ("--year ..1960", "year=..1960"),
    ("--year 2020..", "year=2020.."),
    ("--type preprint", "type=preprint"),
    ("--status retracted", "status=retracted"),
    ("--source jsonl", "source=jsonl"),
    ("--author yoshua_bengio", "author=yoshua+bengio"),
    ("--topic attention", "topic=attention"),
    ("--institution University_of_Edinburgh", "institution=University+of+Edinburgh"),
    ("--language de", "language=de"),
    ("--author yoshua_bengio --topic attention", "author=yoshua+bengio&topic=attention"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "parameters"), OPTIONS)
def test_options(papers: Papers, sample_searcher: Searcher, options: str, parameters: str) -> None:
    """Each option finds the same papers as the address parameter of the same meaning."""
    arguments = [part.replace("_", " ") for part in options.split()]
    printed = json.loads(papers("search", "--json", *arguments).stdout)
    pairs = [tuple(pair.replace("+", " ").split("=", 1)) for pair in parameters.split("&")]
    expected = sample_searcher.search(parse_parameters([(name, value) for name, value in pairs]))
    assert printed["total"] == expected.total
    assert [hit["id"] for hit in printed["hits"]] == [hit.paper.id for hit in expected.hits]
    assert expected.total > 0 or "language" in parameters  # which no paper of the sample has


def test_meanings_need_vectors(papers: Papers) -> None:
    """A search for papers close in meaning fails with one line on an index without vectors."""
    ended = papers("search", "--meaning", "all", "learning")
    assert (ended.exit_code, ended.stdout) == (FAILED, "")
    assert ended.stderr.startswith("papers: ")
    assert ended.stderr.endswith(" has no vectors. Run `papers embed` first.\n")


def test_every_facet_is_an_option(papers: Papers) -> None:
    """The help lists an option for each facet and every sort order."""
    text = papers("search", "--help").stdout
    assert [name for name in FACETS if f"--{name} " not in text] == []
    assert f"[{'|'.join(SORTS)}]" in text


def test_words_with_a_minus(papers: Papers) -> None:
    """A word with a minus needs quotes or `--` before it; else it is an unknown option."""
    quoted = _count_hits(papers, "learning -deep")
    assert quoted == _count_hits(papers, "--", "learning", "-deep")
    assert 0 < quoted < _count_hits(papers, "learning")
    assert papers("search", "learning", "-deep").exit_code == 2


PLAIN = """\
1-1 of 1 paper  (0.0 ms)

  1. Adam: A Method for Stochastic Optimization
     Diederik P. Kingma, Jimmy Ba
     ICLR 2015
     also: arXiv 2014
     A first-order optimiser that adapts the step of each parameter from running averages of its \
gradient and squared gradient.
     kingma-2015-adam
     matched authors: Kingma
"""


def _mask_time(text: str) -> str:
    head, _, rest = text.partition("  (")
    return f"{head}  (0.0 ms){rest.partition(' ms)')[2]}"


def test_plain_output(papers: Papers) -> None:
    """A hit shows rank and title, authors, venue with year and id, and which words matched."""
    assert _mask_time(papers("search", "+Adam", "+Kingma").stdout) == PLAIN


def test_facets_are_printed(papers: Papers) -> None:
    """--facets lists each facet's values with counts, and marks the selected ones with a star."""
    lines = papers("search", "--facets", "--venue", "ICML", "learning").stdout.splitlines()
    assert {"Venue", "Year", "Type", "Source"} <= set(lines)
    starred = [line.split() for line in lines if line.endswith("*")]
    assert [line[1:] for line in starred] == [["ICML", "*"]]
    assert int(starred[0][0]) == _count_hits(papers, "--venue", "ICML", "learning")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["zzzqqq"],
            "Nothing found for zzzqqq. Check the spelling, or use fewer words or filters.",
        ),
        (["nosuch:attention"], 'Unknown field "nosuch": searched as a word'),
        (["attention transformer zebra"], "No paper contains every word"),
        (["pluripotency"], "1 withdrawn or rejected paper hidden. Show with --hidden."),
        (["learning"], "More: --page 2"),
    ],
)
def test_messages_around_the_hits(papers: Papers, arguments: list[str], message: str) -> None:
    """Warnings, widening, hidden papers and further pages each print a message."""
    assert message in papers("search", *arguments).stdout


COSTLY = " OR ".join("x" * 999)
QUERIES = [
    "adam kingma",
    "zzzqqq",
    COSTLY,
    "",
    '(( "',
    "bert",
    "y" * (MAX_QUERY + 1),
    "\x00",
    "名前",
]


def test_many_queries(papers: Papers) -> None:
    """With `-` each line is a query and gets one line of JSON, in order, even if it is invalid."""
    stdin = "".join(query + "\n" for query in QUERIES)
    result = papers("search", "--json", "--limit", "2", "-", stdin=stdin)
    documents = _read_json_lines(result)
    assert len(documents) == len(QUERIES)
    for query, document in zip(QUERIES, documents, strict=True):
        if len(query) > 1000:
            assert document["error"]["kind"] == "QueryTooCostly"
            assert document["error"]["status"] == 400
        else:
            assert document["query"] == query.strip()
    assert documents[0]["hits"][0]["id"] == "kingma-2015-adam"
    assert documents[1]["total"] == 0


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        ("adam\nbert\n", 0),
        ("zzzqqq\nbert\n", 0),
        ("zzzqqq\nqqqzzz\n", 1),
        ("", 1),
        ("adam\n" + COSTLY + "\nbert\n", 2),
        ("bert", 0),
    ],
    ids=["all", "one", "none", "no query", "one unusable", "no newline"],
)
def test_exit_code_of_many_queries(papers: Papers, stdin: str, code: int) -> None:
    """The exit code is 0 if any query found a paper, 1 if none did, 2 if one was invalid."""
    assert papers("search", "--json", "-", stdin=stdin).exit_code == code


def test_many_queries_as_text(papers: Papers) -> None:
    """Without --json an invalid query is an error on standard error; the others are answered."""
    result = papers("search", "--limit", "1", "-", stdin="adam\n" + COSTLY + "\nbert\n")
    assert result.stderr == (
        "papers: The query has 999 clauses; the limit is 200. Shorten the query.\n"
    )
    assert result.stdout.count("  1. ") == 2


def test_options_apply_to_many_queries(papers: Papers) -> None:
    """Options apply to every query, and a page beyond the last is an error of that query only."""
    arguments = ["search", "--json", "--venue", "ICML", "--page", "2", "--limit", "3", "-"]
    documents = _read_json_lines(papers(*arguments, stdin="learning\nadaboost zzzqqq\n"))
    venues = [[show["venue"] for show in hit["appearances"]] for hit in documents[0]["hits"]]
    assert ["ICML" in names for names in venues] == [True] * 3
    assert documents[1]["error"]["kind"] == "PageInvalid"


def test_invalid_utf8_on_standard_input(papers: Papers) -> None:
    """Bytes that are not UTF-8 become U+FFFD, and their line is answered in its place."""
    documents = _read_json_lines(papers("search", "--json", "-", stdin=b"adam\n\xff\xfe\nbert\r\n"))
    assert [document["query"] for document in documents] == ["adam", "\ufffd\ufffd", "bert"]


def test_answers_are_not_buffered(sample_index: Path) -> None:
    """Each answer is printed before the next query is read, so a program can converse."""
    with subprocess.Popen(
        [sys.executable, "-m", "web.cli", "search", "--index", str(sample_index), "--json", "-"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for query in (b"adam", b"bert"):
            process.stdin.write(query + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"].encode() == query
        process.stdin.close()
        assert process.wait(30) == 0


ADAM = """\
Adam: A Method for Stochastic Optimization
Diederik P. Kingma, Jimmy Ba

A first-order optimiser that adapts the step of each parameter from running averages of its \
gradient and squared gradient.

id:         kingma-2015-adam
arXiv:      1412.6980
topics:     stochastic optimisation, gradient descent

Versions
  ICLR 2015 conference paper
    source record: papers.jsonl, record 3, byte 1,334, DATE
  arXiv 2014 preprint
    source record: papers.jsonl, record 3, byte 1,334, DATE
"""


def test_show(papers: Papers, sample_searcher: Searcher) -> None:
    """`papers show` prints a paper in full, with the record that each appearance was read from."""
    date = sample_searcher.manifest.dumps[0].date
    assert papers("show", "kingma-2015-adam").stdout == ADAM.replace("DATE", date)


@pytest.mark.parametrize(
    "name",
    [
        "10.1109/CVPR.2016.90",
        "https://doi.org/10.1109/CVPR.2016.90",
        "Deep Residual Learning for Image Recognition",
    ],
)
def test_show_reads_other_names_of_a_paper(papers: Papers, name: str) -> None:
    """A DOI, an address or a whole title means its paper, as in other commands."""
    assert papers("show", name).stdout == papers("show", "he-2016-residual").stdout
