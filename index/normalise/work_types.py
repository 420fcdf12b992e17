"""Answers: what is a kind of document called here, whatever a dump calls it?

One table for every reader. Capitals, spaces, hyphens and underscores make no difference:
``journal-article``, ``JournalArticle`` and ``Journal Article`` are one word. What means
something else in one dump only (OpenAlex's "article") is told apart by the reader of that dump.
"""

import re
from functools import lru_cache

_TYPES = """
retraction = retraction, retraction of publication, retraction notice
erratum = erratum, published erratum, corrigendum, correction, correction addition, addendum
editorial = editorial, editorial material
letter = letter, letter to the editor, letters and comments, correspondence
book review = book review, review book
review = review, review article, systematic review, short survey, mini review
data paper = data paper, data article
dataset = dataset, data, data set
software = software, computer program, comp, computer software
thesis = thesis, thes, dissertation, academic dissertation, phd thesis, masters thesis
thesis = doctoral thesis, master thesis, bachelor thesis, bachelors thesis
conference paper = conference paper, conference proceedings, proceedings paper, in proceedings
conference paper = proceedings article, conf, cpaper, conference, paper conference, speech
conference paper = conference object, conference item, conference review, meeting abstract
conference paper = conference abstract, conference poster, abst, ieee conferences
reference entry = reference entry, entry, entry encyclopedia, entry dictionary
reference entry = encyclopedia entry, encyc, dict, in reference
book chapter = book chapter, book section, book part, book track, chapter, chap, echap
book chapter = in collection, in book, supp book, book in book, supp collection
proceedings = proceedings, mvproceedings, conf proceedings
book = book, mvbook, edbook, ebook, edited book, collection, mvcollection, booklet, whole
book = monograph, reference book, reference
report = report, rprt, techreport, technical report, gov
standard = standard, stand, std
patent = patent, pat
news = news, news item, newspaper article, article newspaper
preprint = preprint, posted content, submitted manuscript, working paper, manuscript
journal article = article, journal article, article journal, article magazine, journal
journal article = research article, jour, jfull, ejour, note, article in press, early access
journal article = magazine article, mgzn, supp periodical, contribution to periodical
journal article = ieee magazines, ieee journals, ieee early access articles
"""
"""Our word, and the words for it, the most particular first: of several that one counts."""

_KINDS = {
    **dict.fromkeys(("journal article", "review", "book review", "data paper"), "journal"),
    **dict.fromkeys(("letter", "editorial", "erratum", "retraction"), "journal"),
    "conference paper": "conference",
    "preprint": "repository",
    **dict.fromkeys(("book", "book chapter", "reference entry"), "book"),
}

_SAYS_NOTHING = ("other", "misc", "document")
_SIGNS = re.compile(r"[\W_\d]+")


def _table(text: str) -> dict[str, str]:
    """Read lines of ``meaning = word, word``; the words in the order of the lines."""
    lines = (line.split(" = ") for line in text.strip().splitlines())
    return {_bare(word): ours for ours, words in lines for word in words.split(",")}


def _bare(word: str) -> str:
    return _SIGNS.sub("", word).lower()


_TYPE_OF = _table(_TYPES)
_RANK = {ours: rank for rank, ours in enumerate(dict.fromkeys(_TYPE_OF.values()))}


@lru_cache(4096)
def type_of(*words: str) -> str:
    """Give our word for a kind of document, or nothing.

    Args:
        words: A dump's own words for one document, of which the most particular counts: an
            "Article" that is a "Proceedings Paper" too is a conference paper.

    Returns:
        One of ``journal article``, ``conference paper``, ``preprint``, ``review``, ``letter``,
        ``editorial``, ``erratum``, ``retraction``, ``book``, ``book chapter``, ``thesis`` ...
    """
    known = (_TYPE_OF.get(_bare(word), "") for word in words)
    return min(filter(None, known), key=_RANK.__getitem__, default="")


def type_or_word(word: str) -> str:
    """Give our word for a registry's word, else that word: its list is closed, and speaks.

    Args:
        word: ``report-component``; of "other" and "misc" nothing is said.
    """
    return type_of(word) or ("" if word in _SAYS_NOTHING else _SIGNS.sub(" ", word))


def kind_of(paper_type: str) -> str:
    """Give the kind of venue that papers of one of our types appear at, or nothing."""
    return _KINDS.get(paper_type, "")
