"""Answers: which paper does somebody mean by an id, a DOI, an address or a title?"""

from index.engines.document import MAX_KEY
from index.errors import PaperMissing
from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.language.tree import Value
from search.planning.plan import Exact, Node, Plan, any_of
from search.planning.translate import Translator
from search.request.search_request import MAX_QUERY


def named_paper(searcher: Searcher, text: str, *, raw: bool = False) -> Paper:
    """Give the paper that is meant.

    Args:
        searcher: The index.
        text: Its id here, any other identifier of it, the address of its page, or its whole
            title (with or without quotes). Of several papers of one title the first by id.
        raw: A record is meant and not the work that it is a part of.

    Returns:
        The paper.

    Raises:
        PaperMissing: None is called so.
    """
    try:
        return searcher.paper(text, raw=raw)
    except PaperMissing:
        called = Plan(_called(text.strip(), searcher), scored=False)
        for hit in searcher.first(called, 1, raw=raw):
            return hit.paper
        raise


def _called(text: str, searcher: Searcher) -> Node:
    ways: list[Node] = [Exact("identifier", text.lower())]
    query = parse(text[:MAX_QUERY]).query
    if isinstance(query, Value):
        ways.append(Translator(searcher.engine).translate(query))
    elif title := " ".join(tokenise(text)):
        ways.append(Exact("title_key", title[:MAX_KEY]))
    return any_of(ways)
