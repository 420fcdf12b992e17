"""Check bibliographies made from an index: ``python -m tests.bench.bibliography INDEX``.

Each of several bibliographies of 200 entries has the mistakes that people make. Printed are the
shares of right claims (precision) and of what there was to find (recall), with the wrong ones.
Another first seed, and other queries, make other bibliographies: ``INDEX SEED QUERY...``.
"""

import time
from argparse import ArgumentParser
from pathlib import Path

from index.records import Paper
from search.answers.searcher import Searcher
from search.bibliography.check import check_bibliography
from search.request.search_request import SearchRequest
from tests.support.made_bibliographies import Claim, list_claims, make_bibliography

MISTAKES = (
    [""] * 70 + ["preprint"] * 30 + ["misprint"] * 25 + ["initials"] * 20 + ["shortened"] * 15
    + ["lost"] * 10 + ["misdated"] * 5 + ["unknown"] * 25
)  # fmt: skip

QUERIES = (
    "learning",
    "image",
    "language model",
    "graph",
    "robot",
    "theory",
    "speech",
    "optimization",
)
"""Queries whose hits the entries are made of; chosen to cover many venues."""


def list_papers(searcher: Searcher, query: str) -> list[Paper]:
    """Return the newest and the most cited papers that a query finds."""
    found: dict[str, Paper] = {}
    for sort in ("newest", "cited"):
        for page in range(1, 11):
            request = SearchRequest(query, page=page, per_page=100, sort=sort, hidden=True)
            results = searcher.search(request)
            found |= {hit.paper.id: hit.paper for hit in results.hits}
            if 100 * page >= results.total:
                break
    return list(found.values())


def main() -> None:
    """Check one bibliography for each query."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path, help="the index whose papers are cited")
    parser.add_argument("seed", type=int, nargs="?", default=0, help="the first seed")
    parser.add_argument("queries", nargs="*", default=QUERIES, help="a bibliography for each")
    options = parser.parse_args()
    searcher = Searcher(options.index)
    claims, expected, seconds = set[Claim](), set[Claim](), 0.0
    for seed, query in enumerate(options.queries, options.seed):
        papers = list_papers(searcher, query)
        made = make_bibliography(papers, MISTAKES, seed)
        started = time.process_time()
        report = check_bibliography(searcher, made.text)
        seconds += time.process_time() - started
        claims |= {(f"{query} {key}", *rest) for key, *rest in list_claims(report)}  # type: ignore[misc]
        expected |= {(f"{query} {key}", *rest) for key, *rest in made.claims}  # type: ignore[misc]
        texts = {one.entry.written.key: one.entry.fields.get("title") for one in report.entries}
        for name, odd in (
            ("wrong", list_claims(report) - made.claims),
            ("omitted", made.claims - list_claims(report)),
        ):
            for key, kind, field in sorted(odd):
                print(f"{name}: {query} {key} {kind} {field} | {texts.get(key)}")
    right = len(claims & expected)
    print(f"{len(claims)} claims, precision {right / len(claims):.4f}")
    print(f"{len(expected)} to find, recall {right / len(expected):.4f}")
    print(f"{seconds:.1f} s for {len(options.queries)} bibliographies")


if __name__ == "__main__":
    main()
