"""Find the paper that is meant by an id, a DOI, an address or a title."""

from index.engines.document import MAX_KEY
from index.errors import PaperMissing
from index.normalise.identifier_search import find_identifiers
from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.language.lexer import read_identifier
from search.language.parser import parse
from search.language.tree import Value
from search.planning.plan import Exact, Node, Plan, any_of
from search.planning.translate import Translator
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
    ways: list[Node] = [Exact("identifier", text.lower())]
    query = parse(text[:MAX_QUERY]).query
    if isinstance(query, Value):
        ways.append(Translator(searcher.engine).translate(query))
        return any_of(ways)
    if found := next(find_identifiers(text[:MAX_QUERY]), None):  # in a pasted reference
        field, value = read_identifier(found)
        query = Value(field.name, value, found.span)
        ways.append(Translator(searcher.engine).translate(query))
    if title := " ".join(tokenise(text)):
        ways.append(Exact("title_key", title[:MAX_KEY]))
    return any_of(ways)
