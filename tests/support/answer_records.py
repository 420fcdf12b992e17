"""Sample records of the JSON that APIs and reference managers return.

They were written for the tests after the documentation, with the quirks of real answers; the
papers, people and identifiers are made up.
"""

from typing import Any

Record = dict[str, Any]

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

INSPIRE: Record = {
    "id": "4100",
    "created": "2021-01-02T00:00:00+00:00",
    "updated": "2023-04-05T06:07:08+00:00",
    "metadata": {
        "control_number": 4100,
        "titles": [{"title": "Walking with Quarks", "source": "arXiv"}],
        "abstracts": [{"value": "We walk.", "source": "arXiv"}],
        "authors": [
            {"full_name": "Lee, Ann", "emails": ["ann@planted.org"], "uuid": "u1",
             "ids": [{"schema": "INSPIRE BAI", "value": "A.Lee.1"},
                     {"schema": "ORCID", "value": "0000-0002-1825-0097"}],
             "affiliations": [{"value": "ETH, Zurich"}],
             "raw_affiliations": [{"value": "ETH, Zurich, ann@planted.org"}]},
            {"full_name": "Do, Cy", "inspire_roles": ["supervisor"]},
        ],
        "collaborations": [{"value": "WALK"}],
        "dois": [{"value": "10.1000/Erratum", "material": "erratum"},
                 {"value": "10.1000/Quark.1", "material": "publication"}],
        "arxiv_eprints": [{"value": "2101.00031", "categories": ["hep-ph", "hep-ex"]}],
        "publication_info": [
            {"journal_title": "Walk.Lett.B", "journal_volume": "7", "journal_issue": "2",
             "page_start": "11", "page_end": "19", "year": 2022}],
        "document_type": ["article"],
        "preprint_date": "2021-01-03",
        "earliest_date": "2021-01-03",
        "inspire_categories": [{"term": "Phenomenology-HEP"}],
        "keywords": [{"value": "quark: walk", "schema": "INSPIRE"}],
        "citation_count": 5,
        "references": [{"reference": {"publication_info": {"year": 1999}, "titles": []}}],
    },
}  # fmt: skip

EUROPE_PMC: Record = {
    "id": "34100031",
    "source": "MED",
    "pmid": "34100031",
    "pmcid": "PMC8100031",
    "doi": "10.1000/Epmc.1",
    "title": "Walking for health.",
    "authorString": "Lee AB, van Roe J.",
    "authorList": {"author": [
        {"fullName": "Lee AB", "firstName": "Ann B", "lastName": "Lee", "initials": "AB",
         "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"},
         "authorAffiliationDetailsList": {"authorAffiliation": [
             {"affiliation": "ETH, Zurich. ann@planted.org"}]}},
        {"collectiveName": "Walkers, Bern Group"}]},
    "journalInfo": {"issue": "2", "volume": "7", "dateOfPublication": "2021 Mar",
                    "yearOfPublication": 2021,
                    "journal": {"title": "Walk letters : the journal", "issn": "1234-5678"}},
    "pubYear": "2021",
    "pageInfo": "11-19",
    "abstractText": "<h4>Aim</h4>We walk.",
    "language": "eng",
    "pubTypeList": {"pubType": ["Journal Article", "Review"]},
    "keywordList": {"keyword": ["walks"]},
    "meshHeadingList": {"meshHeading": [{"descriptorName": "Walking"}]},
    "fullTextUrlList": {"fullTextUrl": [
        {"availabilityCode": "S", "documentStyle": "pdf", "url": "https://a.org/sub.pdf"},
        {"availabilityCode": "OA", "documentStyle": "pdf", "url": "https://a.org/open.pdf"}]},
    "isOpenAccess": "Y",
    "citedByCount": 4,
    "dateOfRevision": "2022-01-02",
    "firstPublicationDate": "2021-03-04",
}  # fmt: skip

ZOTERO: Record = {
    "key": "ABCD2345",
    "version": 12,
    "library": {"type": "user", "id": 1, "name": "mine"},
    "meta": {"creatorSummary": "Lee", "parsedDate": "2021-03-04"},
    "data": {
        "key": "ABCD2345",
        "version": 12,
        "itemType": "journalArticle",
        "title": "Walking from a <i>Library</i>",
        "creators": [
            {"creatorType": "editor", "firstName": "Cy", "lastName": "Do"},
            {"creatorType": "author", "firstName": "Ann B.", "lastName": "Lee"},
            {"creatorType": "author", "name": "Walkers, Bern"}],
        "abstractNote": "We walk.",
        "publicationTitle": "Walk Letters",
        "volume": "7",
        "issue": "2",
        "pages": "11-19",
        "date": "2021-03-04",
        "language": "en-US",
        "DOI": "10.1000/Zot.1",
        "url": "https://a.org/walk.pdf",
        "libraryCatalog": "a.org",
        "extra": "PMID: 34100032\nPMCID: PMC8100032\narXiv: 2101.00032 [math]\nCitations: 6",
        "tags": [{"tag": "walks", "type": 1}],
        "dateAdded": "2021-05-01T00:00:00Z",
        "dateModified": "2022-01-02T03:04:05Z",
    },
}  # fmt: skip

ADS: Record = {
    "bibcode": "2021WalkL...7...11L",
    "title": ["Walking among <SUB>Stars</SUB>"],
    "abstract": "We walk.",
    "author": ["Lee, Ann B.", "Walk Collaboration"],
    "aff": ["ETH, Zurich; University of Bern", "-"],
    "orcid_pub": ["-", "-"],
    "orcid_user": ["0000-0002-1825-0097", "-"],
    "pub": "Walk Letters",
    "year": "2021",
    "pubdate": "2021-03-00",
    "doctype": "article",
    "doi": ["10.1000/Ads.1"],
    "identifier": ["2021WalkL...7...11L", "2021arXiv210100033L", "arXiv:2101.00033"],
    "arxiv_class": ["astro-ph.GA"],
    "keyword": ["walks"],
    "volume": "7",
    "issue": "2",
    "page": ["11"],
    "page_range": "11-19",
    "citation_count": 9,
}  # fmt: skip

DBLP_HIT: Record = {
    "@score": "5",
    "@id": "4100",
    "info": {
        "authors": {"author": [{"@pid": "12/34", "text": "Ann Lee 0001"},
                               {"@pid": "56/78", "text": "Bo Li"}]},
        "title": "Walks &amp; Runs.",
        "venue": "NeurIPS",
        "pages": "11-19",
        "year": "2020",
        "type": "Conference and Workshop Papers",
        "access": "open",
        "key": "conf/nips/LeeL20",
        "doi": "10.1000/DBLP.1",
        "ee": "https://doi.org/10.1000/dblp.1",
        "url": "https://dblp.org/rec/conf/nips/LeeL20",
    },
    "url": "URL#4100",
}  # fmt: skip
