"""Makes texts in which some words are common and often side by side, and damages some of them."""

from itertools import product

ADJECTIVES = "gentle narrow frozen silver hollow".split()
NOUNS = "river harbour lantern meadow station".split()
VERBS = "measure compare describe consider examine".split()


def make_text(number: int) -> str:
    """Return one of 125 texts of common words; each word is in at least a fifth of them."""
    adjective, noun, verb = list(product(ADJECTIVES, NOUNS, VERBS))[number % 125]
    return (
        f"In this paper we {verb} the {adjective} {noun} and the time to train it. "
        f"We then {verb} it to the {noun} of a {adjective} model."
    )


def make_texts(count: int) -> list[str]:
    """Return this many texts without faults."""
    return [make_text(number) for number in range(count)]


FAULTS = {
    "We measure the timeto train and the river.": "We measure the time to train and the river.",
    "Inthis paper we examine the river.": "In this paper we examine the river.",
    "We measure the gentlel antern and the river.": "We measure the gentle lantern and the river.",
    "We measure th eriver and the lantern.": "We measure the river and the lantern.",
    "We con sider the river and the lantern.": "We consider the river and the lantern.",
    "We describe the frozen har bour of the model.": "We describe the frozen harbour of the model.",
}
"""Texts with one fault, and what they were."""

SOUND = (
    "We measure the $timeto$ train and the river.",
    "We measure https://timeto.org/timeto and the river.",
    "We measure the TimeTo train and the river.",
    "We measure the timeto42 train and the river.",
    "We measure the time_timeto train and the river.",
    "We measure the model of Timeto and the river.",
    "We measure the timeto and the timeto of the river.",
    "We measure the timeto-learn train and the river.",
    "Wir messen timeto und beschreiben das Verfahren hier genauer.",
    "We measure the riverside and the model.",
    "We measure the rivers and the models.",
)
"""Texts that nothing may change, although they contain letters as in a fault."""
