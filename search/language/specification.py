"""The specification of the query language: its grammar, and examples with their meaning.

The docstring of `search.language.parser` and the table in the room's README are generated from
here; a test fails when they differ.
"""

from textwrap import wrap
from typing import NamedTuple

GRAMMAR = """\
query    := or
or       := and ("OR" and)*
and      := not (["AND"] not)*            words side by side must all match
not      := ("NOT" | "-") not | "+" not | boosted
boosted  := atom ["^" number]
atom     := switch | [field ":"] ("(" query ")" | range | phrase | word)
switch   := "records:" ("yes" | "no")
phrase   := ["^"] '"' text '"' ["~" number]
word     := ["^"] letters | letters "~" ["1" | "2"] | letters with * or ?
n        := number | year ["-" month ["-" day]]
range    := n | n ".." n | (">=" | "<=" | ">" | "<") n | ("[" | "{") n "TO" n ("]" | "}")"""
"""The syntax. A field before brackets applies to everything inside them."""


_WIDTH = 92
"""Characters of a line of the docstring; chosen to fit the length of a line of code."""


class Construct(NamedTuple):
    """One row of the specification.

    Attributes:
        examples: Queries that use it.
        meaning: What the queries find, in Markdown.
    """

    examples: tuple[str, ...]
    meaning: str


CONSTRUCTS = (
    Construct(
        ("offline rl",),
        "papers with both words in any field, stemmed; stop words are optional, except in capitals "
        "(`CAN bus`); if too few papers have all the words, papers with most of them follow",
    ),
    Construct(
        ("e-mail", "email", "e mail", "IL6", "odour"),
        "a word in any spelling that papers have: joined, with a hyphen or a space, apart at "
        "digits, British or American",
    ),
    Construct(
        ('"exact words"',),
        "these words in this order, as written and never stemmed, in the title, the abstract or a "
        "name",
    ),
    Construct(
        ('"neural * translation"', '"deep learn*"'),
        "in quotes, `*` between words is exactly one word; at the end of one word of two letters "
        "or more it is any ending",
    ),
    Construct(
        ('"deep learning"~3',),
        "the same with up to three moves; a word in between is one move, a swap is two",
    ),
    Construct(
        ("a AND b", "a OR b", "NOT a", "-a", "(a OR b) c"),
        "operators, in capitals; NOT binds tighter than AND, and AND tighter than OR; a query with "
        "AND is never widened; in a title in capitals (`WHY NOT GRID SEARCH?`) they are words",
    ),
    Construct(("+a",), "must match even when the search is widened"),
    Construct(
        ("title:deep", "title:(deep learning)", "-abstract:deep", "venue:nips"),
        "in one of the fields listed below; before brackets, it applies to everything inside",
    ),
    Construct(
        ("neur*", "wom?n", "*former"),
        "words as written in the title, the abstract or a name: `*` is any letters, `?` is one; at "
        "either end of a word `?` is a question mark",
    ),
    Construct(
        ("levine~", "levine~2"),
        "words at most one or two edits away; not for numbers or words under three letters",
    ),
    Construct(("word^2",), "the same papers; the word weighs more in their ranking"),
    Construct(
        ('author:"Kumar, A"', 'author:"A. Kumar"', 'author:"Aviral Kumar"', "author:kumar"),
        "an author, with the name in any order; initials find full names and full names find bare "
        "initials; a whole name in quotes also finds the person's other names if a dump lists them",
    ),
    Construct(('author:^"Aviral Kumar"', "author:^kumar"), "papers whose first author this is"),
    Construct(
        ("year:2019..2022", "year:[2019 TO 2022]", "year:>=2020", "year:2020", "citations:>100"),
        "a number or a range, open where an end is missing; `{2019 TO 2022}` excludes its ends",
    ),
    Construct(
        ("date:2019-05..2019-08", "date:>=2024-11-01"),
        "papers published then, by the month or day; a paper known only to the year is found by "
        "a range with the whole year, such as `date:2019`",
    ),
    Construct(
        ("added:2026-11", "added:>=2026-11-20"),
        "papers that this index first had then, whenever they were published; days are those "
        "of UTC",
    ),
    Construct(
        ("has:abstract", "-has:doi"),
        "papers that have, or lack, a field; also `pdf`, `code`, `url`, `orcid` and every kind of "
        "identifier; `abstract:*` means `has:abstract`",
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
            "PMC7095418",
        ),
        "the paper with this DOI, arXiv id, address or other identifier; other words beside it "
        "only rank, and if no paper has it, the other words are searched",
    ),
    Construct(
        ("orcid:0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        "the papers of the author with this ORCID iD; other words beside it must match",
    ),
    Construct(
        ("cites:10.1145/3292500", 'citedby:"arxiv:2006.04779"'),
        "the papers that cite this paper, or those that it cites, as far as they are in the index "
        "and its dumps name references; the paper is any that `id:` finds",
    ),
    Construct(
        ("records:yes", "records:no"),
        "search the records as the dumps have them (`yes`) or, as by default, the works they were "
        "merged into (`no`); applies to the whole query; also written `dup:no` and `dup:yes`",
    ),
    Construct(("*",), "every paper, as does an empty query"),
)


def render_table() -> str:
    """Return the specification as the table in the README."""
    rows = [
        f"| {', '.join(f'`{example}`' for example in row.examples)} | {row.meaning} |"
        for row in CONSTRUCTS
    ]
    return "\n".join(["| typed | finds |", "|---|---|", *rows])


def _pack(examples: tuple[str, ...]) -> list[str]:
    """Write examples into as few lines as they need."""
    lines = [f"    {examples[0]}"]
    for example in examples[1:]:
        if len(lines[-1]) + len(example) > _WIDTH:
            lines.append("")
        lines[-1] += f"    {example}"
    return lines


def render_docstring() -> str:
    """Return the specification as written in the docstring of `search.language.parser`."""
    lines = [f"    {line}" for line in GRAMMAR.splitlines()]
    for row in CONSTRUCTS:
        lines += ["", *_pack(row.examples)]
        lines += wrap(row.meaning.replace("`", "``"), _WIDTH, initial_indent=" " * 8,
                      subsequent_indent=" " * 8)  # fmt: skip
    return "\n".join(lines)
