"""Answers: what can be typed, and what does it mean?

The one specification of the query language: the docstring of `search.language.parser` and the
table in the first README are printed from here, and a test holds them to it.
"""

from textwrap import wrap
from typing import NamedTuple

from search.language.fields import FIELDS

GRAMMAR = """\
query    := or
or       := and ("OR" and)*
and      := not (["AND"] not)*            words side by side must all match
not      := ("NOT" | "-") not | "+" not | boosted
boosted  := atom ["^" number]
atom     := switch | [field ":"] ("(" query ")" | range | phrase | word)
switch   := "dup:" ("yes" | "no")
phrase   := ["^"] '"' text '"' ["~" number]
word     := ["^"] letters | letters "~" ["1" | "2"] | letters with * or ?
range    := n | n ".." n | (">=" | "<=" | ">" | "<") n | ("[" | "{") n "TO" n ("]" | "}")"""
"""What is read as more than words. A ``field`` before a bracket holds for all inside."""


class Construct(NamedTuple):
    """One row of the specification.

    Attributes:
        examples: What may be typed, each a whole query.
        meaning: What it finds, in Markdown.
    """

    examples: tuple[str, ...]
    meaning: str


CONSTRUCTS = (
    Construct(
        ("offline rl",),
        "papers with both words, in any field, stemmed; function words are not needed; if too few "
        "papers have all of them, papers with most of them follow",
    ),
    Construct(
        ('"exact words"',),
        "these words in this order, as written, never stemmed, in title, abstract or a name",
    ),
    Construct(
        ('"deep learning"~3',),
        "the same with at most three moves of a word; a word between is one, a swap is two",
    ),
    Construct(
        ("a AND b", "a OR b", "NOT a", "-a", "(a OR b) c"),
        "in capitals; NOT binds tighter than AND, AND than OR; AND means all, "
        "also if few have them",
    ),
    Construct(("+a",), "must match even when a search is widened"),
    Construct(
        ("title:deep", "title:(deep learning)", "-abstract:deep", "venue:nips"),
        "in one field, named below; before a bracket for all inside",
    ),
    Construct(
        ("neur*", "wom?n", "*former"),
        "words as written, there too, that fit: `*` any letters, `?` one; before or after a word "
        "`?` is a question mark",
    ),
    Construct(
        ("levine~", "levine~2"),
        "words at most one or two edits away; not of numbers or of words under three letters",
    ),
    Construct(("word^2",), "the same papers, the word counts more in their order"),
    Construct(
        ('author:"Kumar, A"', 'author:"A. Kumar"', 'author:"Aviral Kumar"', "author:kumar"),
        "an author, in any order; initials find full names and full names bare initials; a whole "
        "name in quotes finds the person's other names too, where a dump tells them",
    ),
    Construct(('author:^"Aviral Kumar"', "author:^kumar"), "the first author"),
    Construct(
        ("year:2019..2022", "year:[2019 TO 2022]", "year:>=2020", "year:2020", "citations:>100"),
        "a number or a range, open where an end is missing; `{2019 TO 2022}` leaves out its ends",
    ),
    Construct(
        ("type:preprint", 'status:"oral"', "-language:en"),
        "a whole value, as the facets show it",
    ),
    Construct(
        (
            "10.1145/3292500",
            "2006.04779",
            "https://arxiv.org/abs/2006.04779",
            "id:arxiv:2006.04779",
        ),
        "the paper: a DOI, an arXiv id, an address of its page, any identifier",
    ),
    Construct(
        ("dup:no", "dup:yes"),
        "instead of the works the records that they are made of, as the dumps have them; the "
        "works, as without it; for the whole query, wherever it stands",
    ),
    Construct(("*",), "every paper; so does nothing"),
)


def markdown() -> str:
    """Give the specification as the table of the README."""
    rows = [
        f"| {', '.join(f'`{example}`' for example in row.examples)} | {row.meaning} |"
        for row in CONSTRUCTS
    ]
    return "\n".join(["| typed | finds |", "|---|---|", *rows])


def fields_in_prose(width: int = 100) -> str:
    """Give the fields and their other names as the README has them.

    Args:
        width: Characters of a line.
    """
    told = []
    for field in FIELDS:
        others = ", ".join(f"`{alias}`" for alias in field.aliases)
        told.append(f"`{field.name}` ({others})" if others else f"`{field.name}`")
    return "\n".join(wrap(f"Fields and their other names: {', '.join(told)}.", width))


def docstring() -> str:
    """Give the specification as the docstring of `search.language.parser` has it."""
    lines = [f"    {line}" for line in GRAMMAR.splitlines()]
    for row in CONSTRUCTS:
        lines += ["", *(f"    {example}" for example in row.examples)]
        lines += wrap(row.meaning.replace("`", "``"), 92, initial_indent=" " * 8,
                      subsequent_indent=" " * 8)  # fmt: skip
    return "\n".join(lines)
