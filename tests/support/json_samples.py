"""Sample records of each JSON format.

They were written for the tests after the formats' documentation, with the quirks of real records;
the papers, people and identifiers are made up. `read` reads them as a build does.
"""

import json
from pathlib import Path
from typing import Any

from index.dumps.streams import open_dump
from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject

Record = dict[str, Any]


def read(path: Path, source: str, *records: Record) -> list[Paper | RawRecord | Reject]:
    """Write records, one per line, and read them back as papers, rejects and skipped records."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found: list[Paper | RawRecord | Reject] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        assert form.short_name == source
        found += map(_normalise, form.read(stream))
    return found


def read_raw(path: Path) -> list[RawRecord | Reject]:
    """Read a file as a build does, without normalising."""
    found: list[RawRecord | Reject] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        found += form.read(stream)
    return found


def read_raw_records(path: Path, *records: Record) -> list[RawRecord]:
    """Write records, one per line, and read them back unnormalised; none may be a reject."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found = [one for one in read_raw(path) if isinstance(one, RawRecord)]
    assert len(found) == len(records)
    return found


def read_paper(path: Path, source: str, record: Record, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read one record with some keys changed; keys whose value is ``...`` are removed."""
    changed = {key: value for key, value in (record | changes).items() if value is not ...}
    (found,) = read(path, source, changed)
    assert isinstance(found, Paper), found
    return found


def _normalise(found: RawRecord | Reject) -> Paper | RawRecord | Reject:
    if isinstance(found, Reject) or found.deleted:
        return found
    try:
        return normalise(found)
    except RecordError as error:
        return Reject(found.source, str(error))


OPENALEX: Record = {
    "id": "https://openalex.org/W4100000001",
    "doi": "https://doi.org/10.1000/Walks.7",
    "title": "Random Walks on <i>Sparse</i> Graphs",
    "display_name": "Random Walks on <i>Sparse</i> Graphs",
    "relevance_score": None,
    "publication_year": 2021,
    "publication_date": "2021-07-01",
    "ids": {
        "openalex": "https://openalex.org/W4100000001",
        "doi": "https://doi.org/10.1000/Walks.7",
        "mag": 3100000001,
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/34100001",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/8100001",
    },
    "language": "en",
    "primary_location": {
        "is_oa": False,
        "landing_page_url": "https://doi.org/10.1000/Walks.7",
        "pdf_url": None,
        "source": {"id": "https://openalex.org/S1", "display_name": "Journal of Graphs",
                   "type": "journal", "issn_l": "1234-5678"},
        "version": "publishedVersion",
    },
    "best_oa_location": {"pdf_url": "https://arxiv.org/pdf/2101.00007", "source": None},
    "locations": [
        {"landing_page_url": "https://doi.org/10.1000/Walks.7",
         "source": {"display_name": "Journal of Graphs", "type": "journal"}},
        {"landing_page_url": "http://arxiv.org/abs/2101.00007", "version": "submittedVersion",
         "pdf_url": "https://arxiv.org/pdf/2101.00007",
         "source": {"display_name": "arXiv (Cornell University)", "type": "repository"}},
        {"landing_page_url": "https://pubmed.ncbi.nlm.nih.gov/34100001", "version": None,
         "source": {"display_name": "PubMed", "type": "repository"}},
        {"landing_page_url": "https://example.org/copy", "source": None},
    ],
    "type": "article",
    "type_crossref": "journal-article",
    "authorships": [
        {"author_position": "first",
         "author": {"id": "https://openalex.org/A5000000001", "display_name": "Ann B. Lee",
                    "orcid": "https://orcid.org/0000-0001-2345-007X"},
         "institutions": [{"id": "https://openalex.org/I1", "display_name": "ETH Zurich",
                           "ror": "https://ror.org/1", "country_code": "CH"}],
         "raw_author_name": "Lee, A. B.",
         "raw_affiliation_strings": ["ETH, Zürich. ann@planted.org"]},
        {"author_position": "last", "author": {"id": None, "display_name": None, "orcid": None},
         "institutions": [], "raw_author_name": "Bo Li",
         "raw_affiliation_strings": ["Inst. of Walks, Bern; E-mail: bo.li@planted.org"]},
    ],
    "cited_by_count": 12,
    "is_retracted": False,
    "is_paratext": False,
    "primary_topic": {"display_name": "Graph Theory", "score": 0.9,
                      "field": {"display_name": "Mathematics"}},
    "topics": [{"display_name": "Graph Theory", "field": {"display_name": "Mathematics"}}],
    "keywords": [{"display_name": "Random walk", "score": 0.7}],
    "concepts": [{"display_name": "Deprecated", "score": 0.9}],
    "abstract_inverted_index": {"We": [0, 4], "walk": [1], "on": [2], "graphs.": [3], "stop.": [5],
                                "x@planted.org": [6]},
    "referenced_works": ["https://openalex.org/W1"],
    "updated_date": "2025-11-01T00:00:00",
}  # fmt: skip

SEMANTIC_SCHOLAR: Record = {
    "corpusid": 9100001,
    "externalids": {"ACL": None, "DBLP": "conf/nips/LeeL20", "ArXiv": "2006.00001",
                    "MAG": "3100000002", "CorpusId": "9100001", "PubMed": None,
                    "DOI": "10.1000/S2.1", "PubMedCentral": "8100002"},
    "url": "https://www.semanticscholar.org/paper/0a1b",
    "title": "歩行について: On Walking",
    "authors": [{"authorId": "41", "name": "Ann Lee"}, {"authorId": None, "name": "李明"}],
    "venue": "Neural Information Processing Systems",
    "publicationvenueid": "d9",
    "year": 2020,
    "referencecount": 30,
    "citationcount": 5,
    "influentialcitationcount": 1,
    "isopenaccess": True,
    "s2fieldsofstudy": [{"category": "Computer Science", "source": "external"},
                        {"category": "Computer Science", "source": "s2-fos-model"}],
    "publicationtypes": ["JournalArticle", "Conference"],
    "publicationdate": "2020-06-01",
    "journal": {"name": "ArXiv", "pages": None, "volume": "abs/2006.00001"},
    "updated": "2022-01-27T04:22:25.458Z",
}  # fmt: skip

S2_ABSTRACT: Record = {
    "corpusid": 9100001,
    "openaccessinfo": {"externalids": {"MAG": "1", "ACL": None, "DOI": "10.1000/s2.1"},
                       "license": None, "url": None, "status": None},
    "abstract": "We walk.",
    "updated": "2022-02-11T01:25:02.000Z",
}  # fmt: skip

CROSSREF: Record = {
    "indexed": {"date-parts": [[2024, 1, 2]], "timestamp": 1704153600000},
    "reference-count": 2,
    "publisher": "Made-up Press",
    "content-domain": {"domain": [], "crossmark-restriction": False},
    "short-container-title": ["J. Walk."],
    "published-print": {"date-parts": [[2020, 3]]},
    "DOI": "10.1000/Cross.9",
    "type": "journal-article",
    "created": {"date-parts": [[2019, 12, 1]]},
    "source": "Crossref",
    "is-referenced-by-count": 4,
    "title": ["Walks &amp;amp; Runs in H<sub>2</sub>O"],
    "prefix": "10.1000",
    "author": [
        {"ORCID": "http://orcid.org/0000-0002-1825-0097", "given": "Ann B.", "family": "Lee",
         "suffix": "Jr.", "sequence": "first",
         "affiliation": [{"name": "ETH Zurich, e-mail: ann@planted.org"}]},
        {"name": "The Walk Collaboration", "sequence": "additional", "affiliation": []},
        {"given": "Plato", "sequence": "additional"},
    ],
    "member": "1",
    "container-title": ["Journal of Walking"],
    "original-title": [],
    "language": "en",
    "link": [
        {"URL": "https://a.org/check.pdf", "content-type": "application/pdf",
         "intended-application": "similarity-checking"},
        {"URL": "https://a.org/full.pdf", "content-type": "application/pdf",
         "intended-application": "text-mining"},
    ],
    "deposited": {"date-parts": [[2023, 1, 1]]},
    "score": 1.0,
    "subtitle": ["A Study"],
    "issued": {"date-parts": [[2019, 11, 30]]},
    "abstract": "<jats:title>Abstract</jats:title><jats:p>We <jats:italic>walk</jats:italic>."
    " x@planted.org</jats:p>",
    "relation": {"has-preprint": [{"id-type": "doi", "id": "10.1000/p", "asserted-by": "object"}]},
    "reference": [{"key": "r1", "DOI": "10.1/x", "article-title": "Old", "author": "X"},
                  {"key": "r2", "unstructured": "Y: Older"}],
    "URL": "http://dx.doi.org/10.1000/cross.9",
    "ISSN": ["1234-5678"],
    "subject": ["Biomechanics"],
}  # fmt: skip

OPENREVIEW: Record = {
    "id": "AbC_d-1",
    "forum": "AbC_d-1",
    "number": 17,
    "cdate": 1695300000000,
    "tcdate": 1695300000000,
    "mdate": 1710000000000,
    "pdate": 1705400000000,
    "domain": "ICLR.cc/2024/Conference",
    "invitations": ["ICLR.cc/2024/Conference/-/Submission", "ICLR.cc/2024/Conference/-/Edit"],
    "readers": ["everyone"],
    "signatures": ["ICLR.cc/2024/Conference/Submission17/Authors"],
    "content": {
        "title": {"value": "Walking $k$ Steps"},
        "authors": {"value": ["Ann Lee", "Bo Li", "Cy Do"]},
        "authorids": {"value": ["~Ann_Lee1", "bo@planted.org", "~Cy_Do2"]},
        "keywords": {"value": ["Random walks", "graphs"]},
        "primary_area": {"value": "learning on graphs"},
        "TLDR": {"value": "We walk."},
        "abstract": {"value": "We walk **far**. x@planted.org"},
        "venue": {"value": "ICLR 2024 oral"},
        "venueid": {"value": "ICLR.cc/2024/Conference"},
        "pdf": {"value": "/pdf/0a1b.pdf"},
        "email": {"value": "who@planted.org"},
    },
    "license": "CC BY 4.0",
}

OPENREVIEW_1: Record = {
    "id": "HkX1",
    "original": "rJx",
    "forum": "HkX1",
    "replyto": None,
    "invitation": "ICLR.cc/2019/Conference/-/Blind_Submission",
    "cdate": 1538087800000,
    "tcdate": 1538087800000,
    "readers": ["everyone"],
    "signatures": ["ICLR.cc/2019/Conference"],
    "content": {
        "title": "Walking Blind",
        "authors": ["Ann Lee", "Bo Li"],
        "authorids": ["ann@planted.org", "~Bo_Li2"],
        "keywords": "walks, graphs",
        "abstract": "We walk.",
        "pdf": "/pdf/2c3d.pdf",
        "_bibtex": "@inproceedings{...}",
    },
}

CSL: Record = {
    "id": "http://zotero.org/users/1/items/AB12",
    "type": "article-journal",
    "abstract": "We walk. x@planted.org",
    "container-title": "Journal of Walking",
    "DOI": "10.1000/CSL.5",
    "ISSN": "1234-5678",
    "issue": "2",
    "keyword": "walks; graphs",
    "language": "en-US",
    "note": "arXiv:2101.00009 [cs]",
    "page": "1-9",
    "title": "A Walk with <i>van</i>",
    "URL": "https://a.org/csl",
    "author": [
        {"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"},
        {"literal": "The Walk Collaboration"},
        {"family": "Lee", "given": "Ann", "suffix": "Jr."},
    ],
    "issued": {"date-parts": [["2022", 5, 1]]},
}

ARXIV: Record = {
    "id": "2101.00001", "submitter": "A", "authors": "Ann Lee", "title": "T", "abstract": "  A\n",
    "categories": "cs.LG", "versions": [], "authors_parsed": [["Lee", "Ann", ""]],
}  # fmt: skip

PAPERLISTS: Record = {
    "title": "T", "author": "Ann Lee;Bo Li", "track": "main", "status": "Poster", "aff": "MIT;",
    "gs_citation": 3, "id": "x", "abstract": "A", "author_num": 2,
}  # fmt: skip

OWN: Record = {
    "id": "x", "title": "T", "authors": ["Ann Lee"], "year": 2020, "type": "preprint",
    "ids": {"doi": "10.1/x", "openalex": "W1"}, "appearances": [{"venue": "ICML"}],
}  # fmt: skip
