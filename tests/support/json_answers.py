"""Sample records of the JSON that APIs and reference managers return, and their envelopes.

They were written for the tests after the documentation, with the quirks of real answers; the
papers, people and identifiers are made up.
"""

import json
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One kind of answer.

    Attributes:
        format: The short name of the format that reads it.
        record: One record.
        head: What precedes the records in an answer.
        tail: What follows them.
        title: Where the title is: keys and positions from the record inwards.
    """

    format: str
    record: Record
    head: str
    tail: str
    title: tuple[str | int, ...] = ("title",)

    def rename(self, title: object) -> Record:
        """Return the record with another title."""
        changed: Record = json.loads(json.dumps(self.record))
        *path, last = self.title
        place: Any = changed
        for key in path:
            place = place[key]
        place[last] = title
        return changed


S2_PAPER: Record = {
    "paperId": "0a1b" * 10,
    "externalIds": {"DOI": "10.1000/S2.7", "ArXiv": "2101.00077", "CorpusId": 9100077,
                    "PubMedCentral": "8100077"},
    "publicationVenue": {"id": "d9", "name": "Walk Letters", "type": "journal"},
    "url": "https://www.semanticscholar.org/paper/0a1b",
    "title": "Walking by Request",
    "abstract": "We ask and walk. x@planted.org",
    "venue": "Walk Letters",
    "year": 2021,
    "referenceCount": 3,
    "citationCount": 8,
    "influentialCitationCount": 1,
    "isOpenAccess": True,
    "openAccessPdf": {"url": "https://a.org/walk.pdf", "status": "GREEN"},
    "fieldsOfStudy": ["Mathematics"],
    "s2FieldsOfStudy": [{"category": "Computer Science", "source": "s2-fos-model"}],
    "publicationTypes": ["JournalArticle"],
    "publicationDate": "2021-05-04",
    "journal": {"name": "Walk Letters", "pages": "\n  11-19\n ", "volume": "7"},
    "authors": [
        {"authorId": "41", "name": "Ann Lee", "externalIds": {"ORCID": "0000-0002-1825-0097",
                                                              "DBLP": ["Ann Lee"]},
         "affiliations": ["ETH Zurich"], "hIndex": 3},
        {"authorId": None, "name": "Bo Li"},
    ],
}  # fmt: skip

DATACITE: Record = {
    "id": "10.1000/Data.5",
    "type": "dois",
    "attributes": {
        "doi": "10.1000/Data.5",
        "identifiers": [{"identifier": "2101.00055", "identifierType": "arXiv"}],
        "creators": [
            {"name": "Lee, Ann", "nameType": "Personal", "givenName": "Ann", "familyName": "Lee",
             "affiliation": ["ETH Zurich, ann@planted.org", {"name": "University of Bern"}],
             "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                                  "nameIdentifierScheme": "ORCID"}]},
            {"name": "Walkers, Bern", "nameType": "Organizational", "affiliation": []},
            {"name": "(:unav)", "affiliation": []},
        ],
        "titles": [{"title": "Laufen", "titleType": "TranslatedTitle"},
                   {"title": "Walking on Paper"},
                   {"title": "A Study", "titleType": "Subtitle"}],
        "publisher": {"name": "Made-up Press"},
        "container": {"type": "Journal", "title": "Walk Letters", "volume": "7", "issue": "2",
                      "firstPage": "11", "lastPage": "19"},
        "publicationYear": 2022,
        "subjects": [{"subject": "FOS: Mathematics"}, {"subject": "walks"}],
        "dates": [{"date": "2022-03-04", "dateType": "Issued"},
                  {"date": "2021", "dateType": "Created"}],
        "language": "en",
        "types": {"resourceTypeGeneral": "JournalArticle", "resourceType": "Paper"},
        "descriptions": [{"description": "11 pages", "descriptionType": "SeriesInformation"},
                         {"description": "<p>We walk.</p>", "descriptionType": "Abstract"}],
        "url": "https://a.org/paper/5",
        "citationCount": 3,
        "updated": "2023-02-01T10:00:00Z",
    },
    "relationships": {"client": {"data": {"id": "x.y", "type": "clients"}},
                      "references": {"data": [{"id": "10.1000/z", "type": "dois"}]}},
}  # fmt: skip

ANSWERS = {
    "S2 search": Answer("semantic_scholar", S2_PAPER, '{"total": 2, "offset": 0, "data": [',
                        '], "next": 100}'),
    "S2 bulk search": Answer("semantic_scholar", S2_PAPER, '{"total": 2, "token": "ABC", "data": [',
                             "]}"),
    "S2 recommendations": Answer("semantic_scholar", S2_PAPER, '{"recommendedPapers": [', "]}"),
    "S2 citations": Answer(
        "semantic_scholar",
        {"contexts": ["as in [7]"], "intents": [], "isInfluential": False,
         "citingPaper": S2_PAPER},
        '{"offset": 0, "data": [', "]}", ("citingPaper", "title"),
    ),
    "S2 references": Answer(
        "semantic_scholar", {"contexts": [], "citedPaper": S2_PAPER}, '{"offset": 0, "data": [',
        "]}", ("citedPaper", "title"),
    ),
    "S2 author": Answer(
        "semantic_scholar", S2_PAPER, '{"authorId": "41", "name": "Ann Lee", "papers": [', "]}",
    ),
    "DataCite": Answer(
        "datacite", DATACITE, '{"data": [', '], "meta": {"total": 2}, "links": {"self": "x"}}',
        ("attributes", "titles", 1, "title"),
    ),
    "DataCite attributes": Answer(
        "datacite", DATACITE["attributes"], '{"data": [', "]}", ("titles", 1, "title"),
    ),
}  # fmt: skip
"""Each kind of answer."""
