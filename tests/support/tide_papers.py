"""Papers by which bibliographies are checked in tests."""

from typing import Any

ARXIV = {"venue": "arXiv", "venue_kind": "repository", "year": 2019}
PUBLISHED: dict[str, Any] = {
    "id": "p1", "title": "Learning to Predict the Tides from Satellite Images",
    "authors": ["Ann Lee", "Bo Quist"], "ids": {"doi": "10.9999/tides.1", "arxiv": "1905.01234"},
    "appearances": [
        {"venue": "NeurIPS", "venue_name": "Advances in Neural Information Processing Systems",
         "venue_kind": "conference", "year": 2020, "pages": "11-19"},
        ARXIV,
    ],
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "id": "p2", "title": "Harbours & Glaciers: A Survey of Cold Ports",
    "authors": ["Cy Do", "Di Po"], "ids": {"doi": "10.9999/tides.2"},
    "appearances": [{"venue": "Journal of Tides", "venue_kind": "journal", "year": 2015,
                     "volume": "3", "issue": "4", "pages": "101-110"}],
}  # fmt: skip
WITHDRAWN: dict[str, Any] = {
    "id": "p3", "title": "A Proof that All Tides Are Equal", "authors": ["Eve Roe"],
    "status": "withdrawn", "appearances": [ARXIV], "ids": {"arxiv": "1905.09999"},
}  # fmt: skip
PART_1: dict[str, Any] = {
    "id": "p4", "title": "Foundations of Estuaries, Part I", "authors": ["Ann Lee"],
    "appearances": [{"venue": "ICML", "year": 2012, "venue_kind": "conference", "pages": "1-9"}],
}  # fmt: skip
PART_2 = PART_1 | {"id": "p5", "title": "Foundations of Estuaries, Part II"}
NAMESAKE = PART_1 | {"id": "p6", "title": "Sorting the Shells of the Northern Sea",
                     "authors": ["Fay Xu"]}  # fmt: skip
NAMESAKE_2 = NAMESAKE | {"id": "p7", "authors": ["Gil Ode"]}
PAPERS = (PUBLISHED, ARTICLE, WITHDRAWN, PART_1, PART_2, NAMESAKE, NAMESAKE_2)
