"""Define one row of each table that databases, tools and people export, in invented papers."""

from typing import Any

DOI = "10.1000/tides.7"
HOLM = ["Åse Holm", "Bo Quist"]
WHERE = {"venue": "Tide Letters", "year": 2014, "volume": "3", "issue": "4", "pages": "15-21",
         "type": "journal article"}  # fmt: skip

EXPORTS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "scopus": (
        {"Authors": "Holm Å.; Quist B.", "Title": "T", "Year": "2014",
         "Source title": "Tide Letters",
         "Volume": "3", "Issue": "4", "Art. No.": "e7", "Page start": "15", "Page end": "21",
         "Publisher": "Kiel Press", "PubMed ID": "", "Source": "Scopus", "EID": "2-s2.0-7"},
        {"id": "scopus:2-s2.0-7", "ids.scopus": "2-s2.0-7", "authors": ["Å Holm", "B Quist"],
         "publisher": "Kiel Press", **WHERE},
    ),
    "scopus, an article number": (
        {"Title": "T", "Year": "2014", "Art. No.": "e7", "Page start": "", "Page end": "",
         "Editors": "Holm, Åse; Quist, Bo (Eds.)", "DOI": DOI},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "year": 2014, "pages": "e7", "authors": HOLM},
    ),
    "springer": (
        {"Item Title": "T", "Publication Title": "Tide Letters", "Book Series Title": "",
         "Journal Volume": "3", "Journal Issue": "4", "Item DOI": DOI,
         "Authors": "Åse HolmBo Quist",
         "Publication Year": "2014", "URL": "http://x.org/t", "Content Type": "Article"},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "authors": HOLM, "page": "http://x.org/t",
         **WHERE} | {"pages": ""},
    ),
    "springer, a chapter": (
        {"Item Title": "T", "Publication Title": "", "Book Series Title": "Tide Notes",
         "Item DOI": DOI, "Authors": "Bo Quist", "Content Type": "Chapter ReferenceWorkEntry"},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "authors": ["Bo Quist"], "venue": "Tide Notes",
         "type": "reference entry"},
    ),
    "openalex": (
        {"id": "https://openalex.org/W7", "display_name": "T", "publication_year": "2014",
         "publication_date": "2014-05-03", "type": "article", "doi": f"https://doi.org/{DOI}",
         "authorships.author.display_name": "Åse Holm|Bo Quist", "cited_by_count": "7",
         "primary_location.source.display_name": "Tide Letters", "biblio.volume": "3",
         "biblio.issue": "4", "biblio.first_page": "15", "biblio.last_page": "21",
         "topics.display_name": "Sea|Moon", "is_retracted": "true", "ids.pmid": ""},
        {"id": "openalex:W7", "ids.openalex": "W7", "ids.doi": DOI, "authors": HOLM, "citations": 7,
         "date": "2014-05-03", "topics": ["sea", "moon"], "type": "journal article",
         "status": "retracted", **WHERE},
    ),
    "pubmed": (
        {"PMID": "77", "Title": "T", "Authors": "Holm Å, Quist B.", "Citation": "Tide Lett. 2014 "
         "May;3(4):15-21. doi: 10.1000/tides.7.", "First Author": "Holm Å",
         "Journal/Book": "Tide Letters", "Publication Year": "2014", "Create Date": "2014/05/03",
         "PMCID": "", "NIHMS ID": "", "DOI": DOI},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "ids.pmid": "77", "authors": ["Å Holm", "B Quist"],
         "date": "2014-05", **WHERE},
    ),
    "embase": (
        {"Title": "T", "Author Names": "Holm Å., Quist B.", "Source": "Tide Letters (2014) 3:4 "
         "(15-21). Date of Publication: May 2014", "keywords": "sea (north, south), moon"},
        {"authors": ["Å Holm", "B Quist"], "date": "2014-05",
         "topics": ["sea (north, south)", "moon"], **WHERE},
    ),
    "embase, one author": (
        {"TITLE": "T", "AUTHOR NAMES": "Holm Å.", "SOURCE TITLE": "Tide Letters",
         "PUBLICATION YEAR": "2014", "VOLUME": "3", "ISSUE": "4", "FIRST PAGE": "15",
         "LAST PAGE": "21", "MEDLINE PMID": "77"},
        {"authors": ["Å Holm"], "ids.pmid": "77", **WHERE},
    ),
    "dimensions": (
        {"Rank": "500", "Publication ID": "pub.107", "DOI": DOI, "PMID": "77", "Title": "T",
         "Abstract": "Water.", "Source title": "Tide Letters", "Anthology title": "",
         "Publisher": "Kiel Press", "Publication date": "2014-05-03", "PubYear": "2014",
         "Volume": "3", "Issue": "4", "Pagination": "15-21", "Publication Type": "Article",
         "Authors": "Holm, Åse; Quist, Bo", "Times cited": "7",
         "Dimensions URL": "https://app.dimensions.ai/details/publication/pub.107"},
        {"id": "dimensions:pub.107", "ids.doi": DOI, "ids.pmid": "77", "authors": HOLM,
         "abstract": "Water.", "publisher": "Kiel Press", "date": "2014-05-03",
         "type": "journal article", "citations": 7,
         "page": "https://app.dimensions.ai/details/publication/pub.107", **WHERE},
    ),
    "lens": (
        {"Lens ID": "000-111-222-333-44X", "Title": "T", "Date Published": "2014-05-03",
         "Publication Year": "2014", "Publication Type": "journal article",
         "Source Title": "Tide Letters", "Publisher": "Kiel Press",
         "Author/s": "Åse Holm; Bo Quist",
         "Volume": "3", "Issue Number": "4", "Start Page": "15", "End Page": "21",
         "Fields of Study": "Sea; Moon", "PMID": "", "DOI": DOI, "Citing Works Count": "7"},
        {"id": "lens:000-111-222-333-44X", "ids.doi": DOI, "authors": HOLM, "citations": 7,
         "publisher": "Kiel Press", "date": "2014-05-03", "topics": ["sea", "moon"], **WHERE},
    ),
    "publish or perish": (
        {"Cites": "7", "Authors": "Å Holm, B Quist", "Title": "T", "Year": "2014",
         "Source": "Tide Letters", "Publisher": "x.org", "ArticleURL": "https://x.org/t",
         "GSRank": "1",
         "Type": "PDF", "DOI": "", "Volume": "3", "Issue": "4", "StartPage": "15", "EndPage": "21",
         "FullTextURL": "https://x.org/t.pdf"},
        {"authors": ["Å Holm", "B Quist"], "citations": 7, "publisher": "x.org",
         "page": "https://x.org/t", "pdf": "https://x.org/t.pdf", **WHERE},
    ),
    "google scholar": (
        {"Authors": "Holm, Åse; Quist, Bo; ", "Title": "T", "Publication": "Tide Letters",
         "Volume": "3", "Number": "4", "Pages": "15-21", "Year": "2014", "Publisher": "Kiel Press"},
        {"authors": HOLM, "publisher": "Kiel Press", **WHERE},
    ),
    "rayyan": (
        {"key": "r-7", "title": "T", "year": "2014", "month": "5", "day": "3",
         "journal": "Tide Letters", "issn": "", "volume": "3", "issue": "4", "pages": "15-21",
         "authors": "Holm, Åse and Quist, Bo", "url": "", "language": "eng", "publisher": "",
         "location": "", "abstract": "Water.", "notes": "", "doi": "", "keywords": "sea; moon"},
        {"id": "csv:d/r-7", "authors": HOLM, "abstract": "Water.", "date": "2014-05-03",
         "topics": ["sea", "moon"], **WHERE},
    ),
    "covidence": (
        {"Title": "T", "Authors": "Holm, Åse; Quist, Bo", "Abstract": "Water.",
         "Published Year": "2014", "Published Month": "May", "Journal": "Tide Letters",
         "Volume": "3", "Issue": "4", "Pages": "15-21", "Accession Number": "", "DOI": DOI,
         "Covidence #": "#7", "Tags": ""},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "authors": HOLM, "abstract": "Water.",
         "date": "2014-05", **WHERE},
    ),
    "crossref by R": (
        {"": "1", "container.title": "Tide Letters", "doi": DOI, "issue": "4",
         "issued": "2014-05-03",
         "page": "15-21", "publisher": "Kiel Press", "source": "Crossref", "title": "T",
         "type": "journal-article", "volume": "3", "is.referenced.by.count": "7"},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "publisher": "Kiel Press", "citations": 7,
         "date": "2014-05-03", **WHERE},
    ),
    "crossref by pandas": (
        {"DOI": DOI, "title": "['T']", "container-title": "['Tide Letters']", "volume": "3",
         "author": "[{'given': 'Åse', 'family': 'Holm'}, {'given': 'Bo', 'family': 'Quist'}]",
         "issued": "{'date-parts': [[2014, 5, 3]]}", "issue": "4", "page": "15-21"},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "authors": HOLM, "date": "2014-05-03", **WHERE},
    ),
    "semantic scholar by pandas": (
        {"paperId": "0123456789abcdef" * 2 + "01234567", "title": "T", "year": "2014.0",
         "externalIds": "{'DOI': '10.1000/tides.7', 'CorpusId': 77, 'PubMed': None}",
         "venue": "Tide Letters", "publicationTypes": "['JournalArticle', 'Review']",
         "authors": "[{'authorId': '1', 'name': 'Åse Holm'}, "
         "{'authorId': '2', 'name': 'Bo Quist'}]",
         "openAccessPdf": "{'url': 'https://x.org/t.pdf', 'status': 'GREEN'}",
         "s2FieldsOfStudy": "[{'category': 'Sea', 'source': 's2'}]", "citationCount": "7"},
        {"id": "s2:" + "0123456789abcdef" * 2 + "01234567", "ids.doi": DOI, "citations": 7,
         "ids.s2": "0123456789abcdef" * 2 + "01234567", "authors": HOLM, "topics": ["sea"],
         "type": "review", "venue": "Tide Letters", "year": 2014, "pdf": "https://x.org/t.pdf"},
    ),
    "arxiv snapshot": (
        {"id": "0704.0007", "submitter": "Bo Quist", "authors": "Åse Holm and Bo Quist",
         "title": "T", "journal-ref": "", "doi": "", "categories": "math.CO cs.DM",
         "abstract": "Water.", "versions": "[{'version': 'v1', 'created': 'Mon, 2 Apr 2007 "
         "19:18:42 GMT'}]", "update_date": "2008-11-26",
         "authors_parsed": "[['Holm', 'Åse', ''], ['Quist', 'Bo', '']]"},
        {"id": "arxiv:0704.0007", "ids.arxiv": "0704.0007", "authors": HOLM, "venue": "arXiv",
         "year": 2007, "date": "2007-04-02", "type": "preprint", "abstract": "Water.",
         "topics": ["math.CO", "cs.DM"]},
    ),
    "titles and terms": (
        {"titles": "T", "summaries": "Water.", "terms": "['cs.CV', 'cs.LG']"},
        {"abstract": "Water.", "topics": ["cs.CV", "cs.LG"]},
    ),
    "openreview": (
        {"forum": "rJxyz0", "title": "T", "authors": "['Åse Holm', 'Bo Quist']",
         "keywords": "['sea, north', 'moon']", "decision": "Reject", "pdf": "/pdf/x.pdf"},
        {"id": "openreview:rJxyz0", "authors": HOLM, "topics": ["sea, north", "moon"],
         "status": "rejected"},
    ),
    "ebsco": (
        {"Article Title": "T", "Author": "Holm, Åse; Quist, Bo", "Journal Title": "Tide Letters",
         "Publication Date": "20140503", "Volume": "3", "Issue": "4", "First Page": "15",
         "Page Count": "7", "Accession Number": "9", "DOI": DOI, "Doctype": "Article"},
        {"id": f"doi:{DOI}", "ids.doi": DOI, "authors": HOLM, "date": "2014-05-03",
         **WHERE} | {"pages": "15"},
    ),
    "proquest": (
        {"Title": "T", "StoreId": "77", "Authors": "Holm, Åse; Quist, Bo",
         "documentType": "Article",
         "issue": "4", "pages": "15-21", "pubtitle": "Tide Letters", "year": "2014",
         "DocumentURL": "https://x.org/t", "subjectTerms": "Sea; Moon", "volume": "3",
         "digitalObjectIdentifier": DOI},
        {"id": "csv:d/77", "ids.doi": DOI, "authors": HOLM, "topics": ["sea", "moon"],
         "page": "https://x.org/t", **WHERE},
    ),
    "acm": (
        {"type": "article", "id": "77", "author": "Åse Holm and Bo Quist", "title": "T",
         "pages": "15--21", "article_no": "", "keywords": "sea, moon", "doi": DOI,
         "journal": "Tide Letters", "volume": "3", "issue_no": "4", "year": "2014",
         "publisher": "Kiel Press"},
        {"id": "csv:d/77", "ids.doi": DOI, "authors": HOLM, "publisher": "Kiel Press",
         "topics": ["sea", "moon"], **WHERE},
    ),
    "jabref": (
        {"BibliographyType": "7", "Identifier": "holm", "Author": "Holm, Åse and Quist, Bo",
         "Title": "T", "Journal": "Tide Letters", "Volume": "3", "Number": "4", "Month": "may",
         "Pages": "15--21", "Year": "2014", "Editor": ""},
        {"id": "csv:d/holm", "authors": HOLM, "date": "2014-05", **WHERE},
    ),
    "cnki": (
        {"Title-题名": "T", "Author-作者": "Åse Holm;Bo Quist;", "Source-文献来源": "Tide Letters",
         "Keyword-关键词": "sea;;moon", "Summary-摘要": "Water.", "PubTime-发表时间": "2014-05-03",
         "Year-年": "2014", "Volume-卷": "3", "Period-期": "4", "PageCount-页码": "15-21"},
        {"authors": HOLM, "topics": ["sea", "moon"], "abstract": "Water.", "date": "2014-05-03",
         **WHERE},
    ),
    "asreview": (
        {"record_id": "7", "primary_title": "T", "first_authors": "Holm, Åse; Quist, Bo",
         "notes_abstract": "Water.", "included": "1", "keywords": "['sea', 'moon']"},
        {"id": "csv:d/7", "authors": HOLM, "abstract": "Water.", "topics": ["sea", "moon"]},
    ),
    "whole numbers by pandas": (
        {"Title": "T", "Year": "2014.0", "Volume": "3.0", "Issue": "4.0", "Page start": "15.0",
         "Page end": "21.0", "PubMed ID": "77.0", "Cited by": "7.0", "Source": "https://x.org/"},
        {"year": 2014, "volume": "3", "issue": "4", "pages": "15-21", "ids.pmid": "77",
         "citations": 7},
    ),
    "numbered rows": (
        {"Number": "7", "Title": "T", "Year": "2014", "Pages": "https://x.org/t"},
        {"year": 2014, "page": "https://x.org/t"},
    ),
    "a column twice": (
        {"Title": "", "title ": "T", "YEAR": "2014", "": "", " ": ""}, {"year": 2014},
    ),
    "placeholders": (
        {"Title": "T", "Authors": "NA", "Year": "nan", "Source title": "N/A", "DOI": "None",
         "EID": "#N/A", "PubMed ID": "-", "id": "NULL", "Abstract": "[No abstract available]",
         "Keywords": "NA", "Link": "n/a", "Document Type": "NA", "Cited by": "NA", "pages": "?"},
        {},
    ),
}  # fmt: skip
"""By name: a row of the export by its headers, and what is read of it; other fields are empty."""
