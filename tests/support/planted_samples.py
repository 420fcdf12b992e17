"""Write the smallest record of each format, and a file of them, for the table of bad records."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Write = Callable[[str, str | None, str], bytes]
"""Formats the record of a key, a title (None to omit it) and a year."""


@dataclass(frozen=True)
class Kind:
    """One format's way to write a record and a file.

    Attributes:
        format: The short name of the format.
        write: Formats one record.
        head: Text before the records.
        between: Text between two records.
        tail: Text after the last record.
        file: The name of the file, from which paperlists takes venue and year.
    """

    format: str
    write: Write
    head: str = ""
    between: str = "\n"
    tail: str = "\n"
    file: str = "d"


def put(text: str, **values: str) -> bytes:
    """Fill in a template; bytes that are not UTF-8 stay as they are."""
    for name, value in values.items():
        text = text.replace(f"%{name}%", value)
    return text.encode("utf-8", "surrogateescape")


def form(whole: str, title: str) -> Write:
    """Return a writer for a template with %key%, %year% and, in the part `title`, %title%."""

    def write(key: str, named: str | None, year: str) -> bytes:
        part = "" if named is None else title.replace("%title%", named)
        return put(whole.replace("%titled%", part), key=key, year=year)

    return write


def as_json(record: Callable[[str, int], dict[str, Any]], title: str = "title") -> Write:
    """Return a writer of JSON.

    `title` is the title's key, with [] if its value is a list, [title] if it is a list of objects
    [value] if it is an object in the content, and [key] if it is in the object of that key.
    """

    def write(key: str, named: str | None, year: str) -> bytes:
        made = record(key, int(year))
        if named is not None:
            name, _, listed = title.partition("[")
            if listed == "value]":
                made["content"][name] = {"value": "%t%"}
            elif listed[:-1] in made:
                made[listed[:-1]][name] = "%t%"
            else:
                made[name] = {"]": ["%t%"], "title]": [{"title": "%t%"}]}.get(listed, "%t%")
        text = json.dumps(made).replace("%t%", named or "")
        return text.encode("utf-8", "surrogateescape")

    return write


def _openalex(key: str, year: int) -> dict[str, Any]:
    return {"id": f"https://openalex.org/W{key}", "publication_year": year, "type": "article",
            "authorships": [], "cited_by_count": 1, "primary_location": None,
            "abstract_inverted_index": None}  # fmt: skip


def _openreview(key: str, year: int) -> dict[str, Any]:
    content = {"venueid": {"value": f"ICLR.cc/{year}/Conference"}, "venue": {"value": "ICLR"}}
    return {"id": f"n{key}", "forum": f"n{key}", "invitations": ["ICLR.cc/2024/-/Submission"],
            "content": content}  # fmt: skip


def _datacite(key: str, year: int) -> dict[str, Any]:
    return {"doi": f"10.1000/{key}", "creators": [], "publicationYear": year}


def _inspire(key: str, year: int) -> dict[str, Any]:
    return {"control_number": int(key), "document_type": ["article"],
            "publication_info": [{"journal_title": "Walk.Lett.", "year": year}]}  # fmt: skip


def _invenio(key: str, year: int) -> dict[str, Any]:
    return {
        "id": key,
        "conceptrecid": key,
        "doi": f"10.1000/{key}",
        "metadata": {"publication_date": f"{year}", "resource_type": {"type": "software"}},
    }


def _doaj(key: str, year: int) -> dict[str, Any]:
    return {"id": key, "bibjson": {"year": f"{year}", "journal": {"title": "Walks"}}}


KINDS = {
    "own JSON lines": Kind(
        "jsonl", as_json(lambda key, year: {"id": key, "year": year}),
    ),
    "arXiv snapshot": Kind(
        "arxiv",
        as_json(lambda key, year: {
            "id": f"0704.000{key}", "categories": "cs.LG", "authors_parsed": [["Lee", "Ann", ""]],
            "versions": [{"version": "v1", "created": f"Mon, 2 Apr {year} 19:18:42 GMT"}]}),
    ),
    "paperlists": Kind(
        "paperlists",
        as_json(lambda key, _: {"id": key, "author": "Ann Lee", "status": "Poster", "track": "m"}),
        "[", ",\n", "]", "iclr/iclr2024.json",
    ),
    "OpenAlex": Kind("openalex", as_json(_openalex)),
    "Semantic Scholar": Kind(
        "semantic_scholar",
        as_json(lambda key, year: {"corpusid": int(key), "year": year, "externalids": {},
                                   "authors": [], "citationcount": 0}),
    ),
    "Semantic Scholar API": Kind(
        "semantic_scholar",
        as_json(lambda key, year: {"paperId": f"{key}a", "corpusId": int(key), "year": year}),
        '{"total": 6, "data": [', ",\n", "]}",
    ),
    "Crossref": Kind(
        "crossref",
        as_json(lambda key, year: {"DOI": f"10.1000/{key}", "type": "journal-article",
                                   "is-referenced-by-count": 0,
                                   "issued": {"date-parts": [[year]]}}, "title[]"),
        '{"items": [', ",\n", "]}",
    ),
    "DataCite": Kind("datacite", as_json(_datacite, "titles[title]"), '{"data": [', ",\n", "]}"),
    "INSPIRE": Kind(
        "inspire", as_json(_inspire, "titles[title]"), '{"hits": {"hits": [', ",", "]}}"
    ),
    "InvenioRDM": Kind(
        "invenio", as_json(_invenio, "title[metadata]"), '{"hits": {"hits": [', ",", "]}}"
    ),
    "Europe PMC": Kind(
        "europe_pmc",
        as_json(lambda key, year: {"id": key, "source": "MED", "pubYear": f"{year}",
                                   "authorString": "Lee A."}),
        '{"resultList": {"result": [', ",\n", "]}}",
    ),
    "ADS": Kind(
        "ads",
        as_json(lambda key, year: {"bibcode": key, "year": f"{year}", "doctype": "article"},
                "title[]"),
        '{"response": {"docs": [', ",\n", "]}}",
    ),
    "DOAJ": Kind("doaj", as_json(_doaj, "title[bibjson]"), '{"results": [', ",\n", "]}"),
    "HAL": Kind(
        "hal",
        as_json(lambda key, year: {"halId_s": f"hal-{key}", "producedDateY_i": year},
                "title_s[]"),
        '{"response": {"docs": [', ",\n", "]}}",
    ),
    "CORE": Kind(
        "core",
        as_json(lambda key, year: {"id": int(key), "yearPublished": year, "oaiIds": []}),
        '{"results": [', ",\n", "]}",
    ),
    "Zotero": Kind(
        "zotero",
        as_json(lambda key, year: {"key": key, "itemType": "book", "date": f"{year}",
                                   "creators": []}),
        "[", ",\n", "]",
    ),
    "OpenReview": Kind(
        "openreview", as_json(_openreview, "title[value]"), '{"notes": [', ",", "]}"
    ),
    "CSL-JSON": Kind(
        "csl",
        as_json(lambda key, year: {"id": key, "type": "article-journal",
                                   "issued": {"date-parts": [[year]]}}),
        "[", ",\n", "]",
    ),
    "dblp": Kind(
        "dblp",
        form('<article key="a/%key%"><author>Ann Lee</author>%titled%<year>%year%</year></article>',
             "<title>%title%</title>"),
        '<?xml version="1.0" encoding="UTF-8"?><dblp>', tail="</dblp>",
    ),
    "dblp search": Kind(
        "dblp",
        as_json(lambda key, year: {"@id": key, "info": {"key": f"a/{key}", "year": f"{year}",
                                                        "authors": {"author": "Ann Lee"}}},
                "title[info]"),
        '{"result": {"hits": {"hit": [', ",\n", "]}}}",
    ),
    "ACL Anthology": Kind(
        "acl",
        form('<paper id="%key%">%titled%<year>%year%</year></paper>', "<title>%title%</title>"),
        '<collection id="2022.acl"><volume id="long"><meta><venue>acl</venue></meta>',
        tail="</volume></collection>",
    ),
    "OAI-PMH arXiv": Kind(
        "oai",
        form("<record><header><identifier>oai:arXiv.org:0704.000%key%</identifier></header>"
             "<metadata><arXiv><id>0704.000%key%</id>%titled%<created>%year%-04-02</created>"
             "</arXiv></metadata></record>", "<title>%title%</title>"),
        "<OAI-PMH><ListRecords>", tail="</ListRecords></OAI-PMH>",
    ),
    "OAI-PMH Dublin Core": Kind(
        "oai",
        form("<record><header><identifier>oai:x:%key%</identifier></header><metadata><o:dc>"
             "%titled%<d:date>%year%</d:date></o:dc></metadata></record>",
             "<d:title>%title%</d:title>"),
        "<OAI-PMH><ListRecords>", tail="</ListRecords></OAI-PMH>",
    ),
    "PubMed": Kind(
        "pubmed",
        form("<PubmedArticle><MedlineCitation><PMID>%key%</PMID><Article>%titled%<Journal>"
             "<JournalIssue><PubDate><Year>%year%</Year></PubDate></JournalIssue></Journal>"
             "</Article></MedlineCitation></PubmedArticle>",
             "<ArticleTitle>%title%</ArticleTitle>"),
        "<PubmedArticleSet>", tail="</PubmedArticleSet>",
    ),
    "PubMed books": Kind(
        "pubmed",
        form("<PubmedBookArticle><BookDocument><PMID>%key%</PMID><Book>%titled%<PubDate>"
             "<Year>%year%</Year></PubDate></Book></BookDocument></PubmedBookArticle>",
             "<BookTitle>%title%</BookTitle>"),
        "<PubmedBookArticleSet>", tail="</PubmedBookArticleSet>",
    ),
    "OAI-PMH JATS": Kind(
        "oai",
        form("<record><header><identifier>oai:x:%key%</identifier></header><metadata><article>"
             "<front><article-meta>%titled%<pub-date><year>%year%</year></pub-date></article-meta>"
             "</front></article></metadata></record>",
             "<title-group><article-title>%title%</article-title></title-group>"),
        "<OAI-PMH><ListRecords>", tail="</ListRecords></OAI-PMH>",
    ),
    "JATS": Kind(
        "jats",
        form('<article article-type="research-article"><front><article-meta><article-id '
             'pub-id-type="pmc">%key%</article-id>%titled%<pub-date><year>%year%</year></pub-date>'
             "</article-meta></front><body><p>Prose.</p></body></article>",
             "<title-group><article-title>%title%</article-title></title-group>"),
        "<pmc-articleset>", tail="</pmc-articleset>",
    ),
    "arXiv Atom": Kind(
        "arxiv_atom",
        form("<entry><id>http://arxiv.org/abs/0704.000%key%v1</id>%titled%<published>%year%-04-02"
             "</published></entry>", "<title>%title%</title>"),
        '<feed xmlns:arxiv="http://arxiv.org/schemas/atom">', tail="</feed>",
    ),
    "DataCite XML": Kind(
        "datacite_xml",
        form('<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType='
             '"DOI">10.5555/%key%</identifier><titles>%titled%</titles><publicationYear>%year%'
             "</publicationYear></resource>", "<title>%title%</title>"),
        "<!-- DOIs -->", tail="",
    ),
    "EndNote XML": Kind(
        "endnote",
        form("<record><rec-number>%key%</rec-number><titles>%titled%</titles><dates><year>%year%"
             "</year></dates><electronic-resource-num>10.5555/%key%</electronic-resource-num>"
             "</record>", "<title>%title%</title>"),
        "<xml><records>", tail="</records></xml>",
    ),
    "Europe PMC in XML": Kind(
        "europe_pmc_xml",
        form("<result><id>%key%</id><source>MED</source>%titled%<pubYear>%year%</pubYear></result>",
             "<title>%title%</title>"),
        "<responseWrapper><resultList>", tail="</resultList></responseWrapper>",
    ),
    "BibTeX": Kind(
        "bibtex", form("@article{k%key%,%titled%\n  year = {%year%}\n}", "\n  title = {%title%},")
    ),
    "RIS": Kind("ris", form("TY  - JOUR%titled%\nPY  - %year%\nER  - ", "\nTI  - %title%")),
    "Web of Science": Kind(
        "ris", form("PT J%titled%\nUT WOS:%key%\nPY %year%\nER", "\nTI %title%"),
        "FN Clarivate\nVR 1.0\n", "\n\n", "\n\nEF\n",
    ),
    "RefWorks": Kind(
        "ris", form("RT Journal%titled%\nYR %year%", "\nT1 %title%"), between="\n\n",
    ),
    "EndNote": Kind(
        "refer", form("%0 Journal Article%titled%\n%D %year%", "\n%T %title%"), between="\n\n",
    ),
    "NASA ADS": Kind(
        "refer", form("%R 2001Tides...1....%key%L%titled%\n%D 01/%year%", "\n%T %title%"),
        between="\n\n\n",
    ),
    "MEDLINE": Kind(
        "medline", form("PMID- %key%%titled%\nDP  - %year%", "\nTI  - %title%"), between="\n\n",
    ),
    "CSV": Kind("csv", form("%key%,%titled%,%year%,", '"%title%"'), "Id,Title,Year,Abstract\n"),
    "TSV": Kind("csv", form("%key%\t%titled%\t%year%", "%title%"), "Id\tTitle\tYear\n"),
}  # fmt: skip
