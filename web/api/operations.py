"""List the addresses that answer programs: one table for the OpenAPI document and the API page."""

from dataclasses import dataclass

from msgspec import Struct

from web.api.authors import NameDocument
from web.api.collections import CollectionDocument, ValuesDocument
from web.api.completions import CompletionsDocument
from web.api.contents import ContentsDocument
from web.api.differences import ChangesDocument
from web.api.facet_values import FacetPageDocument
from web.api.following import FollowingDocument
from web.api.graphs import GraphDocument
from web.api.indexes import IndexesDocument, MergedResultsDocument
from web.api.papers import CitingPaperDocument
from web.api.parameters import (
    AUTHOR_IN_PATH,
    AUTHOR_NAME,
    AUTHOR_PAGE,
    FACET_NAME,
    FIELDS,
    FILTERS,
    FIND,
    FOLLOWING,
    GRAPH,
    HIDDEN,
    INDEX_NAME,
    LETTER,
    LIMIT,
    NAMED_PAPER,
    ORDER,
    PAGE,
    PAGE_SIZE,
    PAPER_ID,
    QUERY,
    RECORDS,
    SEARCH,
    VALUE,
    VALUE_IN_PATH,
    YEAR,
    Parameter,
)
from web.api.results import ResultsDocument
from web.api.similar import SimilarDocument
from web.api.why_not import WhyNotDocument


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that answers programs.

    Attributes:
        path: The address; a name in braces is a parameter.
        name: What programs call it.
        summary: What it returns, in one sentence.
        answer: The document that is the answer's `data`.
        parameters: Its parameters.
        example: An address to try, below the root of the server.
        statuses: The statuses of its failures besides those of `COMMON_STATUSES`.
    """

    path: str
    name: str
    summary: str
    answer: type[Struct]
    parameters: tuple[Parameter, ...] = ()
    example: str = ""
    statuses: tuple[int, ...] = ()


COMMON_STATUSES = (400, 429, 503)
"""What any address may answer: a parameter is not valid, too many requests, or too much load."""

OPERATIONS = (
    Operation(
        "/search.json",
        "search",
        "Return a page of results, or the next hits of a cursor.",
        ResultsDocument,
        SEARCH,
        "/search.json?q=attention&per_page=3&fields=id,title,year",
        (404, 410),
    ),
    Operation(
        "/paper/{paper_id}.json",
        "paper",
        "Return one paper.",
        CitingPaperDocument,
        (PAPER_ID, RECORDS, FIELDS),
        statuses=(404,),
    ),
    Operation(
        "/paper.json",
        "paper_by_parameter",
        "Return one paper whose id cannot stand in a path.",
        CitingPaperDocument,
        (NAMED_PAPER, RECORDS, FIELDS),
        statuses=(404,),
    ),
    Operation(
        "/similar.json",
        "similar",
        "Return the papers related to a paper.",
        SimilarDocument,
        (NAMED_PAPER, PAGE_SIZE, HIDDEN, RECORDS, FIELDS),
        statuses=(404,),
    ),
    Operation(
        "/graph.json",
        "graph",
        "Return what surrounds a person, a paper, a topic or an institution.",
        GraphDocument,
        GRAPH,
        "/graph.json?topic=attention",
        (404,),
    ),
    Operation(
        "/why-not.json",
        "why_not",
        "Return which clause or filter keeps a paper out of a search.",
        WhyNotDocument,
        (QUERY, NAMED_PAPER, *FILTERS),
        statuses=(404,),
    ),
    Operation(
        "/suggest.json",
        "suggest",
        "Return the completions of a partial query.",
        CompletionsDocument,
        (QUERY, LIMIT),
        "/suggest.json?q=atten&limit=5",
    ),
    Operation(
        "/facet/{name}.json",
        "facet",
        "Return the values of a facet of a search, each with its number of hits.",
        FacetPageDocument,
        (FACET_NAME, FIND, ORDER, QUERY, *FILTERS, PAGE),
        "/facet/venue.json?q=attention",
        (404,),
    ),
    Operation(
        "/venue/{name}.json",
        "venue",
        "Return what the index has of a venue, or of one year of it.",
        CollectionDocument,
        (VALUE_IN_PATH,),
        statuses=(301, 404),
    ),
    Operation(
        "/venue.json",
        "venue_by_parameter",
        "Return what the index has of a venue whose name cannot stand in a path.",
        CollectionDocument,
        (VALUE, YEAR),
        "/venue.json?name=ICML&year=2017",
        (301, 404),
    ),
    Operation(
        "/topic/{name}.json",
        "topic",
        "Return what the index has of a topic.",
        CollectionDocument,
        (VALUE_IN_PATH,),
        statuses=(301, 404),
    ),
    Operation(
        "/topic.json",
        "topic_by_parameter",
        "Return what the index has of a topic whose name cannot stand in a path.",
        CollectionDocument,
        (VALUE,),
        statuses=(301, 404),
    ),
    Operation(
        "/venues.json",
        "venues",
        "Return the venues.",
        ValuesDocument,
        (LETTER, FIND, PAGE),
        "/venues.json?letter=N",
        (404,),
    ),
    Operation(
        "/topics.json",
        "topics",
        "Return the topics.",
        ValuesDocument,
        (LETTER, FIND, PAGE),
        "/topics.json?find=learning",
        (404,),
    ),
    Operation(
        "/authors/{name}.json",
        "author",
        "Return the papers of a name and the people among them, or the papers of one of these.",
        NameDocument,
        (AUTHOR_IN_PATH, *AUTHOR_PAGE),
        statuses=(302, 404),
    ),
    Operation(
        "/authors.json",
        "author_by_parameter",
        "Return the papers of a name that cannot stand in a path.",
        NameDocument,
        (AUTHOR_NAME, *AUTHOR_PAGE),
        "/authors.json?name=Yoshua+Bengio&sort=cited&fields=id,title,year",
        (302, 404),
    ),
    Operation(
        "/following.json",
        "following",
        "Return which papers of a list of authors, venues and topics the index had last.",
        FollowingDocument,
        FOLLOWING,
        "/following.json?author=Yoshua+Bengio&venue=ICML&limit=3",
    ),
    Operation(
        "/changes.json",
        "changes",
        "Return what differs between the last two generations of the index.",
        ChangesDocument,
    ),
    Operation(
        "/index.json",
        "index",
        "Return what the index holds.",
        ContentsDocument,
        example="/index.json",
    ),
)
"""Every address that answers with JSON; a test compares it with the addresses of the server."""

INDEX_OPERATIONS = (
    Operation(
        "/search.json",
        "search_all",
        "Return a page of results over all indexes, merged by rank.",
        MergedResultsDocument,
        (QUERY, INDEX_NAME, PAGE, PAGE_SIZE),
        "/search.json?q=attention&per_page=3",
        (404,),
    ),
    Operation(
        "/indexes.json",
        "indexes",
        "Return the indexes of the server.",
        IndexesDocument,
        example="/indexes.json",
    ),
)
"""What a server of several indexes answers for all of them; each also has `OPERATIONS`."""
