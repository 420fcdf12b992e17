"""Tell the words with which people ask from the words that say what they look for.

"I am interested in papers that help me understand" is said about any topic. Few papers contain such
words, so that by their rarity alone they would count for much in a question.
"""

from index.text.stems import stem, stem_all

ASKING_WEIGHT = 0.3
"""Weight of a word of asking in a question. Tried .3 and 1: nDCG@10 .392 and .393 on Cranfield,
.538 and .532 on CACM. Such a word may be the topic (``recommend``), so it keeps a part of it."""

ASKING_STEMS = frozenset(
    stem_all(
        "able already anybody anyone anything aware believe best better come consider curious "
        "currently desire discuss everything exist find finding give good great help hope "
        "hopefully idea ideally interest interested know let look looking lot mention need "
        "paper people perhaps please question really recommend relevant say see seek seem "
        "somebody someone something suggest sure tell thing think topic try trying understand "
        "want way wish wonder wondering work".split()
    )
)
"""The stems of such words. Chosen; words that are topics of papers about papers, such as
``literature``, ``publication`` and ``research``, were removed after a trial on such a collection
(CISI): with them nDCG@10 is .319 instead of .331."""


def weigh_asking_word(token: str) -> float:
    """Return the weight that a token has in a question for what kind of word it is.

    Args:
        token: A token or a stem.
    """
    return ASKING_WEIGHT if token in ASKING_STEMS or stem(token) in ASKING_STEMS else 1.0
