"""Find the paper that is meant by an id, a DOI, an address or a title."""

from index.engines.document import MAX_KEY
from index.normalise.identifier_search import FoundIdentifier, find_identifiers, identify_bare
from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.errors import PaperMissing
from search.language.lexer import read_identifier
from search.language.parser import parse
from search.language.tree import Value
from search.planning.identifiers import match_identifier, names_paper
from search.planning.plan import Exact, Node, Plan, any_of
from search.request.search_request import MAX_QUERY, View


def find_paper(searcher: Searcher, text: str, view: View = View.WORKS) -> Paper:
    """Find the paper that is meant by a text.

    Args:
        searcher: The index.
        text: The paper's id, any other identifier, the address of its page, a reference that
            contains one of these, or its whole title, with or without quotes. Of several papers
            with one title, the first by id is meant.
        view: Whether a work or a single record is meant.

    Raises:
        PaperMissing: No paper has this identifier or title.
    """
    try:
        return searcher.read_paper(text, view)
    except PaperMissing:
        plan = Plan(_match_name(text.strip(), searcher), scored=False)
        for hit in searcher.find_hits(plan, 1, view):
            return hit.paper
        raise


def _match_name(text: str, searcher: Searcher) -> Node:
    engine, written = searcher.engine, text[:MAX_QUERY]
    query = parse(written).query
    if names_paper(query):
        return match_identifier(query, engine.count_documents)
    bare = identify_bare(text)
    found = map(_make_value, (*find_identifiers(written), *((bare,) if bare else ())))
    papers = [value for value in found if value.field != "orcid"]  # which names a person
    nodes = (match_identifier(value, engine.count_documents) for value in papers)
    ways = [node for node in nodes if engine.count_matches(node)][:1]
    if not (bare and bare.scheme == "orcid"):
        ways.append(Exact("identifier", text.lower()))
    if title := " ".join(tokenise(text)):
        ways.append(Exact("title_key", title[:MAX_KEY]))
    return any_of(ways)


def _make_value(found: FoundIdentifier) -> Value:
    field, text = read_identifier(found)
    return Value(field.name, text, found.span)
