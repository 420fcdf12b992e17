"""Tell the words with which people ask from the words that say what they look for.

"I am interested in papers that help me understand" is said about any topic. Few papers contain such
words, so that by their rarity alone they would count for much in a question.
"""

from index.text.stems import stem, stem_all

ASKING_WEIGHT = 0.3
"""Weight of a word of asking in a question. Tried 0, .3 and 1: nDCG@10 .3937, .3924, .3926 on
Cranfield, .5379, .5385, .5344 on CACM. Such a word may be the topic (``recommend``), so it keeps a
part of its weight."""

ASKING_STEMS = frozenset(
    stem_all(
        "able already anybody anyone anything article aware believe best better come consider "
        "curious currently desire discuss everything exist find finding give good great help hope "
        "hopefully idea ideally interest interested know let literature look looking lot "
        "mention need paper people perhaps please publication question really recommend reference "
        "relevant research researcher say see seek seem somebody someone something study suggest "
        "sure tell thing think topic try trying understand want way wish wonder wondering "
        "work".split()
    )
)
"""The stems of such words. Chosen, not taken from any collection."""


def weigh_asking_word(token: str) -> float:
    """Return the weight that a token has in a question for what kind of word it is.

    Args:
        token: A token or a stem.
    """
    return ASKING_WEIGHT if token in ASKING_STEMS or stem(token) in ASKING_STEMS else 1.0
